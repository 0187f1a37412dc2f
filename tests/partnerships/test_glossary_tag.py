"""``{% term %}``: a link where a word of the glossary comes first on a page, plain words afterwards."""

import re

import pytest
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.translation import override

from taxonomy.glossary import GLOSSARY
from tests.test_guardrails import TEMPLATES

LINK = '<a class="govuk-link term" href="/guide/glossary/#lens">lens</a>'


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def rendered(text: str, request: HttpRequest | None = None) -> str:
    template = Template("{% load i18n glossary %}" + text)
    return template.render(RequestContext(request) if request else Context())


def test_the_first_use_is_a_link_and_the_next_are_words(request_: HttpRequest) -> None:
    assert rendered('{% term "lens" %}, {% term "lens" %}.', request_) == f"{LINK}, lens."


def test_each_word_is_linked_once(request_: HttpRequest) -> None:
    found = rendered('{% term "lens" %} {% term "cell" %} {% term "lens" %} {% term "cell" %}', request_)
    assert re.findall(r'href="/guide/glossary/#(\w+)"', found) == ["lens", "cell"]


def test_other_words_may_be_shown(request_: HttpRequest) -> None:
    assert rendered('{% term "lens" "both lenses" %}', request_) == LINK.replace(">lens<", ">both lenses<")


def test_words_are_escaped_once(request_: HttpRequest) -> None:
    template = Template('{% load glossary %}{% term "lens" words %}')
    assert ">&lt;b&gt;<" in template.render(RequestContext(request_, {"words": "<b>"}))


def test_it_stands_inside_a_translated_sentence(request_: HttpRequest) -> None:
    text = '{% term "lens" as lens %}{% blocktranslate %}The {{ lens }} asks.{% endblocktranslate %}'
    assert rendered(text, request_) == f"The {LINK} asks."


def test_what_an_included_template_links_is_not_linked_again(request_: HttpRequest) -> None:
    request = request_
    assert rendered('{% term "lens" %}', request) == LINK
    assert rendered('{% term "lens" %}', request) == "lens"


def test_two_requests_know_nothing_of_each_other(rf: RequestFactory) -> None:
    assert rendered('{% term "lens" %}', rf.get("/")) == rendered('{% term "lens" %}', rf.get("/")) == LINK


def test_it_works_without_a_request() -> None:
    assert rendered('{% term "lens" %} {% term "lens" %}') == f"{LINK} lens"


def test_an_unknown_word_fails(request_: HttpRequest) -> None:
    with pytest.raises(KeyError, match="the glossary has no term 'lense'"):
        rendered('{% term "lense" %}', request_)


def test_the_word_is_translated(request_: HttpRequest) -> None:
    with override("en-gb"):
        assert ">model of collaboration<" in rendered('{% term "model" %}', request_)


def test_templates_use_words_that_the_glossary_has() -> None:
    used = {code for path in TEMPLATES for code in re.findall(r'\{% term "([^"]*)"', path.read_text())}

    assert used
    assert used <= GLOSSARY.keys()
