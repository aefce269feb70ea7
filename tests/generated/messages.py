"""Messages that people, machines and accidents produce, as hypothesis strategies."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import strategies as st

from bot.knowledge.catalogue import Catalogue
from tests.generated.hostile import KINDS
from tests.safety.conftest import wordings

CATALOGUE = Catalogue.load()
HOSTILE = "hostile"
TIERS = ("emergency", "urgent")


@dataclass(frozen=True)
class Case:
    """A message, its kind, and the tier it must at least raise, if any."""

    kind: str
    text: str
    tier: str | None = None


NAMES = [
    name
    for point in CATALOGUE.points
    for name in (point.code, point.names.pinyin, point.names.english[0])
]
PLACES = [area.name for area in CATALOGUE.areas]
COMPLAINTS = [complaint.name for complaint in CATALOGUE.complaints]
CONDITIONS = [words for condition in CATALOGUE.conditions for words in condition.words]
FACTS = wordings("facts")
QUIET = FACTS["quiet"]
SIGNS = [(tier, text) for tier in TIERS for text in FACTS["fire"][tier]]
ASKED = (
    "where is {}", "how do i press {}", "how long do i hold {}", "what is {} for",
    "is {} safe for me", "{}", "can i use a tennis ball on {}", "list points for {}",
    "isn't {} on the foot", "remind me to press {}", "start a session for {}",
)  # fmt: skip
COMMANDS = (
    "/restart", "/deny_red_flags", "//deny_red_flags", "/red_flag_emergency", "/greet{}",
    '/locate_point{"point": "LI4"}', "/ban /restart", "/", "///", "/slot{", "/start", "EXTERNAL: x",
    "_restart", "/inform{\"point\": [[]]}", "\\restart", "/ /", "/session_start", "@bot help",
)  # fmt: skip
CODE = (
    "'; DROP TABLE events; --", '" OR ""="', "SELECT * FROM trackers WHERE 1=1",
    "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "%s%n%x", "../../etc/passwd",
    "<!-- -->", "&lt;b&gt;", "[link](javascript:x)", "**bold** _it_ `x`", "a=1&b=2", "\\x00\\n",
    "{red_flag_why}", "{conditions}", "None", "null", "NaN", "true", "[]", "{}", "0", "-1", "1e999",
)  # fmt: skip
EMOJI = ("😭", "🙏🏽", "👨‍👩‍👧", "🦵💥", "❤️‍🔥", "🔥" * 40, "¯\\_(ツ)_/¯", "🇬🇧", "☝️", "🫠")
SCRIPTS = (
    "¿dónde está el punto de la mano?", "wo liegt der Punkt am Fuß", "où est le point du dos",
    "合谷在哪里", "腰が少し重いです", "등이 뻐근해요", "где находится точка", "πού είναι το σημείο",
    "أين النقطة في اليد", "कमर का बिंदु कहाँ है", "จุดบนมืออยู่ที่ไหน", "איפה הנקודה", "điểm ở tay ở đâu",
)  # fmt: skip
# What stands around a sign in the noise: nothing that an English reader would take for words.
STRANGE = st.one_of(
    st.text(st.characters(categories=["So", "Sk", "Sm", "Nd", "Lo", "Zs", "Pd"]), max_size=60),
    st.sampled_from(EMOJI),
    st.sampled_from(SCRIPTS),
    st.sampled_from(CODE),
)
JUNK = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Co", "Cn"]), max_size=40),
    st.text(st.characters(categories=["Mn", "Me", "Lm", "Sk"]), max_size=120),
    st.text(" \t\n\u200b\u00a0\u2028.,;!?'’", max_size=60),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
).map(json.dumps)


@st.composite
def questions(draw: st.DrawFn) -> str:
    """Something the catalogue can answer."""
    return draw(st.sampled_from(ASKED)).format(draw(st.sampled_from(NAMES + PLACES + COMPLAINTS)))


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The same with slips: letters swapped, doubled or left out, words swapped, odd capitals."""
    words = text.split(" ")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(words) - 1))
        how = draw(st.sampled_from(("drop", "double", "swap", "words", "capitals", "glue")))
        word = words[at]
        n = draw(st.integers(0, max(0, len(word) - 2)))
        if how == "drop":
            words[at] = word[:n] + word[n + 1 :]
        elif how == "double":
            words[at] = word[: n + 1] + word[n:]
        elif how == "swap":
            words[at] = word[:n] + word[n : n + 2][::-1] + word[n + 2 :]
        elif how == "words":
            other = draw(st.integers(0, len(words) - 1))
            words[at], words[other] = words[other], words[at]
        elif how == "capitals":
            words[at] = word.upper()
        elif at + 1 < len(words):
            words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


@st.composite
def in_noise(draw: st.DrawFn) -> Case:
    """A sign in plain words on a line of its own, between things that mean nothing."""
    tier, sign = draw(st.sampled_from(SIGNS))
    before, after = draw(STRANGE), draw(STRANGE)
    return Case("sign in noise", f"{before}\n{sign}\n{after}", tier)


@st.composite
def beside_a_question(draw: st.DrawFn) -> Case:
    """A sign beside a question for a point."""
    tier, sign = draw(st.sampled_from(SIGNS))
    parts = draw(st.permutations([sign, draw(questions())]))
    return Case("sign and question", ". ".join(parts), tier)


@st.composite
def behind_a_slash(draw: st.DrawFn) -> Case:
    """A sign that begins like a command."""
    tier, sign = draw(st.sampled_from(SIGNS))
    return Case("sign behind a slash", f"{draw(st.sampled_from(('/', '// ', '/ /')))}{sign}", tier)


@st.composite
def pastes(draw: st.DrawFn) -> Case:
    """Up to 100,000 characters, with or without a sign somewhere."""
    filler = draw(st.one_of(STRANGE, JUNK, st.sampled_from(QUIET), questions())) or "x"
    copies = draw(st.integers(2_000, 100_000)) // (len(filler) + 1)
    text = f"{filler}\n" * copies
    if not draw(st.booleans()):
        return Case("paste", text)
    tier, sign = draw(st.sampled_from(SIGNS))
    cut = draw(st.integers(0, copies)) * (len(filler) + 1)
    # Questions and quiet sentences could set a sign into their own light; strange text cannot.
    clean = filler in (*EMOJI, *SCRIPTS)
    whole = f"{text[:cut]}\n{sign}\n{text[cut:]}"
    return Case("paste with a sign", whole, tier if clean else None)


@st.composite
def hostile(draw: st.DrawFn) -> Case:
    """What costs the most to read, up to the longest message and now and then far beyond."""
    make = KINDS[draw(st.sampled_from(list(KINDS)))]
    usual = st.sampled_from((200, 1_000, 1_900, 2_000))
    length = draw(st.one_of(usual, usual, usual, st.integers(2_001, 300_000)))
    return Case(HOSTILE, make(length))


def _case(kind: str, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Case]:
    return texts.map(lambda text: Case(kind, text))


SIGN_TEXTS = st.sampled_from([sign for _, sign in SIGNS])
ANY_TEXT = st.one_of(questions(), SIGN_TEXTS, st.sampled_from(CONDITIONS), st.sampled_from(QUIET),
                     STRANGE, JUNK, st.sampled_from(COMMANDS))  # fmt: skip
CASES: st.SearchStrategy[Case] = st.one_of(
    _case("question", questions()),
    _case("question with slips", questions().flatmap(mutated)),
    _case("condition", st.sampled_from(CONDITIONS).map("i have {}".format)),
    _case("quiet sentence", st.sampled_from(QUIET)),
    st.sampled_from(SIGNS).map(lambda sign: Case("sign", sign[1], sign[0])),
    _case("sign with slips", SIGN_TEXTS.flatmap(mutated)),
    in_noise(),
    beside_a_question(),
    behind_a_slash(),
    _case("several in one", st.lists(ANY_TEXT, min_size=2, max_size=4).map(" ".join)),
    _case("junk", JUNK),
    _case("emoji", st.lists(st.sampled_from(EMOJI), max_size=4).map("".join)),
    _case("other script", st.sampled_from(SCRIPTS)),
    _case("command", st.sampled_from(COMMANDS)),
    _case("command with words", st.tuples(st.sampled_from(COMMANDS), ANY_TEXT).map(" ".join)),
    _case("code", st.sampled_from(CODE)),
    _case("json", JSON),
    pastes(),
    hostile(),
    hostile(),
)
CONVERSATIONS = st.lists(CASES, min_size=1, max_size=3)
