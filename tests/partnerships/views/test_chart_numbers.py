"""Each number of a chart is that of the table under it and of the list behind it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoDbBlocker

from partnerships.pictures.drawing import Drawing
from partnerships.presenters.chart_counts import Counts
from partnerships.presenters.chart_parts import Cell, Chart
from partnerships.selection import select
from taxonomy.cells import MODELS
from tests import factories, library
from tests.partnerships.charted import mixed

pytestmark = pytest.mark.django_db
NAMES = ["by-year", "by-country", "by-area", "by-model", "by-task"]
QUERIES = [
    "",
    "inferred=1",
    "lens=professional",
    "country=IT&inferred=1",
    "country=IT&country=NO&model=full_co_production&model=co_management",
    "area=07.2&area=10",
    "cell=7&inferred=1",
    "unit=case&q=berg",
    "certainty=inferred&inferred=1",
    "year=2012&inferred=1",
    "year=2003&cell=6&certainty=assessed",
    "does=run:third_sector",
    "does=run:public&year=2014&country=IT",
]
# The library has no dates and no answers.
IN_THE_LIBRARY = [*QUERIES[:1], *QUERIES[2:6], "cell=5&inferred=1"]


@dataclass(frozen=True)
class Page:
    """The page of charts for some parameters."""

    query: str
    html: str
    charts: tuple[Chart, ...]


@pytest.fixture(scope="module", params=[(mixed, QUERIES), (library.load, IN_THE_LIBRARY)], ids=["mixed", "library"])
def pages(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[Page]]:
    """The charts of a register, of which there are some whatever is asked; each page is opened once for all tests."""
    build, queries = request.param
    listed.cache_clear()
    with factories.standing(django_db_blocker, build):
        with django_db_blocker.unblock():
            found = [look(query) for query in queries]
        yield found


def look(query: str) -> Page:
    response = Client().get(f"/charts/?{query}")
    charts = response.context["page"].charts
    assert sorted(chart.drawing.name for chart in charts) == sorted(NAMES)
    return Page(query, response.content.decode(), charts)


@cache
def listed(url: str) -> int:
    """How many a list has, as ``test_lists_hold_what_their_parameters_select`` found; asked once for a register."""
    path, _, query = url.partition("?")
    assert path == "/partnerships/"
    return select(QueryDict(query)).partnerships.count()


def number(cell: Cell) -> int:
    """The number in a table; a dash is for what nobody was asked."""
    return 0 if cell.text == "–" else int(cell.text)


def read(element: Element) -> dict[str, int]:
    """The numbers of a drawing by what it says about them."""
    return {
        part.findtext("{*}title").rpartition(": ")[0]: int(part.get("data-number"))
        for part in element.iter()
        if part.get("data-number")
    }


def shown(drawing: Drawing, html: str, suffix: str = "") -> Element:
    """The drawing as the page has it, read as XML."""
    place = html.index(f'aria-labelledby="{drawing.name}{suffix}-title')
    start, end = html.rindex("<svg", 0, place), html.index("</svg>", place) + len("</svg>")
    return fromstring(html[start:end].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def each_number_of_a_table_is_that_of_the_list_behind_it(page: Page) -> None:
    cells = [cell for chart in page.charts for row in chart.rows for cell in row.cells]

    assert any(cell.url for cell in cells)
    for cell in cells:
        assert number(cell) == (listed(cell.url) if cell.url else 0), cell


def each_part_of_a_picture_leads_to_as_many_as_its_label_says(page: Page) -> None:
    links = [link for chart in page.charts for drawing in (chart.drawing, chart.narrow) if drawing
             for link in drawing.links]  # fmt: skip

    assert links
    for link in links:
        assert int(re.search(r": (\d+) partnership", link.label)[1]) == listed(link.url) > 0
        assert min(link.width, link.height) >= 30


def pictures_show_the_numbers_of_their_tables(page: Page) -> None:
    seen = 0
    for chart in page.charts:
        numbers = [number(cell) for row in chart.rows for cell in row.cells]
        if chart.drawing.name == "by-year":  # the table begins with the latest, and a year without any has no column
            numbers = [number for number in reversed(numbers) if number]
        for suffix in ("", "-narrow") if chart.narrow else ("",):
            drawn = read(shown(chart.drawing, page.html, suffix))
            rest = {text: number for text, number in drawn.items() if text.endswith(" more countries")}
            own = [number for text, number in drawn.items() if text not in rest]
            seen += len(own)
            assert own == numbers[: len(own)]
            assert (len(own) == len(numbers)) is not bool(rest)
    assert seen


def files_show_the_numbers_of_the_page(page: Page) -> None:
    on_page = {chart.drawing.name: read(shown(chart.drawing, page.html)) for chart in page.charts}
    files = {name: Client().get(f"/pictures/{name}.svg?{page.query}").content for name in NAMES}

    assert {name: read(fromstring(file)) for name, file in files.items()} == on_page
    assert any(on_page.values())


def the_matrix_as_a_picture_says_what_the_page_says(page: Page) -> None:
    home = Client().get(f"/?{page.query}").context["page"]
    picture = fromstring(Client().get(f"/pictures/matrix.svg?{page.query}").content)
    boxes = [box for box in picture.iter() if box.get("data-cell")]

    cells = [cell for row in home.matrix.rows for cell in row.cells]
    assert len(cells) == 9
    assert [
        (int(box.get("data-cell")), int(box.get("data-number")), int(box.get("data-possible"))) for box in boxes
    ] == [(cell.number, cell.count, cell.possible) for cell in cells]
    for box, cell in zip(boxes, cells, strict=True):
        words = " ".join(text.text or "" for text in box.findall(".//{*}text"))
        assert (f" {cell.share}" in words) if cell.count else ("None recorded" in words)
        assert (f"+{cell.possible} possible" in words) is bool(cell.possible)


def whatever_stands_under_no_model_is_said_in_words(page: Page) -> None:
    selection = select(QueryDict(page.query))
    totals = Counts(selection).totals

    counted = selection.partnerships.counted()
    assert totals.total == counted.count()
    assert totals.unplaced >= 0
    assert totals.without_country == sum(not partnership.countries for partnership in counted)
    assert totals.without_area == sum(not partnership.service_areas for partnership in counted)
    assert set(totals.models) == {model.code for model in MODELS}


@pytest.mark.parametrize(
    "check",
    [
        each_number_of_a_table_is_that_of_the_list_behind_it,
        each_part_of_a_picture_leads_to_as_many_as_its_label_says,
        pictures_show_the_numbers_of_their_tables,
        files_show_the_numbers_of_the_page,
        the_matrix_as_a_picture_says_what_the_page_says,
        whatever_stands_under_no_model_is_said_in_words,
    ],
    ids=lambda check: check.__name__,
)
def test_numbers(pages: list[Page], check: Callable[[Page], None], subtests: pytest.Subtests) -> None:
    for page in pages:
        with subtests.test(query=page.query):
            check(page)


def test_what_is_never_counted_is_never_drawn(client: Client) -> None:
    factories.partnership(unit="class", countries=["IT"], design="shared", delivery="shared")

    assert client.get("/charts/?unit=class").context["page"].charts == ()
    for name in NAMES:
        assert not any(read(fromstring(client.get(f"/pictures/{name}.svg?unit=class").content)).values())
