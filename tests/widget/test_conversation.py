"""Conversations in a real browser with the real assistant."""

NUMB = "since this morning i cant feel it when i wipe"


def test_a_question_is_answered_with_a_card_and_guidance(chat):
    answer = chat.say("where is LI4")
    assert "On the back of the hand" in answer
    assert chat.see(".card .code").inner_text() == "LI4"
    assert "doctor" in chat.see(".assistant .guidance").inner_text()
    assert chat.problems == []


def test_a_used_quick_reply_stays_and_does_nothing_more(chat):
    chat.say("where is LI4")
    reply = chat.see(".message .replies button").first
    title = reply.inner_text()
    with chat.awaiting_answer():
        reply.click()
    assert chat.said == ["where is LI4", title]
    assert reply.get_attribute("aria-disabled") == "true"
    reply.click(force=True)
    chat.say("thanks")
    assert chat.said == ["where is LI4", title, "thanks"]


def test_a_session_from_consent_to_the_timer_and_its_end(chat):
    chat.say("help me do a session")
    chat.press("Yes")
    with chat.awaiting_answer():
        chat.see('.scale button[data-say="6"]').click()
    assert "noted 6" in chat.answers[-1]
    for _ in range(3):
        chat.press("Next")
    chat.wait_for(".stage .timer")
    assert 0 < int(chat.see(".count").inner_text()) <= 30
    assert "Step 5 of 15" in chat.see(".stage-where").inner_text()
    assert "hurts" in chat.see(".stage .guidance").inner_text()
    chat.press("Pause")
    stopped = chat.see(".count").inner_text()
    chat.page.wait_for_timeout(1_300)
    assert chat.see(".count").inner_text() == stopped
    chat.say("what is it good for?")
    assert chat.see(".stage").is_visible()
    chat.press("Resume")
    chat.press("Stop")
    assert not chat.see(".stage").is_visible()
    assert chat.see(".session-end").is_visible()


# Time in the chat runs so much faster than the server's.
HURRY = """(() => {
  const real = performance.now.bind(performance), start = real();
  performance.now = () => start + (real() - start) * 60;
})()"""


def test_a_session_of_three_points_runs_to_its_end_with_one_tap_and_no_typing(open_chat, server):
    chat = open_chat(server, goes_on=True, viewport={"width": 360, "height": 740})
    chat.page.add_init_script(HURRY)
    chat.page.reload()
    chat.ready()
    with chat.awaiting_answer():
        chat.see("[data-tile=session]").click()
    chat.see(".stage").get_by_role("button", name="Yes", exact=True).click()
    chat.wait_for(".stage[data-full][data-part=hold] .near")
    assert not chat.see(".middle").is_visible()
    chat.wait_for(".session-end")
    assert chat.said[:2] == ["Help me do a session", "Yes"]
    assert set(chat.said[2:]) == {"Next"}
    assert len(chat.see(".session-end").inner_text().split(", ")) == 3
    assert chat.problems == []


def test_a_red_flag_puts_the_session_and_all_cards_away_until_it_was_a_misunderstanding(
    open_chat, server
):
    chat = open_chat(server, viewport={"width": 360, "height": 640})
    chat.say("where is LI4")
    chat.say("help me do a session")
    chat.say("I am in the UK. " + NUMB)
    banner = chat.see(".banner")
    assert banner.get_attribute("data-tier") == "emergency"
    assert "emergency" in banner.locator("h2").inner_text()
    assert banner.locator("a").get_attribute("href") == "tel:999"
    assert banner.bounding_box()["y"] <= chat.see(".header").bounding_box()["y"]
    assert not chat.see(".stage").is_visible()
    assert not chat.see(".card .point").is_visible()
    assert chat.see(".card .away").is_visible()
    chat.say("ok but where is LI4")
    assert banner.is_visible()
    with chat.awaiting_answer():
        banner.get_by_role("button", name="That's not what I meant").click()
    assert not banner.is_visible()
    assert chat.see(".card .point").is_visible()
    assert chat.said[-1] == "That's not what I meant"


def test_reloading_brings_everything_back(chat):
    chat.say("help me do a session")
    chat.press("Yes")
    chat.say(NUMB)
    before = chat.answers
    said = chat.said
    chat.page.reload()
    chat.ready()
    assert (chat.answers, chat.said) == (before, said)
    assert chat.see(".banner").is_visible()


def test_a_second_tab_shows_both_sides(chat):
    from tests.widget.conftest import Chat

    chat.say("where is LI4")
    other = Chat(chat.page.context.new_page(), chat.address).open()
    assert other.said == ["where is LI4"]
    chat.say("how do I press it?")
    other.see(".assistant").nth(1).wait_for()
    assert (other.said, other.answers) == (chat.said, chat.answers)
    other.say("thanks")
    assert chat.said[-1] == "thanks"


def test_feedback_is_kept_with_its_reason(chat):
    chat.say("where is LI4")
    row = chat.see(".assistant").first
    row.get_by_role("button", name="This did not help").click()
    row.get_by_label("What was wrong").fill("too long")
    row.get_by_role("button", name="Send").click()
    chat.wait_for(".feedback", "Thank you")


def test_a_new_conversation_forgets_and_the_old_one_stays_to_be_seen(chat):
    chat.say("i am pregnant")
    chat.see(".menu > button").click()
    chat.page.get_by_role("button", name="New conversation").click()
    chat.page.get_by_role("button", name="Begin anew").click()
    chat.wait_for(".divider", "new conversation")
    assert chat.said == ["i am pregnant"]
    assert "thumb" in chat.say("how do i press LI4")


def test_deleting_empties_the_conversation_here_and_on_the_server(chat):
    chat.say("i am pregnant")
    chat.see(".menu > button").click()
    chat.page.get_by_role("button", name="Delete my conversation").click()
    chat.page.get_by_role("button", name="Delete it").click()
    chat.wait_for(".divider", "deleted")
    assert "pregnant" not in "".join(chat.said)
    # It goes on with a new token, which a reload finds, too.
    chat.say("i am left-handed, where is LI4")
    chat.page.reload()
    chat.ready()
    assert chat.said[-1] == "i am left-handed, where is LI4"
    assert "pregnant" not in "".join(chat.said)


def test_times_are_shown_on_demand_and_text_is_copied(open_chat, server):
    chat = open_chat(server, permissions=["clipboard-read", "clipboard-write"])
    chat.say("where is LI4")
    row = chat.see(".assistant").first
    assert not row.locator("time").is_visible()
    row.get_by_role("button", name="Show the time").click()
    assert row.locator("time").is_visible()
    row.get_by_role("button", name="Copy").click()
    chat.wait_for(".result", "Copied")
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert "On the back of the hand" in copied
    assert "doctor" in copied


DEVICE = """() => {
  window.did = [];
  Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
    did.push('lit');
    return {addEventListener() {}, release: async () => void did.push('unlit')};
  }}});
  navigator.vibrate = () => did.push('shaken');
}"""


def test_the_screen_stays_lit_in_a_session_and_its_time_is_told(chat):
    chat.page.add_init_script(f"({DEVICE})()")
    chat.page.clock.install()
    chat.page.reload()
    chat.ready()
    chat.say("help me do a session")
    chat.press("Yes")
    chat.say("6")
    for _ in range(3):
        chat.press("Next")
    assert chat.page.evaluate("did") == ["lit"]
    chat.page.clock.fast_forward(31_000)
    chat.wait_for(".timer[data-over]")
    assert chat.page.evaluate("did") == ["lit", "shaken"]
    assert chat.heard["polite"][-1].startswith("Time is up.")
    chat.press("Stop")
    assert chat.page.evaluate("did") == ["lit", "shaken", "unlit"]
