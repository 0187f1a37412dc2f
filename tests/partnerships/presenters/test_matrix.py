"""The 3×3 matrix: what it counts where, and what stands in a cell."""

from collections import Counter

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from partnerships import actions
from partnerships.presenters.matrix import (
    CellView,
    Header,
    Link,
    Tally,
    Unplaced,
    cell_label,
    cell_name,
    first_titles,
    matrix,
    partly_placed,
    share,
    tally,
)
from partnerships.selection import Selection, select
from taxonomy.cells import cell
from taxonomy.lenses import PROFESSIONAL, SECTOR
from tests import factories


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


def cells_of(query: str = "") -> dict[int, CellView]:
    """The cells of the table by number."""
    selection = read(query)
    return {view.number: view for row in matrix(selection, tally(selection)).rows for view in row.cells}


# ---- What is counted where ---------------------------------------------------------------------


@pytest.mark.django_db
def test_each_partnership_is_counted_in_one_place() -> None:
    factories.partnership(design="shared", delivery="shared")
    factories.partnership(design="shared", delivery="shared", unit="programme")
    factories.partnership(design="public", delivery="public", phase=factories.INFERENCE)
    factories.partnership(design="shared")
    factories.partnership(possible={7, "nobody"})
    factories.partnership(possible={"outside"})
    factories.partnership(possible={"nobody"})
    factories.partnership()
    factories.partnership(design="shared", delivery="shared", phase={"planned": True})
    factories.partnership(design="shared", delivery="shared", unit="class")
    factories.partnership(unit="reference")
    factories.partnership(design="shared", delivery="shared", status="draft")

    found = tally(read())

    assert found == Tally(
        cells=Counter({5: 2}), possible=Counter({2: 1, 5: 1, 8: 1, 7: 1}), sets=2, outside=2, unplaced=1, inferred=1,
        planned_only=1, listed=Counter({"class": 1, "reference": 1}),
    )  # fmt: skip
    assert found.total == 11


@pytest.mark.django_db
def test_inferred_positions_are_counted_on_request() -> None:
    factories.partnership(design="public", delivery="public", phase=factories.INFERENCE)
    factories.partnership(possible={6, 9}, phase=factories.INFERENCE)
    factories.partnership(possible={"outside"}, phase=factories.INFERENCE)

    assert tally(read()) == Tally(inferred=3)
    assert tally(read("inferred=1")) == Tally(
        cells=Counter({1: 1}), possible=Counter({6: 1, 9: 1}), sets=1, outside=1, inferred_cells=1, inferred_sets=1
    )


@pytest.mark.django_db
def test_an_inference_on_the_other_lens_is_no_inference_here() -> None:
    factories.partnership(design="public", delivery="public", phase=factories.INFERENCE)

    assert tally(read("lens=professional")) == tally(read("lens=professional&inferred=1")) == Tally(unplaced=1)


@pytest.mark.django_db
def test_a_partnership_counts_once_at_its_current_phase() -> None:
    partnership = factories.partnership(design="public", delivery="public")
    factories.add_phase(partnership, design="shared", delivery="shared")

    assert tally(read()).cells == Counter({5: 1})


@pytest.mark.django_db
def test_counting_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    factories.a_register(5)
    selection = read("country=IT&cell=5&cell=partly")

    with django_assert_num_queries(1):
        tally(selection)


@pytest.mark.django_db
def test_an_empty_register_has_nothing_anywhere() -> None:
    assert tally(read()) == Tally()
    assert tally(read()).total == 0


# ---- The table ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_headers_of_the_sector_lens() -> None:
    table = matrix(read(), Tally())

    assert table.columns == (
        Header("public", "Public sector", "Designed by the public sector"),
        Header("shared", "Shared", "Designed by the public sector with citizens or the third sector"),
        Header("citizens_or_third_sector", "Citizens or third sector", "Designed by citizens or the third sector"),
    )
    assert [row.header.help for row in table.rows] == [
        "Delivered by the public sector",
        "Delivered by the public sector with citizens or the third sector",
        "Delivered by citizens or the third sector",
    ]
    assert [[view.number for view in row.cells] for row in table.rows] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


@pytest.mark.django_db
def test_headers_of_the_professional_lens() -> None:
    table = matrix(read("lens=professional"), Tally())

    assert [column.code for column in table.columns] == ["professionals", "shared", "users_or_community"]
    assert table.lens is PROFESSIONAL


@pytest.mark.django_db
def test_a_cell_in_full() -> None:
    for title in ("Perth", "Oslo", "Örebro", "Leith"):
        factories.partnership(title, design="shared", delivery="shared", countries=["NO"])
    factories.partnership("Elsewhere", design="public", delivery="public", countries=["NO"])
    factories.partnership("Set", design="shared", countries=["NO"])

    assert cells_of("country=NO")[5] == CellView(
        number=5,
        model="Full Co-Production",
        count=4,
        share="",
        tint=4,
        titles=(
            Link("Örebro", "/partnerships/orebro/"),
            Link("Oslo", "/partnerships/oslo/"),
            Link("Perth", "/partnerships/perth/"),
        ),
        more=1,
        possible=1,
        url="/cells/5/?country=NO",
        label="Cell 5, Full Co-Production: 4 partnerships, 1 more possible. Design: Shared. Delivery: Shared.",
    )


@pytest.mark.django_db
def test_an_empty_cell_in_full() -> None:
    assert cells_of("lens=professional")[3] == CellView(
        number=3,
        model="Professionals as sole service deliverers [repeats the row header]",
        count=0,
        share="",
        tint=0,
        titles=(),
        more=0,
        possible=0,
        url="/cells/3/?lens=professional",
        label="Cell 3, Professionals as sole service deliverers [repeats the row header]: 0 partnerships. "
        f"Design: {PROFESSIONAL.levels[2].name}. Delivery: {PROFESSIONAL.levels[0].name}.",
    )


@pytest.mark.django_db
def test_a_cell_names_those_longest_in_the_register_by_title() -> None:
    for title in ("perth", "Örebro", "Oslo", "Aberdeen"):
        factories.partnership(title, design="shared", delivery="shared")

    assert [link.text for link in first_titles(read(), [5, 6])[5]] == ["Örebro", "Oslo", "perth"]
    assert first_titles(read(), [6]) == first_titles(read(), []) == {}


@pytest.mark.django_db
def test_a_title_bears_a_word_of_caution_and_keeps_what_is_shown() -> None:
    for title, hedge in (("Hedged", "comes close to"), ("Plain", "")):
        record = factories.partnership(title)
        claim = factories.statement(record, cells={5}, hedge=hedge)
        actions.adopt(phase=record.phases.get(), claim=claim, by=None)
    factories.partnership("Guessed", design="shared", delivery="shared", phase=factories.INFERENCE)

    assert first_titles(read("inferred=1"), [5])[5] == (
        Link("Guessed", "/partnerships/guessed/?inferred=1", "inferred"),
        Link("Hedged", "/partnerships/hedged/?inferred=1", "closest fit"),
        Link("Plain", "/partnerships/plain/?inferred=1", ""),
    )
    assert [link.url for link in first_titles(read(), [5])[5]] == ["/partnerships/hedged/", "/partnerships/plain/"]


@pytest.mark.django_db
def test_a_cell_page_takes_all_the_filters_so_that_its_number_is_the_same() -> None:
    assert cells_of("cell=inferred&country=IT&inferred=1")[4].url == "/cells/4/?country=IT&cell=inferred&inferred=1"


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [(0, 10, ""), (1, 1, "100 %"), (1, 3, "33 %"), (2, 3, "67 %"), (1, 300, "under 1 %"), (0, 0, "")],
)
def test_a_share_is_never_nought_for_some(count: int, total: int, words: str) -> None:
    assert share(count, total) == words


@pytest.mark.django_db
@pytest.mark.parametrize(("counts", "tints"), [([8, 7, 4, 1], [4, 4, 2, 1]), ([1, 0, 0, 0], [4, 0, 0, 0])])
def test_four_steps_of_one_tint(counts: list[int], tints: list[int]) -> None:
    found = Tally(cells=Counter(dict(zip([1, 2, 3, 4], counts, strict=True))))
    table = matrix(read(), found)

    shown = [view.tint for row in table.rows for view in row.cells][:4]

    assert shown == tints


def test_a_cell_is_called_by_its_model_or_by_its_sources_own_label() -> None:
    assert cell_name(cell(2), SECTOR) == "Co-Governance"
    assert cell_name(cell(9), PROFESSIONAL) == "Self-organised community provision"


@pytest.mark.parametrize(
    ("count", "possible", "words"),
    [(0, 0, "0 partnerships"), (1, 0, "1 partnership"), (2, 1, "2 partnerships, 1 more possible")],
)
def test_the_accessible_name_of_a_cell(count: int, possible: int, words: str) -> None:
    assert cell_label(cell(4), "Co-Management", SECTOR, count, possible) == (
        f"Cell 4, Co-Management: {words}. Design: Public sector. Delivery: Shared."
    )


# ---- Sets below the table ----------------------------------------------------------------------


@pytest.mark.django_db
def test_sets_are_named_with_their_cells() -> None:
    factories.partnership("Welkom", possible={2, 8})
    factories.partnership("Connected Care", possible={6, 9})
    factories.partnership("Guessed", possible={6, 8}, phase=factories.INFERENCE)

    assert partly_placed(read(), tally(read())) == Unplaced(
        (
            Link("Connected Care", "/partnerships/connected-care/", "6 or 9"),
            Link("Welkom", "/partnerships/welkom/", "2 or 8"),
        ),
        0,
    )


@pytest.mark.django_db
def test_a_known_axis_is_read_as_on_the_case_page() -> None:
    factories.partnership("Open", design="public", possible={1, 4, 7, "outside", "nobody"})

    [link] = partly_placed(read(), tally(read())).links

    assert link.note == "1, 4 or 7"


@pytest.mark.django_db
def test_more_than_eight_sets_are_counted_rather_than_named() -> None:
    for number in range(10):
        factories.partnership(f"Set {number}", design="shared")

    found = partly_placed(read(), tally(read()))

    assert (len(found.links), found.more) == (8, 2)


@pytest.mark.django_db
def test_without_sets_nothing_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert partly_placed(read(), Tally()) == Unplaced((), 0)
