"""What went wrong with imports once, and must not again."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import Organisation, User
from accounts.roles import Role
from exchange import importing
from exchange.models import Import, Release, StagedRecord
from partnerships import actions
from partnerships.integrity import violations
from partnerships.models import Assessment, CaseStudy, Partnership, Phase, Revision, Source
from partnerships.proposals import workspace_of
from partnerships.record import RecordError
from tests import factories
from tests.exchange.importing_files import exported, garden, outcomes, reasons, staged, table, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator@example.org", role=Role.CURATOR)


@pytest.fixture
def officer() -> User:
    keeper = Organisation.objects.create(name="Leeds", slug="leeds", kind="public")
    return User.objects.create_user("officer@example.org", organisation=keeper)


@pytest.fixture
def kept(officer: User, curator: User) -> Partnership:
    """A published record that the officer's organisation keeps."""
    taken_over(table([garden()]), curator, publish=True)
    Partnership.objects.update(organisation=officer.organisation)
    return Partnership.objects.get()


def document(**record: Any) -> BytesIO:
    content = {"format": "co-production-matrix/1", "partnerships": [{"title": "Garden", "unit": "case", **record}]}
    return BytesIO(json.dumps(content).encode())


# ---- Proposals ----------------------------------------------------------------------------------------------------


def test_a_proposal_from_a_file_waits_without_a_draft_and_can_be_opened(kept: Partnership, officer: User) -> None:
    taken_over(table([garden(title="Orchard", phase="Run")]), officer)
    revision = Revision.objects.get()
    assert workspace_of(revision) is None
    opened = actions.start_revision(partnership=kept, by=officer)
    draft = workspace_of(opened)
    assert (opened.status, draft.title, draft.status) == ("open", "Orchard", "draft")
    assert list(draft.phases.values_list("name", flat=True)) == ["Run"]


def test_a_proposal_from_a_file_is_accepted_as_any_other(kept: Partnership, officer: User, curator: User) -> None:
    taken_over(table([garden(title="Orchard")]), officer)
    actions.accept_revision(revision=Revision.objects.get(), by=curator)
    assert Partnership.objects.get(pk=kept.pk).title == "Orchard"
    assert not list(violations())


def test_what_a_colleague_is_writing_is_not_overwritten(kept: Partnership, officer: User) -> None:
    batch = staged(table([garden(title="Orchard")]), officer)
    revision = actions.start_revision(partnership=kept, by=officer)
    with pytest.raises(importing.Refused):
        importing.apply(batch, by=officer)
    assert Revision.objects.get() == revision
    assert workspace_of(revision).title == "Garden"
    assert "is writing changes" in reasons(batch)[0]


def test_what_was_declined_meanwhile_is_not_proposed_again_unseen(
    kept: Partnership, officer: User, curator: User
) -> None:
    taken_over(table([garden(title="Orchard")]), officer)
    batch = staged(table([garden(title="Orchard", place="Leeds")]), officer)
    actions.decline_revision(revision=Revision.objects.get(), by=curator, note="No")
    with pytest.raises(importing.Refused):
        importing.apply(batch, by=officer)
    assert not Revision.objects.filter(status="submitted").exists()


def test_an_undo_gives_back_the_proposal_that_the_file_went_on_from(kept: Partnership, officer: User) -> None:
    taken_over(table([garden(title="Orchard")]), officer)
    batch = taken_over(table([garden(title="Garden", place="Leeds")]), officer)
    assert Revision.objects.get().record["place"] == "Leeds"
    importing.undo(batch, by=officer)
    revision = Revision.objects.get()
    assert (revision.status, revision.record["title"], revision.record["place"]) == ("submitted", "Orchard", "")


def test_an_undo_leaves_a_proposal_alone_that_was_edited_since(kept: Partnership, officer: User) -> None:
    batch = taken_over(table([garden(title="Orchard")]), officer)
    actions.start_revision(partnership=kept, by=officer)
    with pytest.raises(importing.Refused, match="Orchard"):
        importing.undo(batch, by=officer)


def test_an_untouched_file_changes_nothing_whatever_waits(kept: Partnership, officer: User) -> None:
    taken_over(table([garden(title="Orchard")]), officer)
    assert set(outcomes(staged(table([garden()]), officer)).values()) == {"unchanged"}
    actions.start_revision(partnership=kept, by=officer)
    assert set(outcomes(staged(table([garden()]), officer)).values()) == {"unchanged"}


def test_many_proposals_take_no_more_queries_than_few(
    officer: User, curator: User, django_assert_max_num_queries: Any
) -> None:
    rows = [garden(partnership_id=f"garden-{number}", title=f"Garden {number}") for number in range(30)]
    taken_over(table(rows), curator, publish=True)
    Partnership.objects.update(organisation=officer.organisation)
    batch = staged(table([{**row, "title": f"{row['title']} of all"} for row in rows]), officer)
    with django_assert_max_num_queries(90):
        importing.apply(batch, by=officer)
    assert Revision.objects.filter(status="submitted").count() == 30


# ---- What an officer may not say ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        {"phases": [{"name": "Run"}], "assessments": [{
            "phase": "Run", "perspective": "users_or_community", "by_invitation": True, "method": "direct",
            "design": "shared", "reason": "Said so", "codebook": "1.0", "submitted": "2025-01-01",
        }]},
        {"case_study": {"headline": "Ours", "body": "Best", "featured": True}},
    ],
)  # fmt: skip
def test_what_only_curators_say_is_refused_in_an_officers_file(officer: User, record: dict[str, Any]) -> None:
    batch = staged(document(**record), officer, name="x.json")
    assert list(outcomes(batch).values()) == ["error"]
    assert "Only curators" in reasons(batch)[0]


def test_a_claim_that_a_curators_file_adopts_is_adopted_by_the_curator(curator: User) -> None:
    factories.source("Report", slug="report")
    stated = {"source": "report", "phase": "Run", "kind": "explicit", "basis": "cell", "cells": [5], "adopted": True,
              "design": "shared", "delivery": "shared"}  # fmt: skip
    phase = {"name": "Run", "design": "shared", "delivery": "shared", "certainty": "source_stated"}
    taken_over(document(phases=[phase], statements=[stated]), curator, name="x.json", publish=True)
    adopted = Phase.objects.get()
    assert (adopted.adopted_by, adopted.history.first().adopted_by) == (curator, curator)


# ---- Parts and names ------------------------------------------------------------------------------------------------


def test_two_records_cannot_be_parts_of_each_other(curator: User) -> None:
    rows = [garden(part_of="shed"), garden(partnership_id="shed", title="Shed", part_of="garden")]
    with pytest.raises(importing.Refused, match="parts of each other"):
        taken_over(table(rows), curator)
    assert not Partnership.objects.exists()


def test_a_parent_that_was_said_to_be_another_one_stays_the_parent(curator: User) -> None:
    taken_over(table([garden(partnership_id="old", title="Old whole")]), curator)
    rows = [garden(part_of="whole"), garden(partnership_id="whole", title="New whole", part_of="")]
    batch = staged(table(rows), curator)
    old = Partnership.objects.get(slug="old")
    importing.say_same(batch, 1, old, by=curator)
    importing.apply(Import.objects.get(pk=batch.pk), by=curator)
    assert Partnership.objects.get(slug="garden").part_of == old


def test_one_partnership_under_two_names_is_a_fault(curator: User) -> None:
    taken_over(table([garden()]), curator)
    row = Partnership.objects.get()
    for steps in (1, 100):
        batch = staged(table([garden(), garden(partnership_id=str(row.uuid), title="Shed")]), curator, steps=steps)
        assert "in another way" in reasons(batch)[0]


@pytest.mark.parametrize("slug", ["new", "Garden", "a_b", "-x"])
def test_an_id_that_is_no_address_is_refused(curator: User, slug: str) -> None:
    batch = staged(document(partnership_id=slug), curator, name="x.json")
    assert list(outcomes(batch).values()) == ["error"]


def test_what_was_said_to_be_the_same_loses_nothing_to_blank_cells(kept: Partnership, curator: User) -> None:
    Partnership.objects.update(summary="Vegetables", tags=["food"])
    row = garden(partnership_id="", title="The garden", summary="", tags="")
    batch = staged(table([row]), curator)
    importing.say_same(batch, 0, kept, by=curator)
    after = StagedRecord.objects.get(batch=batch).after
    assert (after["title"], after["summary"], after["tags"]) == ("The garden", "Vegetables", ["food"])


# ---- Codes, sources, pictures ---------------------------------------------------------------------------------------


def test_an_unknown_code_in_a_document_is_a_fault_and_no_crash(curator: User) -> None:
    batch = staged(document(service_areas=["99.9"]), curator, name="x.json")
    assert list(outcomes(batch).values()) == ["error"]


def test_a_document_brings_organisations_along(curator: User) -> None:
    content = {
        "format": "co-production-matrix/1",
        "organisations": [{"slug": "leith", "name": "Leith", "kind": "public", "country": "GB"},
                          {"slug": "club", "name": "Club", "kind": "community", "country": ""}],
        "partnerships": [{"title": "Garden", "unit": "case", "phases": [{"name": "Run"}], "partners": [
            {"kind": "public", "name": "Leith", "organisation": "leith"},
            {"kind": "community", "name": "Club", "organisation": "club"}]}],
    }  # fmt: skip
    taken_over(BytesIO(json.dumps(content).encode()), curator, name="x.json", publish=True)
    assert set(Organisation.objects.values_list("slug", "country")) >= {("leith", "GB"), ("club", "")}


def test_sources_that_came_along_go_with_an_undo(curator: User) -> None:
    batch = taken_over(table([garden(source_title="Secret report", source_year="2024")]), curator)
    assert Source.objects.filter(title="Secret report").exists()
    importing.undo(batch, by=curator)
    assert not Source.objects.filter(title="Secret report").exists()


def test_a_source_that_is_gone_since_the_preview_is_brought_again(curator: User) -> None:
    rows = [garden(source_title="Report", source_year="2012", statement_kind="explicit", stated_cells="8")]
    factories.source("Report", year=2012)
    batch = staged(table(rows), curator)
    Source.objects.all().delete()
    with pytest.raises(importing.Refused):
        importing.apply(batch, by=curator)
    importing.apply(Import.objects.get(pk=batch.pk), by=curator)
    assert Partnership.objects.get().statements.get().source.title == "Report"


def test_a_case_study_with_pictures_is_not_deleted_by_a_file(kept: Partnership, curator: User) -> None:
    study = CaseStudy.objects.create(partnership=kept, headline="Story", body="Text")
    dot = BytesIO()
    Image.new("RGB", (2, 2)).save(dot, "PNG")
    study.images.create(image=ContentFile(dot.getvalue(), "dot.png"), alt="A bed of beans", credit="Leeds")
    batch = staged(document(partnership_id=kept.slug, case_study=None), curator, name="x.json")
    assert "pictures" in reasons(batch)[0]


# ---- Races and undo -------------------------------------------------------------------------------------------------


def test_a_record_that_was_deleted_meanwhile_does_not_come_back_without_its_parts(curator: User) -> None:
    taken_over(table([garden()]), curator)
    batch = staged(table([garden(title="Orchard")]), curator)
    Partnership.objects.all().delete()
    with pytest.raises(importing.Refused):
        importing.apply(batch, by=curator)
    assert not Partnership.objects.exists()


def test_a_slug_that_somebody_took_meanwhile_is_shown_in_a_new_preview(curator: User) -> None:
    batch = staged(table([garden()]), curator)
    taken_over(table([garden(title="Other garden")]), curator)
    with pytest.raises(importing.Refused):
        importing.apply(batch, by=curator)
    assert set(outcomes(batch).values()) == {"changed"}


def test_an_undo_stops_at_a_change_that_was_begun_on_a_new_record(curator: User) -> None:
    batch = taken_over(table([garden()]), curator, publish=True)
    actions.start_revision(partnership=Partnership.objects.get(revises=None), by=curator)
    with pytest.raises(importing.Refused, match="Garden"):
        importing.undo(batch, by=curator)


def test_an_undo_stops_at_answers_and_invitations_about_a_phase_that_came(curator: User) -> None:
    taken_over(table([garden()]), curator, publish=True)
    batch = taken_over(table([garden(phase="Later", design="public")]), curator)
    later = Phase.objects.get(name="Later")
    actions.invite(phase=later, by=curator, perspective="users_or_community", label="Residents")
    with pytest.raises(importing.Refused, match="Garden"):
        importing.undo(batch, by=curator)


def test_an_undo_stops_at_answers_of_a_draft_that_were_changed(officer: User) -> None:
    batch = taken_over(table([garden(partnership_id="", rationale="Minutes")]), officer)
    Assessment.objects.update(reason="Minutes of 3 May")
    with pytest.raises(importing.Refused, match="Garden"):
        importing.undo(batch, by=officer)


def test_what_a_release_holds_is_not_undone(curator: User) -> None:
    batch = taken_over(table([garden()]), curator, publish=True)
    Release.objects.create(number=1, made_at=timezone.now(), codebook="1.0")
    with pytest.raises(importing.Refused, match="release"):
        importing.undo(batch, by=curator)


def test_titles_that_come_down_to_nothing_get_addresses_all_the_same(
    curator: User, django_assert_max_num_queries: Any
) -> None:
    row = garden()
    del row["partnership_id"]
    batch = staged(
        table([{**row, "title": f"{'я' * 3} {'ж' * number}"} for number in range(1, 31)]), curator, publish=True
    )
    with django_assert_max_num_queries(120):
        importing.apply(batch, by=curator)
    assert Partnership.objects.filter(slug__startswith="partnership").count() == 30


def test_a_record_error_names_its_part() -> None:
    error = RecordError(("brescia", ("phase", "Pilot")), "no")
    assert (str(error), error.fault) == ("brescia / phase Pilot: no", "no")


def test_undone_bytes(curator: User) -> None:
    taken_over(table([garden(), garden(phase="Later", design="public")]), curator, publish=True)
    before = exported("json")
    batch = taken_over(table([garden(phase="Later", design="citizens_or_third_sector")]), curator)
    assert exported("json") != before
    importing.undo(batch, by=curator)
    assert exported("json") == before


def test_a_source_of_somebody_elses_draft_is_not_told(officer: User) -> None:
    other = Organisation.objects.create(name="Hull", slug="hull", kind="public")
    secret = factories.source("A plan nobody knows", url="https://hull.example/plan", slug="plan")
    draft = factories.partnership("Hull’s draft", status="draft", slug=None, organisation=other)
    factories.statement(draft, source=secret, cells={5})
    row = garden(partnership_id="", source_url="https://hull.example/plan", source_title="Plan")
    batch = staged(table([row]), officer)
    assert "nobody knows" not in json.dumps([record.after for record in batch.staged.all()])


def test_a_text_that_is_too_long_is_said_in_our_words(curator: User) -> None:
    batch = staged(document(title="x" * 201), curator, name="x.json")
    assert "Shorten it to 200" in reasons(batch)[0]


def test_a_draft_without_a_stage_cannot_be_handed_in(officer: User) -> None:
    row = {"title": "Garden", "unit": "case", "partners": "public:Council"}
    taken_over(table([row]), officer)
    with pytest.raises(actions.NotAllowed, match="no stage"):
        actions.submit(partnership=Partnership.objects.get(), by=officer)
