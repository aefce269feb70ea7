"""What the assistant makes of what recognisers wrote: figures, and the rows behind them."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass

from bot.knowledge.number_words import number_words
from tests.spoken.generate import FILE
from tests.spoken.spoken_set import sentences

_WORD = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True)
class Row:
    """One clip: the sentence, what was written, and whether the assistant did right."""

    sentence: object
    clip: dict
    is_met: bool
    is_met_clean: bool
    messages: list


def rows():
    """(sentence, clip) of the committed transcripts."""
    known = {sentence.id: sentence for sentence in sentences()}
    clips = map(json.loads, FILE.read_text().splitlines())
    return [(known[clip["sentence"]], clip) for clip in clips]


def ask_all(say):
    """Ask every transcript and every clean sentence.

    Args:
        say: a function (text) -> the messages of a fresh conversation.
    """
    clean = {}
    found = []
    for sentence, clip in rows():
        if sentence.id not in clean:
            clean[sentence.id] = sentence.is_met(say(sentence.text))
        messages = say(clip["heard"]) if clip["heard"] else []
        met = bool(messages) and sentence.is_met(messages)
        # Who is not heard is asked to say it again: no answer, and no wrong one either.
        if sentence.part == "harmless" and not messages:
            met = True
        found.append(Row(sentence, clip, met, clean[sentence.id], messages))
    return found


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


def shares(found, group):
    """Figures of each group: clips, word error rate, task success and clean, by `group(row)`."""
    groups = defaultdict(list)
    for row in found:
        groups[group(row)].append(row)
    for name, own in sorted(groups.items(), key=lambda one: str(one[0])):
        errors = [word_errors(row.sentence.text, row.clip["heard"]) for row in own]
        yield (
            name, len(own), sum(e for e, _ in errors) / sum(w for _, w in errors),
            sum(row.is_met for row in own) / len(own),
            sum(row.is_met_clean for row in own) / len(own),
        )  # fmt: skip


def _words(text):
    numbers = {word.replace("-", " "): value for word, value in number_words().items()}
    text = text.lower().replace("-", " ")
    for word, value in sorted(numbers.items(), key=lambda one: -len(one[0])):
        text = re.sub(rf"\b{word}\b", str(value), text)
    text = re.sub(r"\b([a-z]) ([a-z]) (\d+)\b", r"\1\2 \3", text)
    return _WORD.findall(text)
