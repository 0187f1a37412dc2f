"""Imports: what a file would do, doing it at once or not at all, and taking it back."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from accounts.models import Organisation, User
from accounts.roles import Role
from exchange import importing
from exchange.importing.staging import ABANDONED
from exchange.models import Import, StagedRecord, StagedRow
from partnerships import actions
from partnerships.integrity import violations
from partnerships.models import Assessment, Partnership, Revision, Source
from tests.exchange.importing_files import exported, garden, outcomes, reasons, staged, table, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator@example.org", role=Role.CURATOR)


@pytest.fixture
def officer() -> User:
    keeper = Organisation.objects.create(name="Leeds", slug="leeds", kind="public")
    return User.objects.create_user("officer@example.org", organisation=keeper)


# ---- Comparing ------------------------------------------------------------------------------------------------------


def test_a_preview_tells_new_changed_and_unchanged_records_and_writes_none(curator: User) -> None:
    taken_over(table([garden(), garden(partnership_id="shed", title="Shed")]), curator, publish=True)
    before = exported()
    rows = [
        garden(),
        garden(partnership_id="shed", title="Shed and bench"),
        garden(partnership_id="pond", title="Pond"),
    ]
    batch = staged(table(rows), curator)
    assert outcomes(batch) == {"Garden": "unchanged", "Shed and bench": "changed", "Pond": "new"}
    assert (batch.state, batch.rows, batch.records, batch.checked) == ("checked", 3, 3, 3)
    assert exported() == before


def test_steps_of_any_size_come_to_the_same(curator: User) -> None:
    rows = [garden(partnership_id=f"garden-{number}", title=f"Garden {number}") for number in range(7)]
    one, other = staged(table(rows), curator, steps=2), staged(table(rows), curator)
    fields = ("position", "key", "title", "outcome", "after", "lines")
    assert list(one.staged.values_list(*fields)) == list(other.staged.values_list(*fields))


def test_two_who_check_at_once_keep_each_record_once(curator: User) -> None:
    batch = importing.stage(table([garden(), garden(partnership_id="b", title="B")]), "x.csv", by=curator,
                            own_only=False, publish=False)  # fmt: skip
    same = Import.objects.get(pk=batch.pk)
    importing.check(batch, 1)
    assert importing.check(same, 1).checked == 1
    assert StagedRecord.objects.filter(batch=batch).count() == 1


def test_rows_that_lie_apart_make_one_record(curator: User) -> None:
    rows = [garden(), garden(partnership_id="b", title="B"), garden(phase="Later")]
    batch = taken_over(table(rows), curator)
    assert batch.records == 2
    assert list(Partnership.objects.get(slug="garden").phases.values_list("name", flat=True)) == ["Run", "Later"]


def test_without_ids_rows_of_one_title_make_one_record(curator: User) -> None:
    row = garden()
    del row["partnership_id"]
    batch = staged(table([row, {**row, "phase": "Later"}, {**row, "title": "Shed"}]), curator)
    assert outcomes(batch) == {"Garden": "new", "Shed": "new"}


def test_an_import_of_which_the_reading_broke_off_cannot_go_on(curator: User) -> None:
    batch = Import.objects.create(made_by=curator, own_only=False, file_name="x.csv", form="csv", digest="")
    with pytest.raises(importing.Refused, match="not read to its end"):
        importing.check(batch)
    Import.objects.update(created_at=batch.created_at - ABANDONED * 2)
    staged(table([garden()]), curator)
    assert not Import.objects.filter(pk=batch.pk).exists()


def test_a_broken_file_leaves_nothing_behind(curator: User) -> None:
    with pytest.raises(ValueError, match="unit"):
        staged(BytesIO(b"title,colour\nGarden,red\n"), curator)
    assert not Import.objects.exists()
    assert not StagedRow.objects.exists()


# ---- Taking over ----------------------------------------------------------------------------------------------------


def test_one_bad_record_and_nothing_is_taken_over(curator: User) -> None:
    batch = staged(table([garden(), garden(partnership_id="b", title="B", countries="Atlantis")]), curator)
    assert outcomes(batch) == {"Garden": "new", "B": "error"}
    with pytest.raises(importing.Refused, match="errors"):
        importing.apply(batch, by=curator)
    assert not Partnership.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cell": "5"}, "8"),
        ({"certainty": "inferred"}, "confidence"),
        ({"phase_starts": "2014", "phase_ends": "2012"}, "2012"),
        ({"part_of": "nowhere"}, "nowhere"),
        ({"part_of": "garden"}, "part of itself"),
        ({"title": ""}, "title"),
        ({"unit": "castle"}, "castle"),
    ],
)
def test_what_breaks_a_rule_is_said_before_anything_is_written(
    curator: User, change: dict[str, str], said: str
) -> None:
    batch = staged(table([garden(**change)]), curator)
    assert list(outcomes(batch).values()) == ["error"]
    assert said in json.dumps(StagedRecord.objects.get(batch=batch).faults)


def test_new_records_are_drafts_unless_they_are_to_be_published(curator: User) -> None:
    taken_over(table([garden()]), curator)
    draft = Partnership.objects.get()
    assert (draft.status, draft.slug, draft.created_by) == ("draft", "garden", curator)
    taken_over(table([garden(partnership_id="pond", title="Pond")]), curator, publish=True)
    public = Partnership.objects.published().get()
    assert (public.slug, public.current_phase_cell) if hasattr(public, "current_phase_cell") else public.slug == "pond"
    assert public.phases.get().cell == 8
    assert not list(violations())


def test_every_row_has_its_history_in_the_name_of_the_person(curator: User) -> None:
    rows = [garden(source_title="Report", source_year="2012", stated_cells="8", statement_kind="explicit")]
    taken_over(table(rows), curator, publish=True)
    record = Partnership.objects.get()
    parts = [record, *record.partners.all(), *record.phases.all(), *record.statements.all(), Source.objects.get()]
    for row in parts:
        line = row.history.get()
        assert (line.history_type, line.history_user) == ("+", curator)
        assert "cases.csv" in line.history_change_reason
    taken_over(table([garden(title="Garden of all")]), curator)
    assert record.history.first().history_type == "~"
    assert record.history.first().title == "Garden of all"


def test_a_part_may_come_before_the_whole(curator: User) -> None:
    rows = [garden(part_of="whole"), garden(partnership_id="whole", title="Whole", part_of="")]
    taken_over(table(rows), curator, publish=True)
    assert Partnership.objects.get(slug="garden").part_of.slug == "whole"


def test_what_changed_since_the_preview_is_shown_again(curator: User) -> None:
    taken_over(table([garden()]), curator, publish=True)
    batch = staged(table([garden(title="Garden of all")]), curator)
    record = Partnership.objects.get()
    record.title, record.version = "Orchard", record.version + 1
    record.save()
    with pytest.raises(importing.Refused, match="confirm again"):
        importing.apply(batch, by=curator)
    assert StagedRecord.objects.get(batch=batch).before["title"] == "Orchard"
    importing.apply(Import.objects.get(pk=batch.pk), by=curator)
    assert Partnership.objects.get().title == "Garden of all"


def test_taking_over_twice_is_refused(curator: User) -> None:
    batch = taken_over(table([garden()]), curator)
    with pytest.raises(importing.Refused):
        importing.apply(batch, by=curator)
    assert Partnership.objects.count() == 1


def test_the_same_file_again_changes_nothing(curator: User) -> None:
    taken_over(table([garden(), garden(phase="Later", design="public")]), curator, publish=True)
    version = Partnership.objects.get().version
    batch = taken_over(table([garden(), garden(phase="Later", design="public")]), curator)
    assert set(outcomes(batch).values()) == {"unchanged"}
    assert Partnership.objects.get().version == version


def test_queries_do_not_grow_with_the_rows(curator: User, django_assert_max_num_queries: Any) -> None:
    for number in (2, 40):
        rows = [garden(partnership_id=f"g-{number}-{row}", title=f"Garden {row}") for row in range(number)]
        batch = staged(table(rows), curator)
        with django_assert_max_num_queries(90):
            importing.apply(batch, by=curator)


# ---- Officers -------------------------------------------------------------------------------------------------------


def test_an_officer_brings_in_drafts_of_the_organisation_with_their_answers(officer: User) -> None:
    taken_over(table([garden(partnership_id="", rationale="Terms of reference")]), officer, publish=True)
    draft = Partnership.objects.get()
    assert (draft.status, draft.organisation, draft.slug) == ("draft", officer.organisation, None)
    answer = Assessment.objects.get()
    assert (answer.by_keepers, answer.design, answer.reason) == (True, "shared", "Terms of reference")
    actions.submit(partnership=draft, by=officer)


def test_an_id_of_others_and_one_of_nobody_get_the_same_words(officer: User, curator: User) -> None:
    taken_over(table([garden()]), curator)
    draft = Partnership.objects.get()
    said = set()
    for key in ("garden", "nothing-here", str(draft.uuid), "00000000-0000-4000-8000-000000000000"):
        batch = staged(table([garden(partnership_id=key)]), officer)
        said.add(json.dumps(reasons(batch)))
    assert len(said) == 1
    assert "keeps no partnership with this id" in said.pop()


def test_a_parent_that_an_officer_cannot_see_is_no_parent(officer: User, curator: User) -> None:
    taken_over(table([garden()]), curator)
    batch = staged(table([garden(partnership_id="", title="Shed", part_of="garden")]), officer)
    nothing = staged(table([garden(partnership_id="", title="Shed", part_of="other")]), officer)
    assert [reason.replace("garden", "other") for reason in reasons(batch)] == reasons(nothing)


def test_a_published_record_gets_a_proposal_and_stays_as_it_is(officer: User, curator: User) -> None:
    taken_over(table([garden()]), curator, publish=True)
    Partnership.objects.update(organisation=officer.organisation)
    public = exported()
    batch = taken_over(table([garden(title="Garden of all")]), officer)
    assert exported() == public
    revision = Revision.objects.get()
    assert (revision.status, revision.record["title"]) == ("submitted", "Garden of all")
    again = staged(table([garden(title="Garden of everybody")]), officer)
    assert StagedRecord.objects.get(batch=again).before["title"] == "Garden of all"
    importing.undo(batch, by=officer)
    assert Revision.objects.get().status == "withdrawn"


def test_an_officer_without_an_organisation_is_told_so() -> None:
    lonely = User.objects.create_user("lonely@example.org")
    with pytest.raises(importing.Refused, match="organisation"):
        staged(table([garden()]), lonely)


# ---- Taking back ----------------------------------------------------------------------------------------------------


def test_an_undo_brings_back_every_byte(curator: User) -> None:
    taken_over(table([garden(), garden(partnership_id="shed", title="Shed")]), curator, publish=True)
    before = exported()
    rows = [garden(title="Garden of all", phase="Later"), garden(partnership_id="pond", title="Pond")]
    batch = taken_over(table(rows), curator, publish=True)
    assert exported() != before
    assert importing.undo(batch, by=curator).state == "undone"
    assert exported() == before
    assert not list(violations())
    gone = Partnership.history.filter(slug="pond").first()
    assert (gone.history_type, gone.history_user) == ("-", curator)


def test_what_was_edited_since_keeps_the_import_and_is_named(curator: User) -> None:
    batch = taken_over(table([garden(), garden(partnership_id="shed", title="Shed")]), curator, publish=True)
    shed = Partnership.objects.get(slug="shed")
    actions.withdraw(partnership=shed, by=curator, note="Asked for")
    with pytest.raises(importing.Refused, match="Shed"):
        importing.undo(batch, by=curator)
    assert Partnership.objects.count() == 2


def test_what_was_undone_or_never_taken_over_cannot_be_undone(curator: User) -> None:
    batch = staged(table([garden()]), curator)
    with pytest.raises(importing.Refused):
        importing.undo(batch, by=curator)
    done = importing.undo(importing.apply(batch, by=curator), by=curator)
    with pytest.raises(importing.Refused):
        importing.undo(done, by=curator)


def test_an_import_is_thrown_away_only_before_it_is_taken_over(curator: User) -> None:
    batch = staged(table([garden()]), curator)
    importing.forget(batch, by=curator)
    assert not StagedRow.objects.exists()
    done = taken_over(table([garden()]), curator)
    with pytest.raises(importing.Refused):
        importing.forget(done, by=curator)


# ---- The complete record ---------------------------------------------------------------------------------------------


def test_a_complete_document_comes_in_as_it_went_out(
    log: Callable[..., Partnership], source: str, curator: User
) -> None:
    log("one", statements=[{"source": source, "place": "p. 1", "kind": "explicit", "cells": [5]}], narrative="*Much*")
    log("two", part_of="one", partners=[{"kind": "public", "name": "Council", "roles": ["pays"]}])
    document = exported("json")
    Partnership.objects.filter(part_of__isnull=False).delete()
    Partnership.objects.all().delete()
    Source.objects.all().delete()
    taken_over(BytesIO(document), curator, name="all.json", publish=True)
    assert exported("json") == document


def test_a_document_with_a_broken_source_is_refused_record_by_record(curator: User) -> None:
    content = {
        "format": "co-production-matrix/1",
        "sources": [{"slug": "s", "title": "S", "url": "no address"}],
        "partnerships": [{"title": "Garden", "unit": "case"}],
    }
    batch = staged(BytesIO(json.dumps(content).encode()), curator, name="x.json")
    assert outcomes(batch) == {"Garden": "error"}
