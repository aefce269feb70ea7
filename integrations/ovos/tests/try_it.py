"""Asks the skill inside a real ovos-core, with a running assistant at the address that is given.

Usage: try_it.py http://127.0.0.1:5005
"""

import os
import sys
import time
import uuid
from pathlib import Path

import ovoscope
from ovos_bus_client.message import Message
from ovos_bus_client.session import Session
from ovos_utils.log import LOG

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import acupoint_ovos_skill

PIPELINE = [f"ovos-fallback-pipeline-plugin-{level}" for level in ("high", "medium", "low")]
ASKED = (
    ("where is the point on my hand for back pain", "between thumb and index finger"),
    ("what is it good for", "doctor"),
    ("i lost control of my bladder and my back hurts", "Please get emergency help now"),
    ("where is hegu", "emergency help first"),
)


def main():
    """Ask, and tell what was spoken."""
    LOG.set_level("ERROR")
    acupoint_ovos_skill.URL = sys.argv[1]
    core = ovoscope.get_minicroft(
        ["acupoint.skill"], extra_skills={"acupoint.skill": acupoint_ovos_skill.AcupointSkill}
    )
    spoken, wrong = [], 0
    core.bus.on("speak", lambda message: spoken.append(message.data["utterance"]))
    session = Session(uuid.uuid4().hex)
    session.pipeline = PIPELINE

    def ask(text):
        spoken.clear()
        began = time.monotonic()
        context = {"session": session.serialize(), "source": "A", "destination": "B"}
        data = {"utterances": [text], "lang": "en-US"}
        core.bus.emit(Message("recognizer_loop:utterance", data, context))
        while not spoken and time.monotonic() - began < 10:
            time.sleep(0.02)
        print(f"> {text}\n< {' '.join(spoken)}\n  {time.monotonic() - began:.2f} s", flush=True)
        return " ".join(spoken)

    for text, expected in ASKED:
        wrong += expected not in ask(text)
    acupoint_ovos_skill.URL = "http://127.0.0.1:9"
    wrong += "emergency number" not in ask("my back hurts")
    print("Everything was as it should be." if not wrong else f"{wrong} wrong.", flush=True)
    core.stop()
    os._exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
