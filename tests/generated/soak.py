"""Many generated messages, counted: python -m tests.generated.soak [how many]."""

from __future__ import annotations

import asyncio
import json
import math
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.runtime.prepare import prepare

prepare()

from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.progress import Progress  # noqa: E402
from rich.table import Table  # noqa: E402

from bot.channels.rest.endpoint import read_request  # noqa: E402
from bot.gateway.messages import Incoming  # noqa: E402
from bot.runtime.assistant import Assistant, Settings  # noqa: E402
from bot.runtime.training import ensure_model  # noqa: E402
from tests.generated.judge import faults  # noqa: E402
from tests.generated.messages import CONVERSATIONS, HOSTILE, Case  # noqa: E402

_SHOWN = 4
_SHORT = 160
# Nobody waits longer for an answer, and nobody this much longer because of somebody else.
_LATEST_SECONDS = 2.0
_MOST_DELAY_SECONDS = 1.0
_BESIDE = ("where is LI4", "i can't feel it when i wipe")
console = Console()


class Soak:
    """Says messages until there were enough, and keeps count."""

    def __init__(self, count: int, assistant: Assistant, progress: Progress) -> None:
        self._gateway = assistant.gateway
        self._loop = asyncio.new_event_loop()
        self._count = count
        self._progress = progress
        self._task = progress.add_task("Talking ...", total=count)
        self._held: set[int] = set()
        self.said: Counter[str] = Counter()
        self.slowest: Counter[str] = Counter()
        self.faults: list[tuple[Case, list[Case], list[str]]] = []
        self.longest_delay = 0.0
        self._usual = dict.fromkeys(_BESIDE, math.inf)

    def converse(self, cases: list[Case]) -> None:
        """One conversation, unless it was held before."""
        texts = hash(tuple(case.text for case in cases))
        if texts in self._held:
            return
        self._held.add(texts)
        sender = uuid.uuid4().hex
        for number, case in enumerate(cases):
            if self.said.total() >= self._count:
                return
            begin = time.perf_counter()
            wrong = self._say(case, sender)
            seconds = time.perf_counter() - begin
            took = round(1000 * seconds)
            wrong += ["late"] if seconds > _LATEST_SECONDS else []
            wrong += self._delays(case) if case.kind == HOSTILE else []
            self.said[case.kind] += 1
            self.slowest[case.kind] = max(self.slowest[case.kind], took)
            if wrong:
                self.faults.append((case, cases[:number], wrong))
            self._progress.update(self._task, advance=1)

    def _say(self, case: Case, sender: str) -> list[str]:
        try:
            exchange = self._gateway.exchange(_incoming(case.text, sender))
            said = [message.to_json() for message in self._loop.run_until_complete(exchange)]
        except Exception as error:  # the very thing that must not happen
            return [f"server error: {type(error).__name__}"]
        return faults(case, said)

    def _delays(self, case: Case) -> list[str]:
        """Whether somebody else waits for their answer while this message is answered."""
        question = _BESIDE[self.said.total() % len(_BESIDE)]
        alone = self._loop.run_until_complete(self._beside(question, None))
        self._usual[question] = min(self._usual[question], alone)
        beside = self._loop.run_until_complete(self._beside(question, case.text))
        delay = beside - self._usual[question]
        self.longest_delay = max(self.longest_delay, delay)
        return ["others waited"] if delay > _MOST_DELAY_SECONDS else []

    async def _beside(self, question: str, text: str | None) -> float:
        """How many seconds an answer takes while another person has sent `text`."""
        other = None
        begin = time.perf_counter()
        if text is not None:
            other = asyncio.ensure_future(self._gateway.exchange(_incoming(text, uuid.uuid4().hex)))
            await asyncio.sleep(0)
        await self._gateway.exchange(_incoming(question, uuid.uuid4().hex))
        seconds = time.perf_counter() - begin
        if other:
            await other
        return seconds

    def table(self) -> Table:
        """How many messages of each kind, and what was wrong."""
        table = Table("Kind", "Messages", "Slowest (ms)", "Faults")
        for kind, count in sorted(self.said.items()):
            wrong = Counter(w for case, _, all_ in self.faults if case.kind == kind for w in all_)
            told = ", ".join(f"{name} {n}" for name, n in wrong.items()) or "none"
            table.add_row(kind, str(count), str(self.slowest[kind]), told)
        slowest = str(max(self.slowest.values(), default=0))
        table.add_row("all", str(self.said.total()), slowest, str(len(self.faults) or "none"))
        return table

    def examples(self) -> Iterator[str]:
        """A few messages for each kind of fault, shortened."""
        shown: Counter[str] = Counter()
        for case, earlier, wrong in self.faults:
            what = f"{', '.join(wrong)}: {case.kind}"
            shown[what] += 1
            if shown[what] <= _SHOWN:
                before = f"  after {[c.text[:_SHORT] for c in earlier]}" if earlier else ""
                yield f"{what} {case.text[:_SHORT]!r} ({len(case.text)}){before}"


def _incoming(text: str, sender: str) -> Incoming:
    return read_request(json.dumps({"sender": sender, "message": text}).encode())


def main(count: int) -> int:
    """Say `count` messages; 1 if anything was wrong with an answer."""
    assistant = Assistant(Settings(model=ensure_model(), state_folder=Path(tempfile.mkdtemp())))
    assistant.load_now()
    with Progress(console=console, transient=True) as progress:
        soak = Soak(count, assistant, progress)
        many = settings(
            max_examples=2 * count,  # it repeats itself; what is left over costs little
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        many(given(CONVERSATIONS)(soak.converse))()
    console.print(soak.table())
    console.print(f"Others waited at most {soak.longest_delay:.2f} s longer than usual.")
    for line in soak.examples():
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 1 if soak.faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
