"""What can be counted of a running assistant, for Prometheus; nothing tells of a person."""

from __future__ import annotations

import math
from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.crowd import Crowd
from bot.runtime.assistant import Assistant

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """The counts of one assistant.

    Args:
        crowd: the messages that are being answered.
    """

    def __init__(self, assistant: Assistant, crowd: Crowd) -> None:
        self.registry = CollectorRegistry()
        self._turns = Counter(
            "acupoint_turns",
            "Messages that were answered, by the tier of the sign they were warned of.",
            ["tier"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "acupoint_turn_seconds",
            "How long an answer took.",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._failures = Counter(
            "acupoint_engine_failures",
            "Messages that the engine did not get to the end of.",
            registry=self.registry,
        )
        self._refusals = Counter(
            "acupoint_refusals",
            "Messages refused as too many came at once.",
            registry=self.registry,
        )
        self.turn_wait = Histogram(
            "acupoint_turn_wait_seconds",
            "How long a turn waited for the one before it in the same conversation.",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.lag = Gauge(
            "acupoint_loop_lag_seconds",
            "How much later than planned the server came to its own work, of late.",
            registry=self.registry,
        )
        self._gauge("acupoint_turns_under_way", "Being answered now.", lambda: crowd.under_way)
        self._gauge("acupoint_signs_held", "Signs not stored yet.", lambda: len(assistant.signs))
        self._gauge(
            "acupoint_conversations_unwritten",
            "Conversations that are not stored whole yet.",
            lambda: len(assistant.agent.tracker_store.unwritten) if assistant.agent else 0,
        )
        self._gauge(
            "acupoint_reminder_lateness_seconds",
            "For how long the oldest reminder that is due waits to be sent.",
            lambda: _lateness(assistant),
        )
        self._gauge(
            "acupoint_loaded", "Whether the model is loaded.", lambda: not assistant.missing
        )

    def answered(self, tier: str, seconds: float) -> None:
        """A message was answered."""
        self._turns.labels(tier).inc()
        self._seconds.observe(seconds)

    def failed(self) -> None:
        """The engine did not get to the end of a message."""
        self._failures.inc()

    def refused(self) -> None:
        """A message was refused, as too many came at once."""
        self._refusals.inc()

    def attach(self, app: Sanic) -> None:
        """Tell the counts at /metrics."""

        @app.get("/metrics")
        async def metrics(request: Request) -> HTTPResponse:
            body = generate_latest(self.registry)
            return response.raw(body, content_type=CONTENT_TYPE_LATEST)

    def _gauge(self, name: str, what: str, read: Callable[[], float]) -> None:
        Gauge(name, what, registry=self.registry).set_function(read)


def _lateness(assistant: Assistant) -> float:
    try:
        store = assistant.reminders
        due = store.next_due()
    except (SQLAlchemyError, OSError):
        return math.nan
    return max(0.0, store.now() - due) if due is not None else 0.0
