"""What officers read on the pages of an import: what is left to do, what would go, what stands in the way."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED
from exchange.presenters import import_tasks
from exchange.presenters.import_emptied import emptied
from partnerships import actions
from partnerships.models import Partnership
from tests import factories
from tests.drafting import signed_in
from tests.exchange.test_import_pages import UPLOAD, bring, said, send, sheet, take_over, text_of, url, words

pytestmark = pytest.mark.django_db

COLUMNS = ("title", "unit", "countries", "service_areas", "partners", "design", "delivery", "rationale")
COMPLETE = {
    "title": "Lunch club", "countries": "UK", "service_areas": "10.2", "design": "shared", "delivery": "public",
    "partners": "public:Leeds City Council | citizens:Residents of Beeston", "rationale": "The agreement.",
}  # fmt: skip
BARE = {"title": "Repair café"}
WHO = "Say who designs and who delivers (columns design and delivery)."
WHY = "Say what your answers rest on (column rationale)."


@pytest.fixture
def ada() -> User:
    return factories.user(organisation=factories.organisation("Lakeside Council"))


@pytest.fixture
def client(ada: User) -> Client:
    return signed_in(ada)


def rows(*records: dict[str, str], columns: Iterable[str] = COLUMNS) -> bytes:
    return sheet(*records, columns=columns)


def lacks(response: HttpResponse) -> list[list[str]]:
    """What each record of a page lacks, in order."""
    found = re.findall(r'class="import-lacks">(.*?)</div>', response.content.decode(), re.DOTALL)
    return [re.findall(r"<li>(.*?)</li>", one) for one in found]


# ---- Drafts that are not handed in ---------------------------------------------------------------------

NEEDED = [
    "Say in which country it is (column countries).",
    "Say what it is about (column service_areas).",
    "Say who takes part (column partners).",
    WHO,
]


def test_the_preview_says_what_each_draft_will_lack(client: Client) -> None:
    batch = bring(client, rows(COMPLETE, BARE, {**COMPLETE, "title": "Garden", "rationale": ""}))

    response = client.get(url("import", batch))

    assert "3 drafts still have to be handed in." in words(response)
    assert lacks(response) == [[], NEEDED, [WHY]]
    assert "Complete: once it is a draft, it can be handed in." in words(response)


def test_the_report_says_the_same_of_the_drafts_with_a_way_to_each(client: Client) -> None:
    batch = take_over(client, rows(COMPLETE, BARE, {**COMPLETE, "title": "Garden", "rationale": ""}))

    response = client.get(url("import", batch))

    assert "3 drafts still have to be handed in." in words(response)
    assert lacks(response) == [[], NEEDED, [WHY]]
    assert "Hand in the 1 that is complete" in words(response)
    for draft in Partnership.objects.all():
        assert f'href="{draft.get_absolute_url()}">Go to its task list' in response.content.decode()


def test_what_the_preview_calls_complete_can_be_handed_in_and_nothing_else(client: Client) -> None:
    """The two readings, of the record and of the draft, agree with what the site does."""
    cases: list[dict[str, str]] = [
        COMPLETE,
        BARE,
        *({**COMPLETE, "title": name, name: ""} for name in COLUMNS[2:]),
        {**COMPLETE, "title": "both", "design": "", "delivery": ""},
    ]
    planned = {**COMPLETE, "title": "planned", "design": "", "delivery": "", "rationale": "", "planned": "yes"}
    batch = bring(client, rows(*cases, planned, columns=(*COLUMNS, "planned")))
    before = lacks(client.get(url("import", batch)))
    client.post(url("import-apply", batch))

    after = lacks(client.get(url("import", batch)))

    assert before == after
    for staged, lacking in zip(StagedRecord.objects.filter(batch=batch).order_by("position"), after, strict=True):
        draft = staged.partnership
        client.post(url("draft-submit", draft), {"seen": actions.seen_of(draft)})
        draft.refresh_from_db()
        assert draft.status == ("draft" if lacking else "submitted"), lacking
    assert [lacking for lacking in after if not lacking] == [[]] * 4, "one side may be unknown, and a plan undecided"


def test_of_several_stages_each_says_what_it_lacks(client: Client) -> None:
    rollout = {"title": "Lunch club", "unit": "", "phase": "Rollout", "design": "public"}
    stages = [{**COMPLETE, "phase": "Pilot"}, rollout]
    batch = bring(client, rows(*stages, columns=(*COLUMNS, "phase")))

    assert lacks(client.get(url("import", batch))) == [[f"Rollout: {WHY}"]]


def test_a_curators_file_says_nothing_of_handing_in() -> None:
    desk = signed_in(factories.user("curator"))
    batch = bring(desk, rows(BARE))

    assert "handed in" not in text_of(desk, url("import", batch))
    desk.post(url("import-apply", batch))
    assert "handed in" not in text_of(desk, url("import", batch))


def test_a_button_hands_in_what_is_complete(client: Client) -> None:
    batch = take_over(client, rows(COMPLETE, BARE))
    said(client, url("import", batch))

    client.post(url("import-hand-in", batch))

    assert said(client, url("import", batch)) == ["1 draft is handed in. It waits for a curator now."]
    assert sorted(Partnership.objects.values_list("title", "status")) == [
        ("Lunch club", "submitted"), ("Repair café", "draft"),
    ]  # fmt: skip
    page = text_of(client, url("import", batch))
    assert "1 draft still has to be handed in." in page
    assert "Hand in the" not in page


def test_each_refusal_of_the_button_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = take_over(client, rows(COMPLETE, {**COMPLETE, "title": "Garden"}))
    said(client, url("import", batch))
    submit = actions.submit

    def refusing(*, partnership: Partnership, by: User) -> Any:
        if partnership.title == "Garden":
            raise actions.NotAllowed("Not today.")
        return submit(partnership=partnership, by=by)

    monkeypatch.setattr(actions, "submit", refusing)
    client.post(url("import-hand-in", batch))

    assert said(client, url("import", batch)) == [
        "“Garden”: Not today.", "1 draft is handed in. It waits for a curator now.",
    ]  # fmt: skip


def test_nothing_is_handed_in_before_the_file_is_taken_over(client: Client) -> None:
    batch = bring(client, rows(COMPLETE))

    assert client.post(url("import-hand-in", batch)).headers["Location"] == url("import", batch)
    assert client.get(url("import-hand-in", batch)).status_code == 405
    assert not Partnership.objects.exists()


def test_a_report_costs_the_same_for_few_and_for_many_drafts(client: Client) -> None:
    costs = []
    for number in (2, 25):
        batch = take_over(client, rows(*({**COMPLETE, "title": f"{number} {place}"} for place in range(number))))
        said(client, url("import", batch))
        with CaptureQueriesContext(connection) as queries:
            text_of(client, url("import", batch))
        costs.append(len(queries))

    # Session, person, role, organisation; the import, its totals, its records with sources and organisations; how many
    # drafts are open; and twice their rows, partners, phases and assessments: of the page, and of the button.
    assert costs[0] == costs[1] <= 19


def test_only_so_many_are_handed_in_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_tasks, "MOST_AT_ONCE", 1)
    batch = take_over(client, rows(COMPLETE, {**COMPLETE, "title": "Garden"}))

    assert "Hand in the 1 that is complete" in text_of(client, url("import", batch))
    for left in (1, 0):
        client.post(url("import-hand-in", batch))
        assert Partnership.objects.filter(status="draft").count() == left


# ---- What would go -------------------------------------------------------------------------------------

KNOWN = ("partnership_id", "title", "unit", "place", "summary", "tags")


def known(ada: User, title: str, **fields: Any) -> dict[str, str]:
    """A draft of Ada's, and the row that says what it says."""
    own = factories.partnership(title, status="draft", organisation=ada.organisation, **fields)
    row = {"partnership_id": str(own.uuid), "title": title, "place": own.place, "summary": own.summary}
    return {**row, "tags": "|".join(own.tags)}


def test_the_preview_says_how_many_answers_would_go(client: Client, ada: User) -> None:
    one = known(ada, "Café", place="Leeds", summary="Words", tags=["food"])
    two = known(ada, "Garden", place="York")
    three = known(ada, "Walks", place="Bath")
    batch = bring(client, rows(
        {**one, "place": "", "tags": "", "summary": "Others"}, {**two, "place": ""}, {**three, "place": "Wells"},
        columns=KNOWN,
    ))  # fmt: skip

    response = client.get(url("import", batch))

    page, html = words(response), response.content.decode()
    assert "Careful: This would empty 3 answers in 2 records." in page
    assert '<a class="govuk-link" href="?show=changed#record-0">Café</a> <span class="muted">2 answers' in html
    assert '<a class="govuk-link" href="?show=changed#record-1">Garden</a> <span class="muted">1 answer<' in html
    assert re.search(r'<li class="import-record" id="record-0".*?empties 2 answers', html, re.DOTALL)
    assert html.count('class="import-empties"') == 2


def test_without_any_loss_nothing_is_said(client: Client, ada: User) -> None:
    batch = bring(client, rows({**known(ada, "Café", place="Leeds"), "place": "York"}, columns=KNOWN))

    assert "Careful" not in text_of(client, url("import", batch))


def test_many_records_that_lose_answers_are_counted_and_found_on_their_page(
    client: Client, ada: User, settings: Any
) -> None:
    settings.PAGE_SIZE = 4
    records = [{**known(ada, f"Café {number}", place="Leeds"), "place": ""} for number in range(12)]
    batch = bring(client, rows(*records, columns=KNOWN))

    html = client.get(url("import", batch)).content.decode()

    assert "This would empty 12 answers in 12 records." in html
    assert 'href="?show=changed&amp;page=2#record-4">Café 4' in html
    assert "and 2 more records" in html


PHASE = {"name": "A", "starts": "2012", "design": "public", "delivery": "", "possible_cells": [1, 4, 7], "order": 1}


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [
        ({"place": "Leeds"}, {"place": ""}, 1),
        ({"place": "Leeds"}, {"place": "York"}, 0),
        ({"place": ""}, {"place": ""}, 0),
        ({"countries": ["GB"]}, {"countries": []}, 1),
        ({"countries": ["GB", "IT"]}, {"countries": ["IT"]}, 0),
        ({"partners": [{"kind": "public", "name": "A"}]}, {"partners": []}, 1),
        ({"phases": [PHASE]}, {"phases": [{**PHASE, "starts": ""}]}, 1),
        ({"phases": [PHASE]}, {"phases": [{**PHASE, "design": "", "possible_cells": []}]}, 1),
        ({"phases": [PHASE]}, {"phases": [{**PHASE, "design": "shared"}]}, 0),
        ({"phases": [{**PHASE, "planned": True}]}, {"phases": [{**PHASE, "planned": False}]}, 0),
        ({"phases": [PHASE]}, {"phases": [{"name": "B"}]}, 4),
    ],
)
def test_only_what_is_left_blank_counts(before: dict[str, Any], after: dict[str, Any], number: int) -> None:
    assert emptied(before, after) == number


# ---- Faults --------------------------------------------------------------------------------------------


def test_an_import_with_errors_says_so_in_the_list(client: Client) -> None:
    bring(client, rows(COMPLETE, *({"title": f"Walk {number}", "unit": "cases"} for number in range(5))))

    page = text_of(client, "/data/imports/")

    assert "5 records have errors" in page
    assert "waiting for your word" not in page


def test_the_list_asks_once_about_errors(client: Client) -> None:
    costs = []
    for number in (1, 6):
        Import.objects.all().delete()
        for place in range(number):
            bring(client, rows({"title": f"{place}", "unit": "cases"}))
            Import.objects.update(made_by=None)
        Import.objects.update(made_by=User.objects.get())
        with CaptureQueriesContext(connection) as queries:
            text_of(client, "/data/imports/")
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_errors_are_counted_as_things_to_correct(client: Client) -> None:
    batch = bring(client, rows({"title": "Walks", "unit": "cases", "design": "Council"}, {"title": "B", "unit": "x"}))

    page = text_of(client, url("import", batch))

    assert "Errors (2)" in page
    assert "3 things to correct in 2 records" in page
    assert "If you mean “Public sector”, write public." in page


def test_of_many_faults_the_first_are_shown(client: Client) -> None:
    batch = bring(client, rows(*({"title": f"W{number}", "unit": "x", "design": "y"} for number in range(15))))

    html = client.get(url("import", batch)).content.decode()

    assert html.count('<td data-label="What to do">') == 25
    assert "These are the first 25." in html
    assert "Download all 30 (CSV)" in html
    assert "30 things to correct in 15 records" in html


def test_a_fault_leads_to_the_codes_of_its_column(client: Client) -> None:
    batch = bring(client, rows({"title": "Walks", "unit": "cases", "countries": "xx"}))

    html = client.get(url("import", batch)).content.decode()

    assert re.findall(r'href="(/data/#[^"]*)">List of codes', html) == ["/data/#codes-units"]


def test_what_is_wrong_with_a_file_is_printed_once(client: Client) -> None:
    response = send(client, b"title,unit,colour\nLunch,case,red\n")

    html = response.content.decode()
    assert (response.status_code, html.count("“colour” is no column of the register.")) == (422, 1)
    summary = html.partition("govuk-error-summary")[2].partition("<h1")[0]
    assert '<a href="#fault-1">Row 1, column “colour”</a>' in summary
    assert '<a href="#id_file">Choose the corrected file</a>' in summary
    assert re.search(r'<tr id="fault-1".*?“colour” is no column', html, re.DOTALL)
    assert "<title>Error: Bring in a file" in html
    assert html.index('id="fault-1"') < html.index('type="file"')


def test_of_many_faults_of_a_file_the_others_are_folded(client: Client) -> None:
    wrong = "\n".join(f"x{number},case," + "y" * 33_000 for number in range(30))

    html = send(client, f"title,unit,summary\n{wrong}\n".encode()).content.decode()

    assert "30 things are to be corrected" in html
    assert html.partition("<details")[0].count("at most 32000 are read") == 25
    assert "Show the other 5" in html


def test_a_title_above_the_table_is_one_thing_to_correct(client: Client) -> None:
    page = words(send(client, b"Our partnerships 2024\ntitle;unit\nLunch;case\n"))

    assert "1 thing is to be corrected" in page
    assert page.count("The column names stand in row 2. Delete the rows above it.") == 1
    assert "What is wrong, and where" not in page, "it stands in no row"


# ---- Likely duplicates ---------------------------------------------------------------------------------


@pytest.fixture
def twins(client: Client, ada: User) -> Import:
    """Three records of a file that each look like a draft of Ada's and like a public record of others."""
    own = factories.partnership("Café", status="draft", organisation=ada.organisation, place="Leeds")
    trust = factories.organisation("Hill Trust")
    theirs = factories.partnership("Café", slug="theirs", organisation=trust, place="Leeds")
    batch = bring(client, rows({"title": "Cafe"}, {"title": "Kaffee"}, {"title": "Koffie"}))
    likely = [{"id": key, "title": "Café", "url": "", "why": "the same title"} for key in (own.pk, theirs.pk)]
    StagedRecord.objects.update(alike=likely)
    return batch


def test_two_of_the_same_title_differ_by_status_and_keeper(client: Client, twins: Import) -> None:
    page = text_of(client, url("import", twins))

    assert "Café Leeds Draft kept by Lakeside Council The same title" in page
    assert "Café Leeds Published kept by Hill Trust The same title" in page


def test_what_another_row_stands_for_cannot_be_said_again(client: Client, ada: User, twins: Import) -> None:
    own = Partnership.objects.get(status="draft")
    client.post(url("import-verdict", twins, 0), {"same": str(own.uuid)})

    html = client.get(url("import", twins) + "?show=alike").content.decode()

    assert "Row 2 of this file is that record already. Take row 3 out." in html
    assert "Row 2 of this file is that record already. Take row 4 out." in html
    assert 'name="same"' not in html


@pytest.mark.parametrize("same", [True, False])
def test_after_a_word_one_is_where_one_was(client: Client, twins: Import, settings: Any, same: bool) -> None:
    settings.PAGE_SIZE = 2
    own = Partnership.objects.get(status="draft")
    answer = {"same": str(own.uuid)} if same else {}

    response = client.post(url("import-verdict", twins, 2), {**answer, "show": "alike", "page": "2"})

    location = response.headers["Location"]
    assert location == f"{url('import', twins)}?show=alike&page=2#record-2"
    page = client.get(urlsplit(location).path + "?" + urlsplit(location).query)
    assert re.search(r'id="record-2" tabindex="-1"', page.content.decode())
    assert ("“Koffie” is the same as “Café”." if same else "“Koffie” is another partnership.") in page.content.decode()
    assert "You said that it is" in words(page)
    assert "Perhaps here already (2)" in words(page)


def test_odd_places_are_answered(client: Client, twins: Import) -> None:
    verdict = url("import-verdict", twins, 0)

    assert client.post(verdict, {"show": "nonsense"}).status_code == 404
    assert client.post(verdict, {"page": "-1"}).status_code == 404
    assert client.post(verdict, {"page": "1"}).headers["Location"] == f"{url('import', twins)}#record-0"


# ---- Undoing -------------------------------------------------------------------------------------------


def test_what_stands_in_the_way_of_an_undo_is_linked_with_what_to_do(client: Client, ada: User) -> None:
    batch = take_over(client, rows(COMPLETE, BARE, {"title": "Garden"}, {"title": "Walks"}))
    drafts = {one.title: one for one in Partnership.objects.all()}
    actions.submit(partnership=drafts["Lunch club"], by=ada)
    Partnership.objects.filter(title="Repair café").update(version=9)
    Partnership.objects.filter(title="Garden").update(version=9)
    Partnership.objects.filter(title="Garden").update(status="published", slug="garden", published_at=timezone.now())

    response = client.post(url("import-undo", batch))

    page, html = words(response), response.content.decode()
    assert response.status_code == 409
    assert "Ask a curator to send it back." in page
    assert "Ask a curator to withdraw it." in page
    assert f'href="{url("draft-delete", drafts["Repair café"])}"' in html
    assert 'href="/partnerships/garden/"' in html
    assert "Walks" not in page
    batch.refresh_from_db()
    assert batch.state == APPLIED


def test_the_report_says_what_each_record_is_now(client: Client, ada: User) -> None:
    batch = take_over(client, rows(COMPLETE, BARE))
    actions.submit(partnership=Partnership.objects.get(title="Lunch club"), by=ada)

    page = text_of(client, url("import", batch))

    assert re.search(r"Lunch club Row 2 Now: submitted", page, re.IGNORECASE)
    assert re.search(r"Repair café Row 3 Now: draft", page, re.IGNORECASE)


# ---- The page of the file ------------------------------------------------------------------------------


def test_the_short_sheet_is_the_first_one_offered(client: Client) -> None:
    html = client.get(UPLOAD).content.decode()

    assert html.index('href="/data/template.xlsx"') < html.index('href="/data/template.xlsx?all=1"')
    assert "kind:name" not in html
    assert "public:Leeds City Council | citizens:Residents of Beeston" in html
