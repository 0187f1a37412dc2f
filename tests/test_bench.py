"""The bench asks for pages that exist, and its report says what was measured."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from exchange import synthetic
from partnerships.models import Partnership
from tests import factories

HERE = Path(__file__).resolve().parents[1] / ".ci" / "benchmark"
NAMES = ("targets", "servers", "registers", "measuring", "report")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """Its modules, which stand in no package, and leave none of their names behind."""
    monkeypatch.syspath_prepend(str(HERE))
    yield {name: __import__(name) for name in NAMES}
    for name in NAMES:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, lambda: synthetic.generate(30, 1)):
        yield


@pytest.mark.django_db
def test_every_page_that_is_measured_answers(register: None, bench: dict[str, ModuleType], client: Client) -> None:
    targets = bench["targets"]
    case = Partnership.objects.get(slug__endswith=f"-synthetic-{targets.SEED}-1")
    for target in targets.PAGES:
        path = target.path.format(last=2, case=case.slug)
        assert client.get(path).status_code == 200, path


def test_the_words_it_searches_are_those_of_the_generator(bench: dict[str, ModuleType]) -> None:
    targets = bench["targets"]
    assert (targets.COMMON, targets.RARE) == (synthetic.COMMON_WORD, synthetic.RARE_WORD)


def asked(bench: dict[str, ModuleType], name: str, size: int, milliseconds: float, queries: int | None = None) -> Any:
    times = [milliseconds] * 20
    return bench["measuring"].Asked(
        name, f"sqlite-{size}", SimpleNamespace(), "/", queries, times, busy=10 * len(times), bytes=40_000
    )


def report_of(bench: dict[str, ModuleType], slow: float, queries: int, datasette: float) -> str:
    """The report of two registers whose matrix takes 20 ms and ``slow`` ms."""
    targets = bench["targets"]
    rows = []
    for size, matrix in ((1000, 20.0), (10_000, slow)):
        rows += [
            asked(bench, "matrix", size, matrix, queries),
            asked(bench, targets.FOUR_FACETS, size, matrix, queries),
            asked(bench, targets.STATIC, size, 0.5),
            asked(bench, targets.DATASETTE_PAGE, size, datasette),
            asked(bench, targets.DATASETTE_LEAN, size, datasette / 2),
        ]
    registers = [bench["registers"].Register("SQLite", size, "", HERE) for size in (1000, 10_000)]
    made = bench["report"].Report(registers, rows, rounds=4, datasette="1.0", load=0.1, missing=["charts: left out"])
    return bench["report"].write(made)


def test_the_report_says_what_holds(bench: dict[str, ModuleType]) -> None:
    text = report_of(bench, slow=50, queries=6, datasette=60)
    assert "| matrix | 6 | 40 | 20.0 | 20.0 | 10.0 | 50.0 | 50.0 | 10.0 | 100 | 2.5 |" in text
    assert "- Holds: matrix pages take at most 6 queries (they take 6)." in text
    assert "Holds: on SQLite no page is more than 3 times slower at 10,000 than at 1,000" in text
    assert "Holds: at 10,000 the matrix with four facets is not slower than Datasette's page" in text
    assert "- charts: left out" in text
    assert "Does not hold" not in text


def test_the_report_says_what_does_not_hold(bench: dict[str, ModuleType]) -> None:
    text = report_of(bench, slow=70, queries=7, datasette=60)
    assert "- Does not hold: matrix pages take at most 6 queries (they take 7)." in text
    assert "(the worst: matrix, 3.5 times; by CPU 1.0 times)" in text
    assert "Does not hold: at 10,000 the matrix with four facets is not slower" in text
    assert "- Holds: at 1,000 the matrix with four facets is not slower" in text
