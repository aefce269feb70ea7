"""`python -m tools`: the commands that measure."""

from __future__ import annotations

from tools.commands import main

if __name__ == "__main__":
    main()
