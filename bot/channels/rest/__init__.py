"""Rasa's REST channel, behind the gateway. Credentials name `bot.channels.rest.RestInput`."""

from __future__ import annotations

from bot.channels.rest.endpoint import RestInput

__all__ = ["RestInput"]
