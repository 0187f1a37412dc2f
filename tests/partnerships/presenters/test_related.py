"""Records near to another: by which rule, with the reason in words, published only."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from partnerships.models import Partnership
from partnerships.models.partnership import DRAFT, SUBMITTED, WITHDRAWN
from partnerships.presenters import related as module
from partnerships.presenters.case import CasePage, case_page, case_queryset
from partnerships.presenters.related import Related
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(partnership: Partnership, *, inferred: bool = False) -> CasePage:
    return case_page(case_queryset().get(pk=partnership.pk), inferred=inferred)


def near(partnership: Partnership, *, inferred: bool = False) -> dict[str, tuple[str, ...]]:
    return {row.title: row.shared for row in page_of(partnership, inferred=inferred).related}


def bollate(**fields: Any) -> Partnership:
    given = {"countries": ["IT"], "service_areas": ["03.4"], "design": "shared", "delivery": "shared", **fields}
    return factories.partnership("Bollate", **given)


def partner(partnership: Partnership, name: str, kind: str = "third_sector", at: Organisation | None = None) -> None:
    partnership.partners.create(kind=kind, name=name, organisation=at)
    factories.reindex(partnership)


def test_the_reason_names_everything_that_is_shared() -> None:
    here = bollate()
    brescia = factories.partnership(
        "Brescia", countries=["IT", "NO"], service_areas=["03.4", "07"], design="shared", delivery="shared"
    )
    for record in (here, brescia):
        partner(record, "Cooperativa Aurora")

    assert page_of(here).related == (
        Related(
            slug="brescia",
            title="Brescia",
            url="/partnerships/brescia/",
            unit="Case",
            tag="5 · Full Co-Production",
            open=False,
            inferred=False,
            shared=("cell 5", "Prisons and work with offenders", "Italy", "partner: Cooperativa Aurora"),
        ),
    )


def test_a_partner_counts_more_than_the_place_an_area_more_than_the_country() -> None:
    here = bollate()
    partner(here, "Cooperativa Aurora")
    shared_place = factories.partnership("Place", countries=["IT"], design="shared", delivery="shared")  # 3 + 1
    factories.partnership("Group", service_areas=["03.4"])  # 3
    factories.partnership("Division", service_areas=["03.1"])  # 2
    factories.partnership("Country", countries=["IT"])  # 1
    shared_partner = factories.partnership("Partner", countries=["IT"])  # 4 + 1
    partner(shared_partner, "Cooperativa Aurora")

    assert list(near(here)) == ["Partner", "Place", "Group", "Division", "Country"]
    assert near(here)["Division"] == ("Public order and safety",)
    assert near(here)[shared_place.title] == ("cell 5", "Italy")


def test_five_at_most_and_none_that_shares_only_the_cell() -> None:
    here = bollate()
    for number in range(7):
        factories.partnership(f"Italian {number}", countries=["IT"])
    factories.partnership("Same cell", design="shared", delivery="shared")

    assert list(near(here)) == [f"Italian {number}" for number in range(5)]


def test_who_stands_in_the_same_cell_comes_first_among_many_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 8)
    here = bollate()
    for number in range(7):
        factories.partnership(f"Italian {number}", countries=["IT"])
    factories.partnership("Zenica", countries=["IT"], design="shared", delivery="shared")

    assert next(iter(near(here))) == "Zenica"


@pytest.mark.parametrize("status", [DRAFT, SUBMITTED, WITHDRAWN])
def test_what_is_not_public_is_near_to_nothing(status: str) -> None:
    here = bollate()
    factories.partnership("Hidden", status=status, countries=["IT"], service_areas=["03.4"])

    assert near(here) == {}


def test_hidden_records_push_nothing_public_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 2)
    here = bollate()
    for _ in range(4):
        factories.partnership(status=DRAFT, countries=["IT"], service_areas=["03.4"])
    factories.partnership("Public", countries=["IT"])

    assert list(near(here)) == ["Public"]


def test_its_parts_and_its_whole_stand_elsewhere_on_the_page() -> None:
    whole = factories.partnership("Whole", countries=["IT"])
    here = bollate(part_of=whole)
    factories.partnership("Part", part_of=here, countries=["IT"])
    factories.partnership("Beside", part_of=whole, countries=["IT"])

    page = page_of(here)

    assert [row.title for row in page.related] == ["Beside"]
    assert [link.text for group in page.sites.groups for link in group.links] == ["Part"]


def test_a_sort_of_partner_is_no_shared_partner() -> None:
    here = bollate(countries=[], service_areas=[])
    other = factories.partnership("Other")
    for record in (here, other):
        partner(record, "Local councils", "public")
        partner(record, "Anna Rossi", "citizens")

    assert near(here) == {}


def test_an_organisation_of_the_register_is_the_same_under_another_name() -> None:
    leith = factories.organisation("Leith Council")
    here = bollate(countries=[])
    other = factories.partnership("Other")
    partner(here, "The council", "public", leith)
    partner(other, "Housing department", "public", leith)

    assert near(here) == {"Other": ("partner: The council",)}


def test_an_inferred_place_is_shared_only_when_it_is_shown() -> None:
    here = bollate()
    factories.partnership("Guess", countries=["IT"], design="shared", delivery="shared", phase=factories.INFERENCE)

    assert near(here) == {"Guess": ("Italy",)}
    assert near(here, inferred=True) == {"Guess": ("cell 5", "Italy")}
    (row,) = page_of(here, inferred=True).related
    assert (row.tag, row.inferred, row.url) == ("5 · Full Co-Production", True, "/partnerships/guess/?inferred=1")


def test_the_same_set_of_possible_cells_is_a_place_too() -> None:
    here = bollate(design="", delivery="", possible={6, 9})
    factories.partnership("Other", countries=["IT"], possible={6, 9})

    assert near(here)["Other"] == ("possibly 6 or 9", "Italy")


def test_listed_records_say_what_they_are() -> None:
    here = bollate()
    factories.partnership("Social bonds", unit="vehicle", countries=["IT"])

    assert [(row.title, row.unit) for row in page_of(here).related] == [
        ("Social bonds", "Way of buying, funding or planning")
    ]


def test_the_database_adds_up_what_the_page_adds_up() -> None:
    """The first of the candidates is the nearest one by ``nearness`` too, whatever is shared but the place."""
    leith = factories.organisation("Leith Council")
    here = bollate(countries=["IT", "NO"], service_areas=["03.4", "07"], design="", delivery="")
    partner(here, "Leith", "public", leith)
    for number in range(24):
        record = factories.partnership(
            f"Record {number:02}",
            countries=[[], ["IT"], ["IT", "NO"]][number % 3],
            service_areas=[[], ["03.4"], ["07.2"], ["03.1", "07"]][number % 4],
        )
        if number % 2:
            partner(record, "Leith", "public", leith)
    read = case_queryset().get(pk=here.pk)
    own = module.traits(read, None, inferred=False)

    keys = list(module.candidates(read, own))
    rows = {row.pk: row for row in module._standing([key["partnership"] for key in keys], own)}
    points = [module.nearness(rows[key["partnership"]], module.LensPosition(), own) for key in keys]

    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 4


def test_one_query_finds_parts_and_neighbours() -> None:
    here = case_queryset().get(pk=bollate().pk)
    factories.partnership("Part", part_of=here)
    factories.partnership("Other", countries=["IT"])
    here = case_queryset().get(pk=here.pk)

    with CaptureQueriesContext(connection) as queries:
        parts, related = module.neighbours(here, None, inferred=False)

    assert ([part.title for part in parts], [row.title for row in related]) == (["Part"], ["Other"])
    assert len(queries) == 1


def test_the_page_shows_them_with_the_way_to_a_comparison(client: Client) -> None:
    here = bollate()
    factories.partnership("Brescia", countries=["IT"], design="shared", delivery="shared")

    html = client.get(here.get_absolute_url()).content.decode()

    assert "Related records" in html
    assert "cell 5 · Italy" in html
    assert 'href="/compare/?p=bollate"' in html
    assert (
        'href="/compare/?p=bollate&amp;inferred=1"' in client.get("/partnerships/bollate/?inferred=1").content.decode()
    )
