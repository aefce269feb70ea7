"""The places where something of persons is kept, as `PersonalData` of each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.channels.alexa.welcomed_users import WelcomedUsers
from bot.channels.web.transcript import Transcript
from bot.channels.web.transcript_care import TranscriptCare
from bot.privacy.personal_data import PersonalData
from bot.reminders.home import open_store
from bot.reminders.storage.care import ReminderCare
from bot.runtime.conversation_store import ConversationStore
from bot.runtime.personal.told import conversation_told
from bot.runtime.storage.held_signs import HeldSigns
from bot.runtime.storage.held_words import HeldWords
from bot.text.json_types import JsonObject


class ConversationPlace:
    """The conversations of every channel.

    Args:
        store: gives the store, or raises where it is not open.
    """

    name = "conversation"

    def __init__(self, store: Callable[[], ConversationStore]) -> None:
        self._store = store

    async def contacts(self) -> Mapping[str, float]:
        """When something was said in each conversation last."""
        return await self._store().contacts()

    async def kept_of(self, sender: str) -> JsonObject:
        """What both sides said, what was understood of it, and what is remembered of it."""
        return conversation_told(await self._store().events_of(sender))

    async def erase(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete conversations."""
        await self._store().erase_all(senders, before)

    async def erase_old(self, before: float) -> None:
        """A conversation goes as a whole: what was told at its beginning counts to its end."""

    async def wipe(self, soon: bool = False) -> None:
        """Write the file anew without what was deleted."""
        await self._store().wipe(soon)


class TranscriptPlace:
    """What the chat shows again after a page was closed."""

    name = "chat"

    def __init__(self, care: TranscriptCare) -> None:
        self._care = care

    async def contacts(self) -> Mapping[str, float]:
        """When something was said in each chat last."""
        return await asyncio.to_thread(self._care.contacts)

    async def kept_of(self, sender: str) -> JsonObject:
        """What both sides said, and what the person thought of answers."""
        return await asyncio.to_thread(self._care.kept_of, sender)

    async def erase(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete transcripts. Without `before` their sessions end, too."""
        await asyncio.to_thread(self._care.erase_all, senders, before)

    async def erase_old(self, before: float) -> None:
        """Delete every line that is older."""
        await asyncio.to_thread(self._care.purge, before)

    async def wipe(self, soon: bool = False) -> None:
        """Write the file anew without what was deleted."""
        await asyncio.to_thread(self._care.wipe, soon)


class ReminderPlace:
    """Reminders, what goes with them, and browsers that take notifications.

    Args:
        care: gives it, or raises where reminders cannot be reached.
    """

    name = "reminders"

    def __init__(self, care: Callable[[], ReminderCare]) -> None:
        self._care = care

    async def contacts(self) -> Mapping[str, float]:
        """When each person set a reminder, or was shown one, last."""
        return await asyncio.to_thread(lambda: self._care().contacts())

    async def kept_of(self, sender: str) -> JsonObject:
        """Their reminders, time zone, quiet hours, and what must be heeded at reminding."""
        return await asyncio.to_thread(lambda: self._care().kept_of(sender))

    async def erase(self, senders: Sequence[str], before: float | None = None) -> None:
        """Delete reminders and all that goes with them."""
        await asyncio.to_thread(lambda: self._care().erase_all(senders, before))

    async def erase_old(self, before: float) -> None:
        """What was told goes by itself after days (data/reminders.yml)."""

    async def wipe(self, soon: bool = False) -> None:
        """Write the file, or the tables, anew without what was deleted."""
        await asyncio.to_thread(lambda: self._care().wipe(soon))


class HeldPlace:
    """Warning signs and words that wait until a conversation can be stored."""

    name = "waiting"

    def __init__(self, signs: HeldSigns, words: HeldWords) -> None:
        self._signs = signs
        self._words = words

    async def contacts(self) -> Mapping[str, float]:
        """Nobody: they go into the conversation as soon as that can be."""
        return {}

    async def kept_of(self, sender: str) -> JsonObject:
        """The sign, and the words."""
        sign, words = self._signs.record_of(sender), self._words.of(sender)
        return {
            **({"sign": {"said": sign[0], "tier": sign[2].tier.value}} if sign else {}),
            **({"said": words} if words else {}),
        }

    async def erase(self, senders: Sequence[str], before: float | None = None) -> None:
        """Let them go; with `before` they stay, as they are of now."""
        if before is None:
            for sender in senders:
                await self._signs.release(sender)
                await self._words.release(sender)

    async def erase_old(self, before: float) -> None:
        """Nothing is old here."""

    async def wipe(self, soon: bool = False) -> None:
        """A slot is overwritten when it is freed."""


class AlexaPlace:
    """Who has heard the first welcome of Alexa: keyed hashes."""

    name = "alexa"

    def __init__(self, seen: WelcomedUsers) -> None:
        self._seen = seen

    async def contacts(self) -> Mapping[str, float]:
        """Nobody: these are no senders, but persons, whose conversations are not kept."""
        return {}

    async def kept_of(self, sender: str) -> JsonObject:
        """Whether this person has heard the welcome."""
        return {"welcomed": True} if await asyncio.to_thread(self._seen.has, sender) else {}

    async def erase(self, senders: Sequence[str], before: float | None = None) -> None:
        """Forget that they heard it."""
        for sender in senders:
            await asyncio.to_thread(self._seen.forget, sender)

    async def erase_old(self, before: float) -> None:
        """Forget who did not come for so long."""
        await asyncio.to_thread(self._seen.forget_old, before)

    async def wipe(self, soon: bool = False) -> None:
        """Write the file anew without what was deleted."""
        await asyncio.to_thread(self._seen.wipe, soon)


def places_in(
    folder: Path,
    store: Callable[[], ConversationStore],
    signs: HeldSigns,
    words: HeldWords,
    url: str | None = None,
) -> list[PersonalData]:
    """Everything that keeps something, the conversations last.

    Args:
        folder: the state folder.
        store: gives the store of conversations, or raises where it is not open.
        url: of the database; None for files.
    """
    return [
        AlexaPlace(WelcomedUsers(folder, url=url)),
        TranscriptPlace(TranscriptCare(Transcript(folder, url=url))),
        ReminderPlace(lambda: ReminderCare(open_store(folder))),
        HeldPlace(signs, words),
        ConversationPlace(store),
    ]
