"""Where the project keeps things."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "bot" / "config.yml"
CREDENTIALS = ROOT / "bot" / "credentials.yml"
DOMAIN = ROOT / "bot" / "domain"
DATA = ROOT / "data"
DOCS = ROOT / "docs"
SAFETY_CASE = DOCS / "safety_case.md"
TRAINING_FILES = [DATA / "nlu.yml", DATA / "rules.yml", DATA / "stories.yml"]
MODELS = ROOT / "models"
STATE = ROOT / "var"
# What the browser loads, built during set-up.
WIDGET = ROOT / "bot" / "widget" / "dist"
REPORT = STATE / "evaluation" / "index.html"
GATE_STAMP = STATE / "checked"
