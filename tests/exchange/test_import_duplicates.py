"""Records of a file that may be in the register already, or twice in the file."""

from io import BytesIO

import pytest

from accounts.models import User
from accounts.roles import Role
from exchange import importing
from exchange.models import Import, StagedRecord
from exchange.presenters.import_alike import same_as
from exchange.presenters.import_records import record_rows
from partnerships import actions
from partnerships.models import DuplicateVerdict, Partnership
from tests import factories
from tests.exchange.test_importing import staged, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return factories.user(Role.CURATOR)


def sheet(*rows: tuple[str, str]) -> BytesIO:
    """A file of titles and places."""
    return table([{"title": title, "unit": "case", "countries": "GB", "place": place} for title, place in rows])


def alike_of(batch: Import) -> list[list[str]]:
    rows = StagedRecord.objects.filter(batch=batch).order_by("position")
    return [[entry["title"] for entry in staged.alike] for staged in rows]


def test_a_new_record_says_what_it_looks_like_and_why(curator: User) -> None:
    there = factories.partnership("Repair café", place="Leeds", countries=["GB"])
    batch = staged(sheet(("Repair cafe", "Leeds"), ("Otter watch", "Leeds")), curator)

    assert list(StagedRecord.objects.filter(batch=batch).order_by("position").values_list("alike", flat=True)) == [
        [
            {
                "id": there.pk,
                "title": "Repair café",
                "url": "/partnerships/repair-cafe/",
                "why": "the same title, the same place",
            }
        ],
        [],
    ]


def test_what_changes_a_record_is_not_asked_about(curator: User) -> None:
    factories.partnership("Repair café", slug="cafe")
    factories.partnership("Repair café", slug="other")
    file = table([{"partnership_id": "cafe", "title": "The repair café", "unit": "case"}])
    assert alike_of(staged(file, curator)) == [[]]


def test_officers_learn_of_nothing_that_is_not_theirs_to_see() -> None:
    officer = factories.user()
    keeper = {"organisation": officer.organisation}
    own = factories.partnership("Canary", status="draft", **keeper)
    actions.start_revision(partnership=factories.partnership("Canary", **keeper), by=officer)
    factories.partnership("Canary", status="draft", organisation=factories.organisation())
    factories.partnership("Canary", status="withdrawn", organisation=factories.organisation())
    public = factories.partnership("Canary", organisation=factories.organisation())

    batch = staged(sheet(("Canary", "")), officer)
    [record] = StagedRecord.objects.filter(batch=batch)
    seen = {own.pk, Partnership.objects.get(slug="canary").pk, public.pk}
    assert {entry["id"] for entry in record.alike} == seen

    # What is withdrawn after the file was read is shown no longer.
    Partnership.objects.filter(pk=public.pk).update(status="withdrawn")
    [row] = record_rows(batch, [record], officer)
    assert {likeness.title for likeness in row.alike} == {"Canary"}
    assert len(row.alike) == 2
    assert same_as(batch, record, public.uuid) is None
    assert same_as(batch, record, own.uuid) == own


def test_what_comes_twice_in_the_file_is_noted_with_the_later_one(curator: User) -> None:
    rows = [
        ("Repair café", "Leeds"),
        ("Otter watch", ""),
        ("The repair café project", "Leeds"),
        ("Repair café", "Bath"),
    ]
    # Rows of one title are one record, so the last one needs an id.
    file = table([
        {"partnership_id": f"new-{number}", "title": title, "unit": "case", "place": place}
        for number, (title, place) in enumerate(rows)
    ])  # fmt: skip
    for steps in (100, 1):
        batch = staged(file, curator, steps=steps)
        assert alike_of(batch) == [[], [], ["Repair café"], []], f"in steps of {steps}"
        [entry] = StagedRecord.objects.get(batch=batch, position=2).alike
        assert entry == {
            "id": None, "position": 0, "title": "Repair café", "url": "",
            "why": "nearly the same title, the same place",
        }  # fmt: skip
        [row] = record_rows(batch, StagedRecord.objects.filter(batch=batch, position=2), curator)
        assert [(likeness.title, likeness.url, likeness.uuid) for likeness in row.alike] == [("Repair café", "", "")]


def test_sites_of_one_programme_in_a_file_are_not_asked_about(curator: User) -> None:
    factories.partnership("Healthy streets", slug="streets", unit="programme")
    file = table([
        {"partnership_id": f"site-{number}", "title": title, "unit": "case", "part_of": "streets"}
        for number, title in enumerate(("Healthy streets", "The healthy streets"))
    ])  # fmt: skip
    assert alike_of(staged(file, curator)) == [[], []]


def test_what_was_said_to_be_another_one_is_remembered_and_not_asked_again(curator: User) -> None:
    there = factories.partnership("Repair café", place="Leeds", countries=["GB"])
    factories.partnership("Otter watch")
    rows = (("Repair cafe", "Leeds"), ("Otter watch", ""), ("Repair cafe project", "Leeds"))
    batch = staged(sheet(*rows), curator)
    importing.say_distinct(batch, 0, by=curator)
    importing.say_distinct(batch, 2, by=curator)
    importing.apply(Import.objects.get(pk=batch.pk), by=curator)

    made, last = (Partnership.objects.get(title=title) for title in ("Repair cafe", "Repair cafe project"))
    said = {(verdict.one, verdict.other): (verdict.same, verdict.by) for verdict in DuplicateVerdict.objects.all()}
    assert said == dict.fromkeys([(there, made), (there, last), (made, last)], (False, curator))

    again = staged(sheet(("Repair cafe", "Leeds")), curator)
    [record] = StagedRecord.objects.filter(batch=again)
    assert there.pk not in [entry["id"] for entry in record.alike]
    assert made.pk in [entry["id"] for entry in record.alike], "the one it became is the one to ask about"


def test_an_undone_import_leaves_no_word_behind(curator: User) -> None:
    factories.partnership("Repair café")
    batch = staged(sheet(("Repair café", "")), curator)
    importing.say_distinct(batch, 0, by=curator)
    batch = importing.apply(Import.objects.get(pk=batch.pk), by=curator)
    assert DuplicateVerdict.objects.count() == 1

    importing.undo(batch, by=curator)
    assert not DuplicateVerdict.objects.exists()
    assert Partnership.objects.count() == 1


def test_the_cost_of_a_step_does_not_grow_with_what_is_alike(
    curator: User, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from exchange.importing.likeness import mark_alike

    for number in range(6):
        factories.partnership(f"Repair café {number}")
    costs = []
    for several in (1, 6):
        batch = staged(sheet(*((f"Repair café {number}", "") for number in range(several))), curator)
        cases, _sources = importing.checking.compare(batch, range(several))
        with CaptureQueriesContext(connection) as queries:
            mark_alike(batch, cases)
        assert all(case.alike for case in cases)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 4
