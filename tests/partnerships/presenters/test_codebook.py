"""The codebook page says what the theory says."""

import pytest
from django.template.loader import render_to_string

from partnerships.presenters.codebook import CodebookPage, codebook_page
from taxonomy.codebook import CURRENT
from taxonomy.lenses import LENSES


@pytest.fixture(scope="module")
def page() -> CodebookPage:
    """The page of the version in use."""
    return codebook_page(CURRENT)


def test_the_version_and_its_date(page: CodebookPage) -> None:
    assert page.version == "1.0"
    assert page.date == f"{CURRENT.date.day} {CURRENT.date:%B %Y}"
    assert page.versions == ("1.0",)
    assert page.changes


@pytest.mark.parametrize("place", [0, 1])
def test_a_grid_is_printed_as_its_source_prints_it(page: CodebookPage, place: int) -> None:
    grid, lens = page.grids[place], list(LENSES.values())[place]

    assert grid.columns == tuple(level.design_header for level in lens.levels)
    assert [row.header for row in grid.rows] == [level.delivery_header for level in lens.levels]
    assert [(number, text) for row in grid.rows for number, text, _note in row.cells] == [
        (label.cell, label.text) for label in lens.labels
    ]
    assert [len(row.cells) for row in grid.rows] == [3, 3, 3]
    assert grid.citation == lens.citation


def test_odd_labels_have_a_note(page: CodebookPage) -> None:
    notes = {number: note for row in page.grids[1].rows for number, _text, note in row.cells if note}

    assert notes == {3: "repeats the row header", 6: "text cut off in source"}


def test_sides_of_a_lens_are_named_in_words(page: CodebookPage) -> None:
    first, second = page.grids[0].sides

    assert first == ("Public sector", "public bodies")
    assert second[0] == "Citizens or third sector"
    assert second[1].count(",") == 2


def test_every_cell_is_explained(page: CodebookPage) -> None:
    assert [number for number, _label, plain, _gloss in page.meanings if plain] == list(range(1, 10))


def test_deciding_questions_are_told_from_the_others(page: CodebookPage) -> None:
    assert [question.decides for question in page.design].count(True) == 4
    assert [question.decides for question in page.delivery].count(True) == 2
    assert all(question.text and question.help for question in (*page.design, *page.delivery))


def test_questions_that_decide_show_what_counts_and_what_does_not(page: CodebookPage) -> None:
    for question in (*page.design, *page.delivery):
        assert bool(question.counts) == bool(question.does_not_count) == question.decides
    assert page.design[3].counts == "A vote of residents that binds."
    assert page.design[3].does_not_count == "A vote that only advises."


def test_levels_have_short_words_and_their_help(page: CodebookPage) -> None:
    asked = page.levels[1]

    assert (asked.design, asked.delivery) == ("Told or asked", "Only uses it or helps now and then")
    assert asked.design_help == "Informed, surveyed, consulted or commented."
    assert asked.delivery_help == ""


def test_checklists_never_move_a_cell(page: CodebookPage) -> None:
    assert page.never_counted.endswith("They never move a cell.")
    assert [len(checklist.items) for checklist in page.checklists] == [6, 8, 6, 4]
    assert all(checklist.name and checklist.help and checklist.citation for checklist in page.checklists)


def test_the_page_shows_examples_helps_and_checklists(page: CodebookPage) -> None:
    html = render_to_string("codebook.html", {"page": page, "is_current": True})

    assert html.count("Does not count:") == 6
    assert "A vote that only advises." in html
    assert "Informed, surveyed, consulted or commented." in html
    assert "They never move a cell." in html
    assert "Partners met in design workshops" in html


def test_kinds_levels_and_rules_are_complete(page: CodebookPage) -> None:
    assert len(page.kinds) == 6
    assert len(page.levels) == 5
    assert [number for number, _title, _text in page.rules] == list(range(1, len(page.rules) + 1))
