"""The clauses of docs/accessibility.md, each with its test, and axe-core in every state."""

import re

import pytest

from bot.runtime import paths
from tests.widget.conftest import WIDGET

NUMB = "since this morning i cant feel it when i wipe"
FEVER = "my back hurts and i have had a fever since yesterday"
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FOCUSED = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot) at = at.shadowRoot.activeElement;
  return at && (at.getAttribute('aria-label') || at.textContent.trim());
}"""


def focused(chat):
    return chat.page.evaluate(FOCUSED)


def violations(chat, name):
    """What axe-core finds, in light and in dark."""
    if not chat.page.evaluate("!!window.axe"):
        chat.page.evaluate((WIDGET / "node_modules" / "axe-core" / "axe.min.js").read_text())
    found = []
    for scheme, rules in (("light", ALL_RULES), ("dark", {"runOnly": ["color-contrast"]})):
        chat.page.emulate_media(color_scheme=scheme)
        result = chat.page.evaluate("rules => axe.run(rules)", rules)
        found += [
            f"{name} ({scheme}): {v['id']} {[n['target'] for n in v['nodes']][:3]} "
            f"{v['nodes'][0]['failureSummary'][:200]}"
            for v in result["violations"]
        ]
    chat.page.emulate_media(color_scheme="light")
    return found


def to_a_hold(chat):
    """Go to the first step with a timer."""
    chat.say("help me do a session")
    chat.press("Yes")
    chat.say("6")
    for _ in range(3):
        chat.press("Next")
    chat.wait_for(".stage .timer")


def test_axe_finds_nothing_in_any_state(chat):
    found = violations(chat, "welcome")
    chat.say("where is LI4")
    found += violations(chat, "card")
    for name in ("How", "More"):
        chat.see(".card").get_by_role("button", name=name, exact=True).click()
        found += violations(chat, f"card, {name}")
    chat.see(".enlarge").click()
    found += violations(chat, "picture")
    chat.page.keyboard.press("Escape")
    chat.say("show me points for my lower back")
    found += violations(chat, "points")
    chat.see(".vote-down").first.click()
    chat.wait_for(".reason")
    found += violations(chat, "reason")
    chat.page.get_by_role("button", name="Not now").click()
    chat.say("how do i use a tennis ball")
    found += violations(chat, "method")
    chat.see(".menu > button").click()
    found += violations(chat, "menu")
    chat.page.get_by_role("button", name="New conversation").click()
    found += violations(chat, "question")
    chat.page.get_by_role("button", name="Keep this one").click()
    chat.say("help me do a session")
    found += violations(chat, "consent")
    chat.press("Yes")
    found += violations(chat, "scale")
    chat.say("6")
    for _ in range(3):
        chat.press("Next")
    chat.see(".stage").get_by_role("button", name="More").click()
    found += violations(chat, "hold")
    chat.press("Pause")
    found += violations(chat, "paused")
    chat.say(FEVER)
    found += violations(chat, "urgent")
    chat.say("thanks")
    found += violations(chat, "urgent, later")
    chat.say("I am in the UK. " + NUMB)
    found += violations(chat, "emergency")
    chat.write("x" * 30_000)
    chat.wait_for(".delivery", "too long")
    found += violations(chat, "too long")
    chat.page.context.set_offline(True)
    chat.write("are you there?")
    chat.status("offline")
    found += violations(chat, "offline")
    assert found == []


def test_axe_finds_nothing_behind_the_launcher(open_chat, server):
    chat = open_chat(server)
    chat.page.evaluate("""() => {
      const old = document.querySelector('acupoint-chat');
      const fresh = document.createElement('acupoint-chat');
      old.remove();
      document.body.append(fresh);
    }""")
    found = violations(chat, "closed")
    chat.page.get_by_role("button", name="Open the chat").click()
    found += violations(chat, "open")
    assert found == []


def test_each_message_is_spoken_once(chat):
    chat.say("where is LI4")
    chat.say("how long do i hold it?")
    polite = chat.heard["polite"]
    assert len(polite) == 2
    assert "On the back of the hand" in polite[0]
    assert "doctor" in polite[0]
    assert chat.heard["alert"] == []
    assert chat.see(".scroller").get_attribute("aria-live") == "off"
    chat.page.reload()
    chat.ready()
    chat.page.wait_for_timeout(300)
    assert chat.heard == {"polite": [], "alert": []}
    assert chat.see(".spoken").inner_text() == ""


def test_only_warnings_are_alerts(chat):
    chat.say("hello")
    assert chat.heard["alert"] == []
    chat.say(NUMB)
    assert len(chat.heard["alert"]) == 1
    assert chat.heard["alert"][0].startswith("Please get emergency help now.")
    assert len(chat.heard["polite"]) == 1
    assert (
        chat.page.evaluate(
            "document.querySelector('acupoint-chat').shadowRoot.querySelectorAll('[role=alert],[aria-live=assertive]').length"
        )
        == 1
    )


def test_focus_is_never_taken(chat):
    chat.say("where is LI4")
    assert focused(chat) == "Your message"
    reply = chat.see(".message .replies button").first
    title = reply.inner_text()
    reply.focus()
    with chat.awaiting_answer():
        chat.page.keyboard.press("Enter")
    assert focused(chat) == title
    chat.say("help me do a session")
    chat.press("Yes")
    chat.say("6")
    chat.see(".stage").get_by_role("button", name="Next").focus()
    for _ in range(3):
        with chat.awaiting_answer():
            chat.page.keyboard.press("Enter")
        assert focused(chat) == "Next"
    chat.say(NUMB)
    assert focused(chat) == "Your message"


def test_focus_stays_near_when_its_place_goes_away(chat):
    to_a_hold(chat)
    with chat.awaiting_answer():
        chat.see(".stage").get_by_role("button", name="Pause").press("Enter")
    assert focused(chat) == "Resume"
    with chat.awaiting_answer():
        chat.see(".stage").get_by_role("button", name="Stop").press("Enter")
    assert focused(chat) == "Conversation"
    chat.say(NUMB)
    with chat.awaiting_answer():
        chat.see(".banner").get_by_role("button", name="That's not what I meant").press("Enter")
    assert focused(chat) == "Conversation"


def test_the_conversation_is_walked_with_the_keyboard(chat):
    chat.say("where is LI4")
    chat.say("thanks")
    chat.see(".scroller").focus()
    chat.page.keyboard.press("End")
    assert focused(chat) == "Assistant"
    chat.page.keyboard.press("ArrowUp")
    assert focused(chat) == "You"
    chat.page.keyboard.press("Home")
    chat.page.keyboard.press("ArrowDown")
    assert focused(chat) == "Assistant"
    outline = chat.page.evaluate(
        "getComputedStyle(document.activeElement.shadowRoot.activeElement).outlineStyle"
    )
    assert outline == "solid"
    chat.page.keyboard.press("Tab")
    assert focused(chat) == "Make the picture larger"
    seen = set()
    for _ in range(40):
        chat.page.keyboard.press("Tab")
        seen.add(focused(chat))
    assert {
        "Copy",
        "This helped",
        "This did not help",
        "Show the time",
        "Your message",
        "Send",
    } <= seen


def test_escape_closes_and_goes_back(chat):
    opener = chat.see(".menu > button")
    opener.focus()
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Tab")
    assert focused(chat) == "Show times"
    chat.page.keyboard.press("Escape")
    assert focused(chat) == "More"
    assert not chat.see(".menu-list").is_visible()


def test_what_is_pressed_is_large_enough(open_chat, server):
    chat = open_chat(server, viewport={"width": 360, "height": 640})
    chat.say("where is LI4")
    to_a_hold(chat)
    for button in chat.see("button:visible, summary:visible, a:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24, button.inner_text()
    for button in chat.see(".stage-main button, .stage-beside button, .send").all():
        assert button.bounding_box()["height"] >= 44


def test_nothing_moves_for_who_wants_no_motion(open_chat, server):
    chat = open_chat(server, reduced_motion="reduce")
    to_a_hold(chat)
    moving = chat.page.evaluate("""() => [...document.querySelector('acupoint-chat').shadowRoot
      .querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
        return s.animationName !== 'none' || s.transitionDuration !== '0s' ||
          s.scrollBehavior === 'smooth'; })
      .map(e => e.className)""")
    assert moving == []


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 568), (640, 360)])
def test_at_high_zoom_all_can_be_reached_without_scrolling_sideways(
    open_chat, server, width, height
):
    chat = open_chat(server, viewport={"width": width, "height": height})
    to_a_hold(chat)
    sideways = chat.page.evaluate("""() => [document.documentElement,
      ...document.querySelector('acupoint-chat').shadowRoot
        .querySelectorAll('.frame, .scroller, .stage')]
      .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className || e.tagName)""")
    assert sideways == []
    for name in ("Next", "Stop", "Send"):
        button = chat.page.get_by_role("button", name=name, exact=True).last
        button.scroll_into_view_if_needed()
        assert button.is_visible()
    with chat.awaiting_answer():
        chat.see(".stage").get_by_role("button", name="Next", exact=True).click()


def test_forced_colors_keep_their_edges(open_chat, server):
    chat = open_chat(server, forced_colors="active")
    chat.say("where is LI4")
    chat.say(NUMB)
    for part in (".person .bubble", ".assistant .bubble", ".banner", ".send"):
        border = chat.see(part).first.evaluate(
            "e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth"
        )
        assert border == "solid2px", part


def test_right_to_left_is_a_mirror(chat):
    chat.page.evaluate("""() => {
      const fresh = document.createElement('acupoint-chat');
      fresh.dataset.mode = 'inline'; fresh.dataset.lang = 'ar';
      document.querySelector('acupoint-chat').replaceWith(fresh);
    }""")
    chat.ready()
    chat.say("where is LI4")
    frame = chat.see(".frame")
    assert frame.get_attribute("dir") == "rtl"
    assert frame.get_attribute("lang") == "ar"
    middle = frame.bounding_box()["x"] + frame.bounding_box()["width"] / 2
    assert chat.see(".person .bubble").first.bounding_box()["x"] < middle
    assert chat.see(".send").bounding_box()["x"] < middle
    assert chat.see(".assistant .text").first.get_attribute("lang") == "en"
    assert violations(chat, "right to left") == []


def test_the_timer_does_not_chatter_and_nothing_goes_on_by_itself_where_that_is_off(chat):
    to_a_hold(chat)
    switch = chat.see(".pace button")
    assert switch.get_attribute("aria-pressed") == "false"
    assert chat.see(".pace-text").inner_text() == "waits for you"
    timer = chat.see(".timer")
    assert timer.get_attribute("role") == "timer"
    assert timer.get_attribute("aria-live") == "off"
    before = len(chat.heard["polite"])
    step = chat.see(".stage-where").inner_text()
    chat.page.wait_for_timeout(1_500)
    assert len(chat.heard["polite"]) == before
    assert chat.see(".stage-where").inner_text() == step


def test_how_things_stand_is_told_without_taking_the_focus(chat):
    chat.say("hello")
    chat.page.context.set_offline(True)
    chat.status("offline")
    assert chat.see(".status [role=status]").count() == 1
    assert focused(chat) == "Your message"


def test_every_clause_has_its_test():
    told = (paths.ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", told))
    here = {name for name in globals() if name.startswith("test_")} - {
        "test_every_clause_has_its_test"
    }
    from tests.widget.test_voice import TestSpeaking

    assert named - set(dir(TestSpeaking)) == here
