"""The page of moves: what it says, draws and lists."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from partnerships.pictures.drawing import BRAND, LIGHT_BRAND
from partnerships.pictures.moves import MovesView, PanelsView
from partnerships.presenters.behind import behind
from partnerships.presenters.trajectories import TrajectoriesPage, drawing, filter_column, trajectories_page
from partnerships.presenters.transitions import move_counts
from partnerships.querysets import TEXTS
from partnerships.selection import Selection, select
from tests import factories
from tests.partnerships.moving import cell, moving, since

pytestmark = pytest.mark.django_db


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


def page(query: str = "") -> TrajectoriesPage:
    return trajectories_page(read(query))


def italy(**fields: object) -> None:
    record = factories.partnership("Italy", unit="country_pattern", countries=["IT"])
    paper = factories.source("Grey Book", slug=f"grey-{record.pk}")
    factories.statement(
        record, source=paper, place="p. 3", kind="movement", **{"from_cells": {4, 7}, "to_cells": {5}, **fields}
    )


def some() -> None:
    moving("Garden", {**cell(7), **since(2008)}, {**cell(8), **since(2012)}, countries=["GB"])
    moving("Library", cell(7), cell(8), countries=["IT"])
    moving("Pool", cell(7), {**cell(8), "planned": True}, countries=["IT"])
    moving("Desk", {"possible": {4, 7}}, cell(5))
    moving("Narrowed", {"design": "shared"}, cell(5))


# ---- In words ------------------------------------------------------------------------------------------------------


def test_an_empty_register_says_so_and_draws_nothing() -> None:
    empty = page()

    assert empty.heading == "No partnership moved"
    assert "A move needs two phases" in empty.why_none
    assert (empty.drawing, empty.table, empty.sets, empty.behind, empty.cited) == (None, None, (), (), ())


def test_with_movements_of_the_literature_alone_these_are_drawn() -> None:
    italy()
    found = page()

    assert found.heading == "No partnership moved. Sources describe movements of 1"
    assert found.drawing.title == "Movements between cells, from the literature"
    assert isinstance(found.drawing.view, PanelsView)
    assert [(each.movement.path, each.source.text, each.place) for each in found.cited] == [
        ("from 4 or 7 to 5", "Grey Book", "p. 3")
    ]
    # The file says where it is from, the page has its list.
    assert drawing(read()).notes == ("What sources describe, not counted. From: Grey Book, p. 3.",)
    assert found.drawing.notes == ()


def test_where_nothing_is_certain_the_heading_says_so_and_the_literature_is_drawn() -> None:
    moving("Narrowed", {"design": "shared"}, cell(5))
    italy()
    found = page()

    assert found.heading == "No partnership moved, 1 may have moved. Sources describe movements of 1 more"
    assert found.summary == "In all: 1 that may be none, since a cell is possible before and after."
    assert found.cited_drawn
    assert isinstance(found.drawing.view, PanelsView)
    assert found.drawing.notes == (
        "What sources describe, not counted. From: Grey Book, p. 3.",
        "Not drawn: 1 move that may be none, since a cell is possible before and after.",
    )


def test_what_was_counted_is_said_in_full() -> None:
    some()
    italy()
    found = page()

    assert found.heading == (
        "3 partnerships moved, 1 plans to, 1 may have moved. Sources describe movements of 1 more"
    )  # fmt: skip
    assert found.summary == (
        "In all: 2 moves from one cell to another, 1 from or to a set of cells, 1 planned, "
        "1 that may be none, since a cell is possible before and after."
    )
    assert found.why_none == ""
    assert isinstance(found.drawing.view, MovesView)


def test_inferred_moves_are_hinted_at_and_shown_on_request() -> None:
    moving("Guessed", cell(1), {**cell(2), **factories.INFERENCE})

    assert "With inferred positions shown there would be some." in page().why_none
    assert page("inferred=1").heading == "1 partnership moved"
    assert page("inferred=1").table.total == 1


def test_moves_that_rest_on_inferred_positions_are_marked() -> None:
    some()
    moving("Guessed", cell(7), {**cell(8), **factories.INFERENCE})
    moving("Guessed too", cell(1), {**cell(2), **factories.INFERENCE})
    moving("Guessed set", cell(1), {"possible": {6, 9}, **factories.INFERENCE})
    moving("Guessed plan", cell(3), {**cell(6), "planned": True, **factories.INFERENCE})
    found = page("inferred=1")

    note = "Of 9 moves, 4 rest on inferred positions."
    assert note in found.summary
    assert note in found.drawing.notes
    crossing = found.table.rows[6].crossings[7].actual
    assert (crossing.count, crossing.inferred) == (3, 1)
    assert crossing.label == "3 partnerships, 1 of them inferred, from 7 to 8"
    assert found.table.rows[0].crossings[1].actual.label == "1 partnership, inferred, from 1 to 2"
    assert [(row.before, row.after, row.actual.inferred) for row in found.sets if row.actual.inferred] == [
        ("1", "6 or 9", 1)
    ]
    first = found.behind[0]
    assert [(link.text, link.inferred) for link in first.links] == [
        ("Garden", False), ("Guessed", True), ("Library", False),
    ]  # fmt: skip


def test_arrows_of_inferred_moves_alone_are_dotted_and_lighter() -> None:
    moving("Sure", cell(7), cell(8))
    moving("Guessed", cell(7), {**cell(8), **factories.INFERENCE})
    moving("Guessed too", cell(1), {**cell(2), **factories.INFERENCE})
    moving("Guessed plan", cell(3), {**cell(6), "planned": True, **factories.INFERENCE})
    view = drawing(read("inferred=1")).view

    assert {move.arrow.flow.title: (move.stroke.dash, move.stroke.colour) for move in view.moves} == {
        "2 partnerships, 1 of them inferred, from 7 to 8": ("", BRAND),
        "1 partnership, inferred, from 1 to 2": ("3.5 4.5", LIGHT_BRAND),
        "1 partnership plans it, inferred, from 3 to 6": ("10 6.5", LIGHT_BRAND),
    }
    assert [key.text for key in view.keys] == ["1", "2", "inferred only", "planned, inferred only"]


def test_nothing_is_called_inferred_where_nothing_is() -> None:
    some()
    firm, all_ = page(), page("inferred=1")

    assert (all_.heading, all_.summary, all_.table.inferred) == (firm.heading, firm.summary, 0)


def test_a_move_with_an_open_end_is_counted_among_those_not_drawn() -> None:
    moving("Garden", cell(7), cell(8))
    moving("Open", {"possible": {7, "nobody"}}, cell(5))
    found = drawing(read())

    assert len(found.view.moves) == 1
    assert found.notes == (
        "Drawn: 1 of 2 different moves, the most frequent first.",
        "Not drawn: 1 move that may begin or end outside of the matrix or with nobody.",
    )
    assert page().heading == "2 partnerships moved"


def test_a_plan_that_may_be_none_has_not_happened() -> None:
    moving("Narrowed", {"design": "shared"}, {**cell(5), "planned": True})

    assert page().heading == "No partnership moved, 1 may have moved or may yet"


@pytest.mark.parametrize("query", ["", "country=IT", "country=GB", "q=garden", "area=07", "lens=professional"])
def test_the_filters_count_what_the_heading_says(query: str) -> None:
    some()
    italy()
    italy(lens="professional")
    open_now = [facet for facet in filter_column(read(query)).facets if facet.options and facet.name not in query]
    for option in (option for facet in open_now for option in facet.options):
        opened = page(option.url.removeprefix("?"))
        assert sum(int(word) for word in opened.heading.split() if word.isdigit()) == option.count, option.url


def test_there_is_no_filter_by_year_and_the_page_says_so() -> None:
    some()
    found = page("year=2010&moved=1>2")

    assert found.heading == "3 partnerships moved, 1 plans to, 1 may have moved"
    assert "the year 2010 is left aside" in found.ignored
    assert "All moves are shown" in found.ignored
    assert found.drawing.notes[0] == found.ignored
    assert all("year=" not in crossing.actual.url for row in found.table.rows for crossing in row.crossings)
    assert "year" not in {facet.name for facet in filter_column(read("facets=year")).facets}


# ---- Drawing -------------------------------------------------------------------------------------------------------


def drawn(query: str = "") -> dict[tuple[tuple[int, ...], tuple[int, ...], bool], str]:
    view = drawing(read(query)).view
    return {
        (tuple(sorted(flow.before)), tuple(sorted(flow.after)), flow.planned): flow.text
        for flow in (move.arrow.flow for move in view.moves)
    }


def test_numbers_beside_arrows_are_those_of_the_table() -> None:
    some()

    assert drawn() == {((7,), (8,), False): "2", ((7,), (8,), True): "1", ((4, 7), (5,), False): "1"}
    assert drawing(read()).notes[-1] == "Not drawn: 1 move that may be none, since a cell is possible before and after."


def test_numbers_beside_arrows_lead_to_their_lists(client: object) -> None:
    some()
    found = page()

    assert len(found.drawing.links) == 3
    assert found.narrow.links == ()
    for link in found.drawing.links:
        count = client.get(link.url).context["count"]
        assert f"{count} partnership" in link.label
        assert min(link.width, link.height) >= 24


def test_the_most_frequent_moves_are_drawn_and_the_rest_is_counted() -> None:
    pairs = [(a, b) for a in range(1, 10) for b in range(1, 10) if abs(a - b) in (1, 3)][:16]
    for place, (a, b) in enumerate(pairs):
        for copy in range(2 if place < 5 else 1):
            moving(f"{a} {b} {copy}", cell(a), cell(b))
    found = drawing(read())

    arrows = len(found.view.moves)
    assert arrows <= 12
    assert found.notes == (f"Drawn: {arrows} of 16 different moves, the most frequent first.",)
    assert sum(move.arrow.flow.text == "2" for move in found.view.moves) == 5


def test_widths_and_dashes_are_explained_as_far_as_they_occur() -> None:
    some()
    keys = [(key.text, key.stroke.dash if key.stroke else None) for key in drawing(read()).view.keys]

    assert keys == [("1", ""), ("2", ""), ("planned", "9 6"), ("one of these cells", None)]


def test_a_small_drawing_shows_the_same_at_half_the_size() -> None:
    some()
    found = page()

    assert found.narrow.width * 2 == found.drawing.width
    assert [move.arrow for move in found.narrow.view.moves] == [move.arrow for move in found.drawing.view.moves]
    assert not any(card.name for card in found.narrow.view.cards)


def test_nothing_at_all_is_a_picture_with_words() -> None:
    assert drawing(read()).template == "pictures/_nothing.svg"
    moving("Narrowed", {"design": "shared"}, cell(5))
    assert drawing(read()).template == "pictures/_nothing.svg"


@pytest.mark.parametrize("sets", [({"outside"}, {5}), ({5}, {"nobody"}), ({5}, {5}), ({2, 5}, {5})])
def test_odd_movements_of_the_literature_break_nothing(sets: tuple[set, set]) -> None:
    italy(from_cells=sets[0], to_cells=sets[1])

    assert page().heading == "No partnership moved. Sources describe movements of 1"
    assert drawing(read()).height > 0


# ---- Behind each move ----------------------------------------------------------------------------------------------


def test_behind_each_move_stand_titles_with_the_dates_of_their_phases() -> None:
    some()
    first = page().behind[0]

    assert (first.title, first.who, first.more.url) == ("From 7 to 8", "2 partnerships", "/partnerships/?moved=7%3E8")
    assert [(link.text, link.url, link.note) for link in first.links] == [
        ("Garden", "/partnerships/garden/", "Phase 1 (from 2008), then Phase 2 (from 2012)"),
        ("Library", "/partnerships/library/", "Phase 1, then Phase 2"),
    ]


def test_titles_behind_moves_are_fetched_without_their_texts() -> None:
    some()

    with CaptureQueriesContext(connection) as queries:
        assert behind(move_counts(read()), read())[0].links

    assert not [name for name in TEXTS if f'partnership"."{name}"' in " ".join(query["sql"] for query in queries)]


def test_ten_titles_stand_behind_a_move_and_a_link_to_all() -> None:
    for number in range(12):
        moving(f"Record {number:02}", cell(7), cell(8))
    (move,) = page().behind

    assert [link.text for link in move.links] == [f"Record {number:02}" for number in range(10)]
    assert move.more.text == "The list of all 12"


def test_drafts_stand_behind_no_move() -> None:
    moving("Hidden", cell(7), cell(8), status="draft")
    italy()
    moving("Seen", cell(7), cell(8))

    assert [link.text for move in page().behind for link in move.links] == ["Seen"]
    assert page().table.total == 1
