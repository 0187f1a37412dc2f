"""Who sees which partnerships, and what the matrix counts where."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from accounts.roles import Role
from partnerships.models import Partnership, Source
from partnerships.models.fields import ALL_CELLS
from partnerships.querysets import (
    PartnershipQuerySet,
    inferred_only,
    not_placed,
    partly_placed,
    perhaps_in,
    placed_in,
    prefix_of,
)
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR, Lens
from tests import factories

pytestmark = pytest.mark.django_db
EACH_LENS = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)


def titles(queryset: PartnershipQuerySet) -> set[str]:
    return set(queryset.values_list("title", flat=True))


# ---- Where a partnership stands ----------------------------------------------------------------


def build(lens: Lens) -> None:
    """One partnership in every state that the matrix tells apart; its title says which."""
    first, middle, last = (level.code for level in lens.levels)
    states: dict[str, dict[str, Any]] = {
        "cell 5": factories.position(middle, middle, lens=lens),
        "cell 7": factories.position(first, last, lens=lens),
        "cell 5, inferred": {**factories.position(middle, middle, lens=lens), **factories.INFERENCE},
        "column": factories.position(middle, "", lens=lens),
        "row": factories.position("", last, lens=lens),
        "6 or 9": factories.position("", "", {6, 9}, lens=lens),
        "6 or 9, inferred": {**factories.position("", "", {6, 9}, lens=lens), **factories.INFERENCE},
        "7 or nobody": factories.position("", "", {7, "nobody"}, lens=lens),
        "5, not settled": factories.position("", "", {5}, lens=lens),
        "8 or outside": factories.position("", "", {8, "outside"}, lens=lens),
        "outside": factories.position("", "", {"outside"}, lens=lens),
        "nobody": factories.position("", "", {"nobody"}, lens=lens),
        "nothing known": {},
        "all nine or outside": factories.position("", "", ALL_CELLS | {"outside"}, lens=lens),
        "planned only": {**factories.position(middle, middle, lens=lens), "planned": True},
    }
    for title, phase in states.items():
        factories.partnership(title, phase=phase)
    factories.partnership("class in 5", unit="class", phase=factories.position(middle, middle, lens=lens))


COUNTED = {"cell 5", "cell 7"}
SETS = {"column", "row", "6 or 9", "7 or nobody", "5, not settled", "8 or outside"}


@pytest.fixture(scope="class", params=LENSES.values(), ids=LENSES)
def lens(request: pytest.FixtureRequest) -> Lens:
    """Both lenses in turn."""
    return request.param


@pytest.fixture(scope="class")
def register(lens: Lens, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[PartnershipQuerySet]:
    """All partnerships; built once for all the tests of a lens."""
    with factories.standing(django_db_blocker, lambda: build(lens)):
        yield Partnership.objects.all()


class TestWhereAPartnershipStands:
    """The conditions, each held against one partnership in every state, under both lenses."""

    def test_settled_positions_are_counted(self, register: PartnershipQuerySet, lens: Lens) -> None:
        assert titles(register.standing(placed_in(range(1, 10), lens))) == COUNTED
        assert titles(register.standing(placed_in([7], lens))) == {"cell 7"}
        assert titles(register.standing(placed_in([], lens))) == set()

    def test_inferred_positions_are_counted_on_request(self, register: PartnershipQuerySet, lens: Lens) -> None:
        assert titles(register.standing(placed_in([5], lens, inferred=True))) == {"cell 5", "cell 5, inferred"}

    def test_sets_of_some_cells_are_partly_placed(self, register: PartnershipQuerySet, lens: Lens) -> None:
        assert titles(register.standing(partly_placed(lens))) == SETS
        assert titles(register.standing(partly_placed(lens, inferred=True))) == SETS | {"6 or 9, inferred"}

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            (2, {"column"}),
            (5, {"column", "5, not settled"}),
            (6, {"6 or 9"}),
            (7, {"row", "7 or nobody"}),
            (8, {"column", "row", "8 or outside"}),
            (9, {"row", "6 or 9"}),
            (1, set()),
        ],
    )
    def test_a_set_may_be_in_each_of_its_cells(
        self, register: PartnershipQuerySet, lens: Lens, cell: int, expected: set[str]
    ) -> None:
        assert titles(register.standing(perhaps_in(cell, lens))) == expected

    def test_an_inferred_set_may_be_in_its_cells_on_request(self, register: PartnershipQuerySet, lens: Lens) -> None:
        assert titles(register.standing(perhaps_in(6, lens, inferred=True))) == {"6 or 9", "6 or 9, inferred"}

    def test_all_nine_cells_are_not_placed(self, register: PartnershipQuerySet, lens: Lens) -> None:
        assert titles(register.standing(not_placed(lens))) == {"nothing known", "all nine or outside"}

    def test_positions_that_a_coder_inferred_are_found_as_such(self, register: PartnershipQuerySet, lens: Lens) -> None:
        assert titles(register.standing(inferred_only(lens))) == {"cell 5, inferred", "6 or 9, inferred"}

    def test_no_partnership_meets_two_conditions(self, register: PartnershipQuerySet, lens: Lens) -> None:
        groups = [placed_in(range(1, 10), lens, inferred=True), partly_placed(lens, inferred=True), not_placed(lens)]

        found = [title for where in groups for title in titles(register.standing(where))]

        assert len(found) == len(set(found))
        assert set(found) == titles(register) - {"outside", "nobody", "planned only", "class in 5"}

    def test_what_one_lens_knows_says_nothing_about_the_other(self, register: PartnershipQuerySet, lens: Lens) -> None:
        other = PROFESSIONAL if lens is SECTOR else SECTOR

        assert titles(register.standing(placed_in(range(1, 10), other, inferred=True))) == set()
        assert titles(register.standing(partly_placed(other, inferred=True))) == set()

    def test_units_that_are_never_counted_are_listed(self, register: PartnershipQuerySet) -> None:
        assert titles(register.listed_only()) == {"class in 5"}
        assert "class in 5" in titles(register)


@EACH_LENS
def test_only_the_current_phase_counts(lens: Lens) -> None:
    first, middle, _last = (level.code for level in lens.levels)
    partnership = factories.partnership("moved", design=first, delivery=first, lens=lens)
    factories.add_phase(partnership, design=middle, delivery=middle, lens=lens)
    factories.add_phase(partnership, design=first, delivery=middle, lens=lens, planned=True)

    found = {cell: titles(Partnership.objects.standing(placed_in([cell], lens))) for cell in (1, 4, 5)}

    assert found == {1: set(), 4: set(), 5: {"moved"}}


# ---- The current phase -------------------------------------------------------------------------


def test_a_partnership_with_plans_only_keeps_its_row_and_has_nothing_there() -> None:
    factories.partnership("planned", design="shared", delivery="shared", phase={"planned": True})

    assert list(Partnership.objects.at_current_phase().values_list("title", "now__cell")) == [("planned", None)]


def test_joining_the_current_phase_twice_changes_nothing() -> None:
    factories.partnership("Brescia", design="shared", delivery="shared")

    twice = Partnership.objects.at_current_phase().at_current_phase()

    assert list(twice.values_list("title", "now__cell")) == [("Brescia", 5)]


def test_current_phases_come_along_in_one_more_query() -> None:
    for title in "abc":
        factories.add_phase(factories.partnership(title), design="shared", delivery="shared")

    with CaptureQueriesContext(connection) as queries:
        names = [[phase.name for phase in row.current_phases] for row in Partnership.objects.with_current_phase()]

    assert names == [["Phase 2"]] * 3
    assert len(queries) == 2


def test_fields_of_the_sector_lens_have_no_prefix() -> None:
    assert [prefix_of(lens) for lens in (SECTOR, PROFESSIONAL)] == ["", "professional_"]


# ---- Words and facets --------------------------------------------------------------------------


def test_every_word_must_be_found() -> None:
    factories.partnership("Brescia", summary="Care at home")
    factories.partnership("Perth", summary="Care in town")

    assert titles(Partnership.objects.with_words(["care"])) == {"Brescia", "Perth"}
    assert titles(Partnership.objects.with_words(["care", "brescia"])) == {"Brescia"}
    assert titles(Partnership.objects.with_words(["perth", "brescia"])) == set()
    assert titles(Partnership.objects.with_words([])) == {"Brescia", "Perth"}


def test_an_underscore_is_no_wildcard() -> None:
    factories.partnership("a_b")
    factories.partnership("axb")

    assert titles(Partnership.objects.with_words(["a_b"])) == {"a_b"}


def test_any_value_of_a_facet_will_do_and_none_comes_twice() -> None:
    factories.partnership("both", countries=["IT", "NO"])
    factories.partnership("one", countries=["NO"])
    factories.partnership("other", countries=["SE"])

    found = Partnership.objects.with_facet("country", ["IT", "NO"])

    assert sorted(found.values_list("title", flat=True)) == ["both", "one"]


def test_a_group_of_services_is_found_under_its_division() -> None:
    factories.partnership("clinic", service_areas=["07.2"])

    assert titles(Partnership.objects.with_facet("area", ["07"])) == {"clinic"}
    assert titles(Partnership.objects.with_facet("area", ["07.2"])) == {"clinic"}
    assert titles(Partnership.objects.with_facet("area", ["07.1"])) == set()


# ---- Who sees what -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "withdrawn"])
def test_the_public_sees_published_ones_only(status: str) -> None:
    factories.partnership("hidden", status=status)
    factories.partnership("open")

    assert titles(Partnership.objects.published()) == {"open"}


def test_officers_work_on_what_their_organisation_keeps() -> None:
    officer = factories.user()
    factories.partnership("ours", status="draft", organisation=officer.organisation)
    factories.partnership("ours too", organisation=officer.organisation, created_by=factories.user())
    factories.partnership("theirs", status="draft", organisation=factories.organisation())
    factories.partnership("the library's")

    assert titles(Partnership.objects.editable_by(officer)) == {"ours", "ours too"}


def test_without_an_organisation_people_work_on_what_they_made() -> None:
    researcher = factories.user(Role.RESEARCHER)
    factories.partnership("mine", status="draft", created_by=researcher)
    factories.partnership("the library's")

    assert titles(Partnership.objects.editable_by(researcher)) == {"mine"}


@pytest.mark.parametrize("role", [Role.CURATOR, Role.ADMINISTRATOR])
def test_curators_work_on_everything(role: str) -> None:
    factories.partnership("somebody's", status="draft", organisation=factories.organisation())

    assert titles(Partnership.objects.editable_by(factories.user(role))) == {"somebody's"}


def test_a_source_is_public_once_a_published_record_leans_on_it() -> None:
    published, draft = factories.partnership(), factories.partnership(status="draft")
    for name, record in (("of both", published), ("of both", draft), ("of a draft", draft)):
        found = Source.objects.filter(title=name).first() or factories.source(name)
        factories.statement(record, source=found)
    factories.evidence(published, source=factories.source("of evidence"))
    factories.evidence(draft, source=factories.source("of a draft's evidence"))
    factories.source("of nobody")

    assert {row.title for row in Source.objects.public()} == {"of both", "of evidence", "of nobody"}


def test_members_also_see_the_sources_of_their_own_drafts_and_nobody_elses() -> None:
    ours, theirs = factories.organisation(), factories.organisation()
    for name, record in (
        ("ours", factories.partnership(status="draft", organisation=ours)),
        ("theirs", factories.partnership(status="draft", organisation=theirs)),
        ("published", factories.partnership(organisation=theirs)),
        ("nobody's draft", factories.partnership(status="draft")),
    ):
        factories.statement(record, source=factories.source(f"said, {name}"))
        factories.evidence(record, source=factories.source(f"shown, {name}"))
        factories.checklist_item(record.phases.get(), source=factories.source(f"ticked, {name}"))
    factories.source("of nobody")

    seen = {f"{how}, {whose}" for how in ("said", "shown", "ticked") for whose in ("ours", "published")}
    assert titles(Source.objects.visible_to(ours)) == {*seen, "of nobody"}
    assert titles(Source.objects.visible_to(None)) == titles(Source.objects.public())


def test_sources_of_checklists_are_public_with_their_record_and_each_is_used_or_not() -> None:
    published, draft = factories.partnership(), factories.partnership(status="draft")
    for name, record in (("of a list", published), ("of a draft's list", draft)):
        factories.checklist_item(record.phases.get(), source=factories.source(name))
    factories.source("of nobody")

    assert titles(Source.objects.used()) == {"of a list"}
    assert titles(Source.objects.unused()) == {"of nobody"}
    assert titles(Source.objects.public()) == {"of a list", "of nobody"}


def test_public_sources_are_found_without_a_join(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as queries:
        list(Source.objects.public())

    sql = queries[0]["sql"]
    assert "DISTINCT" not in sql
    assert sql.count("EXISTS") == 6


def test_a_source_comes_once_however_often_it_is_used() -> None:
    found = factories.source()
    for _ in range(2):
        record = factories.partnership()
        factories.statement(record, source=found)
        factories.evidence(record, source=found)

    assert Source.objects.public().get() == found
