"""Prints how well spoken questions are answered: python -m tests.spoken.table [--wrong]."""

import asyncio
import sys
import tempfile
import uuid
from pathlib import Path

from bot.runtime.prepare import prepare
from tests.spoken.asked import ask_all, shares

_GROUPS = {
    "by recogniser and voices": lambda row: (
        row.clip["by"],
        "training" if row.clip["training"] else "other",
    ),
    "by part, other voices": lambda row: row.sentence.part,
    "by noise, other voices": lambda row: row.clip["noise"],
    "by voice": lambda row: row.clip["voice"],
}


def main():
    """Ask everything, and print."""
    prepare()
    from bot.channels.front_door import Incoming, front_door_for
    from bot.runtime.house import House, Settings

    house = House(Settings(state_folder=Path(tempfile.mkdtemp())))
    house.load_now()
    door, loop = front_door_for(house), asyncio.new_event_loop()
    found = ask_all(
        lambda text: loop.run_until_complete(
            door.exchange(Incoming(text, uuid.uuid4().hex, "spoken"))
        )
    )
    for title, group in _GROUPS.items():
        own = [row for row in found if "other" not in title or not row.clip["training"]]
        print(f"\n{title}\n{'':28} clips  word errors  right  right on clean text")
        for name, count, errors, right, clean in shares(
            own if "recog" not in title else found, group
        ):
            label = ", ".join(name) if isinstance(name, tuple) else name
            print(f"{label:28} {count:5}  {errors:11.3f}  {right:5.3f}  {clean:5.3f}")
    if "--wrong" in sys.argv:
        for row in found:
            if row.is_met_clean and not row.is_met:
                print(f"{row.clip['by']:5} {row.clip['voice']:22} {row.clip['noise']:6} "
                      f"{row.sentence.text} -> {row.clip['heard']}")  # fmt: skip


if __name__ == "__main__":
    main()
