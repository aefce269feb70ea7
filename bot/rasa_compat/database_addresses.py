"""Addresses of databases: SQLAlchemy 2 no longer checks or completes what URL() is given.

Rasa calls it with no query, which a later step then cannot read. URL.create takes the same.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

MODULE = "rasa.core.tracker_store"


def change(module: ModuleType) -> None:
    """Let SQLTrackerStore make whole addresses."""
    store = module.SQLTrackerStore  # type: ignore[attr-defined]
    given = store.get_db_url

    def get_db_url(*args: Any, **kwargs: Any) -> Any:
        url = given(*args, **kwargs)
        return url if isinstance(url, str) else url.create(*url[:6], query=url.query or {})

    store.get_db_url = staticmethod(get_db_url)
