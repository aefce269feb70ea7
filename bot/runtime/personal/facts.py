"""What an installation tells of the data it keeps, from its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.privacy_facts import PrivacyFacts
from bot.knowledge.catalogue import Catalogue
from bot.privacy.codes import PersonCodes
from bot.privacy.consents import Consents
from bot.privacy.copy_links import CopyLinks
from bot.privacy.keys import Keys

if TYPE_CHECKING:
    from bot.runtime.assistant import Settings


def privacy_facts(settings: Settings, keys: Keys, catalogue: Catalogue) -> PrivacyFacts:
    """What is told of the data kept here."""
    return PrivacyFacts(
        catalogue,
        settings.privacy,
        PersonCodes(keys.identity),
        CopyLinks(keys.signing, keys.old),
        settings.voice.public_url,
        Consents(settings.state_folder) if settings.privacy.asks else None,
    )
