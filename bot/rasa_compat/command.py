"""Rasa's own command line: `rasa train`, `run`, `shell`, `test`, `data validate`, ..."""

from __future__ import annotations

import os

from bot.rasa_compat.adapt import adapt_rasa


def main() -> None:
    """Run `rasa` with the arguments given."""
    # The matrices of training are small: sharing one out among threads takes longer than the work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    adapt_rasa()
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
