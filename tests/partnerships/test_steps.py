"""The record step by step: what each page asks, what it leaves alone, and the order in which the pages follow."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from partnerships.forms.steps import EVERYTHING, STEPS, step_of
from partnerships.models import Partnership
from taxonomy.questions import PARTY_KINDS
from tests import factories
from tests.drafting import DRAFT, NEW, answered, main_of, send, signed_in, stated, step_url, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Organisation:
    return factories.organisation("Lakeside Council", country="GB")


@pytest.fixture
def ada(council: Organisation) -> User:
    return factories.user(organisation=council)


@pytest.fixture
def ben(council: Organisation) -> User:
    return factories.user(organisation=council)


@pytest.fixture
def client(ada: User) -> Client:
    return signed_in(ada)


def begin(client: Client, **changes: Any) -> HttpResponse:
    """Send the first step of a new partnership."""
    first = {"title": "Repair café", "unit": "case", "country": "GB", "key": str(uuid4())}
    return client.post(NEW, {**first, **changes})


@pytest.fixture
def draft(client: Client) -> Partnership:
    """What the first step makes."""
    begin(client)
    return Partnership.objects.get()


@pytest.fixture
def full(draft: Partnership) -> Partnership:
    """A draft in which every step, and what only curators write, has been filled in."""
    Partnership.objects.update(
        nation="Wales", place="Hill", countries=["GB", "IT"], service_areas=["05", "05.1"], aliases=["RC"],
        tags=["repair"], summary="Mends things.", vehicle="social_impact_bond", narrative="A curator wrote this.",
    )  # fmt: skip
    leith = factories.organisation("Leith Council")
    council = {"organisation": leith, "lead": True, "roles": ["pays"], "hybrid": True, "note": "It appoints the board."}
    draft.partners.create(kind="public", name="Leith Council", **council)
    draft.partners.create(kind="citizens")
    draft.phases.update(name="Pilot", starts="2012-01-01", starts_precision="year")
    draft.refresh_from_db()
    return draft


def everything(draft: Partnership) -> dict[str, Any]:
    """All that a record holds, but for what every save changes."""
    row = Partnership.objects.filter(pk=draft.pk).values().get()
    left_out = {"version", "updated_at", "search_title", "search_text"}
    return {
        **{name: value for name, value in row.items() if name not in left_out},
        "partners": list(draft.partners.order_by("pk").values()),
        "phases": list(draft.phases.values("name", "starts", "ends", "planned")),
    }


def shown(client: Client, draft: Partnership, step: str) -> dict[str, Any]:
    """What a step's page would send unchanged."""
    form = client.get(step_url(draft, step)).context["form"]
    return {name: value for name, value in form.shown.items() if value not in (None, "", False)}


# ---- The table of steps --------------------------------------------------------------------------------


def test_every_field_of_the_record_is_asked_in_one_step() -> None:
    made = [f"names_{kind.code}" for kind in PARTY_KINDS] + ["groups_05"]
    stage = {"planned", "starts", "ends", "phase"}
    for name in (*EVERYTHING.fields, *made):
        asking = [step.code for step in STEPS.values() if step.covers(name)]
        assert len(asking) == (0 if name in stage else 1), name
        assert EVERYTHING.covers(name)
    assert step_of("roles_7") == STEPS["roles"]
    assert not EVERYTHING.covers("roles_7")
    assert step_of("names_") is None


# ---- Beginning ------------------------------------------------------------------------------------------


def test_the_first_step_makes_a_draft_with_a_stage(client: Client, ada: User) -> None:
    key = uuid4()
    response = begin(client, key=str(key))
    draft = Partnership.objects.get()
    phase = draft.phases.get()
    assert (draft.uuid, draft.title, draft.countries, draft.organisation) == (
        key, "Repair café", ["GB"], ada.organisation,
    )  # fmt: skip
    assert phase.name == "As described"
    assert response["Location"] == url("phase-edit", key, phase.pk)


def test_it_offers_everything_on_one_page(client: Client) -> None:
    page = client.get(NEW, follow=True)
    key = page.context["key"]
    assert f'href="{NEW}?key={key}&amp;all=1"' in page.content.decode()
    assert "areas" not in page.context["form"].fields
    assert "areas" in client.get(f"{NEW}?key={key}&all=1").context["form"].fields


def test_the_same_first_step_sent_twice_makes_one_draft(client: Client) -> None:
    key = str(uuid4())
    answers = [begin(client, key=key)["Location"] for _each in range(3)]
    assert Partnership.objects.count() == 1
    assert len(set(answers)) == 1


def test_without_a_title_nothing_is_saved(client: Client) -> None:
    response = begin(client, title=" ", place="Hill")
    assert response.status_code == 422
    assert "Enter what it is called." in response.content.decode()
    assert 'value="Hill"' in response.content.decode()
    assert not Partnership.objects.exists()


def test_without_a_country_the_rest_is_saved_and_one_may_go_on(client: Client) -> None:
    response = begin(client, country="")
    draft = Partnership.objects.get()
    body = response.content.decode()
    assert response.status_code == 422
    assert "Choose a country." in body
    assert "Everything else is saved in your draft." in body
    assert f'href="{url("phase-edit", draft, draft.phases.get().pk)}">Skip for now</a>' in body
    assert f'action="{step_url(draft, "about")}"' in body


def test_saving_as_a_draft_asks_for_nothing_more(client: Client) -> None:
    response = begin(client, country="", **DRAFT)
    assert response["Location"] == url("draft", Partnership.objects.get())


# ---- One step leaves the others alone -----------------------------------------------------------------------


@pytest.mark.parametrize("step", [*STEPS])
def test_saving_a_step_unchanged_changes_nothing(client: Client, full: Partnership, step: str) -> None:
    before = everything(full)
    assert send(client, full, step, **shown(client, full, step)).status_code == 302
    assert everything(full) == before


@pytest.mark.parametrize(
    ("step", "changes", "field", "value"),
    [
        ("about", {"title": "A", "unit": "programme", "country": "FR"}, "countries", ["FR", "IT"]),
        ("about", {"title": "A", "unit": "case", "country": "GB"}, "nation", ""),
        ("more", {"other_countries": "Norway"}, "countries", ["GB", "NO"]),
        ("more", {"tags": "reuse"}, "tags", ["reuse"]),
        ("areas", {"areas": ["07"], "groups_10": ["10.2"]}, "service_areas", ["07", "10", "10.2"]),
    ],
)
def test_a_step_changes_what_it_asks(
    client: Client, full: Partnership, step: str, changes: dict[str, Any], field: str, value: Any
) -> None:
    send(client, full, step, **changes)
    full.refresh_from_db()
    assert getattr(full, field) == value
    assert full.narrative == "A curator wrote this."
    assert full.partners.filter(roles=["pays"]).exists()


def test_a_field_of_another_step_is_not_read(client: Client, full: Partnership) -> None:
    send(client, full, "areas", areas=["07"], title="Forged", kinds=["private"], roles_1=["invests"])
    full.refresh_from_db()
    assert full.title == "Repair café"
    assert not full.partners.filter(kind="private").exists()


# ---- Who takes part --------------------------------------------------------------------------------------


def test_who_takes_part_keeps_what_else_a_partner_does(client: Client, full: Partnership) -> None:
    send(
        client, full, "who", kinds=["public", "third_sector"], names_public="Leith Council\nHill Council",
        names_third_sector="Hill Trust", leads="Hill Trust",
    )  # fmt: skip
    rows = full.partners.order_by("pk").values_list("kind", "name", "lead", "roles", "hybrid", "note")
    assert list(rows) == [
        ("public", "Leith Council", False, ["pays"], True, "It appoints the board."),
        ("public", "Hill Council", False, [], False, ""),
        ("third_sector", "Hill Trust", True, [], False, ""),
    ]
    assert full.partners.get(name="Leith Council").organisation is not None


def test_a_better_name_keeps_it_too(client: Client, full: Partnership) -> None:
    send(client, full, "who", kinds=["public", "citizens"], names_public="The City of Leith")
    partner = full.partners.get(kind="public")
    assert (partner.name, partner.roles, partner.hybrid, partner.note) == (
        "The City of Leith", ["pays"], True, "It appoints the board.",
    )  # fmt: skip


def test_where_two_names_are_new_nobody_guesses_which(client: Client, full: Partnership) -> None:
    send(client, full, "who", kinds=["public"], names_public="A\nB")
    assert not any(full.partners.values_list("hybrid", flat=True))


def test_nobody_goes_on_without_saying_who_takes_part(client: Client, draft: Partnership) -> None:
    response = send(client, draft, "who")
    body = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_kinds_0">Tick who takes part.</a>' in body
    assert "Skip for now" not in body
    # As a draft it may be left open.
    assert send(client, draft, "who", **DRAFT)["Location"] == url("draft", draft)


def test_the_control_question_is_on_the_page_and_folded(client: Client, draft: Partnership) -> None:
    body = main_of(client.get(step_url(draft, "who")))
    folded = body[body.index("<details") : body.index("</details>")]
    assert "Not sure whether a body is public?" in folded
    for words in ("appoint or remove most of its board", "parish or town council", "mutual", "trade union", "faith"):
        assert words in folded
        assert body.count(words) == 1


# ---- What else they do -------------------------------------------------------------------------------------


def test_roles_are_asked_of_each_partner_and_never_needed(client: Client, full: Partnership) -> None:
    body = main_of(client.get(step_url(full, "roles")))
    named, unnamed = full.partners.order_by("pk")
    assert f'id="besides-{named.pk}" open>' in body
    assert f'id="besides-{unnamed.pk}">' in body
    assert "<summary>Leith Council</summary>" in body
    assert "<summary>Citizens</summary>" in body
    first = url("draft-question", full, full.phases.get().pk, "outcomes")
    assert send(client, full, "roles")["Location"] == first
    named.refresh_from_db()
    assert (named.roles, named.hybrid, named.note) == ([], False, "")


def test_roles_are_saved_with_their_partner(client: Client, full: Partnership) -> None:
    _named, unnamed = full.partners.order_by("pk")
    changes = {f"roles_{unnamed.pk}": ["gives_data", "refers"], f"note_{unnamed.pk}": "By post."}
    send(client, full, "roles", **{**shown(client, full, "roles"), **changes})
    unnamed.refresh_from_db()
    assert (unnamed.roles, unnamed.hybrid, unnamed.note) == (["gives_data", "refers"], False, "By post.")
    assert full.partners.get(kind="public").roles == ["pays"]


def test_a_forged_role_and_a_long_note_are_messages(client: Client, full: Partnership) -> None:
    pk = full.partners.get(kind="public").pk
    response = send(client, full, "roles", **{f"roles_{pk}": ["rules"], f"note_{pk}": "x" * 301})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {f"roles_{pk}", f"note_{pk}"}
    assert full.partners.get(pk=pk).roles == ["pays"]


def test_without_partners_there_is_nothing_to_ask_yet(client: Client, draft: Partnership) -> None:
    assert f'href="{step_url(draft, "who")}">say who takes part</a>' in main_of(client.get(step_url(draft, "roles")))
    # Nor can the questions begin.
    assert send(client, draft, "roles")["Location"] == step_url(draft, "who")


def test_a_partner_of_another_record_is_not_touched(client: Client, full: Partnership) -> None:
    other = factories.partnership(partners=[("private", "A Firm")]).partners.get()
    send(client, full, "roles", **{f"roles_{other.pk}": ["invests"]})
    other.refresh_from_db()
    assert other.roles == []


# ---- Two people, and nobody ----------------------------------------------------------------------------------


def test_a_stale_step_shows_both_versions_of_what_it_asks(client: Client, full: Partnership, ben: User) -> None:
    opened = client.get(step_url(full, "about")).context["opened"]
    version = str(full.version)
    theirs = {"title": "Repair café", "unit": "case", "country": "GB", "place": "Dale", "nation": "Wales"}
    send(signed_in(ben), full, "about", **theirs)
    send(signed_in(ben), full, "areas", areas=["07"])
    mine = {**theirs, "place": "Fell", "version": version, "opened": opened}
    response = client.post(step_url(full, "about"), mine)
    assert response.status_code == 409
    assert [(row.label, row.mine, row.theirs) for row in response.context["differences"]] == [
        ("Town or area", ("Fell",), ("Dale",)),
    ]  # fmt: skip
    assert send(client, full, "about", **{**mine, "version": str(response.context["version"])}).status_code == 302
    full.refresh_from_db()
    assert (full.place, full.service_areas) == ("Fell", ["07"])


def test_two_people_at_two_steps_do_not_get_into_each_others_way(client: Client, full: Partnership, ben: User) -> None:
    opened = client.get(step_url(full, "areas")).context["opened"]
    version = str(full.version)
    send(signed_in(ben), full, "more", tags="reuse")
    answers = {"areas": ["07"], "version": version, "opened": opened}
    assert client.post(step_url(full, "areas"), answers).status_code == 302
    full.refresh_from_db()
    assert (full.tags, full.service_areas) == (["reuse"], ["07"])


def test_a_step_that_was_sent_after_the_session_ended_comes_back(client: Client, full: Partnership, ada: User) -> None:
    client.logout()
    send(client, full, "who", kinds=["private"], names_private="A Firm & Sons")
    client.force_login(ada)
    body = client.get(step_url(full, "who")).content.decode()
    assert "You were signed out before this was saved." in body
    assert "A Firm &amp; Sons" in body
    assert not full.partners.filter(kind="private").exists()


@pytest.mark.parametrize("step", ["nothing", "phases", "Who", "0"])
def test_a_step_that_there_is_not_is_not_found(client: Client, draft: Partnership, step: str) -> None:
    assert client.get(step_url(draft, step)).status_code == 404
    assert client.get(url("draft-next", draft, step)).status_code == 404


# ---- The order ------------------------------------------------------------------------------------------------


def following(client: Client, draft: Partnership, step: str) -> str:
    return client.get(url("draft-next", draft, step))["Location"]


def test_the_pages_follow_each_other(client: Client, draft: Partnership) -> None:
    pk = draft.phases.get().pk
    assert following(client, draft, "about") == url("phase-edit", draft, pk)
    assert following(client, draft, "stage") == step_url(draft, "who")
    assert following(client, draft, "who") == step_url(draft, "roles")
    assert following(client, draft, "basis") == step_url(draft, "areas")
    assert following(client, draft, "areas") == url("draft-check", draft)
    assert following(client, draft, "more") == url("draft", draft)
    assert following(client, draft, "roles") == step_url(draft, "who")
    draft.partners.create(kind="public")
    assert following(client, draft, "roles") == url("draft-question", draft, pk, "outcomes")


def test_what_is_answered_already_is_not_asked_again(client: Client, full: Partnership) -> None:
    assert following(client, full, "basis") == url("draft-check", full)


def test_after_a_direct_statement_that_comes_instead_of_the_questions(client: Client, full: Partnership) -> None:
    stated(full, "shared", "")
    assert following(client, full, "roles") == url("draft-directly", full, full.phases.get().pk)


def test_a_record_without_a_stage_gets_one_first(client: Client, full: Partnership) -> None:
    full.phases.all().delete()
    assert following(client, full, "about") == url("phase-new", full)
    assert following(client, full, "roles") == url("phase-new", full)
    assert client.get(url("draft", full)).status_code == client.get(url("draft-check", full)).status_code == 200


# ---- How much there is to read ------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """The words of <main> that are in sight: no closed part, nothing for screen readers only, of a list one choice."""

    VOID = frozenset({"input", "img", "br", "link", "meta", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.path: list[tuple[str, dict[str, str | None]]] = []
        self.unticked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.unticked = dict(attrs).get("type") == "checkbox" and "checked" not in dict(attrs)
        if tag not in self.VOID:
            given = dict(attrs)
            if self.unticked and "reveal" in str(given.get("class")):
                given["hidden"] = ""
            self.path.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        self.path.pop()

    def handle_data(self, data: str) -> None:
        if not self._is_hidden():
            self.words += data.split()

    def _is_hidden(self) -> bool:
        tags = [tag for tag, _attrs in self.path]
        if "main" not in tags:
            return True
        return any(self._hides(tag, attrs, tags[place + 1 :]) for place, (tag, attrs) in enumerate(self.path))

    @staticmethod
    def _hides(tag: str, attrs: dict[str, str | None], within: list[str]) -> bool:
        if tag == "details":
            return "open" not in attrs and within[:1] != ["summary"]
        if tag == "option":
            return "selected" not in attrs
        return "hidden" in attrs or "govuk-visually-hidden" in str(attrs.get("class"))


def words(response: HttpResponse) -> list[str]:
    reader = Reader()
    reader.feed(response.content.decode())
    return reader.words


def pages(client: Client) -> Iterator[HttpResponse]:
    """What an officer reads of a case with three kinds before the questions."""
    yield client.get(NEW, follow=True)
    key = UUID(begin(client)["Location"].split("/")[2])
    draft = Partnership.objects.get(uuid=key)
    yield client.get(url("phase-edit", draft, draft.phases.get().pk))
    send(client, draft, "who", kinds=["public", "third_sector", "citizens"], names_third_sector="Hill Trust")
    # With the three boxes ticked: their fields for names are read too.
    yield client.get(step_url(draft, "who"))
    yield client.get(step_url(draft, "roles"))


def test_the_reader_counts_what_is_in_sight() -> None:
    text = """
    <p>no</p><main>one <details><summary>two</summary>no</details><details open><summary>three</summary>four</details>
    <span class="govuk-visually-hidden">no</span><select><option>no</option><option selected>five</option></select>
    <input type="checkbox"><label>six</label><div class="reveal">no</div>
    <input type="checkbox" checked><div class="reveal">seven</div></main>"""
    assert words(HttpResponse(text)) == ["one", "two", "three", "four", "five", "six", "seven"]


def test_what_comes_before_the_questions_is_read_quickly(client: Client) -> None:
    counts = [len(words(page)) for page in pages(client)]
    assert len(counts) == 4
    assert min(counts) > 20
    assert sum(counts) <= 260, counts


def test_every_page_says_where_one_is_and_how_to_go_on(client: Client) -> None:
    for place, page in enumerate(pages(client), start=1):
        read = " ".join(words(page))
        assert read.startswith(f"Step {place} of 4 ")
        assert "Save and continue" in read


def test_a_page_has_one_heading_whether_it_is_one_question_or_several(client: Client, full: Partnership) -> None:
    answered(full)
    for page in (*(step_url(full, step) for step in STEPS), reverse("phase-new", args=[full.uuid])):
        body = client.get(page).content.decode()
        assert body.count("<h1") == 1
        assert body.count("<fieldset") == body.count("<legend")
