"""What all builders of answers share: the person, the cautions, and how a reply is put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.past_answers import NO_PAST_ANSWERS, PastAnswers
from bot.answers.people import Person
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import CHILD, Caution, Condition, Withhold
from bot.knowledge.schema.points import ArticleArea, Conflict, Point, Reach, Severity
from bot.messages.answer_key import AnswerKey, Kind
from bot.text.json_types import JsonObject

SHOWN = 3
# Said by somebody who asks for themselves, after somebody else's condition was told.
FOR_ME = "It is for me."

# The fourteen meridians of the WHO standard.
MERIDIANS = {
    "LU": "Lung", "LI": "Large Intestine", "ST": "Stomach", "SP": "Spleen", "HT": "Heart",
    "SI": "Small Intestine", "BL": "Bladder", "KI": "Kidney", "PC": "Pericardium",
    "TE": "Triple Energizer", "GB": "Gallbladder", "LR": "Liver", "GV": "Governor Vessel",
    "CV": "Conception Vessel",
}  # fmt: skip
_CODE = re.compile(rf"\b({'|'.join(MERIDIANS)})(\d{{1,2}})\b")


class AnswerBuilder:
    """Builds replies for one person, who has heard some before."""

    def __init__(
        self,
        catalogue: Catalogue,
        person: Person | None = None,
        heard: PastAnswers = NO_PAST_ANSWERS,
    ) -> None:
        self._catalogue = catalogue
        self._person = person or Person()
        self._heard = heard

    def withheld(self, point: Point | None, condition: Condition) -> Reply:
        """Why a point is not given to this person, and what is still open to them.

        Where it may be for somebody else that it is not given, it is asked once who is meant.
        """
        if asked := self._for_whom(point, condition):
            return asked
        lines = [condition.reason]
        spoken = [condition.reason_spoken]
        if condition.withhold is Withhold.NOTHING:
            key = AnswerKey(Kind.CONDITION, condition.id)
            offers = (f"Where is {point.code}?",) if point else ("Which points help the back?",)
            return self._reply(key, lines, spoken, offers, guidance=condition.guidance)
        who = self._person.whose.get(condition.id)
        if who:
            of_other = self._catalogue.wording("withheld_for_other")
            lines.insert(0, of_other.written.format(who=who))
            spoken.append(of_other.spoken.format(who=who))
        person = Person((condition, *self._person.conditions))
        others = self._safer_than(point, person) if point else []
        if others:
            names = join([title(other) for other in others])
            lines.append(f"These points do not need the same caution: {names}.")
            spoken.append(f"You could ask about {others[0].names.pinyin} instead.")
        else:
            instead = self._catalogue.wording("instead")
            lines.append(instead.written)
            spoken.append(instead.spoken)
        name = f" {title(point)}" if point else ""
        if point:
            lines.insert(0, f"I would rather not give pressing steps for{name}.")
        return self._reply(
            AnswerKey(Kind.WITHHELD, point.code if point else "any"), lines, spoken,
            (*((FOR_ME,) if who else ()), *(
                tuple(f"Where is {other.code}?" for other in others)
                or ("What else can help my back?", "When should I see a doctor?")
            )),
            guidance=condition.guidance,
        )  # fmt: skip

    def _for_whom(self, point: Point | None, condition: Condition) -> Reply | None:
        """Asks whether somebody else is meant, for whom alone something is withheld."""
        who, wording = self._person.whose.get(condition.id), self._catalogue.wording("for_whom")
        theirs = f"It is for my {who.removeprefix('your ')}." if who else ""
        written, spoken = (
            form.format(who=who, why=why)
            for form, why in (
                (wording.written, condition.reason), (wording.spoken, condition.reason_spoken)
            )
        )  # fmt: skip
        if not (who and who.startswith("your ") and self._person.is_unclear):
            return None
        if any(written.split("?")[0] in text for text in self._heard.texts):
            return None
        return self._reply(
            AnswerKey(Kind.WITHHELD, point.code if point else "any"), [written], [spoken],
            (FOR_ME, theirs), guidance=condition.guidance,
        )  # fmt: skip

    def card(self, point: Point) -> JsonObject:
        """What the card is about; the gateway makes it whole (answer_cards.py)."""
        withheld = self._person.withheld_by(point)
        brief = {"type": "point", "code": point.code}
        return {**brief, "withheld": withheld.id} if withheld else brief

    def cards(self, points: Sequence[Point], area: str | None = None) -> JsonObject:
        """The card of several points, of a part of the body if one was asked for."""
        brief = {"type": "points", "points": [self.card(point) for point in points]}
        return {**brief, "area": area} if area else brief

    def card_again(self, card: Mapping[str, Any]) -> JsonObject:
        """A card that was shown before, for what is known of the person by now."""
        if card.get("type") == "points":
            known = [self._catalogue.point(told.get("code")) for told in card["points"]]
            return self.cards([point for point in known if point], card.get("area"))
        point = self._catalogue.point(card.get("code"))
        return self.card(point) if point else dict(card)

    def _safer_than(self, point: Point, person: Person) -> list[Point]:
        """Two points for the same complaints that this person may have."""
        wanted = {purpose.complaint for purpose in point.purposes}
        shared = {
            other.code: len(wanted & {purpose.complaint for purpose in other.purposes})
            for other in self._catalogue.points
            if not person.withheld_by(other)
        }
        free = [p for p in self._catalogue.points if shared.get(p.code)]
        return sorted(free, key=lambda p: -shared[p.code])[:2]

    def _for_you(self, point: Point) -> list[str]:
        """What the person said that withholds nothing but matters at this point."""
        reach, lines = self._catalogue.sessions.cannot_reach, []
        for condition in self._person.conditions:
            far = bool(set(reach.areas) & set(point.areas)) or point.reach is Reach.HELPER
            if condition.withhold is Withhold.NOTHING and (
                condition.id not in (reach.condition, reach.alone) or far
            ):
                lines.append(f"**As you told me:** {condition.reason}")
        return lines

    def _please_note(self, *points: Point | ArticleArea) -> list[str]:
        """What to watch for, each caution once, and with the points it is for if not for all."""
        held: dict[str, list[str]] = {}
        for point in points:
            name = point.code if isinstance(point, Point) else point.name
            for text in dict.fromkeys(caution.short for caution in self._new_cautions(point)):
                held.setdefault(text, []).append(name)
        together: dict[tuple[str, ...], list[str]] = {}
        for text, names in held.items():
            together.setdefault(tuple(names), []).append(text)
        said = []
        for names_of, texts in sorted(together.items(), key=lambda each: -len(each[0])):
            whose = "" if len(names_of) == len(points) else f"**{join(names_of)}:** "
            said.append(f"{whose}{' '.join(texts)}")
        return [" ".join(said)] if said else []

    def _spoken_caution(self, point: Point) -> list[str]:
        return [caution.spoken for caution in self._new_cautions(point, "spoken")][:1]

    def _new_cautions(self, point: Point | ArticleArea, form: str = "written") -> list[Caution]:
        """The cautions of a point that are always said, and that the person has not heard yet."""
        cautions = [self._catalogue.caution(caution) for caution in point.cautions]
        known = point if isinstance(point, Point) else None
        return [
            caution for caution in cautions
            if caution.always_say and not self._heard.has_caution(known, caution, form)
        ]  # fmt: skip

    def _complaint_name(self, complaint_id: str) -> str:
        complaint = self._catalogue.complaint(complaint_id)
        return complaint.name if complaint else complaint_id

    def _reply(
        self,
        key: AnswerKey,
        lines: Sequence[str],
        spoken: Sequence[str],
        suggestions: tuple[str, ...],
        card: JsonObject | None = None,
        guidance: str = "general",
    ) -> Reply:
        return Reply(
            key=key,
            written="\n\n".join(line for line in lines if line),
            spoken=aloud(" ".join(part for part in spoken if part)),
            guidance=guidance,
            suggestions=suggestions[:3],
            card=card or {},
        )


def title(point: Point) -> str:
    """'LI4 (Hegu)'."""
    return f"{point.code} ({point.names.pinyin})"


def aloud(text: str) -> str:
    """Codes as people say them: 'Bladder 52' for 'BL52'."""
    return _CODE.sub(lambda found: f"{MERIDIANS[found[1]]} {found[2]}", text)


def seconds(point: Point) -> str:
    """'30 to 60 seconds'."""
    shortest, longest = point.press.hold_seconds
    return f"{shortest} seconds" if shortest == longest else f"{shortest} to {longest} seconds"


def sentence(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def told(conflict: Conflict) -> str:
    """A source's mistake, kindly. What could hurt is not repeated, only what to do instead."""
    if conflict.severity is Severity.DANGER:
        return f"Some advice on other pages is not safe. {conflict.we_say} {conflict.why}"
    page = re.sub(r"^It\b|^First it\b", "One page", conflict.says)
    return f"{page} {conflict.we_say}"


def join(words: Sequence[str], last: str = "and") -> str:
    """'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def small(name: str) -> str:
    """With a small first letter."""
    return name[:1].lower() + name[1:]


def called(condition: Condition) -> str:
    """How a condition is called within a sentence."""
    return "under sixteen" if condition.id == CHILD else small(condition.name)


def with_article(name: str) -> str:
    """'a massage gun', 'an acupressure mat', 'your hands'."""
    if name.lower().startswith("your "):
        return small(name)
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {small(name)}"
