"""Journeys in the system's Chromium against a live server.

Every page that a journey opens is watched: an error in the console, a breach of the Content-Security-Policy, a script
that fails or a request to another host fails the test.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, WebError
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
IN_CI = os.environ.get("CI") == "true"
HERE = Path(__file__).parent
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let journeys reach this machine, and skip them where there is no Chromium (in CI they fail then)."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
        if CHROMIUM is None and not IN_CI:
            item.add_marker(pytest.mark.skip("There is no Chromium. Type: make system"))


# ---- The browser -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium, and keep it from calling home or anybody else."""
    if CHROMIUM is None:
        pytest.fail("There is no Chromium, and in CI no journey may be left out. Type: make system")
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        # None in reserve: for every page one would be started that nobody uses.
        "--renderer-process-limit=1",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where paths such as ``page.goto("/cells/5/")`` lead."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Speak British English, whatever the machine speaks."""
    return {**browser_context_args, "locale": "en-GB"}


class Lender:
    """Sessions of the browser, lent to one test after the other as if each was new.

    Starting one, and the process that draws its pages, takes longer than most tests. A page of the site that nobody
    sees stays open in each and keeps that process; what a test left behind is taken out before the next one comes.
    """

    def __init__(self, browser: Browser, address: str, options: dict[str, Any]) -> None:
        self._browser = browser
        self._address = address
        self._options = options
        self._free: defaultdict[str, list[BrowserContext]] = defaultdict(list)
        self._lent: list[tuple[str, BrowserContext]] = []

    def lend(self, **options: Any) -> BrowserContext:
        """A session without cookies, storage, cache and pages of anybody; the options are Playwright's."""
        key = json.dumps(options, sort_keys=True)
        context = self._free[key].pop() if self._free[key] else self._start(options)
        self._lent.append((key, context))
        return context

    def take_back(self) -> None:
        """Clean what is lent, for the next test. What cannot be cleaned is nobody's any more."""
        while self._lent:
            key, context = self._lent.pop()
            try:
                self._clean(context)
            except Error:
                context.close()
            else:
                self._free[key].append(context)

    def _start(self, options: dict[str, Any]) -> BrowserContext:
        context = self._browser.new_context(**{**self._options, **options})
        context.new_page().goto(f"{self._address}/accessibility/")
        return context

    def _clean(self, context: BrowserContext) -> None:
        unseen, *pages = context.pages
        for page in pages:
            page.close()
        context.clear_cookies()
        context.clear_permissions()
        inside = context.new_cdp_session(unseen)
        inside.send("Storage.clearDataForOrigin", {"origin": self._address, "storageTypes": "all"})
        inside.send("Network.clearBrowserCache")
        inside.detach()


@pytest.fixture(scope="session")
def lender(browser: Browser, base_url: str, browser_context_args: dict[str, Any]) -> Lender:
    """Where all tests get their sessions."""
    return Lender(browser, base_url, browser_context_args)


@pytest.fixture
def new_session(lender: Lender) -> Iterator[Callable[..., BrowserContext]]:
    """Sessions for this test: ``new_session(java_script_enabled=False)``."""
    yield lender.lend
    lender.take_back()


class Watch:
    """What went wrong in the pages of one test, in words."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []
        self._expected: list[str] = []

    def expect(self, text: str) -> None:
        """Overlook complaints with this text, as a test does that opens an error page ("status of 404")."""
        self._expected.append(text)

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        self._contexts.append(context)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)

    def leave(self) -> None:
        """Listen no longer."""
        for context in self._contexts:
            context.remove_listener("console", self._on_console)
            context.remove_listener("weberror", self._on_error)
            context.remove_listener("request", self._on_request)

    def unexpected(self) -> list[str]:
        """The complaints that nobody expected."""
        for context in self._contexts:
            for page in context.pages:
                page.title()  # a round trip: what a page has said so far arrives before the answer
        return [line for line in self.complaints if not any(text in line for text in self._expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        # Chromium reports a breach of the Content-Security-Policy here too.
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _on_error(self, error: WebError) -> None:
        self.complaints.append(f"uncaught error: {error.error}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:", "about:")):
            self.complaints.append(f"request to another host: {request.url}")


@pytest.fixture
def watch(live_server: LiveServer, new_session: Callable[..., BrowserContext]) -> Iterator[Watch]:
    """What the pages of this test complained of; anything unexpected fails it at the end, while they are still open."""
    watch = Watch(live_server.url)
    yield watch
    complaints = watch.unexpected()
    watch.leave()
    if complaints:
        pytest.fail("The browser complained:\n" + "\n".join(complaints), pytrace=False)


@pytest.fixture
def open_page(new_session: Callable[..., BrowserContext], watch: Watch) -> Callable[..., Page]:
    """Open a page in a new session: ``open_page(user=officer, viewport=NARROW, java_script_enabled=False)``.

    ``user`` is signed in already. The other arguments are those of Playwright's ``new_context``.
    """

    def opener(*, user: Any = None, viewport: dict[str, int] = WIDE, **options: Any) -> Page:
        context = new_session(**options)
        # Pages come from this machine: what has not happened after ten seconds will not happen.
        context.set_default_timeout(10_000)
        watch.follow(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": watch.address}])
        page = context.new_page()
        page.set_viewport_size(viewport)
        return page

    return opener


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A visitor's page, 1280 px wide."""
    return open_page()


@pytest.fixture
def narrow_page(open_page: Callable[..., Page]) -> Page:
    """A visitor's page, 360 px wide."""
    return open_page(viewport=NARROW)


@pytest.fixture
def no_js_page(open_page: Callable[..., Page]) -> Page:
    """A visitor's page without JavaScript."""
    return open_page(java_script_enabled=False)


@pytest.fixture(params=[WIDE, NARROW], ids=["1280px", "360px"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """Both widths in turn, for tests that hold at either: ``open_page(viewport=viewport)``."""
    return request.param


# ---- Accessibility -----------------------------------------------------------------------------


FITS = """async (width) => {
    while (innerWidth !== width) await new Promise(requestAnimationFrame);
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""


def fits(page: Page, width: int) -> None:
    """Nobody has to scroll sideways in a window that is so wide, once the page has followed."""
    page.set_viewport_size({"width": width, "height": 740})
    wider = page.evaluate(FITS, width)
    assert wider <= 0, f"{page.url} scrolls sideways by {wider} px at {width} px"


def _describe(violation: dict[str, Any]) -> str:
    """One rule that a page breaks: what it is, and each place with what would mend it."""
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        summary = " ".join(node["failureSummary"].split())
        lines += [f"    {node['target'][0]}  {node['html'][:160]}", f"        {summary}"]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Hold a page against WCAG 2.2 A and AA with axe: ``axe(page)``; ``axe(page, "best-practice")`` for more rules.

    axe comes in by ``evaluate``, which a strict Content-Security-Policy allows, so pages are judged under their own.
    """
    source = (HERE / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def check(page: Page, *more_tags: str) -> None:
        # Without timers axe would wait for ever.
        assert page.evaluate("matchMedia('(scripting: enabled)').matches"), "axe needs a page with JavaScript"
        if not page.evaluate("'axe' in window"):  # a page may be judged in several widths or states
            page.evaluate(source)
        options = {
            "runOnly": {"type": "tag", "values": [*WCAG, *more_tags]},
            # Off by default, though WCAG 2.2 AA asks for it.
            "rules": {"target-size": {"enabled": True}},
            "resultTypes": ["violations"],
        }
        # Sent back are only violations: all that axe knows takes as long as finding it out.
        found = page.evaluate("options => axe.run(document, options).then((found) => found.violations)", options)
        if found:
            pytest.fail(f"{page.url} breaks {len(found)} rules:\n" + "\n".join(map(_describe, found)))

    return check
