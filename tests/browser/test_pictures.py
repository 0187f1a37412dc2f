"""Pictures in the browser: charts that lead somewhere, the matrix on paper and on somebody else's page."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE
from tests.library import load as load_the_library
from tests.partnerships.charted import mixed

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "/?inferred=1&lens=professional&country=IT&country=GB&country=NL&country=DE&country=NO&unit=case&area=10&area=07"


def sheets(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("build", [mixed, load_the_library], ids=["mixed", "library"])
def test_the_matrix_prints_on_one_sheet_with_its_filters(build: Callable[[], None], open_page: Callable) -> None:
    build()
    page = open_page()
    for address in ["/", "/?inferred=1&country=IT&country=GB", "/?year=2012", LONG]:
        page.goto(address)
        page.emulate_media(media="print")

        assert sheets(page.pdf(prefer_css_page_size=True)) == 1, address
        for hidden in [".site-nav", ".filters", ".views", ".year", ".chip__remove", ".no-print"]:
            assert page.locator(f"{hidden}:visible").count() == 0, hidden
        for chip in page.locator(".chip__text").all():
            expect(chip).to_be_visible()
        expect(page.get_by_text("Printed from the register as it was on")).to_be_visible()
        expect(page.locator(".segments [aria-current]")).to_be_visible()


def test_a_case_prints_with_what_is_folded_and_where_its_sources_are(open_page: Callable) -> None:
    load_the_library()
    page = open_page()
    page.goto("/partnerships/brescia-citta-del-noi/")
    source = page.locator("#evidence ~ p .print-only").first
    expect(source).to_be_hidden()
    page.emulate_media(media="print")

    expect(source).to_contain_text("https://")
    assert sheets(page.pdf(prefer_css_page_size=True)) <= 3
    page.goto("/partnerships/reducing-reoffending-change-fund-partnerships/")
    assert page.locator("article details").count() > 0
    assert page.evaluate(
        "[...document.querySelectorAll('article details')].every((part) => [...part.children].every("
        "(child) => child.matches('summary') || child.checkVisibility({contentVisibilityAuto: true})))"
    )


def test_parts_of_a_chart_lead_to_lists_by_mouse_and_keyboard(open_page: Callable, viewport: dict[str, int]) -> None:
    mixed()
    page = open_page(viewport=viewport, java_script_enabled=False)
    page.goto("/charts/")
    link = page.locator("#by-country").get_by_role("link", name=re.compile("^Italy: "))
    number = re.search(r": (\d+)", link.get_attribute("aria-label"))[1]
    link.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2).first).to_contain_text(number)
    page.goto("/charts/")
    page.locator("#by-model").get_by_role("link").first.click()
    assert "model=" in page.url


def test_each_chart_is_shown_once_and_has_its_table(open_page: Callable) -> None:
    mixed()
    page: Page = open_page(java_script_enabled=False)
    page.goto("/charts/")
    for part in page.locator(".chart").all():
        part.locator("summary").click()

    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        assert page.locator(".figure__drawing:visible").count() == 5
        for part in page.locator(".chart").all():
            expect(part.get_by_role("table")).to_be_visible()
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site: its folder and its address."""
    serve = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("width", [320, 700])
def test_the_matrix_shows_in_a_frame_on_another_site(
    open_page: Callable, watch: Any, width: int, base_url: str, elsewhere: tuple[Path, str]
) -> None:
    mixed()
    folder, address = elsewhere
    for complaint in (f"request to another host: {address}", "frame-ancestors", "status of 404"):
        watch.expect(complaint)
    frames = [
        f'<iframe title="{name}" name="{name}" src="{base_url}{path}" width="{width}" height="800"></iframe>'
        for name, path in (("embedded", "/embed/matrix/?country=IT"), ("refused", "/?country=IT"))
    ]
    (folder / "index.html").write_text(f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title>{"".join(frames)}')
    page = open_page(viewport={"width": width + 20, "height": 900})
    page.goto(address)

    embedded = page.frame_locator('iframe[name="embedded"]')
    expect(embedded.get_by_role("heading", level=1)).to_contain_text("placed")
    expect(embedded.get_by_role("table")).to_be_visible()
    inside = page.frame(name="embedded")
    assert inside.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.frame_locator('iframe[name="refused"]').get_by_role("table").count() == 0
    with page.context.expect_page() as opened:
        embedded.get_by_role("link", name=re.compile("Cell 5")).click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{base_url}/cells/5/?country=IT"


def test_charts_and_what_is_embedded_keep_the_rules(open_page: Callable, axe: Callable[..., None]) -> None:
    mixed()
    page = open_page()
    for address in ["/charts/", "/charts/?year=2012&does=run:third_sector", "/embed/matrix/?country=IT"]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            axe(page)


def test_the_code_to_paste_can_be_copied_also_after_a_change_in_place(open_page: Callable) -> None:
    mixed()
    page = open_page()
    page.goto("/")
    page.locator(".facet__links").get_by_role("link", name="Italy").first.click()
    page.wait_for_url("**/?country=IT")
    page.get_by_text("Show it on your own page").click()

    expect(page.get_by_label("Paste this into your page.")).to_have_value(re.compile(r"/embed/matrix/\?country=IT"))
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("document.activeElement.id") == "embed-code"
