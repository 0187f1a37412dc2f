"""The loader: once and again, keeping what people did in between."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from exchange.load import load_library, parents_first
from exchange.management.commands.load_library import summary
from exchange.models import LibraryEntry
from partnerships import actions
from partnerships.models import ChecklistItem, Partnership, Phase, Source, Statement
from partnerships.record import RecordError

pytestmark = pytest.mark.django_db

CONTENT = {
    "format": "co-production-matrix/1",
    "sources": [{"slug": "s", "title": "Source", "year": 2010}],
    "organisations": [],
    "partnerships": [
        {
            "partnership_id": "part", "title": "Part", "unit": "component", "part_of": "whole", "seed_rows": ["P001"],
            "phases": [{"name": "Run", "design": "shared", "delivery": "shared", "certainty": "source_stated"}],
            "statements": [
                {"phase": "Run", "source": "s", "place": "p. 1", "kind": "explicit", "cells": [5], "adopted": True}
            ],
        },
        {
            "partnership_id": "whole", "title": "Whole", "unit": "programme", "summary": "Old.",
            "phases": [{"name": "Run"}],
        },
    ],
}  # fmt: skip
PART, WHOLE = 0, 1


@pytest.fixture
def content() -> dict[str, Any]:
    return deepcopy(CONTENT)


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator@example.org", role="curator")


def partnership(slug: str) -> Partnership:
    return Partnership.objects.get(slug=slug)


def history_rows() -> int:
    models = (Partnership, Phase, Statement, Source, ChecklistItem)
    return sum(model.history.count() for model in models)


def test_records_are_published_under_their_own_address(content: dict[str, Any]) -> None:
    report = load_library(content)
    assert report.new == ["Source", "Whole", "Part"]
    part = partnership("part")
    assert part.is_published
    assert part.part_of == partnership("whole")
    assert (part.organisation, part.created_by) == (None, None)
    phase = part.phases.get()
    assert (phase.cell, phase.current, phase.adopted_by) == (5, True, None)
    assert phase.adopted_statement == part.statements.get()
    assert phase.adopted_at is not None


def test_a_second_load_writes_nothing(
    content: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_library(content)
    before = history_rows()
    # A savepoint and its release; entries, sources; partnerships, held, then read with their six kinds of parts.
    with django_assert_num_queries(12):
        report = load_library(deepcopy(CONTENT))
    assert (report.new, report.updated, report.kept) == ([], [], [])
    assert report.unchanged == ["Source", "Whole", "Part"]
    assert history_rows() == before


def test_what_is_new_in_the_library_is_taken_over(content: dict[str, Any]) -> None:
    load_library(content)
    content["partnerships"][WHOLE]["summary"] = "New."
    content["partnerships"][PART]["phases"][0]["delivery"] = "public"
    content["partnerships"][PART]["statements"][0]["cells"] = [2]
    content["sources"][0]["year"] = 2011
    published = partnership("whole").published_at
    report = load_library(content)
    assert report.updated == ["Source", "Whole", "Part"]
    assert partnership("whole").summary == "New."
    assert partnership("whole").published_at == published
    assert partnership("part").phases.get().cell == 2
    assert Source.objects.get().year == 2011
    assert load_library(content).unchanged == ["Source", "Whole", "Part"]


def test_what_people_changed_stays_and_the_rest_moves_on(content: dict[str, Any]) -> None:
    load_library(content)
    Partnership.objects.filter(slug="whole").update(summary="By a curator.")
    content["partnerships"][WHOLE] |= {"summary": "New.", "place": "Town"}
    for _time in range(2):
        report = load_library(content)
        assert report.kept == [("Whole", ["summary"])]
    assert (partnership("whole").summary, partnership("whole").place) == ("By a curator.", "Town")
    assert "Kept as changed here: Whole (summary)" in summary(report)


def test_phases_and_claims_move_together_or_stay(content: dict[str, Any]) -> None:
    load_library(content)
    phase = partnership("part").phases.get()
    phase.rationale = "Seen in the minutes."
    phase.save()
    content["partnerships"][PART]["statements"][0]["paraphrase"] = "Said so."
    assert load_library(content).kept == [("Part", ["phases"])]
    assert partnership("part").statements.get().paraphrase == ""


def test_a_change_to_what_the_library_says_too_is_settled(content: dict[str, Any]) -> None:
    load_library(content)
    Partnership.objects.filter(slug="whole").update(summary="New.")
    content["partnerships"][WHOLE]["summary"] = "New."
    assert load_library(content).kept == []
    content["partnerships"][WHOLE]["summary"] = "Newer."
    load_library(content)
    assert partnership("whole").summary == "Newer."


def test_withdrawn_stays_withdrawn(content: dict[str, Any], curator: User) -> None:
    load_library(content)
    actions.withdraw(partnership=partnership("whole"), by=curator, note="Wrong.")
    content["partnerships"][WHOLE]["summary"] = "New."
    load_library(content)
    assert (partnership("whole").status, partnership("whole").summary) == ("withdrawn", "New.")
    content["partnerships"][PART]["place"] = "Town"
    load_library(content)
    assert partnership("part").part_of == partnership("whole")


def test_deleted_stays_deleted(content: dict[str, Any]) -> None:
    load_library(content)
    partnership("part").delete()
    Source.objects.get().delete()
    assert load_library(content).deleted == ["Source", "Part"]
    assert not Partnership.objects.filter(slug="part").exists()


@pytest.mark.parametrize(
    "part",
    [
        {"evidence": [{"source": "s"}]},
        {"checklists": [{"phase": "Run", "item": "tools.survey", "answer": "yes", "source": "s"}]},
    ],
)
def test_a_deleted_source_comes_back_when_a_record_needs_it(content: dict[str, Any], part: dict[str, Any]) -> None:
    load_library(content)
    partnership("part").delete()
    Source.objects.get().delete()
    content["partnerships"][WHOLE] |= part
    load_library(content)
    assert Source.objects.get().title == "Source"


def test_a_record_of_somebody_else_is_left_alone(content: dict[str, Any]) -> None:
    Partnership.objects.create(slug="whole", title="Theirs", unit="case")
    Source.objects.create(slug="s", title="Theirs")
    report = load_library(content)
    assert report.in_the_way == ["Source", "Whole"]
    assert (partnership("whole").title, Source.objects.get().title) == ("Theirs", "Theirs")
    assert not LibraryEntry.objects.filter(key="whole").exists()


def test_a_field_that_a_later_version_adds_is_no_change_by_people(content: dict[str, Any]) -> None:
    load_library(content)
    for entry in LibraryEntry.objects.all():
        # As an earlier version, which knew less, would have noted it.
        entry.loaded.pop("definition", None)
        for phase in entry.loaded.get("phases", []):
            phase.pop("professional_design")
        entry.save()
    content["partnerships"][PART]["phases"][0]["rationale"] = "New."
    assert load_library(content).kept == []
    assert partnership("part").phases.get().rationale == "New."


def test_a_library_without_checklists_is_no_change_by_people(content: dict[str, Any]) -> None:
    load_library(content)
    for entry in LibraryEntry.objects.all():
        entry.loaded.pop("checklists", None)
        entry.save()
    content["partnerships"][WHOLE] |= {
        "checklists": [{"phase": "Run", "item": "tools.survey", "answer": "yes", "source": "s", "place": "p. 2"}]
    }
    content["partnerships"][PART]["phases"][0]["rationale"] = "New."
    report = load_library(content)
    assert (report.kept, report.updated) == ([], ["Whole", "Part"])
    assert partnership("whole").phases.get().checklist.get().source.slug == "s"
    assert load_library(content).unchanged == ["Source", "Whole", "Part"]


def test_what_somebody_ticked_stays(content: dict[str, Any]) -> None:
    load_library(content)
    ChecklistItem.objects.create(phase=partnership("whole").phases.get(), item="tools.survey", answer="no")
    row = {"phase": "Run", "item": "tools.survey", "answer": "yes"}
    content["partnerships"][WHOLE] |= {"checklists": [row], "place": "Town"}
    assert load_library(content).kept == [("Whole", ["checklists"])]
    assert (partnership("whole").place, ChecklistItem.objects.get().answer) == ("Town", "no")


def test_nothing_is_loaded_when_one_record_is_wrong(content: dict[str, Any]) -> None:
    content["partnerships"][PART]["unit"] = "spaceship"
    with pytest.raises(RecordError, match="part: unit:"):
        load_library(content)
    assert not Partnership.objects.exists()
    assert not LibraryEntry.objects.exists()


def test_parents_come_first_and_circles_are_refused() -> None:
    assert parents_first({"a": {"part_of": "b"}, "b": {"part_of": "c"}, "c": {}}) == ["c", "b", "a"]
    with pytest.raises(ValueError, match="a > b > a"):
        parents_first({"a": {"part_of": "b"}, "b": {"part_of": "a"}})


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.load.library", lambda: deepcopy(CONTENT))
    call_command("load_library")
    call_command("load_library")
    assert capsys.readouterr().out.splitlines() == [
        "Library: 3 new, 0 updated, 0 unchanged, 0 with changes kept.",
        "Library: 0 new, 0 updated, 3 unchanged, 0 with changes kept.",
    ]
