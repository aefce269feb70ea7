"""An explanation as lines for the terminal: coloured where there are colours, else plain."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from bot.cli.explanation import Explanation
from bot.safety.screening import Finding

_STYLES = {
    "emergency": "bold white on red",
    "urgent": "bold red",
    "doctor_soon": "bold yellow",
    "persistent": "bold cyan",
}
_LONGEST_QUOTE = 80


def explanation_lines(explanation: Explanation) -> Iterator[Text]:
    """The lines that tell how the answer came about."""
    text = explanation.text
    yield _marked(text, explanation.screening.findings)
    yield Text()
    yield Text("What fired", style="bold")
    for finding in explanation.screening.findings:
        tier, words = finding.tier.value, text[finding.start : finding.end]
        line = Text("  ").append(tier, _STYLES[tier])
        yield line.append(f"  {finding.flag_id}  (by {finding.layer})  {_quoted(words)}")
    if not explanation.screening.findings:
        yield Text("  no pattern")
    yield Text("What was held back", style="bold")
    for held in explanation.screening.held_back:
        yield Text(f"  {held.flag_id}: {held.reason}", style="dim")
    if not explanation.screening.held_back:
        yield Text("  nothing")
    yield from _model_lines(explanation)
    yield Text("Decision", style="bold")
    yield _decision(explanation)
    yield Text(f"  said: {_printable(explanation.first_line.replace('**', ''))}")
    yield Text(
        f"Rules {explanation.rules}, last changed {explanation.rules_date.isoformat()}", "dim"
    )


def _model_lines(explanation: Explanation) -> Iterator[Text]:
    yield Text("What the trained model thought", style="bold")
    model = explanation.model
    if model is None:
        yield Text(
            "  nothing: it never reached it, the gateway answered by itself"
            if explanation.trained
            else "  No model is trained for the present data: this shows the patterns only. "
            "'acupoint train' trains one."
        )
        return
    near = sorted(model.nearness.items(), key=lambda item: -item[1])
    yield Text("  near to: " + ", ".join(f"{name} {value:.2f}" for name, value in near))
    if model.told is not None:
        yield Text(f"  a sign is told: {model.told:.2f}")
    yield Text(
        f"  intent: {model.intent} {model.confidence:.2f}, any red flag {model.red_vote:.2f}"
    )


def _decision(explanation: Explanation) -> Text:
    if explanation.tier is None:
        return Text("  no warning")
    line = Text("  ").append(explanation.tier, _STYLES.get(explanation.tier, "bold"))
    if explanation.raised:
        flag, layer = explanation.raised
        line.append(f", for {flag}, by {layer}")
    return line


def _marked(text: str, findings: tuple[Finding, ...]) -> Text:
    """The message, with what fired in the colour of its tier; the highest tier on top."""
    line = Text(_printable(text))
    for finding in reversed(findings):
        line.stylize(_STYLES[finding.tier.value], finding.start, finding.end)
    return line


def _quoted(words: str) -> str:
    words = " ".join(_printable(words).split())
    if len(words) > _LONGEST_QUOTE:
        words = f"{words[:_LONGEST_QUOTE]}..."
    return f'"{words}"'


def _printable(text: str) -> str:
    """The text without signs that would command the terminal; every place stays where it was."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)
