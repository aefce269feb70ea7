"""The recogniser's process from outside: started, asked one recording at a time, restarted."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from bot.knowledge.catalogue import Catalogue
from bot.privacy.quiet_log import log_failure
from bot.safety.default import default_detector
from bot.text.json_types import JsonObject
from bot.understanding.mentions.finder import clean, default_finder
from bot.voice.hearing import Transcription, judged
from bot.voice.names.choosing import Chooser, NameChoice, named_of, readings_of
from bot.voice.names.likely_words import likely_words
from bot.voice.names.point_questions import point_questions
from bot.voice.names.prompt import recogniser_prompt
from bot.voice.settings import Models, recognition_models

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parent.parent.parent
_START_SECONDS = 40.0
# A small machine needs this for what takes one second here; the chat waits for a little longer.
_HEAR_SECONDS = 40.0
_MOST_WAITING = 4


class CannotHear(Exception):
    """The recogniser gave no answer."""


class Busy(CannotHear):
    """Too many recordings wait already."""


class NotSound(CannotHear):
    """The recording holds no sound that can be read."""


class _Ended(Exception):
    """The process is gone."""


class Recogniser:
    """Hears recordings in a process of its own, which is started again where it fails.

    Args:
        models: what it hears with.
        chooser: chooses among its readings.
        prompt: the words to expect.
        seconds: how long one recording may take.
        command: how the process is started; for tests.
        questions: makes the arguments of TaughtNames (taught_names.py), which takes a moment.
    """

    def __init__(
        self,
        models: Models,
        chooser: Chooser,
        prompt: str = "",
        seconds: float = _HEAR_SECONDS,
        command: tuple[str, ...] = (sys.executable, "-m", "bot.voice.recogniser_process"),
        questions: Callable[[], JsonObject | None] = lambda: None,
    ) -> None:
        self._command = command
        self._settings = {**models.as_json(), "prompt": prompt}
        self._questions = questions
        self._chooser = chooser
        self._prompt = prompt
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._starting: asyncio.Task[None] | None = None
        self._is_over = False

    @classmethod
    def of_this_machine(
        cls, catalogue: Catalogue, given: Path | None = None, seconds: float = _HEAR_SECONDS
    ) -> Recogniser:
        """With the installed models, or a `given` one, and our own words and signs.

        Raises:
            VoiceMissing: nothing can be heard on this machine.
        """
        prompt = recogniser_prompt(catalogue)
        return cls(
            recognition_models(given), default_chooser(catalogue), prompt, seconds,
            questions=lambda: point_questions(catalogue),
        )  # fmt: skip

    async def hear(self, recording: bytes) -> Transcription:
        """What was said in a recording.

        Raises:
            Busy: others wait already.
            NotSound: this is no sound.
            CannotHear: the recogniser failed, took too long, or was ended.
        """
        if self._waiting >= _MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            async with self._turn:
                return await self._heard(recording)
        finally:
            self._waiting -= 1

    def warm_up(self) -> None:
        """Start the process now, so that the first who speaks need not wait for it."""
        if self._is_over:
            return
        self._starting = asyncio.ensure_future(self._start_quietly())

    async def stop(self) -> None:
        """End the process for good: who still waits is told that nothing was heard."""
        self._is_over = True
        if self._starting:
            self._starting.cancel()
        await self._end()

    async def _heard(self, recording: bytes) -> Transcription:
        try:
            for _ in range(2):
                # It may have been killed since it was asked last; then it is asked once more.
                with contextlib.suppress(_Ended, ConnectionError):
                    process = await self._running()
                    answering = self._answer(process, recording)
                    answer = await asyncio.wait_for(answering, self._seconds)
                    if "error" in answer:
                        raise NotSound if answer["error"] == "ValueError" else CannotHear
                    # Looking for signs in all readings takes a moment; others go on meanwhile.
                    choice = await asyncio.to_thread(self._chosen, answer)
                    return judged(answer, choice, self._prompt)
                await self._end()
        except (TimeoutError, OSError, ValueError) as error:
            log_failure(logger, "the recogniser failed", error)
        except asyncio.CancelledError:
            # What it still writes belongs to nobody.
            await self._end()
            raise
        await self._end()
        self.warm_up()
        raise CannotHear

    def _chosen(self, answer: JsonObject) -> NameChoice | None:
        return self._chooser.choose(readings_of(answer["readings"]), named_of(answer))

    async def _answer(self, process: asyncio.subprocess.Process, recording: bytes) -> JsonObject:
        assert process.stdin
        process.stdin.write(json.dumps({"bytes": len(recording)}).encode() + b"\n" + recording)
        await process.stdin.drain()
        return await self._line(process)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._is_over:
            # Started again now, it would hold up the server's end.
            raise OSError("the recogniser was ended")
        if self._process is None or self._process.returncode is not None:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=_ROOT,
            )
            self._process = process
            assert process.stdin
            if "questions" not in self._settings:
                self._settings["questions"] = await asyncio.to_thread(self._questions)
            process.stdin.write(json.dumps(self._settings).encode() + b"\n")
            ready = await asyncio.wait_for(self._line(process), _START_SECONDS)
            if "error" in ready:
                raise OSError("the recogniser could not start")
        return self._process

    @staticmethod
    async def _line(process: asyncio.subprocess.Process) -> JsonObject:
        assert process.stdout
        line = await process.stdout.readline()
        if not line:
            raise _Ended
        content: JsonObject = json.loads(line)
        return content

    async def _start_quietly(self) -> None:
        async with self._turn:
            try:
                await self._running()
            except (TimeoutError, _Ended, OSError, ValueError) as error:
                log_failure(logger, "the recogniser could not start", error)
                await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def default_chooser(catalogue: Catalogue) -> Chooser:
    """Chooses by the committed examples, the red-flag rules and the points that are taught."""
    detector, finder = default_detector(), default_finder()
    taught = {point.code for point in catalogue.points}

    def points(text: str) -> set[str]:
        return taught & {one.value for one in finder.find(clean(text)) if one.kind == "point"}

    def alarms(text: str) -> bool:
        return detector.screen(text).tier is not None

    likely = likely_words()
    return Chooser(likely, alarms, points, likely.is_known)
