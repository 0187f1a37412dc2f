"""Lists and counts under filters: the same as on the pages."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from partnerships.models import Partnership
from partnerships.presenters.home import home_page
from partnerships.presenters.transitions import move_counts
from partnerships.selection import select_values
from tests import factories
from tests.exchange.api.conftest import Ask

pytestmark = pytest.mark.django_db
VALUES = {
    "country": ["IT", "NO"], "nation": ["Wales"], "area": ["07", "10", "03.4"], "unit": ["case", "programme", "class"],
    "kind": ["public", "citizens"], "model": ["co_governance", "partial_co_production"],
    "cell": ["1", "5", "9", "partly", "outside", "none", "planned", "inferred"], "level": ["support"],
    "certainty": ["assessed", "inferred"], "confirmed": ["2024", "never"], "year": ["2001", "2004", "2014"],
    "stage": ["design"], "q": ["berg", "1"], "effect": ["additive"],
}  # fmt: skip


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Partnership]]:
    with factories.standing(django_db_blocker, lambda: factories.a_register(60, seed=5)) as made:
        yield made


def some_filters(number: int) -> list[dict[str, Any]]:
    chance = random.Random(3)  # noqa: S311  nobody guards anything with it
    found: list[dict[str, Any]] = [{}]
    while len(found) < number:
        names = chance.sample(sorted(VALUES), chance.choice([1, 1, 2, 3]))
        view = chance.choice([{}, {"inferred": ["1"]}, {"lens": ["professional"]}])
        found.append({**{name: chance.sample(VALUES[name], 1) for name in names}, **view})
    return found


def test_lists_and_counts_agree_with_the_pages_under_fifty_filters(
    register: list[Partnership], client: Client, ask: Ask
) -> None:
    totals = set()
    for parameters in some_filters(50):
        selection = select_values({name: tuple(value) for name, value in parameters.items()})
        page = client.get("/partnerships/", parameters)
        listed, matrix = ask("partnerships/", **parameters, page_size="200"), ask("matrix/", **parameters)
        home = home_page(selection)

        assert listed["count"] == len(listed["results"]) == page.context["count"] == matrix["total"] == home.total
        cells = [cell for row in home.matrix.rows for cell in row.cells]
        assert [(row["count"], row["possible"]) for row in matrix["cells"]] == [(c.count, c.possible) for c in cells]
        assert (matrix["placed"], matrix["partly_placed"]) == (home.matrix.placed, home.matrix.possible)
        moves = {(one.move.notation, one.number) for one in move_counts(selection)}
        assert {(row["move"], row["count"]) for row in ask("transitions/", **parameters)["moves"]} == moves
        totals.add(listed["count"])
    assert len(totals) > 5  # or the filters told nothing apart


def test_the_groups_of_the_matrix_are_all_that_is_selected(register: list[Partnership], ask: Ask) -> None:
    for parameters in ({}, {"inferred": "1"}, {"lens": "professional"}, {"year": "2004"}):
        found = ask("matrix/", **parameters)

        names = ("placed", "partly_placed", "outside", "not_placed", "inferred_only", "planned_only")
        assert sum(found[name] for name in names) + sum(found["listed"].values()) == found["total"]
        assert sum(row["count"] for row in found["cells"]) == found["placed"]


@pytest.mark.parametrize("path", ["partnerships/", "phases/"])
@pytest.mark.parametrize("parameters", [{}, {"sort": "newest"}, {"q": "b"}, {"year": "2004"}])
def test_pages_hold_every_row_once(
    register: list[Partnership], ask: Ask, path: str, parameters: dict[str, str]
) -> None:
    whole = ask(path, **parameters, page_size="200")

    assert walk(ask, path, parameters, "3") == whole["results"]
    assert whole["next"] is None


def walk(ask: Ask, path: str, parameters: dict[str, str], size: str) -> list[Any]:
    page = ask(path, **parameters, page_size=size)
    found = page["results"]
    while page["next"]:
        assert len(page["results"]) == int(size)
        page = ask(page["next"].removeprefix("https://matrix.example/api/v1/"))
        found += page["results"]
    return found


def test_pages_are_in_the_order_of_the_list(register: list[Partnership], client: Client, ask: Ask) -> None:
    for parameters in ({}, {"sort": "newest"}, {"q": "b"}):
        slugs = [row["partnership_id"] for row in ask("partnerships/", **parameters, page_size="25")["results"]]
        page = client.get("/partnerships/", parameters).content.decode()

        linked = dict.fromkeys(re.findall(r'href="/partnerships/([a-z0-9-]+)/', page))
        assert slugs == [slug for slug in linked if slug != "new"]
