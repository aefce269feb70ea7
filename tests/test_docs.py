"""What the documents name is there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LISTED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard", "*.md"],
    cwd=ROOT, capture_output=True, text=True,
).stdout.split()  # fmt: skip
# Paths in a `code` span; `data/coverage_*.yml` names several.
NAMED = re.compile(
    r"`((?:bot|actions|data|docs|integrations|requirements|scripts|tests)/[\w./*-]+)"
)
LINKED = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
# Made by set-up, not kept.
MADE = ("bot/widget/dist", "bot/widget/node_modules")


@pytest.mark.parametrize("name", LISTED)
def test_files_that_a_document_names_are_there(name):
    document = ROOT / name
    text = document.read_text(encoding="utf-8")
    named = {path.rstrip("./") for path in NAMED.findall(text) if not path.startswith(MADE)}
    gone = {path for path in named if not list(ROOT.glob(path))}
    gone |= {link for link in LINKED.findall(text) if not (document.parent / link).exists()}
    assert gone == set()
