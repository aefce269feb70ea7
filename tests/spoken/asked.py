"""What the assistant makes of what was heard: figures, and the rows behind them."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass

from bot.text.number_words import number_words
from tests.spoken.generate import FILE
from tests.spoken.spoken_set import Sentence, sentences

_WORD = re.compile(r"[a-z]+|\d+")
RECOGNISERS = ("ours", "tiny", "small")


@dataclass(frozen=True)
class Row:
    """One clip as one recogniser heard it, and what the assistant answered.

    Attributes:
        by: the recogniser.
        clarity: "clear", "doubtful" (the person is asked to check the words) or "nothing" (the
            person is asked to say it again).
        is_met: whether the answer is the right one.
        is_met_clean: whether it is where the sentence is typed.
    """

    sentence: Sentence
    voice: str
    noise: str
    by: str
    heard: str
    clarity: str
    is_met: bool
    is_met_clean: bool
    messages: list

    @property
    def is_asked(self):
        """Whether, not answered rightly, the person was asked: by the page, or by the assistant."""
        kinds = {message.reply.kind for message in self.messages}
        return not self.is_met and (self.clarity != "clear" or kinds == {"failure"})

    @property
    def is_wrong(self):
        """Whether a wrong answer was given to words of which nobody was asked."""
        return not self.is_met and not self.is_asked

    @property
    def is_false_alarm(self):
        """Whether a warning was given that the sentence, typed, does not get."""
        alarms = [message.is_red_flag for message in self.messages]
        return self.sentence.part != "signs" and self.is_met_clean and any(alarms)


@dataclass(frozen=True)
class Figures:
    """Counts of rows. `clean`: how many are right where the sentence is typed."""

    clips: int
    errors: int
    words: int
    right: int
    doubted: int
    asked: int
    wrong: int
    signs: int
    signs_met: int
    emergencies: int
    emergencies_met: int
    false_alarms: int
    clean: int


def rows():
    """(sentence, clip) of the committed transcripts."""
    known = {sentence.id: sentence for sentence in sentences()}
    clips = map(json.loads, FILE.read_text().splitlines())
    return [(known[clip["sentence"]], clip) for clip in clips]


def ask_all(say, clips=None, by=RECOGNISERS):
    """Ask every clean sentence, and what each recogniser heard of every clip.

    Args:
        say: a function (text) -> the messages of a fresh conversation.
        clips: some of `rows`; all if not given.
        by: the recognisers.
    """
    said = {"": []}

    def answers(text):
        # Several recognisers hear the same words.
        if text not in said:
            said[text] = say(text)
        return said[text]

    found = []
    for sentence, clip in rows() if clips is None else clips:
        is_clean = sentence.is_met(answers(sentence.text))
        for name in by:
            heard, clarity = clip[name]["text"], clip[name]["clarity"]
            messages = answers(heard)
            is_met = bool(messages) and sentence.is_met(messages)
            found.append(
                Row(sentence, clip["voice"], clip["noise"], name, heard, clarity, is_met,
                    is_clean, messages)
            )  # fmt: skip
    return found


def figures(found):
    """The figures of some rows."""
    errors = [word_errors(row.sentence.text, row.heard) for row in found]
    signs = [row for row in found if row.sentence.part == "signs"]
    urgent = [row for row in signs if row.sentence.wanted == "emergency"]
    return Figures(
        clips=len(found),
        errors=sum(wrong for wrong, _ in errors),
        words=sum(words for _, words in errors),
        right=sum(row.is_met for row in found),
        doubted=sum(row.is_met and row.clarity != "clear" for row in found),
        asked=sum(row.is_asked for row in found),
        wrong=sum(row.is_wrong for row in found),
        signs=len(signs),
        signs_met=sum(row.is_met for row in signs),
        emergencies=len(urgent),
        emergencies_met=sum(row.is_met for row in urgent),
        false_alarms=sum(row.is_false_alarm for row in found),
        clean=sum(row.is_met_clean for row in found),
    )


def grouped(found, group):
    """The figures of each group, in the order in which they first come."""
    groups = defaultdict(list)
    for row in found:
        groups[group(row)].append(row)
    return {name: figures(own) for name, own in groups.items()}


def word_errors(said, heard):
    """(errors, words): by how many words a transcript differs, after both are spelled alike."""
    one, other = _words(said), _words(heard)
    before = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        row = [i]
        for j, written in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (word != written)))
        before = row
    return before[-1], len(one)


def _words(text):
    numbers = {word.replace("-", " "): value for word, value in number_words().items()}
    text = text.lower().replace("-", " ").replace("any more", "anymore")
    for word, value in sorted(numbers.items(), key=lambda one: -len(one[0])):
        text = re.sub(rf"\b{word}\b", str(value), text)
    text = re.sub(r"\b([a-z]) ([a-z]) (\d+)\b", r"\1\2 \3", text)
    return _WORD.findall(text)
