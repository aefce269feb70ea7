"""The part of SSML that Alexa takes, as a schema: elements, what may stand inside, attributes."""

import re
import xml.etree.ElementTree as ElementTree

_INLINE = {"break", "emphasis", "prosody", "sub", "say-as", "w", "phoneme"}
_BREAK = r"(?:[0-9]|10)s|[0-9]{1,4}ms|10000ms"
# element: (what may stand inside, attributes by pattern, attributes that must be there)
SCHEMA = {
    "speak": ({"p", "s", *_INLINE}, {}, ()),
    "p": ({"s", *_INLINE}, {}, ()),
    "s": (_INLINE, {}, ()),
    "prosody": (
        {"p", "s", *_INLINE},
        {"rate": r"x-slow|slow|medium|fast|x-fast|[2-9][0-9]%|1[0-9][0-9]%",
         "volume": r"silent|x-soft|soft|medium|loud|x-loud",
         "pitch": r"x-low|low|medium|high|x-high"},
        (),
    ),
    "emphasis": (_INLINE - {"emphasis"}, {"level": "strong|moderate|reduced"}, ("level",)),
    "break": (set(), {"time": _BREAK, "strength": "none|weak|medium|strong|x-strong"}, ()),
    "sub": (set(), {"alias": ".+"}, ("alias",)),
    "say-as": (set(), {"interpret-as": "spell-out|digits|cardinal|telephone"}, ("interpret-as",)),
}  # fmt: skip
LONGEST = 8_000


def checked(document):
    """The text of a document that follows the schema; AssertionError where it does not."""
    assert len(document) <= LONGEST
    root = ElementTree.fromstring(document)
    assert root.tag == "speak"
    _check(root)
    return " ".join("".join(f"{part} " for part in root.itertext()).split())


def _check(element):
    inside, attributes, needed = SCHEMA[element.tag]
    for name, value in element.attrib.items():
        assert name in attributes, f"{element.tag} {name}"
        assert re.fullmatch(attributes[name], value), f"{element.tag} {name}={value}"
    assert set(needed) <= set(element.attrib), element.tag
    if element.tag == "prosody":
        assert element.attrib
    for child in element:
        assert child.tag in inside, f"{child.tag} in {element.tag}"
        _check(child)
