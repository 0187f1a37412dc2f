"""Moves counted: the tables hold what one finds by walking through the phases, and every list behind a number."""

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.index import in_time, stages
from partnerships.models import Partnership
from partnerships.presenters.transitions import (
    CellTable,
    MoveCount,
    SetRow,
    cell_table,
    concerned,
    doubt,
    headline,
    label,
    move_counts,
    path,
    set_rows,
)
from partnerships.selection import Selection, select
from taxonomy.lenses import LENSES
from taxonomy.trajectories import moves, read_move
from tests import factories
from tests.partnerships.moving import cell, moving, since


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


def numbers(query: str = "") -> dict[str, int]:
    return {one.move.notation: one.number for one in move_counts(read(query))}


def in_tables(table: CellTable | None, sets: tuple[SetRow, ...]) -> int:
    """The sum of all numbers in both tables, planned ones included."""
    single = table.total + table.planned if table else 0
    return single + sum(row.actual.count + row.planned.count for row in sets)


# ---- Against a walk through the phases ---------------------------------------------------------------------------

POSITIONS = st.sampled_from(
    [cell(n) for n in range(1, 10)]
    + [{"possible": {4, 7}}, {"possible": {2, 8}}, {"design": "shared"}, {}, {"possible": {"outside"}}]
)
PHASES = st.lists(
    st.tuples(POSITIONS, st.booleans(), st.booleans(), st.one_of(st.none(), st.integers(1990, 2030))),
    min_size=1,
    max_size=4,
)


class Walking(TestCase):
    """Tables against phases, for registers that nobody thought of."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(PHASES, min_size=1, max_size=5))
    def test_the_tables_count_what_a_walk_through_the_phases_finds(self, register: list) -> None:
        for number, steps in enumerate(register):
            first, *rest = [as_phase(*step) for step in steps]
            moving(f"Record {number}", first, *rest)

        for query in ("", "inferred=1"):
            selection = read(query)
            found = move_counts(selection)
            walked = walk(selection)
            assert sum(one.number for one in found) == len(walked)
            assert in_tables(cell_table(found, selection), set_rows(found, selection)) == len(walked)
            assert {one.move.notation for one in found} == {notation for _key, notation in walked}


def as_phase(position: dict, planned: bool, inferred: bool, year: int | None) -> dict:
    fields = {**position, "planned": planned}
    if inferred and position:
        fields |= factories.INFERENCE
    return fields | (since(year) if year else {})


def walk(selection: Selection) -> set[tuple[int, str]]:
    """Each partnership with each of its moves, by walking through its phases."""
    return {
        (partnership.pk, move.notation)
        for partnership in Partnership.objects.all()
        for move in moves(stages(in_time(partnership.phases.all()), selection.lens, inferred=selection.inferred))
    }


# ---- Numbers and their lists --------------------------------------------------------------------------------------


@pytest.fixture
def register(db: None) -> None:
    moving("Garden", cell(7), cell(8), cell(5), countries=["GB"])
    moving("Library", cell(7), cell(8), countries=["IT"], service_areas=["08.2"])
    moving("Pool", cell(7), {**cell(8), "planned": True}, countries=["IT"])
    moving("Desk", {"possible": {4, 7}}, cell(5), countries=["IT"])
    moving("Narrowed", {"design": "shared"}, cell(5))
    moving("Guessed", cell(1), {**cell(2), **factories.INFERENCE})
    moving("Hidden", cell(7), cell(8), status="draft")
    moving("Kind", cell(3), cell(6), unit="class")


@pytest.mark.usefixtures("register")
def test_moves_are_counted_by_partnership_the_most_frequent_first() -> None:
    assert list(numbers().items())[:2] == [("7>8", 2), ("2|5|8>5", 1)]
    assert numbers()["7>8~"] == 1
    assert numbers()["4|7>5"] == 1
    assert "1>2" not in numbers()
    assert numbers("inferred=1")["1>2"] == 1
    assert numbers("country=IT") == {"7>8": 1, "7>8~": 1, "4|7>5": 1}
    assert numbers("lens=professional") == {}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    "query", ["", "country=IT", "inferred=1", "q=library", "year=2010", "moved=8>5", "sort=newest"]
)
def test_every_number_equals_the_list_behind_it(client: Client, query: str) -> None:
    selection = read(query)
    found = move_counts(selection)
    table, sets = cell_table(found, selection), set_rows(found, selection)

    both = [number for row in sets for number in (row.actual, row.planned)]
    if table:
        both += [number for row in table.rows for c in row.crossings for number in (c.actual, c.planned)]
    linked = [number for number in both if number.url]
    assert linked
    for number in linked:
        assert client.get(number.url).context["count"] == number.count, number
    assert all(number.count == 0 for number in both if not number.url)


@pytest.mark.usefixtures("register")
def test_the_table_has_nine_rows_and_columns_with_sums() -> None:
    selection = read()
    table = cell_table(move_counts(selection), selection)

    assert [number for number, _name in table.columns] == list(range(1, 10))
    assert table.columns[4][1] == "Full Co-Production"
    assert [len(row.crossings) for row in table.rows] == [9] * 9
    crossing = table.rows[6].crossings[7]
    assert (crossing.actual.count, crossing.actual.url) == (2, "/partnerships/?moved=7%3E8")
    assert (crossing.planned.count, crossing.planned.url) == (1, "/partnerships/?moved=7%3E8~")
    assert crossing.actual.label == "2 partnerships, from 7 to 8"
    assert crossing.planned.label == "1 partnership plans it, from 7 to 8"
    assert [row.number for row in table.rows if row.crossings[row.number - 1].same] == list(range(1, 10))
    assert (table.rows[6].total, table.totals[7], table.planned) == (2, 2, 1)
    assert sum(table.totals) == sum(row.total for row in table.rows) == table.total


@pytest.mark.usefixtures("register")
def test_moves_of_sets_say_where_they_may_be_none() -> None:
    selection = read()
    rows = set_rows(move_counts(selection), selection)

    assert [(row.before, row.after, row.doubtful, row.actual.count, row.planned.count) for row in rows] == [
        ("2, 5 or 8", "5", True, 1, 0),
        ("4 or 7", "5", False, 1, 0),
    ]


@pytest.mark.django_db
def test_a_move_of_a_set_that_was_made_and_planned_is_one_row() -> None:
    moving("Desk", {"possible": {4, 7}}, cell(5))
    moving("Plan", {"possible": {4, 7}}, {**cell(5), "planned": True})
    selection = read()

    (row,) = set_rows(move_counts(selection), selection)

    assert (row.actual.count, row.planned.count) == (1, 1)
    assert cell_table(move_counts(selection), selection) is None


@pytest.mark.django_db
def test_who_went_the_same_way_twice_counts_once() -> None:
    moving("Swing", *(cell(number) for number in (7, 8, 7, 8)))

    assert numbers() == {"7>8": 1, "8>7": 1}


@pytest.mark.usefixtures("register")
def test_the_page_is_about_who_moved_and_whose_movement_is_described() -> None:
    italy = factories.partnership("Italy", unit="country_pattern", countries=["IT"])
    factories.statement(italy, kind="movement", from_cells={4, 7}, to_cells={5})
    factories.partnership("Still", design="shared", delivery="shared")

    assert set(concerned(read("country=IT")).values_list("title", flat=True)) == {"Library", "Pool", "Desk", "Italy"}
    assert concerned(read("country=IT&year=1999&moved=1>9")).count() == 4
    assert concerned(read("lens=professional")).count() == 0


# ---- In words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("7>8", ("From 7 to 8", "from 7 to 8", "")),
        ("4|7>5~", ("Planned: from 4 or 7 to 5", "from 4 or 7 to 5", "")),
        (
            "2|5|8>5",
            ("From 2, 5 or 8 to 5", "from 2, 5 or 8 to 5", "may not have moved: 5 is possible before and after"),
        ),
    ],
)
def test_moves_in_words(notation: str, words: tuple[str, str, str]) -> None:
    move = read_move(notation)

    assert (headline(move), path(move), doubt(move)) == words


def test_numbers_in_words() -> None:
    assert label(MoveCount(read_move("7>8"), 1)) == "1 partnership, from 7 to 8"
    assert label(MoveCount(read_move("7>8~"), 3)) == "3 partnerships plan it, from 7 to 8"


@pytest.mark.django_db
def test_each_lens_has_moves_of_its_own() -> None:
    lens = LENSES["professional"]
    place = [factories.position(*cell(number, lens).values(), lens=lens) for number in (1, 5)]
    moving("Clinic", {**place[0], "certainty": "assessed"}, {**place[1], "certainty": "assessed"})

    assert numbers("lens=professional") == {"1>5": 1}
    assert numbers() == {}
