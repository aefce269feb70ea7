"""What is read from the data files once, and handed on to everything that answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.emergency_numbers import EmergencyNumbers, default_numbers
from bot.knowledge.pictures import Pictures
from bot.safety.default import default_detector
from bot.safety.detector import RedFlagDetector


@dataclass(frozen=True)
class Resources:
    """The facts and the safety check of one assistant.

    Attributes:
        catalogue: the points, and all that is told about them.
        detector: finds warning signs.
        numbers: the emergency numbers of countries.
        pictures: the drawings of points.
    """

    catalogue: Catalogue
    detector: RedFlagDetector
    numbers: EmergencyNumbers
    pictures: Pictures

    @classmethod
    def load(cls) -> Resources:
        """Read our own data folder.

        Rasa makes the components of its pipeline by itself; the detector is the one they use, so
        that it is in memory once.

        Raises:
            DataError: a data file is missing or wrong.
        """
        return cls(
            Catalogue.load(),
            default_detector(),
            default_numbers(),
            Pictures.load(),
        )
