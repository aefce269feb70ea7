"""Where everything is kept: the state folder, and the database that the environment names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy.dialects import postgresql, sqlite

from bot.privacy.private_store import private_engine, private_folder, wipe
from bot.storage.deadlines import patience
from bot.storage.server import server_at

# How long a server may take to write its tables anew.
_WIPING_SECONDS = 600.0
URL_VARIABLE = "ACUPOINT_DATABASE_URL"


class UrlUnusable(ValueError):
    """Raised where the database's URL is none; the message says what to do."""


def url_of_environment() -> str | None:
    """The database that the environment names; None where files are to be used.

    It may hold a password, so it is no option of the command line.

    Raises:
        UrlUnusable: it is no URL of PostgreSQL.
    """
    given = (os.environ.get(URL_VARIABLE) or "").strip()
    if not given:
        return None
    try:
        url = sqlalchemy.engine.make_url(given)
    except sqlalchemy.exc.ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("postgresql", "postgres"):
        raise UrlUnusable(
            f"{URL_VARIABLE} is no address of a PostgreSQL. Write one such as "
            "postgresql://user:password@host/name; or leave it out, and files are used."
        )
    return str(url.set(drivername="postgresql").render_as_string(hide_password=False))


def open_tables(folder: Path, file: str, tables: sqlalchemy.MetaData, url: str | None) -> Any:
    """An engine for tables that are there: in a file of the folder, or in the database.

    A database that is away now is no reason not to start: its tables are made once it is there.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the file cannot be used.
        OSError: the folder cannot be used.
    """
    if url:
        return server_at(url).engine
    engine = private_engine(f"sqlite:///{private_folder(folder) / file}")
    tables.create_all(engine)
    return engine


def inserted(connection: Any, table: sqlalchemy.Table) -> Any:
    """An INSERT for a table that may say what to do where a row is there."""
    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    return kind.insert(table)


def wiped(engine: Any, soon: bool = False) -> None:
    """Take what was deleted out of every byte, as far as the database allows it.

    Args:
        soon: only if that takes a moment.

    Raises:
        OSError: somebody else is reading a file.
        sqlalchemy.exc.SQLAlchemyError: somebody else is writing.
    """
    with patience(_WIPING_SECONDS):
        wipe(engine, soon)
