"""The filters translate at the moment of showing."""

import pytest
from django.apps import apps
from django.template import Context, Template
from django.utils.translation import override

from taxonomy.templatetags import taxonomy_tags


def render(source: str, **context: object) -> str:
    return Template("{% load taxonomy_tags %}" + source).render(Context(context))


def test_the_app_is_installed_and_has_no_models() -> None:
    config = apps.get_app_config("taxonomy")
    assert config.name == "taxonomy"
    assert list(config.get_models()) == []


def test_term_gives_the_label_of_a_code() -> None:
    assert render('{{ code|term:"STATUSES" }}', code="draft") == "Draft"
    assert render('{{ ""|term:"STATUSES" }}{{ missing|term:"STATUSES" }}') == ""


def test_an_unknown_code_is_a_fault() -> None:
    with pytest.raises(KeyError, match="STATUSES has no code 'gone'"):
        render('{{ "gone"|term:"STATUSES" }}')


def test_marked_strings_are_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taxonomy_tags, "gettext", str.upper)
    assert render('{{ "Draft"|trans_noop }} {{ "draft"|term:"STATUSES" }}') == "DRAFT DRAFT"


def test_the_empty_string_is_not_the_header_of_a_catalogue() -> None:
    with override("de"):
        assert render('[{{ ""|trans_noop }}]') == "[]"
