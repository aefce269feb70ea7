"""How reminders reach people who are not in the chat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reminders.delivery.push import HOSTS


@dataclass(frozen=True)
class ReminderSettings:
    """Settings of reminders.

    Attributes:
        webhook: where every reminder that fires is posted, too.
        webhook_secret: what those posts are signed with.
        push_hosts: the push services that may be called.
        contact: an address of whoever runs this, which push services ask for.
    """

    webhook: str | None = None
    webhook_secret: str = ""
    push_hosts: tuple[str, ...] = HOSTS
    contact: str = "mailto:nobody@localhost"
