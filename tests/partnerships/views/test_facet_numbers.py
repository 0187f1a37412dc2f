"""The number of an option is the number of what its link leads to: every option of every filter is walked.

On a mixed register, and on the bundled library as a visitor finds it.
"""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from partnerships.presenters.facets import FACETS, Option
from tests import factories, library, numbers

# One register stands for all tests of a parameter: what a number is, is asked once.
listed, drawn_in = cache(numbers.listed), cache(numbers.drawn_in)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_register")]
REGISTERS: dict[str, Callable[[], object]] = {
    "mixed": lambda: factories.a_register(30, seed=3),
    "library": library.load,
}
EACH_CHOICE = pytest.mark.parametrize(
    "query",
    [
        "",
        "inferred=1",
        "lens=professional&inferred=1",
        "country=IT&inferred=1",
        "unit=case&q=b",
        "year=2012&inferred=1",
        # Several filters in use at a time, some with several values.
        "country=NO&area=10&cell=5&cell=partly&unit=case",
    ],
)


@pytest.fixture(scope="module", params=REGISTERS)
def _register(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    for ask in (listed, drawn_in):
        ask.cache_clear()
    with factories.standing(django_db_blocker, REGISTERS[request.param]):
        yield


@EACH_CHOICE
def test_each_option_beside_the_matrix_leads_to_as_many_as_it_says(client: Client, query: str) -> None:
    options = offered(client, f"/?{query}")
    assert options or not drawn_in(query)
    for option in options:
        before = drawn_in(query) if option.more else 0
        assert before + option.count == drawn_in(option.url.removeprefix("?")), option


@EACH_CHOICE
def test_each_option_beside_the_list_leads_to_as_many_as_it_says(client: Client, query: str) -> None:
    options = offered(client, f"/partnerships/?{query}")
    assert options or not listed(f"?{query}")
    for option in options:
        assert (listed(f"?{query}") if option.more else 0) + option.count == listed(option.url), option


def offered(client: Client, address: str) -> list[Option]:
    """The options of every filter, each opened, that would set a value and say how many that leaves or adds."""
    everything = "".join(f"&facets={name}" for name in FACETS)
    facets = client.get(f"{address}{everything}").context["filters"].facets
    assert len(facets) == len(FACETS)
    return [
        option
        for facet in facets
        for parent in (*facet.options, *facet.more)
        for option in (parent, *parent.parts)
        if not option.on and option.count is not None
    ]
