"""The skill package that the Alexa developer console imports: integrations/alexa/skill-package."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import yaml

from bot.channels.alexa.interaction_model import LOCALES, alexa_words, interaction_model
from bot.knowledge.catalogue import Catalogue
from bot.reminders.delivery.alexa import PERMISSION
from bot.text.json_types import JsonObject

FOLDER = Path("integrations") / "alexa" / "skill-package"
# The two things that only who publishes it knows; docs/alexa.md says so.
ENDPOINT = "YOUR-ADDRESS/webhooks/alexa/webhook"
PRIVACY_PAGE = "YOUR-PRIVACY-PAGE"

_DESCRIPTION = (
    "Ask where acupressure points for back pain are, how to press them gently and for how long, "
    "or be guided through a short session.\n\n"
    "This skill provides information for educational purposes only. It is not a medical device "
    "and gives no medical advice, diagnosis or treatment. It is no substitute for a doctor. "
    "Always ask your doctor or another qualified health professional about a medical condition. "
    "Never disregard or delay professional advice because of something this skill said. If you "
    "think you may have a medical emergency, call your local emergency number at once.\n\n"
    "What is said of points is tradition; what trials found is said honestly. The skill stores "
    "nothing about your health: what you say is forgotten when you close it."
)


def alexa_files(nlu: Path) -> dict[Path, str]:
    """The files of the package by their path below the project folder.

    Args:
        nlu: data/nlu.yml, whose sentences teach Alexa to let whole sentences through.
    """
    told = yaml.safe_load(nlu.read_text(encoding="utf-8"))["nlu"]
    examples: dict[str, list[str]] = defaultdict(list)
    for one in told:
        if "intent" in one:
            lines = one["examples"].splitlines()
            examples[one["intent"]] += [line.removeprefix("- ") for line in lines]
    model = interaction_model(Catalogue.load(), examples)
    models = FOLDER / "interactionModels" / "custom"
    files = {models / f"{locale}.json": _written(model) for locale in LOCALES}
    return {**files, FOLDER / "skill.json": _written(manifest())}


def manifest() -> JsonObject:
    """What the store is told of the skill."""
    invocation = alexa_words().invocation
    locale = {
        "name": "Pressure Points for the Back",
        "summary": "Where acupressure points for back pain are, and how to press them gently.",
        "description": _DESCRIPTION,
        "examplePhrases": [
            f"Alexa, open {invocation}",
            f"Alexa, ask {invocation} where is the point on my hand for back pain",
            f"Alexa, ask {invocation} to start a session",
        ],
        "keywords": ["acupressure", "pressure points", "back pain", "self care"],
    }
    privacy = {"privacyPolicyUrl": PRIVACY_PAGE}
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "apis": {"custom": {"endpoint": {"uri": ENDPOINT, "sslCertificateType": "Trusted"}}},
            "permissions": [{"name": PERMISSION}],
            "privacyAndCompliance": {
                "allowsPurchases": False,
                "containsAds": False,
                "isChildDirected": False,
                "isExportCompliant": True,
                "usesPersonalInfo": False,
                "locales": dict.fromkeys(LOCALES, privacy),
            },
            "publishingInformation": {
                "category": "HEALTH_AND_FITNESS",
                "isAvailableWorldwide": True,
                "testingInstructions": "Open the skill and ask where the point on your hand is.",
                "locales": dict.fromkeys(LOCALES, locale),
            },
        }
    }


def _written(content: JsonObject) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
