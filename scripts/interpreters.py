"""Which Python .venv is made with: the newest suitable one there is.

Used by setup.py, so it runs on any Python 3.
"""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Newest first. The first stands in .python-version, too.
SUITABLE = ("3.13", "3.12", "3.11")


def installed(uv, wanted=None):
    """Suitable interpreters on this machine, best first: on PATH, of uv's own, or pyenv's.

    Args:
        uv: the program.
        wanted: a version such as '3.12', in place of any suitable one.
    """
    for version in (wanted,) if wanted else SUITABLE:
        for candidate in [version] + _of_pyenv(version):
            found = subprocess.run(
                [str(uv), "python", "find", "--no-python-downloads", "--no-project", candidate],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True,
                cwd=str(ROOT),
            )  # fmt: skip
            if found.returncode == 0:
                yield found.stdout.strip()


def version_of(environment):
    """The Python of an environment, such as '3.13'; None where there is none."""
    try:
        told = (Path(environment) / "pyvenv.cfg").read_text()
    except OSError:
        return None
    found = re.search(r"(?m)^version(?:_info)?\s*=\s*(\d+\.\d+)", told)
    return found.group(1) if found else None


def _of_pyenv(version):
    folder = Path(os.environ.get("PYENV_ROOT") or str(Path.home() / ".pyenv")) / "versions"
    found = [path for path in folder.glob(version + ".*/bin/python") if _newest(path) is not None]
    return [str(path) for path in sorted(found, key=_newest, reverse=True)]


def _newest(path):
    found = re.match(r"\d+\.\d+\.(\d+)$", path.parents[1].name)
    return int(found.group(1)) if found else None
