"""A cell page: what the cell means in both lenses, its neighbours, and what may stand there."""

import pytest
from django.http import QueryDict

from partnerships.filters import Selection, select
from partnerships.presenters.cell import cell_page, others_in, perhaps
from taxonomy.cells import CELLS
from taxonomy.lenses import PROFESSIONAL
from tests import factories


def read(query: str = "") -> Selection:
    return select(QueryDict(query))


def test_what_the_middle_cell_means() -> None:
    page = cell_page(5, read())

    assert (page.number, page.name, page.namesakes) == (5, "Full Co-Production", "")
    assert page.design == "Designed by the public sector with citizens or the third sector"
    assert page.delivery == "Delivered by the public sector with citizens or the third sector"
    assert page.gloss == "Every party has a part in planning and in delivery."
    assert [(meaning.lens, meaning.label) for meaning in page.meanings] == [
        ("By sector", "Full Co-Production"),
        (PROFESSIONAL.name, "Full co-production"),
    ]
    assert all(meaning.citation and meaning.plain for meaning in page.meanings)
    assert [[cell.state for cell in row] for row in page.mini.rows] == [["", "", ""], ["", "here", ""], ["", "", ""]]


@pytest.mark.parametrize(("number", "namesakes"), [(2, "8"), (4, "7"), (3, "6 and 9"), (1, ""), (5, "")])
def test_cells_that_bear_the_same_label_are_named(number: int, namesakes: str) -> None:
    assert cell_page(number, read()).namesakes == namesakes


def test_under_the_professional_lens_the_name_is_the_sources_own() -> None:
    page = cell_page(6, read("lens=professional"))

    assert page.name == "User/community delivery of services with little formal/ professional [text cut off in source]"
    assert (page.gloss, page.namesakes) == ("", "")
    assert page.meanings[1].note == "text cut off in source"


@pytest.mark.parametrize("lens", ["sector", "professional"])
@pytest.mark.parametrize("number", range(1, 10))
def test_every_cell_has_a_page_with_its_neighbours(number: int, lens: str) -> None:
    page = cell_page(number, read(f"lens={lens}"))

    assert page.plain.endswith(".")
    assert 2 <= len(page.neighbours) <= 4
    assert all(link.note for link in page.neighbours)


def test_one_can_walk_through_the_cells_in_both_directions() -> None:
    pages = [cell_page(cell.number, read()) for cell in CELLS]

    assert [page.previous.url if page.previous else "" for page in pages] == [
        "", *(f"/cells/{number}/" for number in range(1, 9)),
    ]  # fmt: skip
    assert [page.next.url if page.next else "" for page in pages] == [
        *(f"/cells/{number}/" for number in range(2, 10)), "",
    ]  # fmt: skip


def test_links_keep_the_selection() -> None:
    page = cell_page(5, read("country=IT&lens=professional"))

    assert page.matrix_url == "/?country=IT&lens=professional"
    assert page.next.url == "/cells/6/?country=IT&lens=professional"
    assert all(link.url.endswith("?country=IT&lens=professional") for link in page.neighbours)


@pytest.mark.django_db
def test_sets_with_the_cell_in_them_may_be_here() -> None:
    factories.partnership("column", design="shared")
    factories.partnership("pair", possible={6, 9})
    factories.partnership("settled", design="shared", delivery="shared")
    factories.partnership("guessed", possible={5, 8}, phase=factories.INFERENCE)

    assert [card.title for card in perhaps(5, read())] == ["column"]
    assert [(card.title, card.inferred) for card in perhaps(5, read("inferred=1"))] == [
        ("column", False),
        ("guessed", True),
    ]


@pytest.mark.django_db
def test_what_a_source_places_here_without_being_counted_is_named_with_its_caution() -> None:
    bonds = factories.partnership("Bonds", unit="class")
    claim = factories.statement(bonds, cells={8}, kind="hedged", hedge="comes close to")
    phase = bonds.phases.get()
    phase.adopted_statement, phase.certainty = claim, "source_stated"
    for name, value in factories.position("shared", "citizens_or_third_sector").items():
        setattr(phase, name, value)
    phase.save()
    factories.partnership("Contract", unit="vehicle", design="shared", delivery="citizens_or_third_sector")
    factories.partnership("Counted", design="shared", delivery="citizens_or_third_sector")

    assert [(link.text, link.url, link.note) for link in others_in(8, read())] == [
        ("Bonds", "/partnerships/bonds/", "Type of scheme; the source says “comes close to”"),
        ("Contract", "/partnerships/contract/", "Way of buying, funding or planning"),
    ]
    assert others_in(5, read()) == ()


@pytest.mark.django_db
def test_drafts_are_not_named_on_a_cell_page() -> None:
    factories.partnership("hidden", status="draft", possible={5, 8})
    factories.partnership("hidden class", status="submitted", unit="class", design="shared", delivery="shared")

    assert perhaps(5, read()) == ()
    assert others_in(5, read()) == ()
