"""Puts every change to Rasa in its place. Whoever imports rasa calls this first."""

from __future__ import annotations

from bot.rasa_compat import (
    database_addresses,
    error_reports,
    graph_order,
    left_out,
    neural_components,
    no_telemetry,
    old_versions,
    old_warning,
    one_process,
    package_resources,
    streamed_answers,
)
from bot.rasa_compat.import_hook import when_loaded

_SUBJECTS = (
    old_versions,
    old_warning,
    graph_order,
    database_addresses,
    streamed_answers,
    one_process,
    neural_components,
    no_telemetry,
)


def adapt_rasa() -> None:
    """Let Rasa be imported in this process; calling it again changes nothing."""
    package_resources.stand_in()
    error_reports.stand_in()
    left_out.leave_out()
    for subject in _SUBJECTS:
        before, change = (getattr(subject, name, None) for name in ("before", "change"))
        when_loaded(subject.MODULE, before, change)
