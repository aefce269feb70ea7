"""The assistant in one process: loads the model, answers messages, says when it is ready."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.channels.http.request_guard import ChannelLimits, LimitSettings
from bot.channels.reminders.settings import ReminderSettings
from bot.channels.spoken.settings import VoiceSettings
from bot.channels.web.settings import WebSettings
from bot.dialogue.recollection import Recollection
from bot.gateway.history import BusyError, HeldTurn
from bot.gateway.sender_ids import Senders
from bot.privacy.keys import Keys, keys_of
from bot.privacy.quiet_log import log_failure
from bot.privacy.settings import PrivacySettings
from bot.runtime import paths
from bot.runtime.storage.held_signs import HeldSigns
from bot.runtime.storage.held_words import HeldWords
from bot.runtime.train_apart import train_apart
from bot.runtime.training import ensure_model, model_path
from bot.voice.settings import HearingSettings

if TYPE_CHECKING:
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.dialogue.resources import Resources
    from bot.gateway.gateway import Gateway
    from bot.gateway.history import PersonalDataStore
    from bot.messages.message import Message
    from bot.reminders.situation import Situation
    from bot.reminders.storage.store import ReminderStore
    from bot.runtime.conversation_store import ConversationStore
    from bot.runtime.storage.turn_table import Version
    from bot.safety.handover import ScreeningSummary

logger = logging.getLogger(__name__)

# How long work that nobody waits for waits for a conversation.
_MOMENT = 0.05


@dataclass(frozen=True)
class Settings:
    """How the assistant runs. Defaults are safe on a machine that others can reach."""

    host: str = "127.0.0.1"
    port: int = 5005
    action_url: str | None = None
    api_token: str | None = None
    state_folder: Path = paths.STATE
    database_url: str | None = None
    models_folder: Path = paths.MODELS
    model: Path | None = None
    country: str | None = None
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    web: WebSettings = field(default_factory=WebSettings)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    reminders: ReminderSettings = field(default_factory=ReminderSettings)
    widget_folder: Path = paths.WIDGET
    hearing: HearingSettings = field(default_factory=HearingSettings)


@dataclass(eq=False)
class Assistant:
    """The assistant of one process: everything is made here once, and handed on from here.

    Attributes:
        agent: Rasa, once it is loaded.
        missing: what it still waits for; empty means ready.
        has_erased: whether something was deleted that remnants may be left of.
    """

    settings: Settings
    agent: Any = None
    is_stopping: bool = False
    has_erased: bool = False
    missing: list[str] = field(default_factory=lambda: ["the trained model"])
    _unrecorded: list[tuple[Any, ...]] = field(default_factory=list)
    _data_stores: list[PersonalDataStore] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.signs = HeldSigns(self.settings.state_folder)
        self.words = HeldWords(self.settings.state_folder)

    @cached_property
    def resources(self) -> Resources:
        """The facts and the safety check."""
        from bot.dialogue.resources import Resources

        return Resources.load()

    @cached_property
    def gateway(self) -> Gateway:
        """Answers the messages of every channel."""
        from bot.gateway.gateway import Gateway
        from bot.runtime.personal.facts import privacy_facts

        gateway = Gateway(self, self.resources, history=self, country=self.settings.country)
        try:
            gateway.privacy = privacy_facts(self.settings, self.keys, self.resources.catalogue)
        except OSError as error:  # questions about backs can be answered without
            log_failure(logger, "the secrets could not be read", error)
        return gateway

    @cached_property
    def limits(self) -> ChannelLimits:
        """How often channels without sessions may be used."""
        return ChannelLimits(self.settings.limits)

    @cached_property
    def keys(self) -> Keys:
        """The secrets."""
        return keys_of(self.settings.state_folder, self.settings.web.secret)

    @cached_property
    def senders(self) -> Senders:
        """Makes the ids of conversations from what channels know people by."""
        return Senders(self.keys.identity)

    async def load(self) -> None:
        """Train if needed and load, so that the server can say 'not yet' meanwhile.

        Raises:
            TrainingError: no model could be trained.
        """
        model = self.settings.model or model_path(self.settings.models_folder)
        if not model.is_file():
            self.missing = ["the model, which is being trained now"]
            await train_apart(self.settings.models_folder)
        self.missing = ["the model, which is being loaded now"]
        self.agent = await asyncio.to_thread(self._load, model)
        await self.catch_up()
        self.missing = []

    def register_data_store(self, store: PersonalDataStore) -> None:
        """Let who keeps what people said know whenever one is to be forgotten."""
        self._data_stores.append(store)

    def load_now(self) -> None:
        """Train if needed and load, in the calling thread.

        Raises:
            TrainingError: no model could be trained.
        """
        self.agent = self._load(self.settings.model or ensure_model(self.settings.models_folder))
        asyncio.run(self.catch_up())
        self.missing = []

    async def __call__(self, message: Any) -> None:
        """Hand a message to Rasa.

        Raises:
            NotReadyError: the model is still being loaded.
        """
        from bot.gateway.messages import NotReadyError

        if self.agent is None:
            raise NotReadyError
        await self.agent.handle_message(message)

    async def begin_turn(self, sender: str, seconds: float) -> HeldTurn:
        """Have a conversation alone, over all workers.

        Raises:
            BusyError: it was somebody else's for so many seconds.
        """
        if self.agent is None:
            return HeldTurn(sender)
        held: HeldTurn = await self.agent.tracker_store.begin_turn(sender, seconds)
        return held

    async def end_turn(self, held: HeldTurn) -> bool:
        """Let others go on with a conversation; whether it was ours until now."""
        return held.is_taken and await self.agent.tracker_store.end_turn(held)

    async def version(self, sender: str) -> Version | None:
        """The version of a conversation; None where that cannot be read."""
        if self.agent is None:
            return None
        version: Version | None = await self.agent.tracker_store.version(sender)
        return version

    async def recall(self, sender: str) -> Recollection:
        """The stored conversation of a sender, over all its sessions; empty if there is none.

        Raises:
            NotReadyError: the store is not open yet.
        """
        from bot.runtime.conversations import recollection

        tracker = await self._whole_tracker(sender)
        return self.signs.after(recollection(tracker) if tracker else Recollection(), sender)

    async def _whole_tracker(self, sender: str) -> DialogueStateTracker | None:
        """What is stored of a sender, over all sessions; None if that is nothing.

        Raises:
            NotReadyError: the store is not open yet.
        """
        from bot.gateway.messages import NotReadyError

        if self.agent is None:
            raise NotReadyError
        store: ConversationStore = self.agent.tracker_store
        return await store.retrieve_full_tracker(sender)

    async def is_written(self, sender: str) -> bool:
        """Whether everything a sender told is stored; what is not is held beside it."""
        if self.agent is None:
            return True
        if self.agent.tracker_store.is_written(sender):
            if sender not in self.words.of_before:
                await self.words.release(sender)
            return True
        await self.words.hold(sender, self.agent.tracker_store.told_unwritten(sender))
        return False

    async def hold(self, sender: str, text: str, found: ScreeningSummary) -> bool:
        """Hold a sign until the conversation is stored; whether none was held yet."""
        return await self.signs.hold(sender, text, found)

    async def is_told(self, sender: str) -> None:
        """Take note that the conversation tells the sign that is held."""
        if self.agent is None:
            return
        self.signs.is_told(sender)
        if self.agent.tracker_store.is_written(sender):
            await self.signs.release(sender)

    async def let_go(self, sender: str) -> None:
        """Hold a sign no longer: it was none."""
        await self.signs.release(sender)

    async def note(self, sender: str, text: str) -> None:
        """Add words that no answer was made of to the conversation.

        Raises:
            NotReadyError: the model is still being loaded.
            Unavailable: the conversation cannot be read.
        """
        from bot.gateway.messages import NotReadyError
        from bot.runtime.conversations import add_unheard

        if self.agent is None:
            raise NotReadyError
        async with self.agent.lock_store.lock(sender):
            tracker = await self.agent.tracker_store.get_or_create_tracker(sender)
            add_unheard(tracker, text, await self.agent.parse_message(text))
            await self.agent.tracker_store.save(tracker)

    async def record(
        self, sender: str, text: str, message: Message, found: ScreeningSummary
    ) -> None:
        """Store a red-flag message that the gateway said in Rasa's place.

        What was said before the store was open is kept until it is.

        Raises:
            Unavailable: the conversation cannot be read.
        """
        from bot.runtime.conversations import add_red_flag

        if self.agent is None:
            self._unrecorded.append((sender, text, message, found))
            return
        async with self.agent.lock_store.lock(sender):
            tracker = await self.agent.tracker_store.get_or_create_tracker(sender)
            add_red_flag(tracker, text, message, found)
            await self.agent.tracker_store.save(tracker)

    async def catch_up(self) -> None:
        """Store what could not be stored before, as far as that is possible now."""
        if self.agent is None:
            return
        store = self.agent.tracker_store
        unrecorded = [each[0] for each in self._unrecorded]
        held_back = [*store.unwritten, *unrecorded, *self.signs.senders, *self.words.of_before]
        for sender in dict.fromkeys(held_back):
            try:
                turn = await store.begin_turn(sender, _MOMENT)
            except BusyError:  # whoever answers there now stores it
                continue
            try:
                if not await self._caught_up(sender):
                    break
            except Exception as error:  # the next time may be better
                log_failure(logger, "what is held could not be stored", error)
                break
            finally:
                await store.end_turn(turn)

    async def _caught_up(self, sender: str) -> bool:
        """Whether everything of a conversation, which is ours for now, could be stored."""
        store = self.agent.tracker_store
        if not await store.write_again(sender):
            return False
        for each in [each for each in self._unrecorded if each[0] == sender]:
            await self.record(*each)
            self._unrecorded.remove(each)
            self.signs.is_told(sender)
        if not self.signs.tells(sender) and (held := self.signs.record_of(sender)):
            await self.record(sender, *held)
            self.signs.is_told(sender)
        for text in self.words.of_before.get(sender, ()):
            await self.note(sender, text)
        self.words.of_before.pop(sender, None)
        if not store.is_written(sender):
            return False
        await self.signs.release(sender)
        await self.words.release(sender)
        return True

    async def forget(self, sender: str) -> None:
        """Delete everything that is stored of a sender, here and with every data store.

        The conversation goes last, so that somebody who is told that it failed can ask again.

        Raises:
            NotReadyError: the store is not open yet.
            Exception: a data store could not forget.
        """
        from bot.gateway.messages import NotReadyError

        if self.agent is None:
            raise NotReadyError
        for store in self._data_stores:
            await store.forget(sender)
        self.reminders.forget(sender)
        await self._erase(sender)

    @property
    def reminders(self) -> ReminderStore:
        """Everybody's reminders.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: they cannot be reached.
        """
        from bot.reminders.home import open_store

        return open_store(self.settings.state_folder)

    async def situation(self, sender: str) -> Situation:
        """What a person has told that matters to a reminder.

        Raises:
            NotReadyError: the store is not open yet.
        """
        from bot.reminders.situation import situation_of

        tracker = await self._whole_tracker(sender)
        events = [event.as_dict() for event in tracker.events] if tracker else []
        slots = tracker.current_slot_values() if tracker else {}
        carried = self.reminders.person(sender).carried
        return situation_of(events, slots).with_carried(carried)

    async def restart(self, sender: str) -> None:
        """Delete the conversation of a sender, and nothing else.

        Their reminders go on: what was told that speaks against pressing is kept for those.

        Raises:
            NotReadyError: the store is not open yet.
        """
        if self.reminders.of(sender):
            carried = (await self.situation(sender)).carried()
            self.reminders.note(sender, carried=carried)
        await self._erase(sender)

    async def _erase(self, sender: str) -> None:
        from bot.gateway.messages import NotReadyError

        if self.agent is None:
            raise NotReadyError
        async with self.agent.lock_store.lock(sender):
            await self.agent.tracker_store.erase(sender)
        self.has_erased = True
        await self.signs.release(sender)
        await self.words.release(sender)

    def _open_reminders(self) -> None:
        """Bring their tables up to date before anybody waits for an answer."""
        try:
            self.reminders.next_due()
        except Exception as error:  # everything else can be answered without them
            log_failure(logger, "the reminders could not be reached", error)

    def _load(self, model: Path) -> Any:
        from bot.runtime.loading import loaded_agent

        self._open_reminders()
        return loaded_agent(self.settings, model, self.resources, lambda: self.reminders)
