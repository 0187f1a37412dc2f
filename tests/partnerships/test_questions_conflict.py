"""Two windows, or two people, at the same questions: the second save shows both versions and loses neither."""

import re
from typing import Any

import pytest
from django.http import HttpResponse

from partnerships import actions
from partnerships.models import Assessment, Partnership
from tests import factories
from tests.partnerships.asking import DOORS, Way, come_by, levels, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(params=DOORS)
def way(request: pytest.FixtureRequest) -> Way:
    """Somebody at each of the doors in turn."""
    return come_by(request.param)


def window(way: Way, *where: str) -> dict[str, str]:
    """What the form of a page carries, opened now."""
    seen = way.get(*where).context
    return {"opened": seen["opened"], "before": seen["before"]}


def shown(response: HttpResponse) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every question of the notice with what was typed and what is saved."""
    return {(row.label, row.mine, row.theirs) for row in response.context["differences"]}


def test_the_second_window_is_shown_both_versions_and_nothing_is_lost(way: Way) -> None:
    opened = window(way, "question", "model")
    way.post("question", "model", **levels("model", public="led", third_sector="asked", citizens="none"))
    response = way.post("question", "model", **opened, **levels("model", public="led", third_sector="together"))
    body = response.content.decode()
    council, trust = "Hill Council (public body): Led or decided alone", "Hill Trust (third sector organisation): "
    assert response.status_code == 409
    assert shown(response) == {
        (
            "Who chose how it works?",
            (council, f"{trust}Decided together", "Citizens: Don't know"),
            (council, f"{trust}Told or asked", "Citizens: Not involved"),
        )
    }
    assert "Not saved yet" in re.search(r"<title>(.*?)</title>", body, re.S)[1]
    assert f"{trust}Decided together" in body
    assert f"{trust}Told or asked" in body
    # What is saved stays; what was typed stands in the form.
    assert way.present().answers["model"]["third_sector"] == "asked"
    assert response.context["form"]["model-third_sector"].value() == "together"


def test_saving_again_is_a_decision(way: Way) -> None:
    opened = window(way, "question", "model")
    way.post("question", "model", **levels("model", public="led"))
    refused = way.post("question", "model", **opened, **levels("model", public="asked"))
    renewed = {"opened": refused.context["opened"], "before": refused.context["before"]}
    assert renewed["opened"] != opened["opened"]
    assert way.post("question", "model", **renewed, **levels("model", public="asked")).status_code == 302
    assert way.present().answers["model"]["public"] == "asked"


def test_the_page_that_comes_back_shows_the_result_of_what_was_typed(way: Way) -> None:
    for code in ("outcomes", "detail", "signoff", "run", "front"):
        way.post("question", code, **levels(code, public="led", third_sector="none", citizens="none"))
    opened = window(way, "question", "model")
    way.post("question", "model", **levels("model", third_sector="led", public="none", citizens="none"))
    response = way.post("question", "model", **opened, **levels("model", public="led", citizens="none"))
    assert response.context["explanation"].sector.position.tag.startswith("1")


def test_the_same_answer_twice_is_no_conflict(way: Way) -> None:
    opened = window(way, "question", "model")
    for _time in range(2):
        assert way.post("question", "model", **opened, **levels("model", public="led")).status_code == 302


def test_a_window_that_changed_nothing_does_not_undo_the_other(way: Way) -> None:
    way.post("question", "model", **levels("model", public="led", third_sector="none", citizens="none"))
    opened = window(way, "question", "model")
    way.post("question", "model", **levels("model", public="asked", third_sector="led", citizens="none"))
    stale = levels("model", public="led", third_sector="none", citizens="none")
    assert way.post("question", "model", **opened, **stale)["Location"] == way.url("question", "detail")
    assert way.present().answers["model"]["third_sector"] == "led"


def test_on_one_page_only_what_both_changed_is_in_question(way: Way) -> None:
    way.post("questions", **levels("outcomes", public="led"), **levels("model", public="led"))
    opened = window(way, "questions")
    way.post("questions", **levels("outcomes", public="asked"), **levels("model", public="asked"))
    everybody = {"third_sector": "unknown", "citizens": "unknown"}
    mine = {
        **levels("outcomes", public="led", **everybody), **levels("model", public="together", **everybody),
        **levels("run", na="on"),
    }  # fmt: skip
    response = way.post("questions", **opened, **mine)
    assert response.status_code == 409
    assert {label for label, _mine, _theirs in shown(response)} == {
        "Who chose how it works?", "Who runs it day to day?",
    }  # fmt: skip
    form = response.context["form"]
    assert (form["outcomes-public"].value(), form["model-public"].value()) == ("asked", "together")
    assert form["run-na"].value() is True
    assert way.present().answers["outcomes"]["public"] == "asked"


def test_does_not_apply_is_told_in_words(way: Way) -> None:
    opened = window(way, "question", "model")
    way.post("question", "model", **levels("model", na="on"))
    response = way.post("question", "model", **opened, **levels("model", public="led"))
    [(_label, _mine, theirs)] = shown(response)
    assert theirs == ("Does not apply",)


def test_what_was_not_answered_yet_is_a_blank_side() -> None:
    way = come_by("draft")
    way.post("question", "model", **levels("model", public="led"))
    opened = window(way, "question", "model")
    Assessment.objects.update(answers={})
    response = way.post("question", "model", **opened, **levels("model", public="asked"))
    [(_label, _mine, theirs)] = shown(response)
    assert theirs == ()


def test_two_reasons_stand_side_by_side(way: Way) -> None:
    perspective = {} if way.door == "invitation" else {"perspective": "third_sector"}
    opened = window(way, "basis")
    way.post("basis", reason="The contract.", **perspective)
    response = way.post("basis", **opened, reason="The minutes.", comment="A comment.", **perspective)
    assert response.status_code == 409
    assert shown(response) == {
        ("What the answers rest on", ("The minutes.",), ("The contract.",)),
        ("Comment", ("A comment.",), ()),
    }
    assert response.context["form"]["reason"].value() == "The minutes."
    assert way.present().reason == "The contract."


@pytest.mark.parametrize("door", ["draft", "assess"])
def test_two_direct_statements_stand_side_by_side(door: str) -> None:
    way = come_by(door)
    opened = window(way, "directly")
    mine = {"design": "unknown", "delivery": "public", "reason": "r"}
    way.post("directly", design="shared", delivery="public", reason="r")
    response = way.post("directly", **opened, **mine)
    assert response.status_code == 409
    assert shown(response) == {
        ("Who designs it", ("Not known",), ("The public sector together with citizens or the third sector",))
    }
    form = response.context["form"]
    assert [form[name].value() for name in mine] == list(mine.values())
    renewed = {"opened": response.context["opened"], "before": response.context["before"]}
    assert way.post("directly", **renewed, **mine).status_code == 302
    assert way.present().design == ""


def test_not_known_that_was_typed_first_survives_the_others_answers() -> None:
    """A direct statement beside questions that somebody began to answer: they are not the same page."""
    way = come_by("draft")
    opened = window(way, "directly")
    way.post("basis", reason="The contract.", perspective="public_body")
    mine = {"design": "unknown", "delivery": "unknown", "reason": "The minutes."}
    response = way.post("directly", **opened, **mine)
    assert response.status_code == 409
    form = response.context["form"]
    assert [form[name].value() for name in mine] == list(mine.values())


def test_two_officers_share_the_answers_of_a_draft() -> None:
    way = come_by("draft")
    opened = window(way, "question", "model")
    ben = factories.user(organisation=way.user.organisation)
    theirs = Way("draft", signed_in(ben), way.phase, way.args, user=ben)
    theirs.post("question", "model", **levels("model", public="led"))
    assert way.get("question", "model").context["form"]["model-public"].value() == "led"
    assert way.post("question", "model", **opened, **levels("model", public="asked")).status_code == 409
    assert Assessment.objects.count() == 1


def test_two_people_assess_what_is_published_each_for_themselves() -> None:
    way = come_by("assess")
    opened = window(way, "question", "model")
    ben = factories.user(organisation=way.user.organisation)
    theirs = Way("assess", signed_in(ben), way.phase, way.args, user=ben)
    theirs.post("question", "model", **levels("model", public="led"))
    assert way.post("question", "model", **opened, **levels("model", public="asked")).status_code == 302
    assert sorted(claim.answers["model"]["public"] for claim in Assessment.objects.all()) == ["asked", "led"]


def test_an_error_keeps_what_the_page_was_opened_with(way: Way) -> None:
    opened = window(way, "question", "model")
    way.post("question", "model", **levels("model", public="led"))
    response = way.post("question", "model", **opened, **levels("model", public="asked", na="on"))
    assert response.status_code == 422
    assert response.context["opened"] == opened["opened"]
    assert way.post("question", "model", **opened, **levels("model", public="asked")).status_code == 409


def test_a_save_between_reading_and_writing_is_noticed(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    save = actions.save_assessment

    def overtaken(**given: Any) -> Assessment:
        monkeypatch.setattr(actions, "save_assessment", save)
        way.post("question", "model", **levels("model", public="led"))
        return save(**given)

    monkeypatch.setattr(actions, "save_assessment", overtaken)
    assert way.post("question", "model", **levels("model", public="asked")).status_code == 409
    assert way.present().answers["model"]["public"] == "led"


@pytest.mark.parametrize("door", ["assess", "invitation"])
def test_answers_that_change_while_they_are_checked_are_checked_again(door: str) -> None:
    way = come_by(door)
    for code in ("outcomes", "model", "detail", "signoff", "run", "front"):
        way.post("question", code, **levels(code, public="led"))
    seen = way.get("check").context["seen"]
    way.post("question", "model", **levels("model", public="asked"))
    response = way.client.post(way.url("check"), {"seen": seen})
    assert response.status_code == 409
    assert "Hill Council (public body): Told or asked" in response.content.decode()
    assert way.present().submitted_at is None


def test_the_draft_that_was_handed_in_by_somebody_else_gives_back_what_was_typed() -> None:
    way = come_by("draft")
    opened = window(way, "directly")
    Partnership.objects.update(status="submitted")
    response = way.post("directly", **opened, design="shared", delivery="unknown", reason="The minutes.")
    assert response.status_code == 409
    for words in ("The minutes.", "The public sector together with citizens or the third sector"):
        assert words in response.content.decode()
