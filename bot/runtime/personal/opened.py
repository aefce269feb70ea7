"""The places of a state folder opened by a command, whether or not the assistant runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.privacy.audit import AuditLog
from bot.privacy.codes import PersonCodes
from bot.privacy.keys import keys_of
from bot.runtime.personal.persons import Persons
from bot.runtime.prepare import prepare
from bot.storage.home import url_of_environment


@contextmanager
def opened(folder: Path, secret: str | None) -> Iterator[Persons]:
    """What is kept of persons in a folder, and on the servers that the environment names.

    Args:
        secret: the configured one; else that of the folder.
    """
    prepare()
    from rasa.shared.core.domain import Domain

    from bot.runtime.conversation_store import ConversationStore
    from bot.runtime.personal.places import places_in
    from bot.runtime.storage.held_signs import HeldSigns
    from bot.runtime.storage.held_words import HeldWords

    url = url_of_environment()
    store = ConversationStore(folder, url=url)
    store.domain = Domain.empty()
    try:
        places = places_in(folder, lambda: store, HeldSigns(folder), HeldWords(folder), url)
        yield Persons(places, PersonCodes(keys_of(folder, secret).identity), AuditLog(folder))
    finally:
        store.engine.dispose()
