"""Whether a message settles a warning sign: by words about that sign, and by nothing else.

Only two things do: that the person was misunderstood, or that somebody who can judge it has looked.
Denying something else, explaining it away, meaning to see somebody, thanks or a new topic leave a
sign standing. Whether the sign itself is denied is read elsewhere (bot/safety/denied_signs.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.schema.data_files import DATA_DIR
from bot.knowledge.settling import (
    BUTTON_INTENTS,
    Heard,
    HeardWords,
    HelpWords,
    Meaning,
    SettlingFile,
    SettlingWords,
    Standing,
    load_settling,
)
from bot.safety.wording.normalise import PlainSentence, plain_sentences
from bot.safety.wording.patterns import PatternLanguage

# A message as long as a letter settles nothing by a phrase somewhere in it.
_LONGEST_CHARACTERS = 2_000
# The buttons of our own warnings.
_BUTTONS = {f"/{intent}": means for means, intent in BUTTON_INTENTS.items()}
_REACH = 6


@dataclass(frozen=True)
class Settled:
    """What a message settles, and why.

    Attributes:
        means: the reason.
        settles: the kinds of standing signs that these words settle.
        sentences: places (start, end) of the sentences in which a sign is the old one.
        flags: ids of the signs that are denied; anywhere in the message they are the old ones.
        only_flags: ids of the signs that these words can settle; empty for all.
    """

    means: Meaning
    settles: frozenset[Standing]
    sentences: tuple[tuple[int, int], ...] = ()
    flags: frozenset[str] = frozenset()
    only_flags: frozenset[str] = frozenset()

    @property
    def intent(self) -> str:
        """The intent whose answer fits."""
        return BUTTON_INTENTS[self.means]

    def covers(self, position: int) -> bool:
        """Whether a sign at this place of the message is the old one."""
        return any(start <= position < end for start, end in self.sentences)


class SettlingReader:
    """Reads messages by the words of data/settling.yml."""

    def __init__(self, facts: SettlingFile) -> None:
        language = PatternLanguage(facts.words)
        self._groups = [_Group(group, language) for group in facts.groups]
        self._filler = language.compile(["<filler>"])
        self._help = _Said(facts.help, language)
        self._heard = [(words.id, _Said(words, language)) for words in facts.heard]
        self._denying = language.compile(facts.denying)
        self._newer = language.compile(facts.newer)
        self._renewed = language.compile(facts.renewed)

    def read(self, text: str) -> Settled | None:
        """What a message settles; None for nothing.

        Args:
            text: the person's own words, or the payload of a button.
        """
        button = _BUTTONS.get(text.strip())
        if button:
            return Settled(button, frozenset(Standing))
        if len(text) > _LONGEST_CHARACTERS:
            return None
        sentences = plain_sentences(text)
        said = [sentence.text for sentence in sentences]
        if any(self._renewed.search(one) for one in said):
            return None
        hits = [
            (group, (sentence.start, sentence.end))
            for group in self._groups
            if group.is_backed_by(said)
            for sentence in sentences
            if group.is_said_in(sentence.text)
        ]
        settles = {kind for group, _ in hits for kind in self._settled_by(group, said)}
        hits = [(group, place) for group, place in hits if settles & {*group.words.settles}]
        if not hits:
            return None
        groups = [group.words for group, _ in hits]
        checked = any(words.means is Meaning.CHECKED for words in groups)
        covered = [place for _, place in hits]
        if checked:  # the sentences around it tell what was found then
            covered += [
                (one.start, one.end) for one in sentences if not self._newer.search(one.text)
            ]
        return Settled(
            Meaning.CHECKED if checked else Meaning.MISUNDERSTOOD,
            frozenset(settles),
            tuple(covered),
            only_flags=(
                frozenset(flag for words in groups for flag in words.only_flags)
                if all(words.only_flags for words in groups)
                else frozenset()
            ),
        )

    def _settled_by(self, group: _Group, said: list[str]) -> set[Standing]:
        """What a group that is said settles: some only where nothing else is said."""
        words = group.words
        if not words.alone or all(self._says_nothing(group.rest_of(one)) for one in said):
            return {*words.settles}
        return {*words.settles} - {*words.alone}

    def _says_nothing(self, words: str) -> bool:
        """Whether words are only such as may stand beside a bare claim."""
        return not self._filler.sub(" ", words.replace(",", " ")).split()

    def denies(self, text: str) -> bool:
        """Whether a message denies or corrects anything at all."""
        if text.strip() in _BUTTONS:
            return True
        return any(self._denying.search(one.text) for one in plain_sentences(text))

    def tells_of_help(self, text: str) -> bool:
        """Whether a message says that help was called, is coming, or is there; not asks it."""
        sentences = plain_sentences(text)
        if any(self._help.is_undone_by(one.text) for one in sentences):
            return False
        told = [one for one in sentences if not _is_asked(text, one)]
        return any(self._help.is_said_in(one.text) for one in told)

    def heard_in(self, text: str) -> frozenset[Heard]:
        """What a message says to an alarm that gets words of its own."""
        said = plain_sentences(text)
        return frozenset(
            means for means, words in self._heard if any(words.is_said_in(one.text) for one in said)
        )

    def asks_else(self, text: str) -> bool:
        """Whether a message asks something that none of the words said to an alarm is about."""
        return any(
            _is_asked(text, one) and not any(words.is_said_in(one.text) for _, words in self._heard)
            for one in plain_sentences(text)
        )

    def groups_in(self, text: str) -> set[str]:
        """The ids of the groups whose words are in a text; for checking the data file."""
        said = [sentence.text for sentence in plain_sentences(text)]
        return {
            group.words.id
            for group in self._groups
            if group.is_backed_by(said) and any(map(group.is_said_in, said))
        }


class _Said:
    """Words, and what undoes them in their sentence, compiled."""

    def __init__(self, words: SettlingWords | HelpWords, language: PatternLanguage) -> None:
        self._says = language.compile(words.patterns)
        self._whole = language.compile(words.whole if isinstance(words, HeardWords) else [])
        self._unsaid = language.compile(words.unless_said)
        self._before = language.compile(words.unless_before)
        self._beside = language.compile(words.unless_beside)

    def is_said_in(self, sentence: str) -> bool:
        """Whether a sentence says it, and nothing in the sentence undoes it."""
        if self._beside.search(sentence):
            return False
        if self._whole.fullmatch(sentence.rstrip(",")):
            return True
        hits = self._says.finditer(sentence)
        return any(not self._before.search(_just_before(sentence, hit)) for hit in hits)

    def is_undone_by(self, sentence: str) -> bool:
        """Whether a sentence undoes it, wherever in the message it stands."""
        return bool(self._unsaid.search(sentence))

    def rest_of(self, sentence: str) -> str:
        """A sentence without the words that say it."""
        return self._says.sub(" ", sentence)


class _Group(_Said):
    """One group of words, compiled."""

    def __init__(self, words: SettlingWords, language: PatternLanguage) -> None:
        super().__init__(words, language)
        self.words = words
        self._needs = [language.compile(patterns) for patterns in words.needs]

    def is_backed_by(self, sentences: Iterable[str]) -> bool:
        """Whether a message holds what else these words need, and nothing against them."""
        said = list(sentences)
        if any(map(self.is_undone_by, said)):
            return False
        return all(any(need.search(one) for one in said) for need in self._needs)


def _is_asked(text: str, sentence: PlainSentence) -> bool:
    """Whether a sentence of a text ends with a question mark."""
    return text[sentence.end :].lstrip().startswith("?")


def _just_before(sentence: str, hit: re.Match[str]) -> str:
    """The few words before a hit, as far as the last comma."""
    clause = sentence[: hit.start()].rsplit(",", 1)[-1]
    return " ".join(clause.split()[-_REACH:])


@lru_cache(maxsize=1)
def default_settling() -> SettlingReader:
    """The reader over the project's own words, made once."""
    return SettlingReader(load_settling(DATA_DIR)[0])
