"""What the journeys rely on: a page that does wrong is noticed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watch


def test_axe_finds_what_is_wrong(page: Page, axe: Callable[..., None]) -> None:
    page.set_content('<!doctype html><html lang="en"><title>Picture</title><img src="data:,">')
    with pytest.raises(pytest.fail.Exception, match="image-alt"):
        axe(page)


def test_an_error_in_the_console_is_noticed(page: Page, watch: Watch) -> None:
    page.evaluate("console.error('Something broke')")
    assert "Something broke" in watch.unexpected()[0]
    watch.expect("Something broke")
    assert watch.unexpected() == []


def test_a_script_that_fails_is_noticed(page: Page, watch: Watch) -> None:
    page.set_content("<script>throw new Error('Undone')</script>")
    assert "Undone" in watch.unexpected()[0]
    watch.expect("Undone")


def test_a_request_to_another_host_is_noticed(page: Page, watch: Watch) -> None:
    page.set_content('<img src="http://localhost:9/picture.png">')
    assert watch.unexpected() != []
    watch.expect("localhost:9")
    watch.expect("ERR_")


def test_styles_and_scripts_are_blocked_where_the_policy_says_so(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in line for line in watch.unexpected())
    watch.expect("Content Security Policy")


def test_the_page_without_javascript_runs_none(no_js_page: Page) -> None:
    no_js_page.set_content("<p>as served</p><script>document.querySelector('p').textContent = 'changed'</script>")
    assert no_js_page.text_content("p") == "as served"
