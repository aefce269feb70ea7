"""The OpenVoiceOS skill, with stand-ins for what ovos-core gives it.

`integrations/ovos/tests/try_it.py` asks it inside a real ovos-core.
"""

import importlib.util
import sys
from types import ModuleType, SimpleNamespace

import pytest

from bot.runtime import paths

SKILL = paths.ROOT / "integrations" / "ovos" / "acupoint_ovos_skill" / "__init__.py"


@pytest.fixture
def skill(monkeypatch):
    class Fallback:
        settings = {}

        def speak(self, text):
            self.spoken = [*getattr(self, "spoken", []), text]

    def module(name, **names):
        made = ModuleType(name)
        made.__dict__.update(names)
        monkeypatch.setitem(sys.modules, name, made)

    get = staticmethod(lambda message: SimpleNamespace(session_id=message.session))
    for name in ("ovos_bus_client", "ovos_workshop", "ovos_workshop.skills"):
        module(name)
    module("ovos_bus_client.message", Message=object)
    module("ovos_bus_client.session", SessionManager=SimpleNamespace(get=get))
    module("ovos_workshop.decorators", fallback_handler=lambda priority: lambda method: method)
    module("ovos_workshop.skills.fallback", FallbackSkill=Fallback)
    spec = importlib.util.spec_from_file_location("acupoint_ovos_skill", SKILL)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    made = loaded.AcupointSkill()
    made.initialize()
    return made


def heard(text, session="one"):
    return SimpleNamespace(data={"utterance": text}, session=session)


def test_it_speaks_the_spoken_form_and_goes_on(skill, server):
    skill.settings = {"url": f"http://127.0.0.1:{server.port}/"}
    assert skill.answer(heard("where is the point on my hand"))
    (said,) = skill.spoken
    assert "between thumb and index finger" in said
    assert "*" not in said
    assert "doctor" in said
    assert skill.can_answer(heard("and how long"))
    assert skill.answer(heard("i lost control of my bladder"))
    assert skill.spoken[-1].startswith("Please get emergency help now")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense", "http://127.0.0.1:9/x y"])
def test_where_nobody_answers_it_says_so_with_guidance(skill, url):
    skill.settings = {"url": url}
    assert skill.answer(heard("my back hurts and my legs are numb"))
    assert "doctor" in skill.spoken[0]
    assert "emergency number" in skill.spoken[0]


def test_what_is_for_others_stays_with_them(skill):
    assert not skill.can_answer(heard("what time is it"))
    assert not skill.answer(heard("what time is it"))
