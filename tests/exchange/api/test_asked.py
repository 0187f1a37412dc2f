"""What requests may ask for: pages that hold together, and what is refused."""

import pytest
from django.test import Client

from partnerships.filters import FILTERS
from partnerships.models import Partnership
from tests import factories
from tests.exchange.api.conftest import Ask, problem

pytestmark = pytest.mark.django_db


def test_what_comes_or_goes_between_two_pages_shifts_nothing(ask: Ask) -> None:
    for title in ("B", "D", "F", "H"):
        factories.partnership(title)
    first = ask("partnerships/", page_size="2")

    factories.partnership("A")
    factories.partnership("G")
    Partnership.objects.filter(title="D").update(status="withdrawn")
    second = ask(first["next"].removeprefix("https://matrix.example/api/v1/"))

    assert [row["title"] for row in first["results"]] == ["B", "D"]
    assert [row["title"] for row in second["results"]] == ["F", "G"]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"country": "XX"}, {"country"}),
        ({"year": "next", "cell": "10"}, {"year", "cell"}),
        ({"page_size": "0"}, {"page_size"}),
        ({"page_size": "201"}, {"page_size"}),
        ({"page_size": "٣"}, {"page_size"}),
        ({"labels": "yes", "country": "XX"}, {"labels", "country"}),
        ({"cursor": "made-up"}, {"cursor"}),
        ({"q": "x\x00"}, {"q"}),
    ],
)
def test_what_cannot_be_read_is_named_with_a_sentence(
    client: Client, parameters: dict[str, str], names: set[str]
) -> None:
    found = problem(client.get("/api/v1/partnerships/", parameters), 400)

    assert set(found["errors"]) == names
    assert all(text.endswith(".") for texts in found["errors"].values() for text in texts)


def test_a_cursor_belongs_to_its_own_list_and_order(client: Client, ask: Ask) -> None:
    for title in ("A", "B"):
        factories.partnership(title)
    cursor = ask("partnerships/", page_size="1")["next"].split("cursor=")[1]

    for path in (
        f"phases/?cursor={cursor}",
        f"partnerships/?sort=newest&cursor={cursor}",
        f"sources/?cursor={cursor}x",
    ):
        assert problem(client.get(f"/api/v1/{path}"), 400)["errors"].keys() == {"cursor"}


@pytest.mark.parametrize(
    "name", ["status", "status__in", "owner__password__startswith", "id__gt", "fields", "order_by", "format", ""]
)
def test_attack_48_names_that_are_no_filters_are_refused(client: Client, name: str) -> None:
    for path in ("", "schema/", "taxonomy/", "partnerships/", "organisations/", "matrix/"):
        found = problem(client.get(f"/api/v1/{path}", {name: "draft"}), 400)
        assert found["errors"].keys() == {name}


@pytest.mark.parametrize(
    ("path", "typed", "near"),
    [
        ("partnerships/", "contry", "country"),
        ("matrix/", "Country", "country"),
        ("sources/", "pagesize", "page_size"),
        ("partnerships/none/", "label", "labels"),
        ("matrix/", "xyzzy", None),
    ],
)
def test_a_name_that_is_misspelt_is_told_with_the_nearest(
    client: Client, path: str, typed: str, near: str | None
) -> None:
    [text] = problem(client.get(f"/api/v1/{path}", {typed: "GB"}), 400)["errors"][typed]

    assert text.startswith(f"“{typed}” is no parameter of this address")
    assert (f"“{near}”" in text) if near else ("If you mean" not in text)


def test_pages_stay_lenient_and_their_addresses_work_here(client: Client, ask: Ask) -> None:
    factories.partnership("A", countries=["GB"])

    assert client.get("/partnerships/", {"contry": "GB"}).status_code == 200
    assert client.get("/data/partnerships.csv", {"contry": "GB"}).status_code == 200
    for path in ("partnerships/", "matrix/"):
        assert ask(path, country="GB", facets="country", sort="newest", page="2", lens="sector", inferred="1")


def test_strange_names_without_end_make_a_short_answer(client: Client) -> None:
    query = "&".join(f"{'x' * 100}{number}=1" for number in range(100))
    assert len(client.get(f"/api/v1/matrix/?{query}").content) < 5000


@pytest.mark.parametrize("name", [*FILTERS, "lens", "sort", "cursor", "page_size", "labels"])
@pytest.mark.parametrize(
    "value", ["' OR 1=1--", "1;DROP", "%27", "%_\\", 'NEAR("*', "(" * 300, "a" * 5000, "\ud7ff\x01"]
)
def test_attacks_47_to_53_whatever_is_typed_is_a_value_or_a_mistake(client: Client, name: str, value: str) -> None:
    for path in ("partnerships/", "matrix/"):
        assert client.get(f"/api/v1/{path}", {name: value}).status_code in (200, 400)


def test_attack_82_too_much_is_refused(client: Client) -> None:
    for query in ("country=IT&" * 6000, "&".join(f"nation={n}" for n in range(100)), "page_size=1000000", "year=99999"):
        problem(client.get(f"/api/v1/partnerships/?{query}"), 400)
