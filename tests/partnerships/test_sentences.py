"""What is wrong with a field in our own words, whatever the framework says."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from partnerships.models import Partnership, Phase, Source
from partnerships.sentences import sentence, sentences


def said(row: models.Model) -> dict[str, str]:
    with pytest.raises(ValidationError) as refused:
        row.full_clean(validate_unique=False, validate_constraints=False)
    return dict(sentences(refused.value, type(row)))


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (Source(slug="x", title="x" * 301), "title", "This has 301 characters. Shorten it to 300 or fewer."),
        (Source(slug="x", title=""), "title", "may not be empty"),
        (Source(slug="x y", title="x"), "slug", "small letters"),
        (Source(slug="x", title="x", url="nowhere"), "url", "https://example.org/report"),
        (Source(slug="x", title="x", year=-1), "year", "This is -1. Write 0 or more."),
        (Source(slug="x", title="x", year="soon"), "year", "whole number"),
        (Source(slug="x", title="x", kind="letter"), "kind", "“letter” is not a code"),
        (Source(slug="x", title="x", accessed="2013-02-30"), "accessed", "not a date in the calendar"),
        (Source(slug="x", title="x", accessed="then"), "accessed", "2013-04-01"),
        (Partnership(title="x", unit="case", summary="x" * 1501), "summary", "Shorten it to 1500"),
        (Partnership(title="x", unit="case", tags=["x" * 301]), "tags", "texts of up to 300 characters"),
        (Partnership(title="x", unit="case", countries=["XX"]), "countries", "“XX” is not a known code."),
        (Phase(name="x", planned="maybe"), "planned", "yes or no"),
    ],
)
def test_every_fault_says_what_to_do(row: models.Model, field: str, words: str) -> None:
    found = said(row)
    assert words in found[field]
    assert found[field].endswith(".")


@pytest.mark.parametrize("model", [Partnership, Phase, Source])
def test_no_sentence_of_the_framework_gets_through(model: Any) -> None:
    row = model(**{
        field.name: "\0" * 50_000 if isinstance(field, models.CharField | models.TextField) else "?"
        for field in model._meta.concrete_fields
        if not field.is_relation and not field.primary_key and not field.generated
    })  # fmt: skip
    for text in said(row).values():
        assert not text.startswith(
            ("Ensure", "Enter", "Value", "“?” value", "“?” is not a valid", "Null", "This field")
        )


def test_sentences_of_our_own_stay_as_they_are() -> None:
    assert sentence(ValidationError("Keep it short.")) == "Keep it short."
    assert sentence(ValidationError("Keep %(what)s short.", params={"what": "it"}, code="own")) == "Keep it short."
