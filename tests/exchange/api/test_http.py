"""How the API answers: tags, other sites, methods, problems, limits."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils.http import http_date

from accounts.roles import Role
from exchange.api.docs import limit
from exchange.models import Import
from exchange.models.imports import APPLIED
from partnerships.models import Partnership
from tests import factories
from tests.exchange.api.conftest import Ask, problem

pytestmark = pytest.mark.django_db
LISTS = ["partnerships", "phases", "assessments", "organisations", "matrix", "transitions"]
ALL = ["root", "schema", "taxonomy", "sources", *LISTS]
EACH = pytest.mark.parametrize("name", ALL)


def address(name: str) -> str:
    return reverse(f"api-{name}")


def later(seconds: int) -> time_machine.travel:
    return time_machine.travel(time.time() + seconds, tick=False)


def since(client: Client, name: str, when: str) -> int:
    """The status of the answer for a reader who has that of this time."""
    return client.get(address(name), headers={"If-Modified-Since": when}).status_code


@EACH
def test_an_answer_is_json_that_no_browser_takes_for_a_page(client: Client, full: Partnership, name: str) -> None:
    response = client.get(address(name), headers={"Accept": "text/html"})

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert isinstance(json.loads(response.content), dict)


@EACH
def test_a_reader_who_has_the_answer_gets_304(client: Client, full: Partnership, name: str) -> None:
    first = client.get(address(name))

    again = client.get(address(name), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.get(address(name), headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_answers_about_the_register_say_when_it_last_changed(client: Client, full: Partnership, name: str) -> None:
    with later(2):
        first = client.get(address(name))

        assert since(client, name, first["Last-Modified"]) == 304
        assert since(client, name, "Mon, 01 Jan 2001 00:00:00 GMT") == 200
        # A reader's own clock proves nothing: what comes now may have been on its way then.
        assert since(client, name, http_date(time.time())) == 200


@pytest.mark.parametrize("name", LISTS)
def test_two_changes_in_one_second_are_never_taken_for_one(client: Client, full: Partnership, name: str) -> None:
    with time_machine.travel("2031-01-01 12:00:00.1Z", tick=False):
        full.save()
        assert "Last-Modified" not in client.get(address(name))
        assert since(client, name, "Wed, 01 Jan 2031 12:00:00 GMT") == 200
    with time_machine.travel("2031-01-01 12:00:00.8Z", tick=False):
        full.save()
        assert since(client, name, "Wed, 01 Jan 2031 12:00:00 GMT") == 200
    with time_machine.travel("2031-01-01 12:00:01Z", tick=False):
        told = client.get(address(name))["Last-Modified"]
        assert (told, since(client, name, told)) == ("Wed, 01 Jan 2031 12:00:00 GMT", 304)


@pytest.mark.parametrize("gone", ["partnership", "source"])
def test_what_is_deleted_is_a_change_and_never_turns_the_time_back(
    client: Client, full: Partnership, gone: str
) -> None:
    newest = factories.partnership("Newest")
    unused = factories.source("Unused")
    with time_machine.travel("2031-01-01 12:00:00Z", tick=False):
        newest.save()
    with time_machine.travel("2031-01-01 13:00:00Z", tick=False):
        before = client.get(address("partnerships"))
        assert since(client, "partnerships", before["Last-Modified"]) == 304
        {"partnership": newest, "source": unused}[gone].delete()
    with time_machine.travel("2031-01-01 14:00:00Z", tick=False):
        after = client.get(address("partnerships"), headers={"If-Modified-Since": before["Last-Modified"]})

    assert (after.status_code, after["Last-Modified"]) == (200, "Wed, 01 Jan 2031 13:00:00 GMT")


def test_an_import_that_took_long_is_a_change_when_it_was_done_and_undone(client: Client, full: Partnership) -> None:
    for number, field in enumerate(("applied_at", "undone_at"), start=1):
        at = datetime(2031, 1, number, 12, tzinfo=UTC)
        Import.objects.create(own_only=False, state=APPLIED, form="csv", **{field: at})
        # What officers bring in is not public yet.
        Import.objects.create(own_only=True, state=APPLIED, form="csv", **{field: at + timedelta(days=9)})
        with time_machine.travel(at + timedelta(days=20)):
            assert client.get(address("matrix"))["Last-Modified"] == http_date(at.timestamp())


def test_no_time_tells_of_sources(client: Client, full: Partnership) -> None:
    """One that nobody used is public until a draft uses it."""
    for path in (address("sources"), f"{address('sources')}grey-book/"):
        assert "Last-Modified" not in client.get(path)
        assert client.get(path, headers={"If-Modified-Since": http_date(time.time() + 9)}).status_code == 200


@EACH
def test_attack_26_a_draft_changes_no_public_answer(client: Client, full: Partnership, name: str) -> None:
    draft = factories.partnership("Draft", status="draft", design="shared", delivery="shared")
    workspace = factories.partnership("Brescia", status="draft", revises=full)
    with later(9):
        before = client.get(address(name))

    for record in (draft, workspace):
        record.title = "Another title"
        record.save()
        factories.statement(record, kind="movement", from_cells={1}, to_cells={5}, source=factories.source())
        factories.assessment(record.phases.get())
    factories.assessment(full.phases.first(), submitted=False, assessor=factories.user())
    with later(9):
        after = client.get(address(name))

    assert [after.get(header) for header in ("ETag", "Last-Modified", "Cache-Control", "Vary")] == [
        before.get(header) for header in ("ETag", "Last-Modified", "Cache-Control", "Vary")
    ]


def test_what_is_withdrawn_is_gone_and_changes_the_tag(client: Client, full: Partnership) -> None:
    factories.partnership("Other")
    before = client.get(address("partnerships"))

    Partnership.objects.filter(pk=full.pk).update(status="withdrawn")

    after = client.get(address("partnerships"), headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "must" not in after["Cache-Control"]
    assert "no-cache" in after["Cache-Control"]
    assert client.get(f"/api/v1/partnerships/{full.slug}/").status_code == 404


@EACH
def test_attack_27_a_curator_gets_what_everybody_gets(client: Client, full: Partnership, name: str) -> None:
    factories.partnership("Draft", status="draft", design="shared", delivery="shared")
    anybody = client.get(address(name))
    client.force_login(factories.user(Role.CURATOR))

    curator = client.get(address(name))

    assert curator.content == anybody.content
    assert "Cookie" not in curator.get("Vary", "")
    assert "no-store" not in curator["Cache-Control"]
    assert not curator.cookies


@EACH
def test_head_and_options(client: Client, full: Partnership, name: str) -> None:
    head, options = client.head(address(name)), client.options(address(name))

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == client.get(address(name))["ETag"]
    assert (options.status_code, options.content, options["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


@EACH
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(client: Client, name: str, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.generic(method, address(name), "{}", headers={"X-HTTP-Method-Override": "GET"})

    problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["nothing/", "partnerships/none/", "sources/none/", "partnerships/a/b/", "a%0Ab/", "%00/"]
)
def test_what_is_not_there_is_a_problem_too(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}")

    assert problem(response, 404)["type"] == "https://matrix.example/api/v1/docs/#not-found"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_draft_is_as_unknown_as_what_was_never_there(client: Client) -> None:
    factories.partnership("Draft", status="draft", slug="draft-of-b")

    assert client.get("/api/v1/partnerships/draft-of-b/").content == client.get("/api/v1/partnerships/none/").content


def test_faults_of_the_site_and_forged_hosts_are_problems(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    problem(client.get("/api/v1/matrix/", headers={"Host": "evil.example"}), 400)
    client.raise_request_exception = False
    monkeypatch.setattr("exchange.api.views_counts.matrix_counts", lambda selection: 1 / 0)

    assert "division" not in problem(client.get("/api/v1/matrix/"), 500)["detail"]


# ---- Other sites -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/", "/api/v1/matrix/", "/api/v1/matrix", "/data/partnerships.csv", "/data/dictionary.csv",
        "/data/cite.bib", "/partnerships/brescia/cite.json", "/feeds/partnerships.atom", "/data/releases/1/nothing.csv",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("full")
def test_scripts_of_other_sites_may_read(client: Client, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://other.example"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/api/v1/matrix/", "/data/partnerships.json"])
def test_a_browser_that_asks_beforehand_is_told_what_it_may_do(client: Client, path: str) -> None:
    headers = {"Origin": "https://other.example", "Access-Control-Request-Method": "DELETE"}
    response = client.options(path, headers=headers)

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" not in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "path",
    [
        "/", "/data/", "/my/", "/api/v1/docs/", "/accounts/sign-in/", "/admin/", "/api/v2/", "/my/partnerships.csv",
        "/data/releases/", "/data/releases/1/", "/data/releases/1/partnerships/brescia/", "/data/imports/",
        "/partnerships/brescia/",
    ],
)  # fmt: skip
def test_nothing_else_is_open_to_other_sites(client: Client, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://other.example"})

    assert "Access-Control-Allow-Origin" not in response


# ---- How often -----------------------------------------------------------------------------------------------------


def test_attack_84_too_many_requests_are_told_when_to_go_on(client: Client, settings: LazySettings) -> None:
    settings.API_RATE = "3/minute"
    for _ in range(3):
        assert client.get("/api/v1/").status_code == 200

    response = client.get("/api/v1/matrix/")

    assert problem(response, 429)["type"].endswith("#too-many")
    assert 0 < int(response["Retry-After"]) <= 60
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/").status_code == 200


def test_attack_44_a_forged_address_does_not_begin_anew(client: Client, settings: LazySettings) -> None:
    settings.API_RATE = "1/minute"
    answers = [client.get("/api/v1/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]

    assert answers == [200, 429, 429]


def test_the_limit_in_words() -> None:
    assert limit("120/minute") == "120 requests in a minute"
    assert limit("") == ""
    example = Path(__file__).resolve().parents[3] / ".env.example"
    assert "#API_RATE=120/minute" in example.read_text()


def test_the_last_change_counts_claims_sources_and_organisations(ask: Ask, full: Partnership) -> None:
    from exchange.api.changes import last_public_change

    before = last_public_change()
    for row in (full.statements.first().source, full.partners.get().organisation):
        row.save()
        assert last_public_change() > before
        before = last_public_change()
    factories.assessment(full.phases.first(), assessor=None)
    assert last_public_change() > before
