"""Rasa's own command line, without TensorFlow: python -m bot.runtime.rasa_command data validate."""

from __future__ import annotations

from bot.runtime import paths
from bot.runtime.without_tensorflow import leave_out_tensorflow


def main() -> None:
    """Run `rasa` with the arguments given."""
    leave_out_tensorflow(paths.CONFIG)
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
