"""What is kept of conversations, as somebody who has the files could read it."""

import contextlib
import json
import sqlite3
import zlib

# How packed bytes begin, how many may belong together, and how many are read at a time.
_PACKED, _LONGEST, _STEP = b"\x78\x9c", 20_000, 32


def readable(folder):
    """The bytes of all files in a folder, and what is packed in them, be it deleted or not."""
    parts = []
    for file in folder.iterdir():
        raw = file.read_bytes()
        parts.append(raw)
        start = raw.find(_PACKED)
        while start >= 0:
            parts += _unpacked(raw[start : start + _LONGEST])
            start = raw.find(_PACKED, start + 1)
    return b"".join(parts)


def _unpacked(raw):
    """What can be read of packed bytes, of which another page of the file may cut off the end."""
    opened = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        for place in range(0, len(raw), _STEP):
            yield opened.decompress(raw[place : place + _STEP])


def events(folder, kind=None):
    """All stored events, of one kind if it is given, oldest first."""
    with sqlite3.connect(f"file:{folder / 'conversations.db'}?mode=ro", uri=True) as database:
        rows = database.execute("select content from turns order by sender, number").fetchall()
    found = [event for (row,) in rows for event in json.loads(zlib.decompress(row))]
    return [event for event in found if kind in (None, event["event"])]
