"""The description, held against the answers; and the page made of it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from exchange.api.coded import OBJECTS
from partnerships.filters import FILTERS
from partnerships.models import Partnership
from tests.exchange.api.conftest import Ask

pytestmark = pytest.mark.django_db
ANSWERS = {
    "root": "", "partnerships": "partnerships/", "partnership": "partnerships/brescia/", "phases": "phases/",
    "assessments": "assessments/", "organisations": "organisations/", "organisation": "organisations/leith/",
    "sources": "sources/", "source": "sources/grey-book/", "matrix": "matrix/", "transitions": "transitions/",
    "taxonomy": "taxonomy/",
}  # fmt: skip


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    return json.loads(client.get("/api/v1/schema/").content)


def operations(described: dict[str, Any]) -> dict[str, Any]:
    return {row["get"]["operationId"]: row["get"] for row in described["paths"].values()}


def faults(described: dict[str, Any], schema: dict[str, Any], answer: Any) -> list[str]:
    whole = {"components": described["components"], **schema}
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(whole).iter_errors(answer)]


def test_it_is_openapi_3_1_of_every_address(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert operations(described).keys() == ANSWERS.keys()
    assert all(set(row) == {"get"} for row in described["paths"].values())
    text = json.dumps(described)
    used = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert used == used & described["components"]["schemas"].keys()


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("labels", [{}, {"labels": "1"}])
def test_every_answer_is_as_described(
    described: dict[str, Any], ask: Ask, full: Partnership, name: str, labels: dict[str, str]
) -> None:
    operation = operations(described)[name]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    takes = {row["name"] for row in operation.get("parameters", ())}

    asked = {parameter: value for parameter, value in labels.items() if parameter in takes}
    assert faults(described, schema, ask(ANSWERS[name], **asked)) == []


def test_every_address_takes_the_parameters_that_are_described_and_no_others(
    described: dict[str, Any], client: Client, full: Partnership
) -> None:
    for name, operation in operations(described).items():
        path = f"/api/v1/{ANSWERS[name]}"
        for row in operation.get("parameters", ()):
            if row["in"] == "query":
                assert client.get(path, {row["name"]: ""}).status_code == 200, (name, row["name"])
        assert client.get(path, {"nothing-of-ours": ""}).status_code == 400
        assert "400" in operation["responses"]


def test_the_description_tells_answers_from_others(described: dict[str, Any], ask: Ask, full: Partnership) -> None:
    answer = ask("partnerships/brescia/")
    schema = operations(described)["partnership"]["responses"]["200"]["content"]["application/json"]["schema"]

    assert faults(described, schema, {**answer, "unit": "nonsense"})
    assert faults(described, schema, {**answer, "e_mail": "x"})
    assert faults(described, schema, {name: value for name, value in answer.items() if name != "title"})


def test_examples_are_as_described(described: dict[str, Any]) -> None:
    shown = 0
    for operation in operations(described).values():
        for response in operation["responses"].values():
            for content in response.get("content", {}).values():
                if "example" in content:
                    assert faults(described, content["schema"], content["example"]) == []
                    shown += 1
    assert shown > 30


def test_problems_are_as_described(described: dict[str, Any], client: Client) -> None:
    responses = operations(described)["partnerships"]["responses"]
    assert {"200", "304", "400", "414", "429"} == responses.keys()
    schema = responses["400"]["content"]["application/problem+json"]["schema"]

    assert faults(described, schema, client.get("/api/v1/partnerships/?country=XX").json()) == []


def test_every_filter_is_described_with_its_codes(described: dict[str, Any]) -> None:
    lists = described["components"]["schemas"]
    for name in ("partnerships", "phases", "assessments", "matrix", "transitions"):
        parameters = {row["name"]: row for row in operations(described)[name]["parameters"]}

        assert {*FILTERS, "lens", "inferred"} <= parameters.keys()
        assert all(row["description"] for row in parameters.values())
    codes = lists[parameters["country"]["schema"]["items"]["$ref"].rsplit("/", 1)[1]]["enum"]
    assert "IT" in codes
    assert parameters["year"]["schema"]["minimum"] == 1800


def test_the_page_says_what_the_description_says(client: Client, described: dict[str, Any]) -> None:
    page = client.get("/api/v1/docs/").content.decode()

    for path in described["paths"]:
        assert f"<code>{path}</code>" in page
    for name in (*FILTERS, "labels", "page_size", "cursor", *OBJECTS):
        assert re.search(rf">{name}</", page), name
    for anchor in ("parameters", "not-found", "method", "too-many"):
        assert f'id="{anchor}"' in page
