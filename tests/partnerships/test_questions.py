"""The questions about a phase, behind each of the three doors: what is asked, saved, refused, shown and sent."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from partnerships import actions
from partnerships.assessors import fingerprint
from partnerships.models import Assessment, Partner, Partnership
from taxonomy.questions import LEVELS, PARTY_KINDS, TASKS, task
from tests import factories
from tests.partnerships.asking import DECIDING, DOORS, KINDS, Way, answer_all, come_by, levels, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(params=DOORS)
def way(request: pytest.FixtureRequest) -> Way:
    """Somebody at each of the doors in turn."""
    return come_by(request.param)


def text(response: Any) -> str:
    """The words of a page, in one line."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(body.split())


def bare(response: Any) -> str:
    """A page less what is different each time: the token against forgery."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", response.content.decode())


# ---- One question ------------------------------------------------------------------------------------


def test_a_question_asks_for_each_kind_that_takes_part_and_no_other(way: Way) -> None:
    page = way.get("question", "model")
    body = page.content.decode()
    assert page.status_code == 200
    assert re.findall(r"<legend[^>]*>(.*?)</legend>", body) == [
        "Hill Council (public body)", "Hill Trust (third sector organisation)", "Citizens",
    ]  # fmt: skip
    names = set(re.findall(r'<input type="(?:radio|checkbox)"[^>]* name="([^"]+)"', body))
    assert names == {"model-public", "model-third_sector", "model-citizens", "model-na"}
    assert body.count('value="together"') == len(KINDS)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("detail", ["Not involved", "Told or asked", "Decided together", "Led or decided alone", "Don&#x27;t know"]),
        ("front", [
            "Not involved", "Only uses it or helps now and then", "Does it with others", "Leads or does it alone",
            "Don&#x27;t know",
        ]),
    ],
)  # fmt: skip
def test_levels_have_other_words_for_design_than_for_delivery(code: str, expected: list[str]) -> None:
    body = come_by("draft").get("question", code).content.decode()
    assert re.findall(r'aria-label="([^"]+)"', body.partition("levels__kind")[2])[:5] == expected


def test_a_question_says_what_counts_and_what_does_not(way: Way) -> None:
    page = text(way.get("question", "model"))
    assert "Question 2 of 6" in page
    assert "Counts: A vote of residents that binds." in page
    assert "Does not count: A vote that only advises." in page


def test_the_questions_follow_each_other_and_end_with_the_basis(way: Way) -> None:
    for here, following in pairwise(DECIDING):
        response = way.post("question", here, **levels(here, public="led"))
        assert response["Location"] == way.url("question", following)
        assert way.get("question", following).context["back_url"] == way.url("question", here)
    assert way.post("question", "front", **levels("front", public="led"))["Location"] == way.url("basis")


def test_going_back_from_the_first_question_leads_out() -> None:
    draft, assess = come_by("draft"), come_by("assess")
    assert draft.get("question", "outcomes").context["back_url"] == reverse("draft", args=[draft.args[0]])
    assert assess.get("question", "outcomes").context["back_url"] == assess.url("start")


def test_answers_are_saved_and_shown_again(way: Way) -> None:
    way.post("question", "model", **levels("model", public="led", citizens="asked", third_sector="none"))
    claim = way.present()
    assert claim.answers == {"model": {"public": "led", "third_sector": "none", "citizens": "asked"}}
    assert (claim.method, claim.submitted_at, claim.by_invitation) == ("guided", None, way.door == "invitation")
    form = way.get("question", "model").context["form"]
    assert [form[f"model-{kind}"].value() for kind in KINDS] == ["led", "none", "asked"]
    assert "checked" in way.get("question", "model").content.decode()


def test_a_kind_left_blank_beside_an_answered_one_is_not_known(way: Way) -> None:
    way.post("question", "model", **levels("model", public="led"))
    assert way.present().answers["model"] == {"public": "led", "third_sector": "unknown", "citizens": "unknown"}


def test_a_question_may_not_apply(way: Way) -> None:
    assert way.post("question", "signoff", **levels("signoff", na="on")).status_code == 302
    assert way.present().answers == {"signoff": "na"}
    assert way.get("question", "signoff").context["form"]["signoff-na"].value() is True


def test_a_blank_question_is_a_message_beside_it_and_can_be_skipped(way: Way) -> None:
    response = way.post("question", "run")
    body = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_run-public_0">Say what each did, or choose “Don’t know”.</a>' in body
    assert body.count("Say what each did") == 2
    assert body.count("<title>Error:") == 1
    assert f'href="{way.url("question", "front")}">Skip for now' in body
    assert way.present().pk is None


def test_levels_beside_does_not_apply_are_a_message_at_the_box(way: Way) -> None:
    sent = levels("model", public="led", na="on")
    response = way.post("question", "model", **sent)
    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == ["model-na"]
    assert '<a href="#id_model-na">' in response.content.decode()
    assert (form["model-public"].value(), form["model-na"].value()) == ("led", True)
    assert way.present().pk is None
    # No browser lets anybody take back a radio: the page that comes back has a button for it.
    assert 'name="apart"' in response.content.decode()
    assert way.post("question", "model", **sent, apart="1").status_code == 302
    assert way.present().answers == {"model": "na"}


def test_dont_know_is_an_answer(way: Way) -> None:
    assert way.post("question", "model", **levels("model", public="unknown")).status_code == 302
    assert set(way.present().answers["model"].values()) == {"unknown"}


@pytest.mark.parametrize("code", ["needs", "check"])
def test_questions_that_never_count_are_asked_alike_and_lead_back_to_all_of_them(way: Way, code: str) -> None:
    page = text(way.get("question", code))
    assert "Shown, never counted" in page
    assert "Question 0" not in page
    assert way.post("question", code, **levels(code, public="led"))["Location"] == way.url("questions")


def test_where_nobody_takes_part_the_page_says_so() -> None:
    draft, invited = come_by("draft", partners=[]), come_by("invitation", partners=[])
    for page in ("question", "questions"):
        more = ["model"] if page == "question" else []
        assert reverse("draft-step", args=[draft.args[0], "who"]) in draft.get(page, *more).content.decode()
        assert "Nobody takes part yet" in text(invited.get(page, *more))
    assert draft.post("question", "model", opened="").status_code == 422


def test_a_draft_of_several_phases_says_which_one() -> None:
    way = come_by("draft")
    assert way.get("question", "model").context["door"].caption == ""
    factories.add_phase(way.phase.partnership, name="Year 2")
    assert "Pilot · Question 2 of 6" in text(way.get("question", "model"))
    assert "Repair café · Pilot · Question 2 of 6" in text(come_by("assess").get("question", "model"))


def test_partners_of_one_kind_are_named_together_up_to_three() -> None:
    partners = [("third_sector", f"Trust {n}") for n in range(1, 6)] + [("community", "A"), ("community", "B")]
    body = come_by("draft", partners=partners).get("question", "model").content.decode()
    assert re.findall(r"<legend[^>]*>(.*?)</legend>", body) == [
        "Trust 1, Trust 2, Trust 3 and 2 more (third sector organisations)", "A and B (community groups)",
    ]  # fmt: skip


def test_names_of_partners_are_escaped() -> None:
    body = come_by("draft", partners=[("public", "<b>Hill</b>")]).get("question", "model").content.decode()
    assert "<b>Hill" not in body
    assert "&lt;b&gt;Hill" in body


# ---- Everything on one page ----------------------------------------------------------------------------


def test_one_page_asks_all_and_folds_what_never_counts(way: Way) -> None:
    body = way.get("questions").content.decode()
    shown, _, folded = body.partition('<details class="folded">')
    for each in TASKS:
        assert (f'name="{each.code}-public"' in (shown if each.decides else folded)) is True
    found = re.findall(r'\sid="([^"]*)"', body)
    assert sorted(found) == sorted(set(found))


def test_one_page_saves_what_is_there_and_leaves_the_rest_unanswered(way: Way) -> None:
    sent = {**levels("model", public="led"), **levels("run", na="on"), **levels("refer", public="together")}
    response = way.post("questions", **sent)
    assert response["Location"] == way.url("basis")
    assert way.present().answers == {
        "model": {"public": "led", "third_sector": "unknown", "citizens": "unknown"},
        "run": "na",
        "refer": {"public": "together", "third_sector": "unknown", "citizens": "unknown"},
    }
    assert '<details class="folded" open>' in way.get("questions").content.decode()


def test_one_page_may_be_wholly_blank(way: Way) -> None:
    assert way.post("questions").status_code == 302
    assert way.present().answers == {}


def test_one_page_says_which_question_contradicts_itself_and_keeps_the_rest(way: Way) -> None:
    sent = {**levels("model", public="led", na="on"), **levels("run", citizens="together")}
    response = way.post("questions", **sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["model-na"]
    assert response.context["form"]["run-citizens"].value() == "together"
    assert way.post("questions", **sent, apart="1").status_code == 302
    assert way.present().answers["model"] == "na"
    assert way.present().answers["run"]["citizens"] == "together"


# ---- Bad input -------------------------------------------------------------------------------------------


FORGED = [
    ({"model-martians": "led"}, "a kind of partner that there is none of"),
    ({"model-community": "led"}, "“Community group”, which does not take part"),
    ({"model-public": "king"}, "none of those to choose from"),
    ({"model-public": "led\x00"}, "none of those to choose from"),
    ({"model-public": ["king", "led"]}, "none of those to choose from"),
    ({"weather-public": "led"}, "a question that is not on the page"),
    ({"-": "led"}, "a question that is not on the page"),
    ({"model-": "led"}, "a kind of partner that there is none of"),
]


@pytest.mark.parametrize("where", ["question", "questions"])
def test_what_no_page_asks_is_refused_in_words_and_nothing_is_saved(
    way: Way, where: str, subtests: pytest.Subtests
) -> None:
    more = ["model"] if where == "question" else []
    seen = way.get(where, *more).context
    untouched = {"opened": seen["opened"], "before": seen["before"], **levels("model", third_sector="led")}
    for sent, words in FORGED:
        with subtests.test(**sent):
            response = way.post(where, *more, **{**untouched, **sent})
            assert response.status_code == 400
            assert "Nothing was saved" in text(response)
            assert words in text(response)
            assert not Assessment.objects.exists()


def test_a_question_is_answered_on_its_own_page_only(way: Way) -> None:
    response = way.post("question", "model", **levels("model", public="led"), **levels("run", public="led"))
    assert response.status_code == 400
    assert not Assessment.objects.exists()


def test_a_kind_that_leaves_between_reading_and_saving_is_refused(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    save = actions.save_assessment

    def overtaken(**given: Any) -> Assessment:
        Partner.objects.filter(kind="citizens").delete()
        return save(**given)

    monkeypatch.setattr(actions, "save_assessment", overtaken)
    response = way.post("question", "model", **levels("model", citizens="led"))
    assert response.status_code == 400
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("code", ["weather", "na", "Model", "model\x00"])
def test_an_unknown_question_is_not_found(way: Way, code: str) -> None:
    assert way.client.get(way.url("questions") + f"{code}/").status_code == 404
    assert way.client.post(way.url("questions") + f"{code}/", {}).status_code == 404


@pytest.mark.parametrize("opened", ["", "x", "ä\x00", "0" * 9999])
def test_a_forged_beginning_counts_as_none(way: Way, opened: str) -> None:
    way.post("question", "model", **levels("model", public="led"))
    response = way.post("question", "model", opened=opened, before=opened, **levels("model", public="asked"))
    assert response.status_code == 409
    assert way.present().answers["model"]["public"] == "led"


@pytest.mark.parametrize("where", ["questions", "basis", "result"])
def test_other_methods_are_refused(way: Way, where: str) -> None:
    assert way.client.put(way.url(where)).status_code == 405
    assert way.client.head(way.url(where)).status_code == 200
    assert way.client.post(way.url("result")).status_code == 405


# ---- Who may come in ---------------------------------------------------------------------------------------


PAGES = [("questions",), ("question", "model"), ("directly",), ("basis",), ("result",)]


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "withdrawn"])
def test_another_organisations_draft_looks_like_none(where: tuple[str, ...], status: str) -> None:
    way = come_by("draft")
    Partnership.objects.update(status=status)
    stranger = signed_in(factories.user())
    nothing = stranger.get(reverse("draft-questions", args=["00000000-0000-0000-0000-000000000000", way.phase.pk]))
    for answer in (stranger.get(way.url(*where)), stranger.post(way.url(*where), {"model-public": "led"})):
        if where != ("result",) or answer.status_code != 405:
            assert answer.status_code == 404
            assert bare(answer) == bare(nothing)
    assert not Assessment.objects.exists()


def test_a_phase_of_another_record_is_not_found() -> None:
    draft, assess = come_by("draft"), come_by("assess")
    other = factories.partnership(status="draft", organisation=draft.user.organisation).phases.get()
    for way in (draft, assess):
        for pk in (other.pk, 0, 10**30):
            address = reverse(f"{way.door}-question", args=[way.args[0], pk, "model"])
            assert way.client.get(address).status_code == 404
            assert way.client.post(address, levels("model", public="led")).status_code == 404
    assert not Assessment.objects.exists()


def test_visitors_are_sent_to_sign_in_and_accounts_without_a_role_are_refused() -> None:
    nobody = factories.user()
    nobody.groups.clear()
    for door in ("draft", "assess"):
        way = come_by(door)
        assert Client().get(way.url("questions"))["Location"].startswith("/accounts/sign-in/?next=")
        assert signed_in(nobody).get(way.url("questions")).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OFFICER, 403), (Role.RESEARCHER, 200), (Role.CURATOR, 200), (Role.ADMINISTRATOR, 200)]
)
def test_who_may_assess_what_another_organisation_published(role: str, status: int) -> None:
    way = come_by("assess")
    assert signed_in(factories.user(role)).get(way.url("start")).status_code == status


def test_an_officer_without_an_organisation_assesses_no_record_of_the_library() -> None:
    way = come_by("assess")
    Partnership.objects.update(organisation=None)
    assert signed_in(factories.user(organisation=None)).get(way.url("start")).status_code == 403


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "withdrawn"])
def test_what_is_not_public_cannot_be_assessed_even_by_its_keepers(status: str) -> None:
    way = come_by("assess")
    Partnership.objects.update(status=status)
    assert way.get("start").status_code == 404
    assert way.get("question", "model").status_code == 404


@pytest.mark.parametrize("unit", ["vehicle", "country_pattern", "class", "reference"])
def test_what_is_no_partnership_has_no_questions_to_assess(unit: str) -> None:
    assert come_by("assess", unit=unit).get("start").status_code == 404


def test_a_draft_that_was_handed_in_is_shown_instead() -> None:
    way = come_by("draft")
    Partnership.objects.update(status="submitted")
    response = way.client.get(way.url("question", "model"), follow=True)
    assert response.redirect_chain == [(reverse("draft", args=[way.args[0]]), 302)]
    assert "only a curator can change it now" in response.content.decode()
    assert way.client.get(way.url("result"), headers={"HX-Request": "true"}).status_code == 409


def test_what_is_typed_into_a_draft_that_was_handed_in_is_shown_in_words() -> None:
    way = come_by("draft")
    opened = way.get("question", "model").context["opened"]
    Partnership.objects.update(status="submitted")
    response = way.post("question", "model", opened=opened, **levels("model", public="led"))
    assert response.status_code == 409
    assert "Hill Council (public body): Led or decided alone" in text(response)
    assert "contact@matrix.example" in text(response)
    assert not Assessment.objects.exists()


def test_what_is_handed_in_between_reading_and_saving_is_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    way, save = come_by("draft"), actions.save_assessment

    def overtaken(**given: Any) -> Assessment:
        Partnership.objects.update(status="submitted")
        return save(**given)

    monkeypatch.setattr(actions, "save_assessment", overtaken)
    response = way.post("basis", perspective="public_body", reason="The minutes.")
    assert response.status_code == 409
    assert "The minutes." in text(response)
    assert not Assessment.objects.exists()


# ---- Signed out meanwhile --------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["draft", "assess"])
def test_what_is_sent_after_the_session_ended_is_there_again_after_signing_in(door: str) -> None:
    way = come_by(door)
    opened = way.get("question", "model").context["opened"]
    way.client.logout()
    response = way.post("question", "model", opened=opened, **levels("model", public="led"))
    assert response["Location"].startswith("/accounts/sign-in/")
    way.client.force_login(way.user)
    page = way.get("question", "model")
    assert "You were signed out before this was saved." in text(page)
    assert page.context["form"]["model-public"].value() == "led"
    assert page.context["opened"] == opened
    assert not Assessment.objects.exists()
    assert "You were signed out" not in text(way.get("question", "model"))


def test_a_part_of_a_page_is_no_sign_in_page() -> None:
    for door in ("draft", "assess"):
        way = come_by(door)
        way.client.logout()
        assert way.client.get(way.url("result"), headers={"HX-Request": "true"}).status_code == 401


# ---- The quick path ----------------------------------------------------------------------------------------


STATED = {"design": "shared", "delivery": "citizens_or_third_sector", "reason": "The contract of 2014."}


@pytest.mark.parametrize("door", ["draft", "assess"])
def test_whoever_knows_both_responsibilities_states_them_with_a_reason(door: str) -> None:
    way = come_by(door)
    assert way.url("directly") in way.get("question", "outcomes").content.decode()
    assert way.url("directly") not in way.get("question", "model").content.decode()
    assert way.post("directly", **STATED)["Location"] == way.url("basis")
    claim = way.present()
    assert (claim.method, claim.design, claim.delivery, claim.reason) == ("direct", *STATED.values())
    assert set(way.get("basis").context["form"].fields) == {"perspective", "comment"}


def test_the_quick_path_offers_the_questions_and_says_what_it_leaves_open() -> None:
    way = come_by("draft")
    page = way.get("directly")
    assert f'href="{way.url("question", "outcomes")}">Answer six plain questions' in page.content.decode()
    assert "a direct statement says nothing about that" in text(page)


def test_somebody_invited_has_no_quick_path() -> None:
    way = come_by("invitation")
    assert way.client.get(way.url("start") + "directly/").status_code == 404
    assert "State it directly" not in text(way.get("question", "outcomes"))


@pytest.mark.parametrize("missing", STATED)
def test_the_quick_path_needs_all_three(missing: str) -> None:
    way = come_by("draft")
    response = way.post("directly", **{**STATED, missing: ""})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    "change", [{"design": "king"}, {"delivery": "outside"}, {"reason": "a\x00"}, {"reason": "x" * 2001}]
)
def test_the_quick_path_takes_no_other_answer(change: dict[str, str]) -> None:
    way = come_by("draft")
    assert way.post("directly", **{**STATED, **change}).status_code == 422
    assert not Assessment.objects.exists()


def test_not_known_is_shown_again_as_an_answer() -> None:
    way = come_by("draft")
    way.post("directly", **{**STATED, "design": "unknown"})
    assert way.present().design == ""
    form = way.get("directly").context["form"]
    assert (form["design"].value(), form["delivery"].value()) == ("unknown", STATED["delivery"])


def test_answering_a_question_after_a_direct_statement_asks_for_the_rest() -> None:
    way = come_by("draft")
    way.post("directly", **STATED)
    way.post("question", "model", **levels("model", public="led"))
    assert way.present().method == "guided"


# ---- What it rests on ----------------------------------------------------------------------------------------


def test_the_basis_is_saved_and_leads_on(way: Way) -> None:
    perspective = {} if way.door == "invitation" else {"perspective": "third_sector"}
    response = way.post("basis", reason="Minutes\r\nand plans", comment="None.", **perspective)
    following = reverse("draft-next", args=[way.args[0], "basis"]) if way.door == "draft" else way.url("check")
    assert way.client.get(response["Location"]).status_code in (200, 302)
    if way.door != "draft":
        assert response["Location"] == following
    claim = way.present()
    assert (claim.reason, claim.comment) == ("Minutes\nand plans", "None.")
    assert claim.perspective == ("users_or_community" if way.door == "invitation" else "third_sector")
    # The same text again, with the line ends of a browser, is no change.
    assert (
        way.post("basis", opened="", reason="Minutes\r\nand plans", comment="None.", **perspective).status_code == 302
    )


def test_whose_view_an_invitation_asks_for_is_not_asked_and_cannot_be_forged() -> None:
    way = come_by("invitation")
    assert "perspective" not in way.get("basis").context["form"].fields
    way.post("basis", perspective="public_body", reason="r")
    assert way.present().perspective == "users_or_community"


def test_only_curators_speak_as_the_register() -> None:
    way = come_by("assess")
    assert way.post("basis", perspective="curator").status_code == 422
    curator = factories.user(Role.CURATOR)
    page = signed_in(curator).get(way.url("basis"))
    assert "curator" in [code for code, _label in page.context["form"]["perspective"].field.choices]


def test_whose_view_it_is_has_to_be_said() -> None:
    way = come_by("draft")
    response = way.post("basis", reason="r", perspective="")
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["perspective"]


# ---- The live result ---------------------------------------------------------------------------------------


def tag_of(response: Any) -> str:
    return response.context["explanation"].sector.position.tag


def test_the_result_is_that_of_the_saved_answers_and_those_in_the_query(way: Way) -> None:
    answer_all(way)
    assert tag_of(way.get("result")).startswith("7")
    response = way.get("result", **levels("run", public="led"), **levels("front", public="led"))
    assert response.status_code == 200
    # A kind that the query leaves out is not known, as it would be once saved.
    assert tag_of(response) == "1 or 4"
    assert way.present().answers["run"]["third_sector"] == "led"
    assert tag_of(way.get("result", **levels("front", na="on"), utm="x")).startswith("7")


def test_the_result_stands_on_the_page_without_a_script(way: Way) -> None:
    assert "You see it here as you answer." in text(way.get("question", "outcomes"))
    answer_all(way)
    page = text(way.get("question", "outcomes"))
    assert "7 · Co-Management" in page
    assert "You see it here" not in page


def test_the_result_is_a_part_with_the_line_for_narrow_screens(way: Way) -> None:
    answer_all(way)
    body = way.get("result").content.decode()
    assert "<html" not in body
    assert 'id="result-bar" hx-swap-oob="innerHTML"' in body


def test_the_result_refuses_what_no_page_asks(way: Way, subtests: pytest.Subtests) -> None:
    for sent, words in FORGED:
        with subtests.test(**sent):
            response = way.get("result", **sent)
            assert response.status_code == 400
            assert words in response.content.decode()


@pytest.mark.parametrize(
    ("design", "delivery", "tag"),
    [("shared", "shared", "5 · Full Co-Production"), ("shared", "unknown", "2, 5 or 8"), ("shared", "", "2, 5 or 8")],
)
def test_the_result_of_a_direct_statement(design: str, delivery: str, tag: str) -> None:
    response = come_by("draft").get("result", design=design, delivery=delivery)
    assert response.context["stated"].position.tag == tag
    assert tag in text_of_part(response)


@pytest.mark.parametrize("query", [{"design": "king"}, {"delivery": "\x00"}])
def test_the_result_of_a_direct_statement_refuses_other_codes(query: dict[str, str]) -> None:
    assert come_by("draft").get("result", **query).status_code == 400


def text_of_part(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# ---- Checking and sending ------------------------------------------------------------------------------------


SENDERS = ["assess", "invitation"]


@pytest.mark.parametrize("door", SENDERS)
def test_where_it_begins_says_what_happens_and_where_to_go_on(door: str) -> None:
    way = come_by(door)
    page = way.get("start")
    for words in ("Hill Council (public body)", "never averaged", "0 of 6 answered", "four minutes"):
        assert words in text(page)
    assert page.context["next_url"] == way.url("question", "outcomes")
    way.post("question", "outcomes", **levels("outcomes", public="led"))
    page = way.get("start")
    assert "1 of 6 answered" in text(page)
    assert page.context["next_url"] == way.url("question", "model")
    answer_all(way)
    assert way.get("start").context["next_url"] == way.url("check")


@pytest.mark.parametrize("door", SENDERS)
def test_the_check_page_shows_every_answer_with_a_way_to_change_it(door: str) -> None:
    way = come_by(door)
    answer_all(way)
    page = way.get("check")
    assert "Hill Trust (third sector organisation): Told or asked" in text(page)
    assert "7 · Co-Management" in text(page)
    for code in DECIDING:
        assert f'href="{way.url("question", code)}?from=check"' in page.content.decode()
    changed = way.post("question", "run", query="?from=check", **levels("run", public="led"))
    assert changed["Location"] == way.url("check")
    assert way.client.get(way.url("question", "run") + "?from=check").context["back_url"] == way.url("check")


@pytest.mark.parametrize("door", SENDERS)
def test_what_is_missing_is_listed_and_nothing_is_sent(door: str) -> None:
    way = come_by(door)
    way.post("question", "outcomes", **levels("outcomes", public="led"))
    page = way.get("check")
    assert "5 answers are still missing" in text(page)
    response = way.client.post(way.url("check"), {"seen": page.context["seen"]})
    assert response["Location"] == way.url("question", "model") + "?from=check&missing=1"
    assert "still to be answered before you can send" in text(way.client.get(response["Location"]))
    assert way.present().submitted_at is None


@pytest.mark.parametrize("door", SENDERS)
def test_sending_signs_the_answers_once(door: str) -> None:
    way = come_by(door)
    answer_all(way)
    seen = way.get("check").context["seen"]
    response = way.client.post(way.url("check"), {"seen": seen})
    assert response["Location"] == way.url("sent")
    assert "Your answers have been sent." in text(way.get("sent"))
    claim = Assessment.objects.get()
    assert claim.submitted_at is not None
    assert claim.result["sector"]["cells"] == [7]
    assert (claim.assessor, claim.by_invitation) == (way.user, door == "invitation")
    # Twice pressed is once sent.
    assert way.client.post(way.url("check"), {"seen": seen})["Location"] == way.url("sent")
    assert Assessment.objects.count() == 1
    # The place on the matrix is a curator's to give.
    assert not way.phase.partnership.phases.get().placed()


@pytest.mark.parametrize("door", SENDERS)
@pytest.mark.parametrize("seen", ["", "x"])
def test_what_was_not_seen_is_not_sent(door: str, seen: str) -> None:
    way = come_by(door)
    answer_all(way)
    response = way.client.post(way.url("check"), {"seen": seen})
    assert response.status_code == 409
    assert "changed while you were checking them" in text(response)
    assert way.present().submitted_at is None
    assert way.client.post(way.url("check"), {"seen": response.context["seen"]}).status_code == 302


@pytest.mark.parametrize("door", SENDERS)
def test_nothing_was_sent_yet(door: str) -> None:
    way = come_by(door)
    assert way.get("sent")["Location"] == way.url("start")
    response = way.client.post(way.url("check"), {"seen": way.get("check").context["seen"]})
    assert response["Location"] == way.url("question", "outcomes") + "?from=check&missing=1"


def test_a_correction_starts_from_what_was_signed_and_stands_beside_it() -> None:
    way = come_by("assess")
    answer_all(way)
    way.client.post(way.url("check"), {"seen": way.get("check").context["seen"]})
    page = way.get("check")
    assert "You sent these answers on" in text(page)
    assert 'name="seen"' not in page.content.decode()
    way.post("question", "run", query="?from=check", **levels("run", public="led"))
    way.client.post(way.url("check"), {"seen": way.get("check").context["seen"]})
    first, second = Assessment.objects.order_by("pk")
    assert first.answers["run"]["third_sector"] == "led"
    assert second.answers["run"]["public"] == "led"
    assert second.answers["model"] == first.answers["model"]


def test_a_direct_assessment_is_checked_and_sent() -> None:
    way = come_by("assess")
    way.post("directly", **STATED)
    page = way.get("check")
    assert "8 · Co-Governance" in text(page)
    assert "Who chose how it works?" not in text(page)
    assert f'href="{way.url("directly")}?from=check"' in page.content.decode()
    assert way.client.post(way.url("check"), {"seen": page.context["seen"]}).status_code == 302
    assert Assessment.objects.get().design == "shared"


def test_others_answers_stand_on_no_page_of_an_assessor() -> None:
    way = come_by("assess")
    factories.assessment(
        way.phase, method="guided", reason="Zanzibar", comment="Zanzibar", assessor=factories.user(),
        perspective="users_or_community",
    )  # fmt: skip
    for page in [("start",), ("questions",), ("question", "model"), ("basis",), ("check",), ("result",)]:
        response = way.get(*page)
        assert "zanzibar" not in response.content.decode().casefold()
        assert "7 · Co-Management" not in response.content.decode()


# ---- What a save costs -----------------------------------------------------------------------------------------


def test_a_save_takes_at_most_fifteen_queries(way: Way, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    answers = {code: dict.fromkeys(KINDS, "together") for code in (each.code for each in TASKS)}
    way.post("question", "model", **levels("model", public="led"))
    assessor = way.assessor()
    opened = fingerprint(assessor.state(answers))
    with django_assert_max_num_queries(15):
        actions.save_assessment(assessor=assessor, values=answers, opened=opened, method="guided")


def test_a_save_costs_the_same_however_much_is_answered(way: Way) -> None:
    def cost(**sent: str) -> int:
        opened = way.get("questions").context["opened"]
        with CaptureQueriesContext(connection) as queries:
            assert way.post("questions", opened=opened, **sent).status_code == 302
        return len(queries)

    way.post("question", "model", **levels("model", public="led"))
    few = cost(**levels("run", public="led"))
    every = {
        name: value for each in TASKS for name, value in levels(each.code, **dict.fromkeys(KINDS, "asked")).items()
    }
    assert cost(**every) == few
    # The session, the person, the roles, the record with all that belongs to it, and the save itself.
    assert few <= 30


# ---- Every hinge is true -------------------------------------------------------------------------------------------


NAMED = {kind.code: f"{kind.code.replace('_', ' ').title()} Partner" for kind in PARTY_KINDS}
TOPICS = {each.topic: each.code for each in TASKS}
SENTENCE = re.compile(
    r"If (?P<who>.+?) had (?P<what>only been asked about|decided together on|only helped now and then with|done) "
    r"(?P<topic>.+?)(?: with others)?, (?:this (?:would|could) be |)(?P<then>.+)\."
)
RANDOM = st.fixed_dictionaries(
    {
        code: st.none() | st.just("na") | st.dictionaries(
            st.sampled_from(list(NAMED)), st.sampled_from([level.code for level in LEVELS]), min_size=1
        )
        for code in DECIDING
    }
)  # fmt: skip
ANYTHING = {*map(str, range(1, 10))}


def members(words: str) -> set[str]:
    """The cells that a sentence or a tag names, with "outside" and "nobody"."""
    if words in ("any cell", "Not placed"):
        return ANYTHING
    numbers = words.partition(" · ")[0]
    found = set(re.findall(r"\d", numbers))
    return found | {word for word in ("outside", "nobody") if word in words.casefold()}


def sections(way: Way, answers: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """By lens, as the page says it: the tag of the place, and every sentence on what would change it."""
    given = {code: answer for code, answer in answers.items() if answer}
    Assessment.objects.update(answers=given)
    body = way.get("check").content.decode()
    tags = re.findall(r'<section class="why__lens.*?<span class="tag[^"]*">(.*?)</span>.*?</section>', body, re.S)
    by_sector, _, by_profession = body.partition("By profession: what would change it")
    hinges = [re.findall(r"<li>(If .*?)</li>", part) for part in (by_sector, by_profession)]
    return list(zip(tags, hinges, strict=True))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=RANDOM)
def test_every_hinge_sentence_on_the_page_is_true(all_kinds: Way, answers: dict[str, Any]) -> None:
    """Flip the one answer that a sentence speaks of: the page then stands where the sentence said."""
    for lens, (_tag, hinges) in enumerate(sections(all_kinds, answers)):
        for sentence in hinges:
            read = SENTENCE.fullmatch(sentence)
            assert read, sentence
            kind = next(code for code, name in NAMED.items() if name == read["who"])
            code = TOPICS[read["topic"]]
            before, after = ("together", "asked") if read["what"].startswith("only") else ("asked", "together")
            assert answers[code][kind] == before
            flipped = {**answers, code: {**answers[code], kind: after}}
            tag, _hinges = sections(all_kinds, flipped)[lens]
            assert members(tag) == members(read["then"]), sentence


@pytest.fixture
def all_kinds() -> Way:
    """Somebody invited to speak of all six kinds, who has begun."""
    way = come_by("invitation", partners=list(NAMED.items()))
    way.post("question", "model", **levels("model", public="led"))
    return way


def test_the_sentences_are_read_as_they_stand(all_kinds: Way) -> None:
    """That the test above reads any sentence at all: these answers hang on three of them."""
    (_tag, hinges), _ = sections(
        all_kinds,
        {
            **{code: {"public": "led", "citizens": "asked"} for code in ("outcomes", "detail", "signoff")},
            "model": {"public": "led", "citizens": "together"},
            "run": {"public": "led"}, "front": {"public": "led", "citizens": "asked"},
        },
    )  # fmt: skip
    assert len(hinges) == 4
    assert all(SENTENCE.fullmatch(sentence) for sentence in hinges)
    assert {SENTENCE.fullmatch(sentence)["who"] for sentence in hinges} == {"Citizens Partner"}
    assert task("front").topic in TOPICS
