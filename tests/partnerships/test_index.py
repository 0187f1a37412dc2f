"""What lists, filters and counts read: the search text, the facet rows, the mark on the current phase."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from partnerships import actions
from partnerships.index import (
    ONGOING,
    current_phase,
    facets_of,
    partner_values,
    reindex,
    reindex_all,
    search_texts,
    years,
)
from partnerships.integrity import violations
from partnerships.models import Facet, Partner, Partnership, Phase
from tests import factories


def phase(name: str, order: int, starts: int | None = None, **fields: Any) -> Phase:
    return Phase(pk=order, name=name, order=order, starts=date(starts, 1, 1) if starts else None, **fields)


@pytest.mark.parametrize(
    ("phases", "current"),
    [
        ([], None),
        ([phase("only", 1)], "only"),
        ([phase("a", 1), phase("b", 2)], "b"),
        ([phase("late", 1, 2015), phase("early", 2, 2010)], "late"),
        ([phase("a", 1, 2015), phase("b", 2, 2015)], "b"),
        ([phase("dated", 1, 2015), phase("undated", 2)], "undated"),
        ([phase("actual", 1), phase("plan", 2, planned=True)], "actual"),
        ([phase("plan", 1, 2030, planned=True), phase("actual", 2, 2010)], "actual"),
        ([phase("plan", 1, planned=True)], None),
        ([phase("over", 1, 2010, ends=date(2012, 12, 31), ends_precision="year")], "over"),
    ],
)
def test_the_current_phase_is_the_latest_actual_one(phases: list[Phase], current: str | None) -> None:
    found = current_phase(phases)

    assert (found.name if found else None) == current


@pytest.mark.django_db
def test_each_value_of_a_record_has_a_facet() -> None:
    partnership = factories.partnership(
        countries=["IT", "NO"], service_areas=["07.2", "07", "10"], stages=["design"], nature=["group", "mixed"],
        tags=["Pilot"], partners=[("public", "A"), ("public", "B"), ("citizens", "")],
    )  # fmt: skip

    assert facets_of(partnership) == {
        ("country", "IT"), ("country", "NO"), ("area", "07"), ("area", "07.2"), ("area", "10"), ("stage", "design"),
        ("nature", "group"), ("nature", "mixed"), ("tag", "Pilot"), ("kind", "public"), ("kind", "citizens"),
    }  # fmt: skip
    assert set(partnership.facets.values_list("facet", "value")) == facets_of(partnership)


@pytest.mark.parametrize(
    ("kind", "name", "values"),
    [
        ("public", "Città di Brescia", {"citta di brescia"}),
        ("public", "NHS", {"nhs"}),
        ("public", "Local councils", set()),
        ("third_sector", "", set()),
        ("citizens", "Anna Rossi", set()),
    ],
)
def test_a_partner_is_known_again_by_a_name_of_its_own(kind: str, name: str, values: set[str]) -> None:
    assert partner_values(Partner(kind=kind, name=name)) == values
    assert partner_values(Partner(kind=kind, name=name, organisation_id=7)) == values | {"#7"}


def test_a_name_that_grows_by_folding_still_fits_the_column() -> None:
    sign = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"

    (value,) = partner_values(Partner(kind="public", name=f"A{sign * 198}B"))

    assert len(value) <= 300


@pytest.mark.django_db
def test_a_search_finds_what_a_visitor_may_read_of_a_record() -> None:
    partnership = factories.partnership(
        "Città sana", aliases=["Healthy Town"], summary="For elders", narrative="Once", nation="Lombardy",
        place="Bréscia", tags=["Pilot"], partners=[("third_sector", "Ålesund Trust")],
    )  # fmt: skip
    factories.statement(partnership, source=factories.source("Grey Book", authors="Bovaird"))
    factories.evidence(partnership, source=factories.source("Blue Book", authors="Loeffler"))

    title, text = search_texts(partnership)

    assert "citta sana" in title
    for words in ("citta sana", "healthy town", "for elders", "once", "lombardy", "brescia", "pilot", "alesund trust",
                  "grey book bovaird", "blue book loeffler"):  # fmt: skip
        assert words in text


@pytest.mark.django_db
def test_what_the_public_does_not_see_is_not_searched() -> None:
    partnership = factories.partnership(curator_note="Zanzibar")
    factories.assessment(partnership.phases.get(), comment="Zanzibar", reason="Zanzibar", submitted=False)
    reindex(partnership)

    assert "zanzibar" not in partnership.search_text


@pytest.mark.django_db
def test_indexing_twice_writes_nothing_the_second_time() -> None:
    partnership = factories.partnership(countries=["IT"], tags=["Pilot"], design="shared", delivery="shared")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        reindex(Partnership.objects.get(pk=partnership.pk))

    assert [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.django_db
def test_what_left_the_record_leaves_the_index() -> None:
    partnership = factories.partnership("Old name", countries=["IT"])
    partnership.countries, partnership.title = ["NO"], "New name"
    partnership.save()

    reindex(partnership)

    partnership.refresh_from_db()
    assert list(Facet.objects.values_list("facet", "value")) == [("country", "NO")]
    assert partnership.search_title == "new name"
    assert "old" not in partnership.search_text


@pytest.mark.django_db
def test_the_mark_moves_to_a_later_phase() -> None:
    partnership = factories.partnership(design="public", delivery="public")
    later = factories.add_phase(partnership, design="shared", delivery="shared")

    assert partnership.phases.current().get() == later


@pytest.mark.django_db
def test_a_planned_phase_is_never_marked() -> None:
    partnership = factories.partnership(phase={"planned": True})

    assert not partnership.phases.current().exists()


@pytest.mark.django_db
def test_the_mark_goes_when_the_only_phase_turns_into_a_plan() -> None:
    partnership = factories.partnership()
    partnership.phases.update(planned=True)

    reindex(partnership)

    assert not partnership.phases.current().exists()


@pytest.mark.django_db
def test_indexing_is_no_change_of_the_record() -> None:
    partnership = factories.partnership()
    before, history = partnership.updated_at, partnership.history.count()
    Partnership.objects.filter(pk=partnership.pk).update(search_text="", search_title="")

    reindex(Partnership.objects.get(pk=partnership.pk))

    partnership.refresh_from_db()
    assert (partnership.updated_at, partnership.history.count()) == (before, history)
    assert partnership.search_title


# ---- Years, moves and answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ([phase("undated", 1)], {}),
        ([phase("plan", 1, 2010, planned=True)], {}),
        ([phase("open", 1, 2010)], {1: (2010, ONGOING)}),
        ([phase("over", 1, 2010, ends=date(2012, 12, 31))], {1: (2010, 2012)}),
        ([phase("a", 1, 2010), phase("b", 2, 2013)], {1: (2010, 2012), 2: (2013, ONGOING)}),
        ([phase("a", 1, 2010, ends=date(2013, 6, 30)), phase("b", 2, 2013)], {1: (2010, 2012), 2: (2013, ONGOING)}),
        ([phase("a", 1, 2010, ends=date(2011, 6, 30)), phase("b", 2, 2013)], {1: (2010, 2011), 2: (2013, ONGOING)}),
        ([phase("late", 1, 2013), phase("early", 2, 2010)], {1: (2013, ONGOING), 2: (2010, 2012)}),
        ([phase("brief", 1, 2010), phase("next", 2, 2010)], {2: (2010, ONGOING)}),
        ([phase("dated", 1, 2010), phase("undated", 2)], {1: (2010, ONGOING)}),
    ],
)
def test_a_phase_stands_in_the_years_in_which_it_is_the_latest_dated_one(
    phases: list[Phase], expected: dict[int, tuple[int, int]]
) -> None:
    assert years(phases) == expected


@pytest.mark.django_db
def test_moves_are_rows_under_each_lens_with_and_without_inferred_positions() -> None:
    record = factories.partnership(design="public", delivery="public")
    factories.add_phase(record, design="shared", delivery="shared", **factories.INFERENCE)
    factories.add_phase(record, possible={6, 9})
    factories.add_phase(record, design="public", delivery="public", planned=True)

    rows = {row for row in record.facets.values_list("facet", "value") if row[0].startswith("move")}

    assert rows == {
        ("move", "1>6|9"), ("move", "6|9>1~"),
        ("move_inferred", "1>5"), ("move_inferred", "5>6|9"), ("move_inferred", "6|9>1~"),
    }  # fmt: skip


@pytest.mark.django_db
def test_who_does_what_comes_from_the_adopted_answers_about_the_current_phase() -> None:
    record = factories.partnership()
    stage = record.phases.get()
    given = factories.assessment(stage, method="guided", assessor=factories.user("researcher"))
    assert not record.facets.filter(facet__in=["does", "answered"]).exists()

    actions.adopt(phase=stage, claim=given, by=None)

    does = set(record.facets.filter(facet="does").values_list("value", flat=True))
    assert does == {
        "outcomes:public", "model:public", "detail:public", "signoff:public", "signoff:third_sector",
        "run:third_sector", "front:third_sector", "front:citizens",
    }  # fmt: skip
    answered = set(record.facets.filter(facet="answered").values_list("value", flat=True))
    assert answered == {"1", "outcomes", "model", "detail", "signoff", "run", "front"}


@pytest.mark.django_db
def test_everything_can_be_worked_out_anew(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    made = factories.a_register(12, seed=2)
    for record in made:  # one by one, as the actions do it
        record.facets.all().delete()
        record.phases.update(current=False, stands_from=None, stands_to=None)
        reindex(record)
    before = set(Facet.objects.values_list("partnership", "facet", "value"))
    marks = list(Phase.objects.order_by("pk").values_list("current", "stands_from", "stands_to"))
    Facet.objects.all().delete()
    Phase.objects.update(current=False, stands_from=None, stands_to=None)
    Partnership.objects.update(search_text="", search_title="")

    with django_assert_max_num_queries(15):
        assert reindex_all() == len(made)

    assert set(Facet.objects.values_list("partnership", "facet", "value")) == before
    assert list(Phase.objects.order_by("pk").values_list("current", "stands_from", "stands_to")) == marks
    assert list(violations()) == []
