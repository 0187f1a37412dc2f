"""Checking the answers of a draft, and handing it in."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import Assessment, Partnership
from taxonomy.cells import CELLS
from tests import factories
from tests.drafting import ANSWERS, DRAFT, answered, edit, main_of, new, send, signed_in, stated, step_url, url

pytestmark = pytest.mark.django_db
CITIZENS_ALONE = "citizens_or_third_sector"


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


@pytest.fixture
def draft(client: Client) -> Partnership:
    """A record without a gap, about which nothing is answered yet."""
    new(client)
    return Partnership.objects.get()


@pytest.fixture
def complete(draft: Partnership) -> Partnership:
    """The same with all six questions answered."""
    answered(draft)
    return draft


def submit(client: Client, draft: Partnership) -> str:
    """Hand it in as the check page shows it now; where that leads."""
    seen = client.get(url("draft-check", draft)).context["seen"]
    return client.post(url("draft-submit", draft), {"seen": seen})["Location"]


# ---- What the page shows -----------------------------------------------------------------------------


def test_it_shows_answers_with_links_to_change_each_and_to_come_back(client: Client, complete: Partnership) -> None:
    body = main_of(client.get(url("draft-check", complete)))
    phase = complete.phases.get()
    assert f'href="{step_url(complete, "about")}?from=check#div_id_title"' in body
    assert f'href="{step_url(complete, "who")}?from=check#div_id_kinds"' in body
    assert f'href="{url("phase-edit", complete, phase.pk)}?from=check"' in body
    assert f'href="{url("draft-question", complete, phase.pk, "model")}?from=check"' in body
    assert f'href="{url("draft-basis", complete, phase.pk)}?from=check"' in body
    assert "Citizens: Decided together" in body


def test_it_explains_the_result_under_both_lenses(client: Client, complete: Partnership) -> None:
    body = main_of(client.get(url("draft-check", complete)))
    assert "8 · Co-Governance" in body
    assert "By sector" in body
    assert "By profession" in body
    assert "Design is shared" in body


def test_a_direct_statement_is_shown_with_its_reason_and_no_answers(client: Client, draft: Partnership) -> None:
    stated(draft, "shared", CITIZENS_ALONE, reason="The agreement of 2014.")
    body = main_of(client.get(url("draft-check", draft)))
    assert "8 · Co-Governance" in body
    assert CELLS[7].plain in body
    assert "The agreement of 2014." in body
    assert "Who chose how it works?" not in body
    assert f'href="{url("draft-directly", draft, draft.phases.get().pk)}?from=check"' in body


def test_it_says_what_somebody_does_besides_and_why_it_stands_where(client: Client, complete: Partnership) -> None:
    complete.partners.filter(kind="public").update(
        name="Hill Homes", roles=["pays", "inspects"], hybrid=True, note="The council appoints its board."
    )
    body = main_of(client.get(url("draft-check", complete)))
    assert "Hill Homes: Pays; Inspects; stands between the sectors; The council appoints its board." in body


def test_each_stage_has_its_own_answers(client: Client, complete: Partnership) -> None:
    complete.phases.update(name="Pilot")
    later = factories.add_phase(complete, name="Year 2")
    factories.assessment(later, submitted=False, method="guided", perspective="public_body", answers=ANSWERS)
    body = main_of(client.get(url("draft-check", complete)))
    assert body.index(">Pilot</h2>") < body.index(">Year 2</h2>")
    assert body.count("Who chose how it works?") >= 2
    assert f'href="{url("draft-question", complete, later.pk, "run")}?from=check"' in body


def test_optional_blanks_are_left_out(client: Client, draft: Partnership) -> None:
    assert "Town or area" not in main_of(client.get(url("draft-check", draft)))
    edit(client, draft, place="Hill", summary="Mends things.")
    body = main_of(client.get(url("draft-check", draft)))
    assert "Town or area" in body
    assert "Mends things." in body


def test_what_is_listed_only_is_said(draft: Partnership) -> None:
    Partnership.objects.update(unit="vehicle")
    body = signed_in(factories.user(Role.CURATOR)).get(url("draft-check", draft)).content.decode()
    assert "listed beside the matrix" in body


@pytest.mark.parametrize(
    ("kinds", "design", "delivery", "notes"),
    [
        (["public"], "shared", CITIZENS_ALONE, ["third sector design it", "third sector deliver it"]),
        (["citizens"], "public", "shared", ["public sector designs it", "public sector delivers it"]),
        (["private"], "shared", "", ["public sector designs it", "third sector design it"]),
        (["public", "community"], "shared", CITIZENS_ALONE, []),
        (["public"], "", "public", []),
    ],
)
def test_a_statement_that_does_not_go_with_who_takes_part_is_noted_and_not_refused(
    client: Client, kinds: list[str], design: str, delivery: str, notes: list[str]
) -> None:
    new(client, kinds=kinds)
    draft = Partnership.objects.get()
    stated(draft, design, delivery)
    page = client.get(url("draft-check", draft))
    found = [note.text for stage in page.context["page"].stages for note in stage.notes]
    assert len(found) == len(notes)
    assert all(part in text for part, text in zip(notes, found, strict=True))
    body = main_of(page)
    assert ("If both are right, leave them." in body) == bool(notes)
    assert f'action="{url("draft-submit", draft)}"' in body


# ---- Gaps ---------------------------------------------------------------------------------------------


def gaps(client: Client, draft: Partnership) -> list[tuple[str, str]]:
    return [(gap.text, gap.url) for gap in client.get(url("draft-check", draft)).context["page"].gaps]


def test_every_gap_is_named_with_a_link_and_there_is_no_submit_button(client: Client) -> None:
    new(client, DRAFT, country="", areas=[])
    draft = Partnership.objects.get()
    pk = draft.phases.get().pk
    assert gaps(client, draft) == [
        ("Choose a country.", f"{step_url(draft, 'about')}?from=check#div_id_country"),
        ("Tick at least one area that it is about.", f"{step_url(draft, 'areas')}?from=check#div_id_areas"),
        ("Answer who decided and who does the work.", f"{url('draft-question', draft, pk, 'outcomes')}?from=check"),
        ("Say whose view it is.", f"{url('draft-basis', draft, pk)}?from=check"),
    ]
    assert url("draft-submit", draft) not in main_of(client.get(url("draft-check", draft)))


def test_questions_that_are_left_are_counted_and_lead_to_the_first_of_them(client: Client, draft: Partnership) -> None:
    claim = answered(draft, answers={**ANSWERS, "detail": {}, "front": {}}, perspective="")
    pk = draft.phases.get().pk
    text = "Answer 2 more questions on who decided and who does the work."
    assert gaps(client, draft) == [
        (text, f"{url('draft-question', draft, pk, 'detail')}?from=check"),
        ("Say whose view it is.", f"{url('draft-basis', draft, pk)}?from=check"),
    ]
    claim.answers = {**ANSWERS, "detail": {}}
    claim.save()
    assert gaps(client, draft)[0][0] == "Answer one more question on who decided and who does the work."


def test_a_direct_statement_needs_its_reason(client: Client, draft: Partnership) -> None:
    stated(draft, "shared", "", reason="")
    assert gaps(client, draft) == [
        ("Say what your answers rest on.", f"{url('draft-directly', draft, draft.phases.get().pk)}?from=check")
    ]


def test_a_gap_names_its_stage_where_there_are_several_and_a_plan_has_none(
    client: Client, complete: Partnership
) -> None:
    complete.phases.update(name="Pilot")
    factories.add_phase(complete, name="Year 2")
    factories.add_phase(complete, name="Year 3", planned=True)
    assert [text for text, _url in gaps(client, complete)] == [
        "Year 2: Answer who decided and who does the work.",
        "Year 2: Say whose view it is.",
    ]


# ---- Coming back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["about", "who", "areas", "more", "roles"])
def test_a_change_from_the_check_page_leads_back_to_it(client: Client, draft: Partnership, step: str) -> None:
    answers = {"title": "Repair café", "unit": "case", "country": "GB", "areas": ["05"], "kinds": ["public"]}
    page = client.get(f"{step_url(draft, step)}?from=check")
    assert f'action="{step_url(draft, step)}?from=check"' in page.content.decode()
    assert send(client, draft, step, "?from=check", **answers)["Location"] == url("draft-check", draft)


@pytest.mark.parametrize("word", ["//evil.example", "https://evil.example", "draft-check", "%0d%0a", ""])
def test_attack_80_any_other_word_leads_nowhere_else(client: Client, draft: Partnership, word: str) -> None:
    response = send(client, draft, "areas", f"?from={word}", areas=["05"])
    assert response["Location"] == url("draft-check", draft)
    assert send(client, draft, "more", f"?from={word}")["Location"] == url("draft", draft)


# ---- Handing it in ----------------------------------------------------------------------------------------


def test_attack_79_submitting_an_incomplete_draft_leads_to_the_first_gap(client: Client) -> None:
    new(client, DRAFT, country="")
    draft = Partnership.objects.get()
    response = client.post(url("draft-submit", draft), {"seen": actions.seen_of(draft)}, follow=True)
    assert response.redirect_chain[0][0] == f"{step_url(draft, 'about')}?from=check#div_id_country"
    assert "It is not complete yet. Choose a country." in response.content.decode()
    assert Partnership.objects.get().status == "draft"


def test_attack_79_neither_are_unanswered_questions_skipped(client: Client, draft: Partnership) -> None:
    response = client.post(url("draft-submit", draft), {"seen": actions.seen_of(draft)})
    assert response["Location"].startswith(url("draft-question", draft, draft.phases.get().pk, "outcomes"))
    assert Partnership.objects.get().status == "draft"


def test_submitting_hands_it_in_and_says_what_comes_next(client: Client, complete: Partnership, ada: User) -> None:
    address = submit(client, complete)
    assert address == url("draft-submit", complete)
    assert "A curator of the register reads it." in client.get(address).content.decode()
    after = Partnership.objects.get()
    claim = Assessment.objects.get()
    assert after.status == "submitted"
    assert (claim.assessor, claim.result["sector"]["cells"]) == (ada, [8])
    assert claim.submitted_at is not None
    assert after.history.first().history_user == ada


def test_submitting_twice_is_as_good_as_once(client: Client, complete: Partnership) -> None:
    submit(client, complete)
    history = Partnership.history.count()
    response = client.post(url("draft-submit", complete), {"seen": "x"})
    assert response.status_code == 200
    assert "What happens next" in response.content.decode()
    assert Partnership.history.count() == history


@pytest.mark.parametrize("seen", ["", "x", "\x00"])
def test_what_nobody_has_checked_is_not_submitted(client: Client, complete: Partnership, seen: str) -> None:
    response = client.post(url("draft-submit", complete), {"seen": seen}, follow=True)
    assert "Somebody else saved this draft while you were checking it." in response.content.decode()
    assert Partnership.objects.get().status == "draft"


def test_neither_what_somebody_changed_meanwhile(client: Client, complete: Partnership, ben: User) -> None:
    seen = client.get(url("draft-check", complete)).context["seen"]
    edit(signed_in(ben), complete, place="Hill")
    client.post(url("draft-submit", complete), {"seen": seen})
    assert Partnership.objects.get().status == "draft"
    seen = client.get(url("draft-check", complete)).context["seen"]
    Assessment.objects.update(answers={**ANSWERS, "run": {"public": "led", "citizens": "led"}})
    client.post(url("draft-submit", complete), {"seen": seen})
    assert Partnership.objects.get().status == "draft"


def test_attack_34_reading_the_submit_page_submits_nothing(client: Client, complete: Partnership) -> None:
    assert client.get(url("draft-submit", complete))["Location"] == url("draft-check", complete)
    assert Partnership.objects.get().status == "draft"


def test_a_submitted_record_has_no_form_any_more(client: Client, complete: Partnership) -> None:
    submit(client, complete)
    pages = [url("draft-edit", complete), url("draft-check", complete), step_url(complete, "who")]
    pages += [url("draft-next", complete, "who"), url("phase-new", complete)]
    pages.append(url("phase-edit", complete, complete.phases.get().pk))
    for page in pages:
        assert client.get(page)["Location"] == url("draft", complete)
    actions.publish(partnership=complete, by=None)
    assert client.get(url("draft-submit", complete))["Location"] == url("draft", complete)


def test_what_is_sent_back_is_changed_and_submitted_again(client: Client, complete: Partnership) -> None:
    submit(client, complete)
    note = "Who runs it <today>?\nName the group."
    actions.request_changes(partnership=complete, by=factories.user(Role.CURATOR), note=note)
    for page in (url("draft-edit", complete), url("draft-check", complete), url("draft", complete)):
        assert "Who runs it &lt;today&gt;?<br>Name the group." in client.get(page).content.decode()
    # What was signed stands, and is what the new one starts from.
    assert gaps(client, complete) == []
    together = {**ANSWERS, "run": {"public": "led", "citizens": "together"}}
    answered(complete, answers=together)
    submit(client, complete)
    assert Partnership.objects.get().status == "submitted"
    signed = Assessment.objects.order_by("pk").values_list("result", flat=True)
    assert [result["sector"]["cells"] for result in signed] == [[8], [5]]


# ---- The whole way --------------------------------------------------------------------------------------


def test_the_journey_from_the_form_to_the_matrix(client: Client, complete: Partnership) -> None:
    assert "/partnerships/new/" in client.get("/my/").content.decode()
    submit(client, complete)
    assert "Repair café" not in Client().get("/partnerships/").content.decode()
    curator = factories.user(Role.CURATOR)
    actions.adopt(phase=complete.phases.get(), claim=Assessment.objects.get(), by=curator)
    published = actions.publish(partnership=complete, by=curator)
    assert "Repair café" in Client().get(published.get_absolute_url()).content.decode()
    body = client.get(reverse("draft", args=[complete.uuid])).content.decode()
    assert published.get_absolute_url() in body
    assert "8 · Co-Governance" in body
