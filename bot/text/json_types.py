"""What is JSON on its way in or out, where its parts are not ours to name."""

from __future__ import annotations

from typing import Any

# An object as it travels or is stored: to a browser, to Alexa, to Rasa, into a file.
JsonObject = dict[str, Any]
# Slots of Rasa's tracker by name, which Rasa stores as JSON.
Slots = dict[str, Any]
