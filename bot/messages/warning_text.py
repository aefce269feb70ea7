"""What a warning says to the eye, field by field, and the text that is made of it last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


class WarningText(BaseModel):
    """The parts of a warning, the most important action first.

    Attributes:
        why: why it needs checking.
        steps: what to do.
        note: what the assistant is not.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    action: str
    why: str | None = None
    steps: tuple[str, ...] = ()
    note: str | None = None

    @classmethod
    def of(cls, card: Mapping[str, Any] | None) -> WarningText | None:
        """The parts that the card of a warning holds; None where it holds none."""
        try:
            return cls.model_validate(card) if card else None
        except ValidationError:
            return None

    def markdown(self) -> str:
        """The text of the message, in light Markdown."""
        action = f"**{self.action}**" + (f" {self.why}" if self.why else "")
        steps = "\n".join(f"- {step}" for step in self.steps)
        note = f"_{self.note}_" if self.note else ""
        return "\n\n".join(filter(None, (action, steps, note)))
