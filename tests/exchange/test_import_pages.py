"""The pages with which officers and curators bring a file in."""

import csv
import re
from collections.abc import Iterable
from html import unescape
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from exchange import importing
from exchange.models import Import, StagedRecord
from exchange.models.imports import APPLIED, CHECKED, NEW, READ, UNDONE
from exchange.views import import_acts, import_doors
from partnerships.models import Partnership
from tests import factories
from tests.drafting import main_of, signed_in

pytestmark = pytest.mark.django_db
UPLOAD = "/data/imports/new/"
LIST = "/data/imports/"
PAGES = {
    "import": "get", "import-faults": "get", "import-undo": "get", "import-forget": "get", "import-step": "post",
    "import-apply": "post", "import-hand-in": "post",
}  # fmt: skip


@pytest.fixture
def ada() -> User:
    return factories.user(organisation=factories.organisation("Lakeside Council"))


@pytest.fixture
def client(ada: User) -> Client:
    return signed_in(ada)


@pytest.fixture
def cora() -> User:
    return factories.user(Role.CURATOR, name="Cora Curator")


def sheet(*rows: dict[str, str], columns: Iterable[str] = ("title", "unit")) -> bytes:
    """A CSV file; each row is a case unless it says otherwise."""
    text = StringIO()
    table = csv.DictWriter(text, list(columns))
    table.writeheader()
    table.writerows({"unit": "case", **row} for row in rows)
    return text.getvalue().encode()


LUNCH, REPAIR, GARDEN = {"title": "Lunch club"}, {"title": "Repair café"}, {"title": "Garden"}
WRONG = {"title": "Walks", "unit": "cases"}


def send(client: Client, content: bytes, name: str = "sheet.csv", **fields: str) -> HttpResponse:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), **fields})


def url(name: str, batch: Import | UUID, *more: object) -> str:
    return reverse(name, args=[batch if isinstance(batch, UUID) else batch.uuid, *more])


def bring(client: Client, content: bytes, **fields: str) -> Import:
    """Upload a file and have all of it compared."""
    response = send(client, content, **fields)
    assert response.status_code == 302, main_of(response)
    batch = Import.objects.get(uuid=response.headers["Location"].rstrip("/").rpartition("/")[2])
    while batch.state == READ:
        client.post(url("import-step", batch))
        batch.refresh_from_db()
    return batch


def take_over(client: Client, content: bytes, **fields: str) -> Import:
    batch = bring(client, content, **fields)
    client.post(url("import-apply", batch))
    batch.refresh_from_db()
    assert batch.state == APPLIED
    return batch


def text_of(client: Client, path: str, status: int = 200) -> str:
    """The words of a page's main part."""
    response = client.get(path)
    assert response.status_code == status
    return words(response)


def words(response: HttpResponse) -> str:
    main = re.search(r"<main[^>]*>(.*)</main>", response.content.decode(), re.DOTALL)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def said(client: Client, path: str) -> list[str]:
    """The messages that the next page shows."""
    return re.findall(r'banner__heading">(.*?)</p>', unescape(client.get(path).content.decode()))


# ---- Who may come in ---------------------------------------------------------------------------------


def test_visitors_are_sent_to_sign_in_and_their_file_is_not_read() -> None:
    client = Client()
    for path in (LIST, UPLOAD, url("import", uuid4())):
        assert client.get(path).headers["Location"] == f"/accounts/sign-in/?next={path}"

    response = send(client, sheet(LUNCH))

    assert response.headers["Location"] == f"/accounts/sign-in/?next={UPLOAD}"
    assert "choose the file again" in said(client, "/accounts/sign-in/")[0]
    assert not Import.objects.exists()


def test_whose_session_ended_comes_back_to_the_import(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))
    client.logout()

    for name in ("import-apply", "import-step", "import-forget"):
        response = client.post(url(name, batch))

        assert response.headers["Location"] == f"/accounts/sign-in/?next={url('import', batch)}"
    assert "nothing is lost" in client.get("/accounts/sign-in/").content.decode()
    assert not Partnership.objects.exists()


def test_an_account_without_a_role_is_refused_everywhere(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))
    reader = factories.user()
    reader.groups.clear()
    browser = signed_in(reader)

    assert {browser.get(path).status_code for path in (LIST, UPLOAD)} == {403}
    assert send(browser, sheet(LUNCH)).status_code == 403
    assert {getattr(browser, method)(url(name, batch)).status_code for name, method in PAGES.items()} == {403}
    assert Import.objects.count() == 1


def test_somebody_elses_import_is_not_there(client: Client) -> None:
    """The same answer as for one that does not exist, to a colleague too."""
    batch = bring(client, sheet(LUNCH))
    colleague = signed_in(factories.user(organisation=batch.organisation))

    for name, method in PAGES.items():
        theirs, none = (getattr(colleague, method)(url(name, one)) for one in (batch, uuid4()))

        assert (theirs.status_code, none.status_code) == (404, 404)
        assert words(theirs) == words(none)
    assert colleague.post(url("import-verdict", batch, 0)).status_code == 404
    assert "sheet.csv" not in text_of(colleague, LIST)
    batch.refresh_from_db()
    assert batch.state == CHECKED


def test_an_import_does_not_reach_further_than_its_owner(client: Client, ada: User, cora: User) -> None:
    """Neither after a move to another organisation nor once somebody is no curator any more."""
    ours, desk = bring(client, sheet(LUNCH)), signed_in(cora)
    all_of_it = bring(desk, sheet(REPAIR))
    ada.organisation = cora.organisation = factories.organisation("Elsewhere")
    ada.save()
    cora.save()
    cora.groups.set(ada.groups.all())

    for browser, batch in ((client, ours), (desk, all_of_it)):
        assert {getattr(browser, method)(url(name, batch)).status_code for name, method in PAGES.items()} == {404}
        assert "waits for you" not in text_of(browser, UPLOAD)


def test_a_curator_sees_all_imports_with_names(client: Client, ada: User, cora: User) -> None:
    batch = bring(client, sheet(LUNCH))

    listed = text_of(signed_in(cora), LIST)

    assert "sheet.csv" in listed
    assert str(ada) in listed
    assert "What the file would do" in text_of(signed_in(cora), url("import", batch))


def test_the_way_in_is_on_the_officers_own_page(client: Client) -> None:
    factories.partnership("Kept", organisation=User.objects.get().organisation)

    assert f'href="{UPLOAD}"' in client.get("/my/").content.decode()


# ---- The file ----------------------------------------------------------------------------------------


def test_the_page_of_the_file_offers_sheets_to_start_from(client: Client, cora: User) -> None:
    page, desk = client.get(UPLOAD).content.decode(), signed_in(cora).get(UPLOAD).content.decode()

    for name in ("data-template", "my-partnerships-file"):
        for form in ("csv", "xlsx"):
            assert reverse(name, args=[form]) in page
    assert "my/partnerships" not in desk, "a curator without an organisation has no records of its own"
    assert 'name="publish"' not in page
    assert re.search(r'<input type="checkbox" name="publish"(?![^>]*checked)', desk)


def test_an_officer_without_an_organisation_is_told_what_is_missing() -> None:
    lost = signed_in(factories.user(organisation=None))

    assert "belongs to no organisation yet" in text_of(lost, UPLOAD)
    response = send(lost, sheet(LUNCH))
    assert (response.status_code, Import.objects.exists()) == (409, False)
    assert "belongs to no organisation yet" in words(response)


def test_without_a_file_nothing_happens_and_the_summary_says_so(client: Client) -> None:
    response = client.post(UPLOAD, {})

    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Bring in a file" in html
    assert html.partition("<main")[2].index("govuk-error-summary") < html.partition("<main")[2].index("<h1")
    assert '<a href="#id_file">Choose a file.</a>' in html
    assert re.search(r'<input type="file"[^>]*aria-describedby="[^"]*id_file_error', html)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "sheet.csv", "The file is empty"),
        (b"MZ\x90\0", "sheet.csv", "a program"),
        (b"<html>", "sheet.csv", "web page"),
        (b"%PDF-1.7", "report.csv", "PDF"),
        (b"PK\x03\x04broken", "sheet.xlsx", "XLSX"),
        (b"{nonsense", "all.json", "JSON"),
        (b"title,unit\n\xff\xfe\x00", "sheet.csv", ""),
        (b"only,strange,names\n1,2,3\n", "sheet.csv", "Row 1"),
        (b"title,unit\n", "sheet.csv", "no rows"),
        (b"title,unit\nLunch,case\n", "sheet.exe", ".exe"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client: Client, content: bytes, name: str, says: str) -> None:
    response = send(client, content, name)

    assert response.status_code == 422
    assert "There is a problem" in words(response)
    assert says in words(response)
    assert not Import.objects.exists()


def test_many_faults_of_a_file_stand_in_a_table(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from exchange.faults import Fault
    from exchange.files import FileError

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise FileError([Fault(line, "title", f"<b>{line}</b>", "Write it again.") for line in range(2, 16)])

    monkeypatch.setattr(importing, "stage", refuse)

    response = send(client, sheet(LUNCH))

    html = response.content.decode()
    assert "14 things are to be corrected" in html
    assert html.count("Write it again.") == 14
    assert "&lt;b&gt;15&lt;/b&gt;" in html


def test_a_request_that_is_too_large_is_refused_before_it_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_doors, "MAX_BYTES", 100)
    monkeypatch.setattr(import_doors, "AROUND_THE_FILE", 100)
    monkeypatch.setattr(import_doors, "SpooledHandler", None)  # nothing may ask for it

    response = send(client, b"x" * 5000)

    assert response.status_code == 413
    assert "The file is too large" in words(response)
    assert not Import.objects.exists()


def test_a_large_upload_with_a_very_long_ending_is_received(client: Client, settings: LazySettings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = send(client, sheet(*[LUNCH] * 200), f"sheet.{'x' * 240}")

    assert response.status_code == 422
    assert "is not read" in words(response)


def test_a_large_upload_is_read_from_the_disk(client: Client, settings: LazySettings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000

    batch = bring(client, sheet(*({"title": f"Club {number}"} for number in range(200))))

    assert batch.records == 200


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\sheets\\a.csv", "a\0b.csv", "🌳.csv", f"{'y' * 300}.csv"]
)
def test_a_strange_name_is_only_shown(client: Client, name: str) -> None:
    response = send(client, sheet(LUNCH), name)

    assert response.status_code == 302
    assert "/" not in Import.objects.get().file_name


def test_the_file_is_protected_against_forged_requests(ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', client.get(UPLOAD).content.decode())[1]

    assert send(client, sheet(LUNCH)).status_code == 403
    assert not Import.objects.exists()
    assert send(client, sheet(LUNCH), csrfmiddlewaretoken=token).status_code == 302


def test_one_file_at_a_time(client: Client) -> None:
    first = bring(client, sheet(LUNCH))

    response = send(client, sheet(REPAIR))

    assert (response.status_code, Import.objects.count()) == (409, 1)
    assert "it still waits for you" in words(response)
    assert url("import-forget", first) in response.content.decode()


def test_a_corrected_file_takes_the_place_of_one_with_errors(client: Client) -> None:
    first = bring(client, sheet(LUNCH, WRONG))

    second = bring(client, sheet(LUNCH))

    assert list(Import.objects.all()) == [second]
    assert second != first


# ---- Being checked -----------------------------------------------------------------------------------


def test_the_progress_is_real_and_survives_a_closed_tab(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_acts, "STEP", 1)
    send(client, sheet(LUNCH, REPAIR, GARDEN))
    batch = Import.objects.get()
    step, json = url("import-step", batch), {"accept": "application/json"}

    assert '<progress id="progress" max="3" value="0">' in client.get(url("import", batch)).content.decode()
    assert client.post(step, headers=json).json() == {"checked": 1, "text": "1 of 3 records checked", "done": False}
    html = client.get(url("import", batch)).content.decode()
    assert 'value="1">1 of 3 records checked' in html
    assert "Go on checking" in html
    assert [client.post(step, headers=json).json()["done"] for _ in range(3)] == [False, True, True]
    assert StagedRecord.objects.filter(batch=batch).count() == 3


def test_without_scripts_a_button_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_acts, "LONG_STEP", 2)
    send(client, sheet(LUNCH, REPAIR, GARDEN))
    batch = Import.objects.get()

    response = client.post(url("import-step", batch))

    assert response.headers["Location"] == url("import", batch)
    assert "2 of 3 records checked" in text_of(client, url("import", batch))
    client.post(url("import-step", batch))
    assert "What the file would do" in text_of(client, url("import", batch))


def half_read(owner: User, **fields: Any) -> Import:
    own = {"made_by": owner, "organisation": owner.organisation}
    return Import.objects.create(file_name="a.csv", form="csv", digest="", **own, **fields)


def test_large_numbers_are_grouped(client: Client) -> None:
    batch = half_read(User.objects.get(), records=5000, checked=312)

    assert "312 of 5,000 records checked" in text_of(client, url("import", batch))


def test_a_file_that_was_not_read_to_its_end_can_be_thrown_away(client: Client) -> None:
    batch = half_read(User.objects.get())

    page = text_of(client, url("import", batch))

    assert "was not read to its end" in page
    assert "Throw this file away" in page
    answer = client.post(url("import-step", batch), headers={"accept": "application/json"})
    assert (answer.status_code, "not read to its end" in answer.json()["stop"]) == (409, True)
    assert client.get(UPLOAD).content.decode().count('type="file"') == 1, "it holds up no other file"


def test_steps_are_sent_not_fetched(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))

    assert {client.get(url(name, batch)).status_code for name in ("import-step", "import-apply")} == {405}


# ---- The preview -------------------------------------------------------------------------------------


@pytest.fixture
def kept(ada: User) -> dict[str, Partnership]:
    """A draft and a published record of Ada's organisation."""
    own = {"organisation": ada.organisation, "created_by": ada}
    return {
        "draft": factories.partnership("Café", status="draft", **own),
        "public": factories.partnership("Nursery", slug="nursery", **own),
    }


def both(kept: dict[str, Partnership], summary: str) -> bytes:
    """A sheet that changes the draft and the published record, leaves neither out, and adds one."""
    rows = (
        {"partnership_id": str(kept["draft"].uuid), "title": "Café", "summary": summary},
        {"partnership_id": "nursery", "title": "Nursery", "summary": summary},
        {"title": "Lunch club"},
    )
    return sheet(*rows, columns=("partnership_id", "title", "unit", "summary"))


def test_the_preview_says_what_confirming_does(client: Client, kept: dict[str, Partnership]) -> None:
    batch = bring(client, both(kept, "New words"))

    page = text_of(client, url("import", batch))

    assert "1 new partnership becomes a draft. Only your organisation and the curators see it." in page
    assert "1 partnership changes at once." in page
    assert "Your change of 1 published partnership becomes a proposed change" in page
    assert "All or nothing" in page
    assert "New (1) Changed (2)" in page
    assert Partnership.objects.count() == 2


def test_changed_records_are_shown_with_what_differs(client: Client, kept: dict[str, Partnership]) -> None:
    batch = bring(client, both(kept, "New words"))

    response = client.get(url("import", batch) + "?show=changed")

    html, page = response.content.decode(), words(response)
    assert "Row 2" in page
    assert "becomes a proposed change" in page
    assert len(re.findall(r'<td data-label="In the file">\s*<span>New words</span>', html)) == 2
    assert kept["public"].get_absolute_url() in html


def test_new_records_are_shown_with_what_they_say(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))

    page = text_of(client, url("import", batch))

    assert "Lunch club Row 2" in page
    assert "What the file says : Lunch club The partnership Title Lunch club" in page


def test_an_unchanged_file_has_nothing_to_confirm(client: Client, kept: dict[str, Partnership]) -> None:
    batch = bring(client, sheet({"partnership_id": "nursery", "title": "Nursery"},
                                columns=("partnership_id", "title", "unit")))  # fmt: skip

    html = client.get(url("import", batch)).content.decode()

    assert "There is nothing to take over" in html
    assert url("import-apply", batch) not in html


def test_a_curator_may_publish_at_once(cora: User) -> None:
    client = signed_in(cora)
    columns = ("title", "unit", "phase")
    batch = bring(client, sheet({**LUNCH, "phase": "Run"}, columns=columns), publish="on")

    assert "1 new partnership is published at once." in text_of(client, url("import", batch))
    client.post(url("import-apply", batch))
    assert Partnership.objects.published().get().title == "Lunch club"
    assert Partnership.objects.get().get_absolute_url() in client.get(url("import", batch)).content.decode()


def test_an_officer_cannot_publish_by_a_forged_field(client: Client) -> None:
    take_over(client, sheet(LUNCH), publish="on")

    assert Partnership.objects.get().status == "draft"


def test_columns_that_are_passed_over_are_named(client: Client) -> None:
    batch = bring(client, sheet({**LUNCH, "unit_label": "Case"}, columns=("title", "unit", "unit_label")))

    assert "This column is passed over: unit_label." in text_of(client, url("import", batch))


def test_errors_are_listed_and_nothing_can_be_confirmed(client: Client) -> None:
    batch = bring(client, sheet(LUNCH, WRONG))

    html = client.get(url("import", batch)).content.decode()

    assert "1 record has errors" in html
    assert "All or nothing" in html
    assert url("import-apply", batch) not in html
    assert re.search(
        r'</span> 3<span class="faults__title">Walks</span></th>\s*<td data-label="Column"><code>unit', html
    )
    assert "cases" in html
    client.post(url("import-apply", batch))
    assert not Partnership.objects.exists()
    assert "nothing is taken over" in said(client, url("import", batch))[0]


def test_all_errors_can_be_downloaded_safely(client: Client) -> None:
    batch = bring(client, sheet({"title": "=1+1", "unit": "@cases"}, WRONG))

    response = client.get(url("import-faults", batch))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == ["Row", "Partnership", "Column", "What stands there", "What to do"]
    assert rows[1][:4] == ["2", "'=1+1", "unit", "'@cases"]
    assert rows[2][:4] == ["3", "Walks", "unit", "cases"]
    assert response.headers["Content-Disposition"] == 'attachment; filename="faults.csv"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_what_people_wrote_is_shown_as_text(client: Client) -> None:
    batch = bring(client, sheet({"title": "<script>alert(1)</script>"}, {"title": "<b>x</b>", "unit": "<i>"}))

    for part in ("", "?show=new"):
        html = client.get(url("import", batch) + part).content.decode().partition("<main")[2]
        assert not re.search(r"<script>|<b>x|<i>", html)


def test_odd_addresses_are_answered(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))
    page = url("import", batch)

    assert "“nonsense” is no part" in text_of(client, f"{page}?show=nonsense", 400)
    assert text_of(client, f"{page}?show=unchanged&page=99")
    assert text_of(client, f"{page}?page=nonsense")
    assert client.post(url("import-verdict", batch, 10**30)).status_code == 404
    assert client.post(url("import-verdict", batch, 0), {"same": "nonsense"}).status_code == 404


def test_a_preview_costs_the_same_for_few_and_for_many_records(client: Client, ada: User) -> None:
    costs = []
    for number in (2, 25):
        Import.objects.all().delete()
        own = [
            factories.partnership(f"Café {number} {place}", status="draft", organisation=ada.organisation)
            for place in range(number)
        ]
        rows = [{"partnership_id": str(one.uuid), "title": one.title, "summary": "New"} for one in own]
        batch = bring(client, sheet(*rows, columns=("partnership_id", "title", "unit", "summary")))
        with CaptureQueriesContext(connection) as queries:
            text_of(client, url("import", batch))
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 10


# ---- Likely duplicates -------------------------------------------------------------------------------


@pytest.fixture
def lookalike(client: Client, kept: dict[str, Partnership]) -> Import:
    """An import whose one record looks like Ada's draft and like a record of others."""
    theirs = factories.partnership("Café by others", slug="theirs", organisation=factories.organisation())
    hidden = factories.partnership("Hidden café", status="draft", organisation=factories.organisation())
    batch = bring(client, sheet({"title": "Cafe"}))
    keys = (kept["draft"].pk, theirs.pk, hidden.pk)
    StagedRecord.objects.update(alike=[{"id": key, "title": "", "url": "", "why": "the same title"} for key in keys])
    return batch


def test_likely_duplicates_are_asked_about(client: Client, lookalike: Import, kept: dict[str, Partnership]) -> None:
    response = client.get(url("import", lookalike))

    html, page = response.content.decode(), words(response)
    assert "Perhaps here already (1)" in page
    assert html.count('name="same"') == 1, "only a record of one's own can be changed by one's file"
    assert f'name="same" value="{kept["draft"].uuid}"' in html
    assert "Café by others" in page
    assert "Hidden café" not in page


def test_the_same_becomes_a_change_and_not_the_same_is_remembered(
    client: Client, lookalike: Import, kept: dict[str, Partnership]
) -> None:
    verdict = url("import-verdict", lookalike, 0)

    client.post(verdict, {"same": str(kept["draft"].uuid)})
    assert StagedRecord.objects.get().same_as == kept["draft"]
    page = text_of(client, url("import", lookalike))
    assert "You said that it is the same as “Café”." in page, "shown with what changes"
    page = text_of(client, url("import", lookalike) + "?show=alike")
    assert "You said that it is the same as “Café”." in page
    assert "Perhaps here already (0)" in page

    client.post(verdict)
    assert (StagedRecord.objects.get().distinct, StagedRecord.objects.get().outcome) == (True, NEW)
    assert "You said that it is another partnership." in text_of(client, url("import", lookalike) + "?show=alike")


def test_two_records_cannot_be_the_same_one(client: Client, kept: dict[str, Partnership]) -> None:
    batch = bring(client, sheet({"title": "Cafe"}, {"title": "Kaffee"}))
    StagedRecord.objects.update(alike=[{"id": kept["draft"].pk, "title": "", "url": "", "why": "the same title"}])
    for position in (0, 1):
        client.post(url("import-verdict", batch, position), {"same": str(kept["draft"].uuid)})

    assert list(StagedRecord.objects.values_list("same_as", flat=True)) == [kept["draft"].pk, None]
    assert "Row 2 of this file is that record already. Take row 3 out." in said(client, url("import", batch))


def test_a_record_of_others_cannot_be_named_as_the_same(client: Client, lookalike: Import) -> None:
    theirs = Partnership.objects.get(slug="theirs")

    response = client.post(url("import-verdict", lookalike, 0), {"same": str(theirs.uuid)})

    assert response.status_code == 404
    assert StagedRecord.objects.get().same_as is None


# ---- Taking over -------------------------------------------------------------------------------------


def test_confirming_takes_over_and_reports(client: Client, kept: dict[str, Partnership]) -> None:
    batch = take_over(client, both(kept, "New words"))

    page = client.get(url("import", batch))
    html = page.content.decode()
    made = Partnership.objects.get(title="Lunch club")
    assert "“sheet.csv” is taken over." in html
    assert "1 new draft was made." in html
    assert "1 partnership changed." in html
    assert "1 proposed change went to the curators." in html
    assert url("draft", made) in html
    changed = client.get(url("import", batch) + "?show=changed").content.decode()
    assert reverse("revision", args=[kept["public"].revisions.get().uuid]) in changed
    kept["public"].refresh_from_db()
    assert kept["public"].summary == "", "the public sees it once a curator has accepted it"


def test_a_second_confirmation_is_harmless(client: Client) -> None:
    batch = take_over(client, sheet(LUNCH))
    said(client, url("import", batch))

    response = client.post(url("import-apply", batch))

    assert response.headers["Location"] == url("import", batch)
    assert said(client, url("import", batch)) == []
    assert Partnership.objects.count() == 1


def test_records_edited_meanwhile_are_named(client: Client, kept: dict[str, Partnership]) -> None:
    batch = bring(client, both(kept, "New words"))
    Partnership.objects.filter(pk=kept["draft"].pk).update(version=7, summary="Theirs")

    client.post(url("import-apply", batch))

    assert "Café" in said(client, url("import", batch))[0]
    assert not Partnership.objects.filter(title="Lunch club").exists()


def test_an_import_can_be_undone(client: Client) -> None:
    batch = take_over(client, sheet(LUNCH))

    asked = text_of(client, url("import-undo", batch))
    client.post(url("import-undo", batch))

    assert "1 partnership that it added goes." in asked
    batch.refresh_from_db()
    assert (batch.state, Partnership.objects.count()) == (UNDONE, 0)
    assert "The import is undone" in text_of(client, url("import", batch))
    assert client.post(url("import-undo", batch)).headers["Location"] == url("import", batch)


def test_an_undo_names_what_was_edited_since(client: Client) -> None:
    batch = take_over(client, sheet(LUNCH))
    Partnership.objects.update(version=9)
    said(client, url("import", batch))

    response = client.post(url("import-undo", batch))

    assert (response.status_code, Partnership.objects.count()) == (409, 1)
    assert "Lunch club Draft If nobody needs it, delete this draft. Delete it : Lunch club" in words(response)
    assert url("draft", Partnership.objects.get()) in response.content.decode()


def test_an_import_can_be_thrown_away_until_it_is_taken_over(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))

    assert "Throw this file away?" in text_of(client, url("import-forget", batch))
    response = client.post(url("import-forget", batch))
    assert (response.headers["Location"], Import.objects.count()) == (UPLOAD, 0)

    done = take_over(client, sheet(LUNCH))
    assert client.post(url("import-forget", done)).headers["Location"] == url("import", done)
    assert Import.objects.count() == 1


def test_an_undo_is_for_what_was_taken_over(client: Client) -> None:
    batch = bring(client, sheet(LUNCH))

    assert client.get(url("import-undo", batch)).headers["Location"] == url("import", batch)
    assert client.post(url("import-undo", batch)).headers["Location"] == url("import", batch)
    batch.refresh_from_db()
    assert batch.state == CHECKED
