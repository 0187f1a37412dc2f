"""Case pages, and pages of the organisations and sources behind them."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import Partnership
from tests import factories

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    """The page as text: without tags, one space between words."""
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def brescia() -> Partnership:
    """A published partnership with everything that a page can show."""
    record = factories.partnership(
        "Brescia", design="shared", delivery="shared", countries=["IT"], summary="Care with families.",
        narrative="It *began* small.", aliases=["Famiglie"], phase={"name": "Since the start"},
        partners=[("public", "City of Brescia"), ("citizens", "")],
    )  # fmt: skip
    book = factories.source("Grey Book", slug="grey-book", authors="Bovaird, T.", year=2013)
    factories.statement(record, source=book, place="p. 12", cells={5}, kind="hedged", hedge="comes closest to")
    factories.statement(record, source=book, kind="movement", from_cells={4, 7}, to_cells={5}, paraphrase="It moved.")
    factories.evidence(record, source=book, place="table 3", supports=["design"], grade="B")
    factories.case_study(record, headline="Families first", body="A **story**.").lessons.create(
        theme="funding", text="Money helps."
    )
    return record


ON_THE_PAGE = [
    "Case · Italy",
    "Care with families.",
    "It began small.",
    "Also written: Famiglie",
    "Public bodies City of Brescia",
    "Citizens Not named",
    "Since the start 5 · Full Co-Production Dates not stated",
    "Case study: Families first",
    "A story .",
    "Funding Money helps.",
    "A movement from 4 or 7 to 5",
    "Grey Book",
    "p. 12",
    "comes closest to",
    "table 3",
    "B: independent evaluation",
    "Service area Not stated",
    "Cite this",
    "“Brescia”. Co-production Matrix",
    "Report a mistake",
]


def test_the_case_page_shows_all_that_the_record_has(client: Client, brescia: Partnership) -> None:
    shown = text(client, brescia.get_absolute_url())

    assert [words for words in ON_THE_PAGE if words not in shown] == []


def test_what_was_never_said_is_shown_as_not_stated(client: Client) -> None:
    bare = factories.partnership("Bare")

    shown = text(client, bare.get_absolute_url())

    assert "Not placed" in shown
    assert "Who takes part Not stated" in shown
    assert "Where Not stated" in shown


ASSESSED = [
    "Why it stands here Assessed: Public body , ",
    "Guided adopted What it rests on: The agreement",
    "By sector 7 · Co-Management",
    "By profession 4",
    "People were asked",
    "By sector: what would change it",
    "Placed under codebook 1.0 .",
    "disputed Those who assessed it do not put it in the same cell.",
    "Everybody answers for themselves, and nothing is averaged.",
    "Guided by invitation",
    "Design: Shared. Delivery: Public sector. Interviews",
    "By sector Public body: 7 · Co-Management Users or community: 7 · Co-Management Researcher: 2 · Co-Governance",
    "They differ on design and delivery.",
    "Question by question",
    "Answers that are shown and never counted",
    "Each is laid beside this assessment: Public body.",
    "Grey Book , p. 12 Different cell The source says 5, the assessment 7.",
    "What was done Checklists show what was done.",
    "between the sectors",
    "By profession: Professionals",
]


def test_an_assessed_case_says_why_and_who_sees_it_how(client: Client) -> None:
    record = factories.partnership("Elm", partners=[("public", "Hill Council"), ("third_sector", "Elm Trust")])
    record.partners.update(hybrid=True)
    phase = record.phases.get()
    public = factories.assessment(
        phase, method="guided", perspective="public_body", reason="The agreement",
        answers={**factories.ANSWERS, "check": {"public": "led"}},
    )  # fmt: skip
    factories.invited_assessment(phase)
    factories.assessment(phase, perspective="researcher", design="shared", delivery="public", reason="Interviews")
    factories.assessment(phase, perspective="third_sector", reason="Zanzibar", submitted=False)
    actions.adopt(phase=phase, claim=public, by=factories.user(Role.CURATOR), rationale="It is documented.")
    factories.statement(record, source=factories.source("Grey Book"), phase=phase, place="p. 12", cells={5})
    factories.checklist_item(phase)

    shown = text(client, record.get_absolute_url())

    assert [words for words in ASSESSED if words not in shown] == []
    assert "Zanzibar" not in shown


def test_a_direct_statement_says_why_the_professional_lens_is_not_known(client: Client) -> None:
    record = factories.partnership("Quick")
    claim = factories.assessment(record.phases.get(), design="shared", delivery="public", reason="The contract")
    actions.adopt(
        phase=record.phases.get(), claim=claim, by=factories.user(Role.CURATOR), rationale="It is documented."
    )

    shown = text(client, record.get_absolute_url())

    assert "What it rests on: The contract" in shown
    assert "By profession its place is not known, because only answers about who did what tell" in shown


def test_an_arrow_stands_beside_a_place_and_not_in_front_of_it(client: Client) -> None:
    placed, moving = (
        factories.partnership("Placed", design="shared", delivery="shared"),
        factories.partnership("Moving"),
    )
    for record in (placed, moving):
        factories.statement(record, kind="movement", from_cells={4, 7}, to_cells={5})

    assert "from the literature A movement from 4 or 7 to 5" in text(client, placed.get_absolute_url())
    assert "from the literature A source describes a movement from 4 or 7 to 5" in text(
        client, moving.get_absolute_url()
    )


# ---- Giving one's own view ---------------------------------------------------------------------

GIVE = "Give your view of this phase"


def given_to(who: User | None, record: Partnership) -> bool:
    client = Client()
    if who:
        client.force_login(who)
    return GIVE in text(client, record.get_absolute_url())


def test_researchers_curators_and_the_keeping_organisation_may_give_their_view(client: Client) -> None:
    officer = factories.user()
    record = factories.partnership("Elm", organisation=officer.organisation)

    assert given_to(officer, record)
    assert given_to(factories.user(Role.RESEARCHER), record)
    assert given_to(factories.user(Role.CURATOR), record)
    assert given_to(factories.user(Role.ADMINISTRATOR), record)


def test_nobody_else_may(client: Client) -> None:
    organisation = factories.organisation()
    without_role = factories.user(organisation=organisation)
    without_role.groups.clear()
    record = factories.partnership("Elm", organisation=organisation)
    of_the_library = factories.partnership("Library")

    assert not given_to(None, record)
    assert not given_to(factories.user(), record)
    assert not given_to(without_role, record)
    assert not given_to(factories.user(organisation=None), of_the_library)


def test_the_link_leads_to_the_questions_about_the_phase() -> None:
    record = factories.partnership("Elm")
    client = Client()
    client.force_login(factories.user(Role.RESEARCHER))
    url = f"/partnerships/elm/phases/{record.phases.get().pk}/assess/"

    assert f'href="{url}"' in client.get("/partnerships/elm/").content.decode()
    assert client.get(url).status_code == 200


def test_what_visitors_see_may_still_be_cached(client: Client) -> None:
    response = client.get(factories.partnership("Elm").get_absolute_url())

    assert "no-store" not in response.get("Cache-Control", "")
    assert not response.cookies


def test_an_inferred_position_is_a_link_away(client: Client) -> None:
    guessed = factories.partnership(design="public", delivery="public", phase=factories.INFERENCE)

    hidden, shown = (text(client, guessed.get_absolute_url() + query) for query in ("", "?inferred=1"))

    assert "A coder has inferred a position. Show the inferred position" in hidden
    assert "Nobody says so." not in hidden
    assert "Inferred by a coder, low confidence Nobody says so." in shown


def test_what_is_listed_is_said_to_be_counted_nowhere(client: Client) -> None:
    bonds = factories.partnership("Bonds", unit="class")

    assert "It is listed, not counted on the matrix" in text(client, bonds.get_absolute_url())


@pytest.mark.parametrize("path", ["/partnerships/typed/", "/partnerships/", "/", "/cells/5/"])
def test_attacks_57_to_60_what_people_typed_is_text(client: Client, path: str) -> None:
    typed = '<script>alert(1)</script> "><img src=x onerror=alert(1)> [x](javascript:alert(1))'
    record = factories.partnership(
        typed, slug="typed", summary=typed, narrative=typed, place=typed, aliases=[typed], tags=[typed],
        design="shared", delivery="shared", phase={"name": typed, "rationale": typed}, partners=[("public", typed)],
    )  # fmt: skip
    factories.statement(record, label=typed, hedge=typed, paraphrase=typed, place=typed, cells={5})

    page = client.get(path).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    for attack in ("<script>alert", "<img src=x", 'href="javascript:'):
        assert attack not in page


# ---- Organisations -----------------------------------------------------------------------------


def test_an_organisation_shows_in_what_it_takes_part(client: Client) -> None:
    leith = factories.organisation("Leith Council", slug="leith", website="https://leith.example")
    for title in ("One", "Two"):
        record = factories.partnership(title)
        record.partners.create(kind="public", name="Leith Council", organisation=leith)
        record.partners.create(kind="public", name="Leith Housing", organisation=leith)
    factories.partnership("Three")

    response = client.get("/organisations/leith/")

    assert [card.title for card in response.context["cards"]] == ["One", "Two"]
    assert "https://leith.example" in response.content.decode()


def test_an_organisation_that_only_keeps_records_has_no_page(client: Client) -> None:
    officer = factories.user()
    factories.partnership(organisation=officer.organisation)

    assert client.get(officer.organisation.get_absolute_url()).status_code == 404


# ---- Sources -----------------------------------------------------------------------------------


def test_a_source_shows_its_reference_and_what_leans_on_it(client: Client, brescia: Partnership) -> None:
    response = client.get("/sources/grey-book/")

    assert [card.title for card in response.context["cards"]] == ["Brescia"]
    assert "Bovaird, T." in response.content.decode()


def test_a_source_may_be_leant_on_by_evidence_alone(client: Client) -> None:
    book = factories.source(slug="blue-book")
    factories.evidence(factories.partnership("Brescia"), source=book)

    assert [card.title for card in client.get("/sources/blue-book/").context["cards"]] == ["Brescia"]
