"""What a person sees without scrolling: answers on a phone, measured in a real browser."""

from collections import namedtuple

import pytest

PHONE = {"width": 360, "height": 740}
Place = namedtuple("Place", "top bottom")


@pytest.fixture
def phone(open_chat, server):
    """A conversation on a phone in the United Kingdom."""
    return open_chat(server, viewport=PHONE, timezone_id="Europe/London")


def place(found):
    box = found.bounding_box()
    return Place(box["y"], box["y"] + box["height"])


def test_where_a_point_is_is_seen_at_one_glance(phone):
    phone.say("where is LI4")
    card = phone.see(".card")
    phone.page.wait_for_function(
        "() => [...document.querySelector('acupoint-chat').shadowRoot"
        ".querySelectorAll('.card .picture')].every(e => e.complete && e.naturalWidth > 0)"
    )
    seen = place(phone.see(".scroller"))
    near, body = place(card.locator(".near")), place(card.locator(".inset"))
    words = place(card.locator(".place"))
    caution = place(card.get_by_text("Not if you are or may be pregnant."))
    actions = place(card.locator(".actions"))
    assert seen.top <= near.top < near.bottom <= words.top
    assert words.bottom <= caution.top < caution.bottom <= actions.top
    assert actions.bottom <= seen.bottom
    assert body.bottom - body.top < (near.bottom - near.top) * 0.75
    text = phone.see(".assistant").inner_text()
    assert text.count("Hegu") == text.count("pregnant") == 1
    titles = card.locator(".actions button").all_inner_texts()
    assert titles == ["Start 30 s", "How", "More"]


def test_a_picture_is_enlarged_at_a_tap_and_escape_goes_back(phone):
    phone.say("where is LI4")
    phone.see(".enlarge").click()
    image = phone.see(".zoomed")
    before = image.bounding_box()["width"]
    phone.page.get_by_role("button", name="Larger", exact=True).click()
    assert image.bounding_box()["width"] > before
    phone.page.keyboard.press("Escape")
    phone.see(".zoom").wait_for(state="detached")


def test_the_first_answer_to_pain_is_one_screen(phone):
    phone.say("My lower back hurts")
    row = place(phone.see(".assistant"))
    assert row.bottom - row.top <= PHONE["height"]
    seen = place(phone.see(".scroller"))
    assert seen.top <= place(phone.see(".assistant .text p").first).top
    assert place(phone.see(".small summary .picture")).bottom <= seen.bottom


def test_points_of_a_place_are_cards_one_taps_through(phone):
    phone.say("show me points for my lower back")
    seen = place(phone.see(".scroller"))
    assert place(phone.see(".points .near").first).bottom <= seen.bottom
    assert phone.see(".assistant .text li").count() == 0
    third = phone.see(".points > li").nth(2)
    assert third.bounding_box()["x"] > PHONE["width"]
    phone.see(".tab").nth(2).click()
    phone.page.wait_for_function(
        "e => e.getBoundingClientRect().right <= innerWidth", arg=third.element_handle()
    )


def test_an_alarm_is_one_banner_with_a_number_that_one_tap_corrects(phone):
    phone.say("since this morning i cant feel it when i wipe")
    banner = phone.see(".banner")
    call = banner.locator("a.call")
    assert call.get_attribute("href") == "tel:999"
    assert call.inner_text() == "Call 999 (UK)?"
    assert call.bounding_box()["height"] >= 44
    assert place(call).bottom < PHONE["height"] / 2
    assert banner.locator("h2").inner_text() == "Please get emergency help now."
    assert not phone.see(".message .warning .text").is_visible()
    banner.get_by_role("button", name="Not in UK?").click()
    with phone.awaiting_answer():
        banner.locator("select").select_option(label="Ireland")
    phone.wait_for(".banner a.call", "Call 112")
    assert phone.said[-1] == "I am in Ireland."
    assert "112" in banner.inner_text()
    phone.page.reload()
    phone.ready()
    assert banner.locator("a.call").get_attribute("href") == "tel:112"


def test_the_welcome_shows_what_can_be_done_and_comes_back_and_a_draft_is_kept(phone):
    tiles = phone.see(".tile").all_inner_texts()
    assert tiles[:2] == ["My back hurts", "Show me a point"]
    assert place(phone.see(".tile").nth(3)).bottom <= place(phone.see(".scroller")).bottom
    phone.page.get_by_label("Your message").fill("it hurts when I sit")
    phone.page.reload()
    phone.ready()
    assert phone.page.get_by_label("Your message").input_value() == "it hurts when I sit"
    phone.page.keyboard.press("Escape")
    phone.say("where is LI4")
    assert not phone.see(".welcome").is_visible()
    assert phone.page.get_by_label("Your message").input_value() == ""
    phone.see(".menu > button").click()
    phone.page.get_by_role("button", name="New conversation").click()
    phone.page.get_by_role("button", name="Begin anew").click()
    phone.wait_for(".welcome:not([hidden])")


def test_a_page_for_the_doctor_has_each_point_with_all_its_cautions(phone):
    phone.say("where is LI4")
    phone.say("where is BL23")
    phone.see(".menu > button").click()
    phone.page.get_by_role("button", name="A page for my doctor").click()
    sheet = phone.see(".sheet")
    sheet.locator(".code").nth(1).wait_for()
    assert sheet.locator(".code").all_inner_texts() == ["LI4", "BL23"]
    assert sheet.get_by_text("by tradition it is avoided then").is_visible()
    phone.page.emulate_media(media="print")
    assert not phone.see(".scroller").is_visible()
    assert sheet.locator(".near").first.is_visible()
    phone.page.emulate_media(media="screen")


def test_the_page_opens_without_a_connection_and_says_so(open_chat, server):
    chat = open_chat(server, service_workers="allow")
    chat.page.evaluate("navigator.serviceWorker.ready")
    # Once more, through the worker: it keeps what the page is made of.
    chat.page.reload()
    chat.ready()
    kept = """async () => {
      const shell = await caches.open('shell-1');
      return (await shell.keys()).map(each => new URL(each.url).pathname);
    }"""
    assert {"/", "/widget.js"} <= set(chat.page.evaluate(kept))
    page = "async () => (await (await caches.match('/')).text())"
    assert 'name="sender" value=""' in chat.page.evaluate(page)
    chat.page.context.set_offline(True)
    chat.page.reload()
    # Not every browser knows, behind a worker, that it is offline; that it cannot connect, all say.
    chat.wait_for(".status:is([data-condition=offline], [data-condition=connecting])")
