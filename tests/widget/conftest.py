"""A real browser, and what a person does with the chat in it."""

import contextlib
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright

from bot.runtime import paths
from tests.conftest import Server
from tests.patience import PATIENCE

WIDGET = paths.ROOT / "bot" / "widget"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 1000 * PATIENCE
# What is said to the deaf ear of a test: every text that the two spoken regions were ever given.
LISTEN = """() => {
  const root = document.querySelector('acupoint-chat').shadowRoot;
  window.heard = {polite: [], alert: []};
  const listen = (selector, list) => new MutationObserver(changes => {
    for (const change of changes) for (const node of change.addedNodes) list.push(node.textContent);
  }).observe(root.querySelector(selector), {childList: true, subtree: true});
  listen('[aria-live=polite]', window.heard.polite);
  listen('[role=alert]', window.heard.alert);
}"""


@pytest.fixture(scope="session")
def widget():
    """The folder of the built widget."""
    assert (WIDGET / "dist" / "widget.js").is_file(), (
        "The chat widget is not built. Run 'make test', which builds it, or "
        "'python3 scripts/setup.py --dev'."
    )
    return WIDGET / "dist"


@contextlib.contextmanager
def chromium(playwright, *arguments):
    """A Chromium of its own, as the machine has it."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert program, "Chromium is missing. Install it (on Debian: apt install chromium)."
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *arguments])
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def driver(widget):
    """What starts browsers; not for longer: while it runs, nobody can use asyncio."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(driver):
    """The browser of most tests."""
    with chromium(driver) as browser:
        yield browser


class Chat:
    """The chat in one tab."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.problems, self.asked = [], []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path="/"):
        """Load the page and wait until the chat is connected."""
        self.page.goto(self.address + path)
        return self.ready()

    def ready(self):
        self.page.wait_for_function(
            "() => document.querySelector('acupoint-chat')?.shadowRoot"
            ".querySelector('.welcome:not([hidden]), .message, .divider')",
            timeout=SECONDS,
        )
        self.page.evaluate(LISTEN)
        return self

    def see(self, selector):
        return self.page.locator(f"acupoint-chat {selector}")

    @property
    def answers(self):
        """The texts of all answers."""
        return self.see(".assistant .bubble").all_inner_texts()

    @property
    def said(self):
        """What the person said, as the conversation shows it."""
        return self.see(".person .said").all_inner_texts()

    @property
    def heard(self):
        return self.page.evaluate("window.heard")

    def write(self, text):
        """Write and send; do not wait."""
        self.page.get_by_label("Your message").fill(text)
        self.page.keyboard.press("Enter")

    def say(self, text):
        """Write, send, and wait for the answer."""
        with self.awaiting_answer():
            self.write(text)
        return self.answers[-1]

    def press(self, title):
        """Press a button of the session, and wait for the answer."""
        with self.awaiting_answer():
            self.see(".stage").get_by_role("button", name=title, exact=True).click()
        return self.answers[-1]

    @contextlib.contextmanager
    def awaiting_answer(self):
        before = self.see(".assistant").count()
        yield
        self.page.wait_for_function(
            "n => document.querySelector('acupoint-chat').shadowRoot"
            ".querySelectorAll('.assistant').length > n",
            arg=before,
            timeout=SECONDS,
        )
        # Answered, and free to go on.
        self.page.wait_for_function(
            "() => document.querySelector('acupoint-chat').shadowRoot"
            ".querySelector('.typing').hidden"
        )

    def wait_for(self, selector, text=None):
        found = self.see(selector)
        (found.filter(has_text=text) if text else found).first.wait_for(timeout=SECONDS)

    def status(self, condition):
        """Wait for a condition to be told, and give its words."""
        self.wait_for(f'.status[data-condition="{condition}"]')
        return self.see(".status").inner_text()


@pytest.fixture
def open_chat(browser):
    """A function (server, path, goes_on, **context) -> a Chat in a browser of its own."""
    with contextlib.ExitStack() as contexts:

        def open_(server, path="/", goes_on=False, **settings):
            settings.setdefault("viewport", {"width": 800, "height": 700})
            settings.setdefault("service_workers", "block")
            context = browser.new_context(**settings)
            contexts.callback(context.close)
            if not goes_on:
                # A slow machine must not be overtaken by a session.
                context.add_init_script(
                    "try { localStorage[`acupoint:${origin}:auto`] = 'off' } catch {}"
                )
            context.set_default_timeout(SECONDS)
            return Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open(path)

        yield open_


@pytest.fixture
def chat(open_chat, server):
    """A new conversation with the assistant, at its own page."""
    return open_chat(server)


@pytest.fixture
def own_server(model):
    """A function that starts an assistant of the test's own."""
    servers = []

    def start(*arguments, at=None, **environment):
        server = Server("run", *arguments, at=at, **environment)
        servers.append(server)
        return server

    yield start
    for server in servers:
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.stop()
