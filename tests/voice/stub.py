"""A recogniser that hears what it is told to: the recording is the text, or a command."""

import json
import os
import signal
import sys


def say(content):
    print(json.dumps(content), flush=True)


settings = json.loads(sys.stdin.buffer.readline())
if "no-start" in str(settings["models"]):
    say({"error": "no model"})
    sys.exit(1)
say({"ready": True})
while line := sys.stdin.buffer.readline():
    text = sys.stdin.buffer.read(json.loads(line)["bytes"]).decode()
    if text == "die":
        os._exit(3)
    if text == "hang":
        signal.pause()
    if text == "noise":
        say({"error": "ValueError"})
        continue
    probability = -1.2 if text.startswith("mumble") else -0.1
    readings = [{"is_told": is_told, "texts": [[text, probability]]} for is_told in (True, False)]
    # What the names that were tried gave.
    named = None
    if settings["questions"] and text.startswith("where is"):
        named = {"text": "where is Hegu", "code": "LI4", "gain": -1.0, "lead": 9.0}
    say({"seconds": 2.0, "is_cut": False, "speech_seconds": 1.5, "no_speech": 0.0,
         "readings": readings, "named": named})  # fmt: skip
