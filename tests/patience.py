"""How long tests wait for what must happen: as long as a machine five times slower needs.

Nothing waits for so long where all is well. What must *not* happen, or must happen in less time, is
never held against a clock, but against what else has happened, or against other work.
"""

import time

# Seconds.
PATIENCE = 180


def until(happens, every=0.05):
    """Wait until `happens()` gives something true, and return that."""
    end = time.monotonic() + PATIENCE
    while not (found := happens()):
        assert time.monotonic() < end, f"{happens} did not come true within {PATIENCE} seconds"
        time.sleep(every)
    return found
