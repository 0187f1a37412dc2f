"""What the objects of the answers hold."""

import pytest

from partnerships.models import Partnership
from partnerships.record import KEYS, to_record
from tests import factories
from tests.exchange.api.conftest import Ask

DERIVED = {"current", "cell", "model", "professional_cell"}


def test_a_partnership_is_its_complete_record_with_what_is_derived(ask: Ask, full: Partnership) -> None:
    answer = ask(f"partnerships/{full.slug}/")

    assert set(answer) == {*KEYS, "url", "api_url"}
    assert answer["url"] == f"https://matrix.example/partnerships/{full.slug}/"
    assert [{name: row[name] for name in DERIVED} for row in answer["phases"]] == [
        {"current": False, "cell": 5, "model": "full_co_production", "professional_cell": None},
        {"current": True, "cell": 4, "model": "co_management", "professional_cell": None},
        {"current": False, "cell": None, "model": "partial_co_production", "professional_cell": None},
    ]
    plain = {name: value for name, value in answer.items() if name not in ("url", "api_url")}
    plain["phases"] = [{name: value for name, value in row.items() if name not in DERIVED} for row in plain["phases"]]
    assert plain == to_record(full)


def test_the_list_holds_the_same_record(ask: Ask, full: Partnership) -> None:
    assert ask("partnerships/")["results"] == [ask(f"partnerships/{full.slug}/")]


def test_phases_and_assessments_stand_as_in_the_record(ask: Ask, full: Partnership) -> None:
    record = ask(f"partnerships/{full.slug}/")

    phases, assessments = ask("phases/")["results"], ask("assessments/")["results"]

    assert {row["partnership"]["partnership_id"] for row in phases + assessments} == {full.slug}
    assert [{k: v for k, v in row.items() if k != "partnership"} for row in phases] == record["phases"]
    plain = [{k: v for k, v in row.items() if k not in ("partnership", "result")} for row in assessments]
    assert plain == record["assessments"]
    assert assessments[0]["result"]["sector"]["cells"] == [7]


def test_organisations_and_sources_name_the_partnerships_behind_them(ask: Ask, full: Partnership) -> None:
    (leith,), (book,) = (
        [row for row in ask(path)["results"] if row["slug"] == slug]
        for path, slug in (("organisations/", "leith"), ("sources/", "grey-book"))
    )

    assert leith == ask("organisations/leith/")
    assert book == ask("sources/grey-book/")
    assert leith["partnerships"] == book["partnerships"] == [full.slug]
    assert (leith["page_url"], book["url"]) == ("https://matrix.example/organisations/leith/", "")


def test_labels_stand_behind_codes_on_request_only(ask: Ask, full: Partnership) -> None:
    plain, labelled = ask(f"partnerships/{full.slug}/"), ask(f"partnerships/{full.slug}/", labels="1")

    assert "vehicle_label" not in plain
    assert labelled["vehicle_label"] == "Social impact bond"
    assert labelled["countries_labels"] == ["Italy"]
    assert labelled["risk_label"] == ""
    assert labelled["partners"][0]["roles_labels"] == ["Pays"]
    assert labelled["phases"][1]["model_label"] == "Co-Management"
    assert labelled["statements"][0]["design_label"] == "Shared"
    assert labelled["case_study"]["lessons"][0]["theme_label"]
    assert ask("organisations/leith/", labels="1")["kind_label"] == "Public body"


def test_an_organisation_or_source_of_drafts_only_is_not_there(ask: Ask, full: Partnership) -> None:
    draft = factories.partnership("Draft", status="draft")
    hidden = factories.organisation("Hidden", slug="hidden")
    draft.partners.create(kind="public", name="Hidden", organisation=hidden)
    factories.statement(draft, source=factories.source("Hidden book", slug="hidden-book"))

    assert "hidden" not in {row["slug"] for row in ask("organisations/")["results"]}
    assert "hidden-book" not in {row["slug"] for row in ask("sources/")["results"]}
    with pytest.raises(AssertionError, match="404"):
        ask("organisations/hidden/")
    with pytest.raises(AssertionError, match="404"):
        ask("sources/hidden-book/")


@pytest.mark.django_db
def test_the_taxonomy_has_every_code_with_its_label(ask: Ask) -> None:
    theory = ask("taxonomy/")

    assert [row["cell"] for row in theory["cells"]] == list(range(1, 10))
    assert theory["cells"][4]["positions"]["professional"] == {"design": "shared", "delivery": "shared"}
    lists = theory["vocabularies"]
    assert {"code": "IT", "label": "Italy", "help": ""} in lists["COUNTRIES"]
    assert all(row["label"] for rows in lists.values() for row in rows)
    assert {"UNITS", "AREAS", "MODELS", "PARTY_KINDS", "CERTAINTIES", "LENSES", "SECTOR_LEVELS"} <= set(lists)


@pytest.mark.django_db
def test_the_root_lists_addresses_that_answer(ask: Ask) -> None:
    for row in ask("")["addresses"]:
        ask(row["url"].removeprefix("https://matrix.example/api/v1/"))
