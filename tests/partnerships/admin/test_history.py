"""The history of a record and its parts: who changed what, and the way back."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.admin.differences import Change, excerpts
from accounts.models import User
from partnerships import actions
from partnerships.index import reindex
from partnerships.integrity import violations
from partnerships.models import Partnership
from partnerships.models.fields import ALL_CELLS
from partnerships.models.partnership import DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from tests.factories import (
    SHARED,
    a_register,
    add_phase,
    assessment,
    case_study,
    organisation,
    partnership,
    position,
    source,
    statement,
)


def history(row: Any) -> str:
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_history", args=[row.pk])


def version(row: Any, entry: Any, part: str = "") -> str:
    name = f"admin:partnerships_partnership_{'part' if part else 'simple'}_history"
    return reverse(name, args=[row.pk, part, entry.pk] if part else [row.pk, entry.pk])


def renamed(record: Partnership, title: str, reason: str = "") -> Partnership:
    record.title = title
    record._change_reason = reason
    record.save()
    reindex(record)
    return record


def test_every_change_with_who_why_and_what(desk: Client, curator: User) -> None:
    record = partnership("Old title", partners=[("public", "City")])
    record._history_user = curator
    renamed(record, "New title", "A better name")
    phase = record.phases.get()
    for name, value in position(SHARED, SHARED).items():
        setattr(phase, name, value)
    phase.certainty = "assessed"
    phase.save()

    page = desk.get(history(record))

    entries = page.context["entries"]
    assert [(entry.what, entry.act) for entry in entries] == [
        ("Phase: Phase 1", "Changed"), ("", "Changed"), ("Phase: Phase 1", "Added"), ("Partner: City", "Added"),
        ("", "Added"),
    ]  # fmt: skip
    assert {(change.field, change.before, change.after) for change in entries[0].changes} == {
        ("responsible for design", "", "Shared"), ("responsible for delivery", "", "Shared"),
        ("possible cells", "Not placed", "cell 5"), ("what the position rests on", "", "Worked out from answers"),
    }  # fmt: skip
    assert (entries[1].who, entries[1].reason) == ("Clara Curator", "A better name")
    assert [(c.before, c.after) for c in entries[1].changes] == [("Old title", "New title")]
    assert entries[2].who == "The register itself"
    html = page.content.decode()
    assert "Old title" in html
    assert version(record, phase.history.first(), "phase") in html


def test_lists_and_relations_are_in_words(desk: Client) -> None:
    record = partnership(countries=["IT"])
    record.countries, record.organisation = ["IT", "NO"], organisation("Comune")
    record.stages, record.last_confirmed = ["delivery"], "2026-01-02"
    record.save()

    changes = {
        change.field: (change.before, change.after)
        for change in desk.get(history(record)).context["entries"][0].changes
    }

    assert changes["countries"] == ("Italy", "Italy, Norway")
    assert changes["kept by"] == ("", "Comune")
    assert changes["last confirmed"] == ("", "2 January 2026")


def test_going_back_keeps_the_standing_and_follows_in_the_index(desk: Client, curator: User) -> None:
    record = partnership("Örebro", status=SUBMITTED, countries=["SE"])
    first = record.history.first()
    record.countries = ["NO"]
    renamed(record, "Oslo")
    actions.publish(partnership=record, by=curator)
    number = Partnership.objects.get().version

    page = desk.get(version(record, first))
    assert {change.field for change in page.context["changes"]} == {"title", "countries"}
    answer = desk.post(version(record, first), follow=True)

    record = Partnership.objects.get()
    assert (record.title, record.countries) == ("Örebro", ["SE"])
    assert (record.status, record.slug, record.version) == (PUBLISHED, "oslo", number + 1)
    assert record.published_at is not None
    assert record.search_title == "orebro"
    assert [row.value for row in record.facets.filter(facet="country")] == ["SE"]
    latest = record.history.first()
    assert latest.history_change_reason.startswith("Back to the version of")
    assert latest.history_user == curator
    assert "Done: back to the version of" in answer.content.decode()
    assert LogEntry.objects.filter(object_id=record.pk, change_message__contains="Back to").exists()


def test_a_phase_goes_back_to_its_former_position_and_claim(desk: Client) -> None:
    record = partnership()
    phase = record.phases.get()
    before = phase.history.first()
    actions.adopt(phase=phase, claim=assessment(phase, design=SHARED, delivery=SHARED), by=None)

    desk.post(version(record, before, "phase"))

    phase.refresh_from_db()
    assert (phase.design, phase.possible_cells, phase.certainty, phase.adopted_assessment) == ("", ALL_CELLS, "", None)


def test_a_deleted_part_comes_back(desk: Client) -> None:
    record = partnership(partners=[("public", "City")])
    partner = record.partners.get()
    number = partner.pk
    partner.delete()
    reindex(record)
    entry = partner.history.model.objects.filter(id=number).order_by("history_id").first()

    page = desk.get(version(record, entry, "partner"))
    assert "It was deleted since." in page.content.decode()
    desk.post(version(record, entry, "partner"))

    assert (record.partners.get().pk, record.partners.get().name) == (number, "City")
    assert record.facets.filter(facet="kind", value="public").exists()
    assert "city" in Partnership.objects.get().search_text


def test_a_deleted_record_comes_back_out_of_public_sight(desk: Client) -> None:
    record = partnership("Deleted")
    entry, number = record.history.first(), record.pk
    record.delete()
    page = f"/admin/partnerships/partnership/{number}/history/"

    assert "It was deleted." in desk.get(page).content.decode()
    desk.post(f"{page}{entry.pk}/")

    record = Partnership.objects.get()
    assert (record.pk, record.title, record.status) == (number, "Deleted", WITHDRAWN)


def test_a_version_that_breaks_a_rule_today_says_so(desk: Client) -> None:
    record = partnership(partners=[("public", "City")])
    partner = record.partners.get()
    entry = partner.history.first()
    partner.name = "Town"
    partner.save()
    record.partners.create(kind="public", name="City")

    answer = desk.post(version(record, entry, "partner"))

    assert answer.status_code == 422
    assert "This partner is listed already." in answer.content.decode()
    assert record.partners.filter(name="Town").exists()


def test_a_phase_of_a_published_record_does_not_go_back_into_another(desk: Client) -> None:
    record = partnership(phase={"starts": "2010-01-01", "starts_precision": "year", "ends": "2014-12-31",
                                "ends_precision": "year"})  # fmt: skip
    phase = record.phases.get()
    entry = phase.history.first()
    phase.ends = "2011-12-31"
    phase.save()
    add_phase(record, starts="2012-01-01", starts_precision="year")

    answer = desk.post(version(record, entry, "phase"))

    assert answer.status_code == 422
    assert "would overlap" in answer.content.decode()
    phase.refresh_from_db()
    assert str(phase.ends) == "2011-12-31"


def test_a_version_whose_claim_is_gone_says_so(desk: Client) -> None:
    record = partnership()
    phase = record.phases.get()
    claim = assessment(phase, design=SHARED, delivery=SHARED)
    actions.adopt(phase=phase, claim=claim, by=None)
    entry = phase.history.first()
    phase.adopted_assessment = None
    phase.save()
    claim.delete()

    answer = desk.post(version(record, entry, "phase"))

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_a_position_follows_its_statement_back(desk: Client) -> None:
    record = partnership()
    phase, said = record.phases.get(), statement(record, cells=frozenset({5}))
    before = said.history.first()
    said.cells = frozenset({8})
    said.save()
    actions.adopt(phase=phase, claim=said, by=None)

    assert desk.post(version(record, before, "statement")).status_code == 302

    phase.refresh_from_db()
    assert (phase.cell, phase.adopted_statement) == (5, said)
    assert list(violations()) == []


def test_an_adopted_statement_does_not_go_back_to_saying_nothing(desk: Client) -> None:
    record = partnership()
    phase, said = record.phases.get(), statement(record, kind="none")
    before = said.history.first()
    said.kind, said.cells = "explicit", frozenset({8})
    said.save()
    actions.adopt(phase=phase, claim=said, by=None)

    answer = desk.post(version(record, before, "statement"))

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    said.refresh_from_db()
    assert said.cells == frozenset({8})


def test_a_phase_does_not_go_back_to_what_its_statement_no_longer_says(desk: Client) -> None:
    record = partnership()
    phase, said = record.phases.get(), statement(record, cells=frozenset({5}))
    before = actions.adopt(phase=phase, claim=said, by=None).history.first()
    said.cells = frozenset({8})
    said.save()
    actions.adopt(phase=phase, claim=said, by=None)

    answer = desk.post(version(record, before, "phase"))

    assert answer.status_code == 422
    assert "stands elsewhere than its claim says" in answer.content.decode()
    phase.refresh_from_db()
    assert phase.cell == 8


def test_a_phase_that_was_deleted_with_its_statement_comes_back(desk: Client) -> None:
    record = partnership(status=DRAFT)
    phase = add_phase(record)
    actions.adopt(phase=phase, claim=statement(record, phase=phase, cells=frozenset({5})), by=None)
    entry, number = phase.history.first(), phase.pk
    phase.refresh_from_db()
    phase.delete()

    assert desk.post(version(record, entry, "phase")).status_code == 302

    back = record.phases.get(pk=number)
    assert (back.cell, back.adopted_statement) == (5, None)
    assert list(violations()) == []


def test_versions_belong_to_their_record(desk: Client) -> None:
    record, other = partnership(), partnership()
    entry = other.history.first()

    for path in (
        version(record, entry),
        version(record, other.phases.get().history.first(), "phase"),
        version(record, entry, "user"),
        f"/admin/partnerships/partnership/{record.pk}/history/{2**64}/",
        f"/admin/partnerships/partnership/{2**64}/history/",
        "/admin/partnerships/partnership/x/history/",
    ):
        assert desk.get(path).status_code == 404
        assert desk.post(path).status_code == 404
    # The revert form of django-simple-history puts back the status too; it must not be reachable by any spelling.
    for path in (f"+{record.pk}/history/{entry.pk}/", f"{record.pk}/history/+{record.history.first().pk}/"):
        assert desk.get(f"/admin/partnerships/partnership/{path}").status_code in (302, 404)


def test_attack_78_reverting_takes_no_values_from_the_request(desk: Client) -> None:
    record = partnership("Old", status=DRAFT)
    entry = record.history.first()
    renamed(record, "New")

    desk.post(version(record, entry), {"status": PUBLISHED, "title": "Forged", "slug": "forged"})

    assert (Partnership.objects.get().title, Partnership.objects.get().status) == ("Old", DRAFT)


def test_the_history_of_a_case_study_holds_its_lessons(desk: Client) -> None:
    study = case_study(partnership(), headline="Then")
    lesson = study.lessons.create(theme="time", text="It takes long.")
    study.headline = "Now"
    study.save()

    entries = desk.get(history(study)).context["entries"]

    assert [(entry.what, entry.act) for entry in entries] == [("", "Changed"), ("Lesson: Time", "Added"), ("", "Added")]
    desk.post(reverse("admin:partnerships_casestudy_simple_history", args=[study.pk, study.history.last().pk]))
    study.refresh_from_db()
    assert study.headline == "Then"
    assert study.lessons.get() == lesson


def test_going_back_on_a_source_reindexes_its_partnerships(desk: Client) -> None:
    record, paper = partnership(), source("Old paper")
    record.statements.create(source=paper)
    paper.title = "New paper"
    paper.save()
    reindex(record)

    desk.post(reverse("admin:partnerships_source_simple_history", args=[paper.pk, paper.history.last().pk]))

    assert "old paper" in Partnership.objects.get().search_text


def test_rows_that_were_added_or_deleted_are_not_compared(desk: Client) -> None:
    record = partnership()
    desk.get(history(record))
    with CaptureQueriesContext(connection) as few:
        desk.get(history(record))
    for number in range(10):
        statement(record, phase=record.phases.get(), place=str(number))
    record.statements.first().delete()

    with CaptureQueriesContext(connection) as many:
        entries = desk.get(history(record)).context["entries"]

    assert [entry.changes for entry in entries if entry.act != "Changed"] == [()] * 13
    assert len(many) == len(few)


def test_queries_do_not_grow_with_the_history(desk: Client) -> None:
    [record, *_others] = a_register(1)
    desk.get(history(record))
    with CaptureQueriesContext(connection) as few:
        desk.get(history(record))
    for number in range(120):
        renamed(record, f"Title {number}")
    with CaptureQueriesContext(connection) as many:
        page = desk.get(history(record), {"p": "2"})

    assert len(few) == len(many)
    assert len(page.context["entries"]) == 50
    assert page.context["page"].paginator.num_pages == 3


@pytest.mark.parametrize("number", ["0", "-1", "x", "10000000000"])
def test_pages_beyond_the_history_are_clamped(number: str, desk: Client) -> None:
    assert desk.get(history(partnership()), {"p": number}).status_code == 200


def test_long_texts_show_where_they_differ() -> None:
    before, after = "a" * 500 + "X" + "b" * 500, "a" * 500 + "YY" + "b" * 500

    shown = excerpts(Change("text", before, after))

    assert shown.before == "…" + "a" * 40 + "X" + "b" * 40 + "…"
    assert shown.after == "…" + "a" * 40 + "YY" + "b" * 40 + "…"
    assert excerpts(Change("text", "short", "shorter")) == Change("text", "short", "shorter")
    added = excerpts(Change("text", "", "c" * 500))
    assert (added.before, len(added.after)) == ("", 241)
