"""A record and its parts in the workplace: what is saved, what is refused, and what no form can change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from accounts.models import User
from partnerships import actions
from partnerships.models import Assessment, Invitation, Partnership
from partnerships.models.partnership import DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from tests.factories import (
    SHARED,
    add_phase,
    assessment,
    checklist_item,
    evidence,
    invited_assessment,
    organisation,
    partnership,
    source,
    statement,
)

Typed = Callable[..., dict[str, Any]]


def change(record: Partnership) -> str:
    return reverse("admin:partnerships_partnership_change", args=[record.pk])


def faults(page: Any, prefix: str = "") -> dict[str, list[str]]:
    """The errors of the record's form, or of a row such as "phases-0"."""
    if not prefix:
        return page.context["adminform"].form.errors
    rows = [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]
    return next(form.errors for form in rows if form.prefix == prefix)


def test_a_record_is_added_as_a_draft_in_the_curator_s_name(desk: Client, typed: Typed, curator: User) -> None:
    kept_by, paper = organisation(slug="comune"), source(slug="paper")
    url = reverse("admin:partnerships_partnership_add")
    data = typed(url) | {
        "title": "Villaggio Prealpino", "unit": "case", "countries": ["IT"], "organisation": "comune",
        "phases-0-name": "Start", "phases-0-design": SHARED, "phases-0-certainty": "source_stated",
        "partners-0-kind": "public", "partners-0-name": "City",
        "statements-0-source": "paper", "statements-0-kind": "explicit", "statements-0-cells": ["5"],
        "evidence-0-source": "paper", "evidence-0-supports": ["design"],
    }  # fmt: skip

    assert desk.post(url, data).status_code == 302

    record = Partnership.objects.get()
    assert (record.status, record.created_by, record.organisation, record.slug) == (DRAFT, curator, kept_by, None)
    phase = record.phases.get()
    assert (phase.order, phase.possible_cells, phase.current) == (1, frozenset({2, 5, 8}), True)
    assert record.statements.get().cells == frozenset({5})
    assert (record.evidence.get().source, record.evidence.get().supports) == (paper, ["design"])
    assert record.facets.filter(facet="country", value="IT").exists()
    assert "villaggio prealpino" in record.search_text


def test_saving_reindexes_counts_the_version_up_and_keeps_the_reason(desk: Client, typed: Typed, curator: User) -> None:
    record = partnership("Old", countries=["IT"])
    data = typed(change(record)) | {"title": "Örebro", "countries": ["SE"], "change_reason": "Better name"}

    assert desk.post(change(record), data).status_code == 302

    before, record = record, Partnership.objects.get()
    assert record.version == before.version + 1
    assert record.search_title == "orebro"
    assert [row.value for row in record.facets.filter(facet="country")] == ["SE"]
    latest = record.history.first()
    assert (latest.history_user, latest.history_change_reason) == (curator, "Better name")
    assert LogEntry.objects.filter(object_id=record.pk, user=curator).exists()


def test_a_change_of_a_part_counts_up_too_without_a_version_of_the_record(desk: Client, typed: Typed) -> None:
    record = partnership("Same", partners=[("public", "City")])
    versions = record.history.count()
    data = typed(change(record)) | {"partners-0-name": "Town", "change_reason": "Renamed"}

    desk.post(change(record), data)

    before, record = record, Partnership.objects.get()
    assert (record.version, record.history.count()) == (before.version + 1, versions)
    assert record.updated_at > before.updated_at
    assert "town" in record.search_text
    assert record.partners.get().history.first().history_change_reason == "Renamed"


def test_attack_78_status_owner_and_dates_are_no_form_fields(desk: Client, typed: Typed) -> None:
    record = partnership("Draft", status=SUBMITTED)
    data = typed(change(record)) | {
        "title": "Changed", "status": PUBLISHED, "slug": "mine", "created_by": "1", "id": "99", "version": "77",
        "published_at_0": "2020-01-01", "published_at": "2020-01-01", "curator_note": "x", "uuid": "x",
        "phases-0-adopted_by": "1", "phases-0-current": "",
    }  # fmt: skip

    assert desk.post(change(record), data).status_code == 302

    before, record = record, Partnership.objects.get()
    assert record.title == "Changed"
    for name in ("status", "slug", "created_by", "published_at", "curator_note", "uuid", "submitted_at"):
        assert getattr(record, name) == getattr(before, name)
    assert record.version == before.version + 1
    assert record.phases.get().current


def test_a_save_over_somebody_else_s_stops_once_and_loses_nothing(desk: Client, typed: Typed) -> None:
    record = partnership("Old")
    data = typed(change(record)) | {"title": "Mine"}
    Partnership.objects.update(title="Theirs", version=record.version + 1)

    page = desk.post(change(record), data)

    assert "Somebody else saved this record" in page.content.decode()
    assert Partnership.objects.get().title == "Theirs"
    again = typed(page)
    assert again["title"] == "Mine"
    assert desk.post(change(record), again).status_code == 302
    assert Partnership.objects.get().title == "Mine"


# Faults that can stand in one form together: the row, the field, what is typed, and what is said there.
FAULTS = [
    [
        ("", "title", {"title": ""}, "Fill in “Title”."),
        ("", "unit", {"unit": ""}, "Fill in “What kind of thing it is”."),
        ("", "countries", {"countries": ["XX"]}, "Select a valid choice"),
        ("", "part_of", {"part_of": "nowhere"}, "Nothing in the register has this address"),
        ("", "organisation", {"organisation": "\x00"}, "Null characters are not allowed"),
        ("", "last_confirmed", {"last_confirmed": "yesterday"}, "Enter a valid date."),
        ("phases-1", "starts_on", {"phases-1-starts_on": "spring"}, "Write a date as 2013"),
        ("partners-1", "kind", {"partners-1-name": "City"}, "Fill in “Kind”."),
        ("statements-0", "source", {"statements-0-kind": "explicit", "statements-0-label": "x"}, "Fill in “Source”."),
        ("evidence-0", "source", {"evidence-0-note": "x"}, "Fill in “Source”."),
    ],
    [
        ("", "unit", {"unit": "planet"}, "Select a valid choice"),
        ("", "part_of", {"part_of": "itself"}, "A partnership cannot be part of itself."),
        ("phases-1", "starts_on", {"phases-1-starts_on": "2013-13"}, "not a date in the calendar"),
        ("partners-1", "name", {"partners-1-kind": "public", "partners-1-name": "City"}, "is listed already."),
        ("statements-0", "source", {"statements-0-source": "none"}, "Nothing in the register has this address"),
        ("evidence-0", "supports", {"evidence-0-supports": ["all"]}, "Select a valid choice"),
    ],
    [("phases-1", "name", {"phases-1-name": "Phase 1"}, "Another phase of this partnership has this name.")],
    [
        ("phases-1", "order", {"phases-1-name": "B", "phases-1-order": "1"}, "has this place in the order"),
        ("phases-1", "ends_on", {"phases-1-starts_on": "2014", "phases-1-ends_on": "2013"},
         "A phase cannot end before it starts."),
    ],
]  # fmt: skip


@pytest.mark.parametrize("together", FAULTS)
def test_faults_stand_beside_their_fields(
    together: list[tuple[str, str, dict[str, Any], str]], desk: Client, typed: Typed, subtests: pytest.Subtests
) -> None:
    source(slug="paper")
    record = partnership("Itself", partners=[("public", "City")])
    data = typed(change(record))
    for _row, _field, values, _message in together:
        data |= values

    page = desk.post(change(record), data)

    assert page.status_code == 200
    for row, field, _values, message in together:
        with subtests.test(row=row, field=field):
            assert message in " ".join(faults(page, row)[field])
    html = page.content.decode()
    assert "There is a problem" in html
    assert html.count("<title>Error:") == 1


def test_a_statement_s_rules_speak_beside_its_fields(desk: Client, typed: Typed, subtests: pytest.Subtests) -> None:
    source(slug="paper")
    record, other = partnership(), partnership()
    own, foreign = (str(one.phases.get().pk) for one in (record, other))
    wrong = [
        ({"kind": "movement"}, "from_cells"),
        ({"kind": "movement", "from_cells": ["4"]}, "to_cells"),
        ({"kind": "movement", "from_cells": ["4"], "to_cells": ["5"], "phase": own}, "phase"),
        ({"kind": "explicit", "from_cells": ["4"]}, "from_cells"),
        ({"kind": "explicit", "lens": "professional", "design": "public"}, "design"),
        ({"kind": "explicit", "cells": ["12"]}, "cells"),
        ({"kind": "explicit", "phase": foreign}, "phase"),
    ]
    data = typed(change(record)) | {"statements-TOTAL_FORMS": str(len(wrong))}
    empty = {name: value for name, value in data.items() if name.startswith("statements-0-")}
    for number, (values, _field) in enumerate(wrong):
        row = f"statements-{number}-"
        data |= {name.replace("statements-0-", row): value for name, value in empty.items()}
        data |= {f"{row}source": "paper", **{row + name: value for name, value in values.items()}}

    page = desk.post(change(record), data)

    assert page.status_code == 200
    for number, (values, field) in enumerate(wrong):
        with subtests.test(**values):
            assert field in faults(page, f"statements-{number}")
    assert not record.statements.exists()


def test_a_movement_is_saved(desk: Client, typed: Typed) -> None:
    source(slug="paper")
    record = partnership()
    data = typed(change(record)) | {
        "statements-0-source": "paper", "statements-0-kind": "movement",
        "statements-0-from_cells": ["4", "7"], "statements-0-to_cells": ["5"],
    }  # fmt: skip

    assert desk.post(change(record), data).status_code == 302
    assert record.statements.get().from_cells == frozenset({4, 7})


def test_parts_are_deleted_with_the_reason(desk: Client, typed: Typed) -> None:
    record = partnership(partners=[("public", "City")])
    data = typed(change(record)) | {"partners-0-DELETE": "on", "change_reason": "It left"}

    desk.post(change(record), data)

    assert not record.partners.exists()
    assert record.partners.model.history.first().history_change_reason == "It left"
    assert not record.facets.filter(facet="kind").exists()


def test_a_draft_without_an_address_can_be_part_of_another(desk: Client, typed: Typed) -> None:
    record, whole = partnership("Part"), partnership("Whole", status=DRAFT)
    data = typed(change(record)) | {"part_of": str(whole.uuid)}

    desk.post(change(record), data)

    record.refresh_from_db()
    assert record.part_of == whole
    assert typed(change(record))["part_of"] == str(whole.uuid)


def test_the_page_shows_claims_read_only_with_a_way_to_adopt_them(desk: Client, typed: Typed) -> None:
    record = partnership("Villaggio", status=SUBMITTED)
    phase = record.phases.get()
    claim = assessment(phase, design=SHARED, perspective="public_body", reason="The contract of 2010")
    assessment(phase, submitted=False, reason="Unfinished thoughts")
    said = statement(record, cells=frozenset({8}), place="p. 4")

    page = desk.get(change(record))
    html = page.content.decode()

    assert "The contract of 2010" in html
    assert "Unfinished thoughts" not in html
    for key in (f"assessment-{claim.pk}", f"statement-{said.pk}"):
        assert reverse("admin:partnerships_partnership_adopt", args=[record.pk, phase.pk, key]) in html
    assert not any(name.startswith("assessment") for name in typed(page))


def test_queries_of_the_record_do_not_grow_with_its_parts(desk: Client, django_assert_max_num_queries: Any) -> None:
    record = partnership()
    for number in range(6):
        phase = add_phase(record, design=SHARED)
        assessment(phase)
        statement(record, phase=phase, place=str(number))
        evidence(record, phase=phase, place=str(number))
    desk.get(change(record))

    with django_assert_max_num_queries(26):
        desk.get(change(record))


def test_a_draft_is_deleted_after_asking(desk: Client) -> None:
    record = partnership("Gone soon", status=DRAFT, countries=["IT"])
    phase = record.phases.get()
    actions.adopt(phase=phase, claim=statement(record, phase=phase, cells=frozenset({5})), by=None)
    url = reverse("admin:partnerships_partnership_delete", args=[record.pk])

    html = desk.get(url).content.decode()
    assert "Statement" in html
    assert "Facet" not in html
    assert Partnership.objects.count() == 1
    assert desk.post(url, {"post": "yes"}).status_code == 302
    assert not Partnership.objects.exists()


@pytest.mark.parametrize(
    ("status", "signed", "words"),
    [
        (PUBLISHED, False, "Withdraw it instead."),
        (WITHDRAWN, False, "It was published once"),
        (SUBMITTED, True, "what people signed is kept"),
        (DRAFT, True, "what people signed is kept"),
    ],
)
def test_what_was_public_or_signed_is_not_deleted(status: str, signed: bool, words: str, desk: Client) -> None:
    record = partnership(status=status)
    assessment(record.phases.get(), submitted=signed)
    url = reverse("admin:partnerships_partnership_delete", args=[record.pk])

    for page in (desk.get(url, follow=True), desk.post(url, {"post": "yes"}, follow=True)):
        assert words in page.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    desk.post(reverse("admin:partnerships_partnership_changelist"), chosen)

    assert Partnership.objects.get().phases.get().assessments.exists()


def test_what_somebody_invited_has_sent_is_kept_and_an_invitation_alone_is_not(desk: Client) -> None:
    record, other = partnership(status=DRAFT), partnership(status=DRAFT)
    said = invited_assessment(record.phases.get())
    invited_assessment(other.phases.get(), submitted=False)

    for each in (record, other):
        desk.post(reverse("admin:partnerships_partnership_delete", args=[each.pk]), {"post": "yes"})

    assert list(Partnership.objects.all()) == [record]
    assert Assessment.objects.get() == said
    assert Invitation.objects.get() == said.invitation


def test_who_is_between_the_sectors_can_be_said(desk: Client, typed: Typed) -> None:
    record = partnership(partners=[("public", "Leisure Ltd")])
    data = typed(change(record)) | {"partners-0-hybrid": "on", "partners-0-note": "The council appoints its board."}

    assert desk.post(change(record), data).status_code == 302

    partner = record.partners.get()
    assert (partner.hybrid, partner.note) == (True, "The council appoints its board.")


def test_a_phase_with_a_signed_assessment_stays(desk: Client, typed: Typed) -> None:
    record = partnership(status=SUBMITTED)
    assessment(record.phases.get())

    page = desk.post(change(record), typed(change(record)) | {"phases-0-DELETE": "on"})

    assert "so the phase stays" in str(faults(page, "phases-0")["DELETE"])
    assert "so the phase stays" in page.content.decode()
    assert record.phases.get().assessments.exists()


def test_a_statement_that_a_position_rests_on_is_not_deleted(desk: Client, typed: Typed) -> None:
    record = partnership()
    phase, said = record.phases.get(), statement(record, cells=frozenset({5}))
    actions.adopt(phase=phase, claim=said, by=None)
    data = typed(change(record)) | {"statements-0-DELETE": "on"}

    page = desk.post(change(record), data)

    assert "rests on this statement" in str(faults(page, "statements-0")["DELETE"])
    assert "rests on this statement" in page.content.decode()
    actions.adopt(phase=phase, claim=assessment(phase, design=SHARED), by=None)
    data["opened_version"] = typed(change(record))["opened_version"]
    assert desk.post(change(record), data).status_code == 302
    assert not record.statements.exists()


def test_what_is_still_referred_to_is_kept_and_the_page_says_why(desk: Client, administrator: Client) -> None:
    whole = partnership("Whole", status=DRAFT)
    partnership("Part", part_of=whole, organisation=organisation("Comune", slug="comune"))
    paper, ticked = source("Paper"), source("Ticked")
    statement(whole, source=paper)
    checklist_item(whole.phases.get(), source=ticked)
    kept_by = Partnership.objects.get(title="Part").organisation

    for client, name, row in (
        (desk, "partnerships_partnership", whole),
        (desk, "partnerships_source", paper),
        (desk, "partnerships_source", ticked),
        (administrator, "accounts_organisation", kept_by),
    ):
        url = reverse(f"admin:{name}_delete", args=[row.pk])
        for page in (client.get(url), client.post(url, {"post": "yes"})):
            assert page.status_code == 200
            assert "It cannot be deleted, because these still refer to it" in page.content.decode()
            assert row is not ticked or "Whole" in page.content.decode()
        row.refresh_from_db()
