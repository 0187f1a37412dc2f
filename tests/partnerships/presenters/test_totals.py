"""Whatever stands in the register, the matrix loses nothing and counts nothing twice."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict
from pytest_django import DjangoDbBlocker

from partnerships.models import Partnership
from partnerships.presenters.matrix import matrix, tally
from partnerships.presenters.small_numbers import few
from partnerships.selection import Selection, select
from taxonomy.lenses import LENSES
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_mixed_register")]
EACH_VIEW = pytest.mark.parametrize(
    "query", [f"lens={lens}{inferred}" for lens in LENSES for inferred in ("", "&inferred=1")]
)


def read(query: str) -> Selection:
    return select(QueryDict(query))


@pytest.fixture(scope="module")
def _mixed_register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, lambda: factories.a_register(40, seed=7)):
        yield


@EACH_VIEW
def test_the_totals_add_up_to_all_that_is_published(query: str) -> None:
    selection = read(query)
    found = tally(selection)
    table = matrix(selection, found)

    assert found.total == Partnership.objects.published().count()
    assert sum(view.count for row in table.rows for view in row.cells) == table.placed == sum(found.cells.values())
    assert table.possible == found.sets


@EACH_VIEW
@pytest.mark.parametrize("narrowed", ["country=IT", "area=07", "unit=case", "q=berg", "cell=partly", "cell=none"])
def test_the_totals_add_up_within_a_filter(query: str, narrowed: str) -> None:
    selection = read(f"{query}&{narrowed}")

    assert tally(selection).total == selection.partnerships.count()


@EACH_VIEW
def test_titles_and_the_rest_make_the_count(query: str) -> None:
    selection = read(query)
    table = matrix(selection, tally(selection))
    for view in [view for row in table.rows for view in row.cells]:
        assert len(view.titles) + view.more == view.count
        assert len(view.titles) == min(view.count, 3)
        assert bool(view.tint) == bool(view.count)
        assert bool(view.share) == (view.count > 0 and not few(table.placed))


@EACH_VIEW
def test_two_countries_apart_make_both_together(query: str) -> None:
    apart = [tally(read(f"{query}&country={code}")).total for code in ("IT", "NO")]
    either = tally(read(f"{query}&country=IT&country=NO")).total
    both = Partnership.objects.published().with_facet("country", ["IT"]).with_facet("country", ["NO"]).count()

    assert sum(apart) - both == either
