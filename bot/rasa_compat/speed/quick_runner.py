"""Runs a model's graph in an order found once.

Rasa's runner finds out again for every message which parts are needed and in which order, and
writes out the whole graph for a log that nobody keeps: 1.7 milliseconds each time. What runs stays
the same. The policies see the newest turns alone: they look back on five states, and would go
through every turn of a conversation for that, several times each turn.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rasa.core import processor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_compat.speed.quick_tracker import with_slots_of

# More than the policies look back on: bot/config.yml, and every rule is of one turn.
_TURNS = 8


class QuickGraphRunner(DaskGraphRunner):  # type: ignore[misc]
    """Rasa's runner, without its detours."""

    def run(
        self, inputs: Mapping[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """What the `targets` (all of the graph's, if none are named) give for the `inputs`.

        Raises:
            GraphRunError: an input is named like a part of the graph, or a part failed to start.
        """
        given = dict(inputs or {})
        if PLACEHOLDER_MESSAGE not in given and given.get(PLACEHOLDER_TRACKER) is not None:
            given[PLACEHOLDER_TRACKER] = newest_turns(given[PLACEHOLDER_TRACKER])
        wanted = tuple(targets or self._graph_schema.target_names)
        results: dict[str, tuple[str, Any]] = {name: (name, given[name]) for name in given}
        try:
            for name in self._order(wanted, frozenset(given)):
                needs = self._graph_schema.nodes[name].needs.values()
                results[name] = self._instantiated_nodes[name](*(results[need] for need in needs))
        except RuntimeError as error:
            raise GraphRunError("The model's graph could not be run.") from error
        return {name: results[name][1] for name in wanted}

    @lru_cache(maxsize=16)  # noqa: B019 - one runner lives as long as its model
    def _order(self, targets: tuple[str, ...], given: frozenset[str]) -> tuple[str, ...]:
        if clash := given & set(self._graph_schema.nodes):
            raise GraphRunError(f"An input has the name of a part of the graph: {min(clash)}.")
        found: dict[str, None] = {}
        for target in targets:
            found.update(dict.fromkeys(self._with_needs(target, given)))
        return tuple(found)

    def _with_needs(self, name: str, given: frozenset[str]) -> Iterator[str]:
        """What `name` needs, before what needs it; `name` last."""
        if name in given:
            return
        if name not in self._graph_schema.nodes:
            raise GraphRunError(f"The graph has no part and no input '{name}'.")
        for need in self._graph_schema.nodes[name].needs.values():
            yield from self._with_needs(need, given)
        yield name


def newest_turns(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The tracker with its newest turns alone; its slots are as they are now."""
    events = list(tracker.events)
    listens = (n for n in range(len(events) - 1, 0, -1) if _waits_for_the_person(events[n]))
    start = next(itertools.islice(listens, _TURNS, None), 0)
    if not start:
        return tracker
    newest = with_slots_of(tracker.init_copy(), tracker)
    for event in events[start:]:
        newest.update(event)
    return newest


def _waits_for_the_person(event: Any) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def use_quick_runner() -> None:
    """Let every model that this process loads from now on be run by it."""
    processor.DaskGraphRunner = QuickGraphRunner
