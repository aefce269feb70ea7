"""Takes each safety control away and expects its tests to fail: python -m tests.mutations.

`--few` takes only those that the ordinary suite takes, too; ids pick some.
"""

from __future__ import annotations

import contextlib
import io
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from tests.controls import CONTROLS, Control, without

# What a replacement that does not fit any more would raise: no sign that a test noticed.
_MISFITS = (AttributeError, ImportError, NameError, TypeError)
# Each run would end with five looks for garbage, which take longer than its tests.
_NOT = ("-p", "no:cacheprovider", "-p", "no:unraisableexception")
_QUIET = ("-q", *_NOT, "--no-header", "--tb=no", "-W", "ignore")


@dataclass(eq=False)
class Watch:
    """A pytest plugin: takes a control away and notes which tests noticed."""

    control: Control | None = None
    collected: list[str] = field(default_factory=list)
    noticed: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)
    _away: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def pytest_sessionstart(self) -> None:
        """Before anything is imported for the tests."""
        if self.control:
            self._away.enter_context(without(self.control))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What there is to run."""
        self.collected = [item.nodeid for item in session.items]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo):
        """One failure is enough: the rest of a test's examples are passed over."""
        yield
        if call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
            return
        if call.when == "call" and not _is_misfit(call.excinfo):
            self.noticed.add(_named(item.nodeid, self.control))
        else:
            self.broken[item.nodeid] = call.excinfo.exconly()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what would only repeat what is known."""
        if _named(item.nodeid, self.control) in self.noticed:
            pytest.skip("noticed already")

    def pytest_sessionfinish(self) -> None:
        """Put the control back."""
        self._away.close()


def _is_misfit(error: pytest.ExceptionInfo[BaseException]) -> bool:
    """Whether the replacement itself went wrong, rather than what a test looked at."""
    inside = str(error.traceback[-1].path)
    return error.errisinstance(_MISFITS) and not Path(inside).name.startswith("test_")


def _named(nodeid: str, control: Control | None) -> str:
    """The test as the control names it: with its example, or without."""
    tests = control.tests if control else []
    return nodeid if nodeid in tests else nodeid.partition("[")[0]


def run(watch: Watch, *arguments: str) -> int:
    """A pytest run in this process, with test modules imported again."""
    for name in [name for name in sys.modules if name.startswith("tests.")]:
        if name not in ("tests.controls", "tests.mutations"):
            del sys.modules[name]
    with contextlib.redirect_stdout(io.StringIO()):
        return int(pytest.main([*_QUIET, *arguments], plugins=[watch]))


def missing(controls: list[Control]) -> list[str]:
    """Named tests that pytest does not find."""
    watch = Watch()
    files = sorted({test.partition("::")[0] for control in controls for test in control.tests})
    run(watch, "--collect-only", *files)
    found = {name for nodeid in watch.collected for name in (nodeid, nodeid.partition("[")[0])}
    return sorted({t for control in controls for t in control.tests} - found)


def survivors(control: Control) -> tuple[list[str], dict[str, str]]:
    """The named tests that pass without the control, and errors that are no proof."""
    watch = Watch(control)
    run(watch, *control.tests)
    return [test for test in control.tests if test not in watch.noticed], watch.broken


def main(arguments: list[str]) -> int:
    """Take the chosen controls away, one by one; 1 if a test did not notice or is not there."""
    ids = [argument for argument in arguments if not argument.startswith("-")]
    chosen = [c for c in CONTROLS if (c.id in ids or not ids)]
    chosen = [c for c in chosen if c.in_suite or "--few" not in arguments]
    console = Console()
    gone = missing(CONTROLS)
    for test in gone:
        console.print(f"There is no test {test}", markup=False, highlight=False, soft_wrap=True)
    table = Table("Control taken away", "Tests", "Seconds", "Survived")
    wrong = bool(gone)
    for control in chosen:
        begin = time.perf_counter()
        with console.status(control.control):
            left, broken = survivors(control)
        reasons = "\n".join([*left, *(f"{k}: {v[:200]}" for k, v in broken.items() if left)])
        took = f"{time.perf_counter() - begin:.1f}"
        table.add_row(control.control, str(len(control.tests)), took, reasons or "none")
        wrong = wrong or bool(left)
    console.print(table)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
