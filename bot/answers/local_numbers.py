"""Messages with the numbers of the country where somebody is."""

from __future__ import annotations

from bot.knowledge.emergency_numbers import EmergencyNumbers, Replace
from bot.messages.message import GuidanceLine, LocalCall, Message


def localised(
    message: Message, numbers: EmergencyNumbers, code: str | None, is_named: bool = False
) -> Message:
    """A message with the numbers of a country in place of the phrases.

    A red flag also gets `call`, the number a client may dial: the emergency number where help is
    needed at once; where it is needed today, the country's line for that, if it has one. Without a
    known country the message comes back as it was. Where the country `is_named`, the message says
    which one it is, since the person may be in another.
    """
    local = numbers.of(code, is_named)
    if local is None:
        return message
    reply, guidance = message.reply, message.reply.guidance
    number = local.to_dial(reply.tier) if message.is_red_flag else None
    told = message.with_reply(
        written=_by(local.written, reply.written),
        spoken=_by(local.spoken, reply.spoken),
        guidance=guidance
        and GuidanceLine(
            written=local.written(guidance.written), spoken=local.spoken(guidance.spoken)
        ),
        card=reply.card and local.in_card(reply.card),
        call=LocalCall(country=local.code, number=number) if number else reply.call,
    )
    buttons = tuple(
        button.model_copy(
            update={"title": local.written(button.title), "payload": local.written(button.payload)}
        )
        for button in message.buttons
    )
    return told.model_copy(update={"text": local.written(message.text), "buttons": buttons})


def _by(replace: Replace, text: str | None) -> str | None:
    return None if text is None else replace(text)
