"""Publishing, requesting changes, withdrawing, adopting: each asks, acts in the curator's name, and leaves a trace."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from partnerships import actions
from partnerships.admin.site import news
from partnerships.models import Assessment, Partner, Partnership, Phase
from partnerships.models.fields import ALL_CELLS
from partnerships.models.partnership import CHANGES_REQUESTED, DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from tests.factories import (
    ANSWERS,
    CITIZENS,
    SHARED,
    add_phase,
    assessment,
    invited_assessment,
    partnership,
    statement,
    user,
)


def page(name: str, record: Partnership, *more: Any) -> str:
    return reverse(f"admin:partnerships_partnership_{name}", args=[record.pk, *more])


def change(record: Partnership) -> str:
    return page("change", record)


@pytest.fixture
def waiting(db: None) -> Partnership:
    """A partnership that an officer handed in, with one assessment."""
    record = partnership("Villaggio Prealpino", status=SUBMITTED, summary="A quarter.", countries=["IT"])
    officer = user(name="Olga Officer")
    assessment(record.phases.get(), assessor=officer, design=SHARED, delivery=SHARED, reason="The contract of 2010")
    return record


def opened(record: Partnership) -> str:
    """What the pages of publishing and adopting carry: the version of the record and its newest assessment."""
    newest = Assessment.objects.submitted().filter(phase__partnership=record).order_by("pk").last()
    return f"{Partnership.objects.get(pk=record.pk).version}-{newest.pk if newest else 0}"


def posted(record: Partnership, claim: str = "", rationale: str = "") -> dict[str, Any]:
    """What the page of publishing sends for a record with one phase; its first assessment unless ``claim`` is given."""
    phase = record.phases.get()
    first = phase.assessments.order_by("pk").first()
    first_key = f"assessment-{first.pk}" if first else "keep"
    chosen = {f"claim_{phase.pk}": claim or first_key, f"rationale_{phase.pk}": rationale}
    return {"opened_version": opened(record), **chosen}


# ---- Publish -----------------------------------------------------------------------------------------


def test_publishing_shows_the_answers_the_result_and_what_is_missing(desk: Client, waiting: Partnership) -> None:
    html = desk.get(page("publish", waiting)).content.decode()

    for words in (
        "Assessment by Olga Officer", "The contract of 2010", "5 · Full Co-Production", "It would stand here:",
        "No service area is stated.", "Nobody is named who takes part.", "No source or evidence is named.",
    ):  # fmt: skip
        assert words in html
    assert "There is no summary." not in html
    assert html.count("checked") == 1


def test_publishing_adopts_in_the_curator_s_name(desk: Client, waiting: Partnership, curator: User) -> None:
    answer = desk.post(page("publish", waiting), posted(waiting, rationale="Both sides signed it"), follow=True)

    record, phase = Partnership.objects.get(), Phase.objects.get()
    assert (record.status, record.slug) == (PUBLISHED, "villaggio-prealpino")
    assert (phase.cell, phase.certainty, phase.adopted_by) == (5, "self_reported", curator)
    assert phase.adopted_assessment == phase.assessments.get()
    assert phase.rationale == "Both sides signed it"
    assert record.get_absolute_url() in answer.content.decode()
    latest = record.history.first()
    assert (latest.history_change_reason, latest.history_user) == ("Published", curator)
    assert phase.history.first().history_change_reason == "Adopted: Assessment by Olga Officer"
    assert LogEntry.objects.get(object_id=record.pk).get_change_message() == "Published."
    assert list(Partnership.objects.published().filter(phases__current=True, phases__cell=5)) == [record]


def test_a_statement_can_be_adopted_instead(desk: Client, waiting: Partnership) -> None:
    said = statement(waiting, cells=frozenset({6, 9}))

    desk.post(page("publish", waiting), posted(waiting, claim=f"statement-{said.pk}", rationale="It was measured"))

    phase = Phase.objects.get()
    assert (phase.possible_cells, phase.design, phase.adopted_statement) == (frozenset({6, 9}), CITIZENS, said)


def test_a_phase_may_stay_as_it_is(desk: Client, waiting: Partnership) -> None:
    desk.post(page("publish", waiting), posted(waiting, claim="keep"))

    assert Partnership.objects.get().status == PUBLISHED
    assert Phase.objects.get().possible_cells == ALL_CELLS
    assert Phase.objects.get().adopted_by is None


def test_every_phase_has_its_own_choice(desk: Client, waiting: Partnership) -> None:
    second = add_phase(waiting)
    claim = assessment(second, design=CITIZENS, delivery=CITIZENS)
    first = waiting.phases.get(order=1)
    chosen = {f"claim_{first.pk}": "keep", f"claim_{second.pk}": f"assessment-{claim.pk}"}
    data = {"opened_version": opened(waiting), **chosen}

    assert desk.post(page("publish", waiting), data).status_code == 302

    assert [phase.cell for phase in waiting.phases.order_by("order")] == [None, 9]


def test_what_is_adopted_already_is_left_alone_unless_chosen(desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    actions.adopt(phase=phase, claim=phase.assessments.get(), by=None)

    form = desk.get(page("publish", waiting)).context["form"]

    assert form[f"claim_{phase.pk}"].initial == "keep"


def test_where_assessments_come_out_elsewhere_adopting_needs_a_reason(desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    said = invited_assessment(phase, label="Elm Street residents")
    url = page("publish", waiting)

    asked = desk.get(url)
    html = asked.content.decode()
    assert asked.context["form"][f"claim_{phase.pk}"].initial == "", "which one is adopted is for a curator to say"
    assert html.count("Assessments of this phase come out in different cells.") == 1
    assert "Assessment by Olga Officer comes out at 5 · Full Co-Production (By sector)." in html
    assert "They differ on design" in html

    refused = desk.post(url, posted(waiting, claim=f"assessment-{said.pk}"))
    assert refused.status_code == 200
    assert "Another assessment of this phase comes out elsewhere." in refused.content.decode()
    assert Partnership.objects.get().status == SUBMITTED
    assert Phase.objects.get().adopted_by is None

    data = posted(waiting, claim=f"assessment-{said.pk}", rationale="The minutes bear the residents out")
    assert desk.post(url, data).status_code == 302
    phase.refresh_from_db()
    assert (phase.adopted_assessment, phase.cell, phase.professional_cell, phase.certainty) == (said, 7, 4, "assessed")
    assert phase.assessments.count() == 2, "the other one stays"


def test_no_reason_is_asked_for_where_others_leave_it_open_or_leave_the_phase(
    desk: Client, waiting: Partnership
) -> None:
    phase = waiting.phases.get()
    officers = phase.assessments.get()
    assessment(phase, design=SHARED)
    open_answers = {task: {"public": "unknown", "citizens": "unknown"} for task in ANSWERS}
    assessment(phase, method="guided", answers=open_answers)
    url = page("publish", waiting)

    assert "come out in different cells" not in desk.get(url).content.decode()
    assert desk.post(url, posted(waiting, claim=f"assessment-{officers.pk}")).status_code == 302

    disputed = partnership(status=SUBMITTED)
    for design in (SHARED, CITIZENS):
        assessment(disputed.phases.get(), design=design, delivery=design)
    assert desk.post(page("publish", disputed), posted(disputed, claim="keep")).status_code == 302


def test_a_correction_is_no_dispute_with_oneself(desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    first = phase.assessments.get()
    second = assessment(phase, assessor=first.assessor, design=CITIZENS, delivery=CITIZENS)

    views = {
        claim.key: claim.against for claim in desk.get(page("publish", waiting)).context["rows"][0]["phase"].claims
    }

    assert views == {f"assessment-{second.pk}": (), f"assessment-{first.pk}": ()}


def test_an_assessment_that_comes_in_while_the_page_is_open_is_read_first(desk: Client, waiting: Partnership) -> None:
    data = posted(waiting, rationale="Typed before")
    invited_assessment(waiting.phases.get())

    answer = desk.post(page("publish", waiting), data)

    assert "Somebody else changed this record" in answer.content.decode()
    assert Partnership.objects.get().status == SUBMITTED
    again = {**data, "opened_version": answer.context["form"]["opened_version"].value()}
    assert desk.post(page("publish", waiting), again).status_code == 302


@pytest.mark.parametrize("claim", ["assessment-999", "statement-1", "", "keep'--", "user-1"])
def test_claims_from_elsewhere_are_refused(desk: Client, waiting: Partnership, claim: str) -> None:
    other = partnership()
    assessment(other.phases.get(), design=SHARED)
    data = posted(waiting)
    data[f"claim_{waiting.phases.get().pk}"] = claim

    answer = desk.post(page("publish", waiting), data)

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert Partnership.objects.get(pk=waiting.pk).status == SUBMITTED


def test_claims_without_a_position_are_not_offered(desk: Client, waiting: Partnership) -> None:
    inherited = statement(waiting, kind="inherited", cells=frozenset({8}))
    silent = statement(waiting, kind="none")
    moved = statement(waiting, kind="movement", from_cells=frozenset({4}), to_cells=frozenset({5}))

    html = desk.get(page("publish", waiting)).content.decode()

    for row in (inherited, silent, moved):
        assert f'value="statement-{row.pk}"' not in html
    assert "It is about the type of scheme" in html
    assert "It says nothing about the position." in html


def test_what_its_organisation_still_works_on_is_not_offered_for_publishing(desk: Client) -> None:
    record = partnership(status=DRAFT)
    open_claim = assessment(record.phases.get(), submitted=False)
    desk_page = reverse("admin:partnerships_partnership_change", args=[record.pk])

    assert page("publish", record) not in desk.get(desk_page).content.decode()
    answer = desk.get(page("publish", record), follow=True)
    assert "has not handed it in" in answer.content.decode()
    desk.post(page("publish", record), posted(record, claim="keep"))
    assert Partnership.objects.get().status == DRAFT

    open_claim.delete()
    assert page("publish", record) in desk.get(desk_page).content.decode()


def test_a_correction_that_came_after_the_adoption_is_proposed(desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    phase = actions.adopt(phase=phase, claim=phase.assessments.get(), by=None)
    officer = phase.adopted_assessment.assessor
    correction = assessment(phase, assessor=officer, design=CITIZENS, delivery=CITIZENS)

    form = desk.get(page("publish", waiting)).context["form"]

    assert form[f"claim_{phase.pk}"].initial == f"assessment-{correction.pk}"


def test_a_claim_in_the_other_lens_is_not_offered(desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    actions.adopt(phase=phase, claim=phase.assessments.get(), by=None)
    said = statement(waiting, lens="professional", cells=frozenset({1}))

    html = desk.get(page("publish", waiting)).content.decode()

    assert f'value="statement-{said.pk}"' not in html
    assert "in the other the phase stands by another claim already" in html


def test_a_record_without_a_phase_is_not_published(desk: Client) -> None:
    record = partnership(status=SUBMITTED)
    record.phases.all().delete()

    html = desk.get(page("publish", record)).content.decode()
    answer = desk.post(page("publish", record), {"opened_version": opened(record)})

    assert "There is no phase." in html
    assert "A published partnership has at least one phase." in answer.content.decode()
    assert Partnership.objects.get().status == SUBMITTED


def test_a_record_that_changed_meanwhile_is_shown_again_first(desk: Client, waiting: Partnership) -> None:
    data = posted(waiting, rationale="Typed before")
    Partnership.objects.update(version=waiting.version + 1)

    answer = desk.post(page("publish", waiting), data)

    assert "Somebody else changed this record" in answer.content.decode()
    assert "Typed before" in answer.content.decode()
    assert Partnership.objects.get().status == SUBMITTED
    assert Phase.objects.get().adopted_by is None
    again = {**data, "opened_version": answer.context["form"]["opened_version"].value()}
    assert desk.post(page("publish", waiting), again).status_code == 302


def test_a_curator_may_publish_a_draft_of_their_own(desk: Client) -> None:
    record = partnership("Mine", status=DRAFT)

    desk.post(page("publish", record), posted(record))

    assert Partnership.objects.get().status == PUBLISHED


def test_a_guided_assessment_shows_its_answers(desk: Client) -> None:
    record = partnership(status=SUBMITTED)
    answers = {"outcomes": {"public": "led", "citizens": "asked"}, "model": "na", "front": {"citizens": "together"}}
    assessment(record.phases.get(), method="guided", answers=answers)
    assessment(record.phases.get(), method="guided", answers={"outcomes": {"martians": "led"}}, result={})

    html = desk.get(page("publish", record)).content.decode()

    assert "Assessment by a person without an account" in html
    assert "does not apply" in html
    assert "Its answers cannot be read" in html


def test_a_guided_assessment_explains_itself_under_both_lenses(desk: Client, waiting: Partnership) -> None:
    Partner.objects.create(partnership=waiting, kind="third_sector", name="Care for Elm Street")
    said = invited_assessment(waiting.phases.get(), label="Elm Street residents", comment="We were only asked.")
    keeper = said.invitation.invited_by

    response = desk.get(page("publish", waiting))
    html = response.content.decode()

    claim = response.context["rows"][0]["phase"].claims[0]
    assert claim.heading == "Assessment by invitation: Elm Street residents"
    facts = dict(claim.facts)
    assert (facts["Invited as"], facts["Invited by"]) == ("Elm Street residents", str(keeper))
    assert (claim.invited, claim.refusal, facts["Comment"]) == (True, "", "We were only asked.")
    assert [view.position.tag for view in claim.explanation.lenses] == ["7 · Co-Management", "4"]
    for view in claim.explanation.lenses:
        assert escape(view.design) in html
        assert escape(view.delivery) in html
    for hinge in claim.explanation.sector.hinges:
        assert escape(hinge.sentence) in html
    assert "Care for Elm Street" in html
    assert "People were asked" in html
    assert "by invitation" in html


def test_an_invited_assessment_from_another_register_has_no_invitation_here(desk: Client, waiting: Partnership) -> None:
    assessment(waiting.phases.get(), method="guided", by_invitation=True)

    assert (
        desk.get(page("publish", waiting)).context["rows"][0]["phase"].claims[0].heading == "Assessment by invitation"
    )


def test_the_questions_that_contradict_each_other_are_named(desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    assessment(phase, method="guided")
    invited_assessment(phase, answers={**ANSWERS, "run": {"public": "led"}})
    assessment(phase, method="guided", answers={"outcomes": {"martians": "led"}}, result={}, by_keepers=False)

    shown = desk.get(change(waiting))

    assert shown.context["phases"][0].contradicted == ("Who runs it day to day?",)
    assert "Their answers contradict each other here:" in shown.content.decode()


def test_what_nobody_has_sent_yet_is_shown_to_nobody(desk: Client, waiting: Partnership) -> None:
    invited_assessment(waiting.phases.get(), submitted=False, label="Zanzibar canary", comment="Unfinished canary")

    for url in (page("publish", waiting), change(waiting)):
        assert "canary" not in desk.get(url).content.decode()


@pytest.mark.parametrize("name", ["publish", "adopt"])
def test_queries_do_not_grow_with_the_claims(name: str, desk: Client, waiting: Partnership) -> None:
    phase = waiting.phases.get()
    key = f"assessment-{phase.assessments.get().pk}"
    url = page(name, waiting, *((phase.pk, key) if name == "adopt" else ()))
    counts = []
    for more in (1, 5):
        for _number in range(more):
            invited_assessment(phase)
            assessment(phase, method="guided", assessor=user())
        with CaptureQueriesContext(connection) as caught:
            assert desk.get(url).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


# ---- Request changes -----------------------------------------------------------------------------------


def test_changes_are_requested_with_a_reason(desk: Client, waiting: Partnership, curator: User) -> None:
    note = "Name the partners. " * 20
    desk.post(page("request_changes", waiting), {"opened_version": waiting.version, "note": note})

    record = Partnership.objects.get()
    assert (record.status, record.curator_note) == (CHANGES_REQUESTED, note.strip())
    latest = record.history.first()
    assert latest.history_change_reason.startswith("Changes requested: Name the partners.")
    assert latest.history_user == curator
    assert LogEntry.objects.get(object_id=record.pk).get_change_message().startswith("Changes requested: Name")


@pytest.mark.parametrize("note", ["", "   "])
def test_a_request_needs_its_reason(desk: Client, waiting: Partnership, note: str) -> None:
    answer = desk.post(page("request_changes", waiting), {"opened_version": waiting.version, "note": note})

    assert "Say what should be changed." in answer.content.decode()
    assert Partnership.objects.get().status == SUBMITTED


def test_only_what_was_handed_in_is_sent_back(desk: Client) -> None:
    record = partnership(status=DRAFT)

    for answer in (
        desk.get(page("request_changes", record), follow=True),
        desk.post(page("request_changes", record), {"opened_version": 1, "note": "x"}, follow=True),
    ):
        assert "Only a partnership that was handed in can be sent back." in answer.content.decode()
    assert Partnership.objects.get().status == DRAFT


# ---- Withdraw --------------------------------------------------------------------------------------------


def test_withdrawing_takes_it_off_the_site_and_keeps_the_address(desk: Client, curator: User) -> None:
    record = partnership("Gone")

    desk.post(page("withdraw", record), {"opened_version": record.version, "note": "It never existed"})

    before, record = record, Partnership.objects.get()
    assert (record.status, record.slug, record.curator_note) == (WITHDRAWN, before.slug, "It never existed")
    assert not Partnership.objects.published().exists()
    latest = record.history.first()
    assert (latest.history_change_reason, latest.history_user) == ("Withdrawn: It never existed", curator)


def test_only_published_ones_are_withdrawn_and_with_a_reason(desk: Client, waiting: Partnership) -> None:
    answer = desk.post(page("withdraw", waiting), {"opened_version": 1, "note": "x"}, follow=True)
    assert "Only a published partnership can be withdrawn." in answer.content.decode()
    record = partnership()

    answer = desk.post(page("withdraw", record), {"opened_version": record.version, "note": ""})

    assert "Say why it is withdrawn." in answer.content.decode()
    assert Partnership.objects.get(pk=record.pk).status == PUBLISHED


def test_publishing_twice_says_so(desk: Client) -> None:
    record = partnership()

    assert "published already" in desk.get(page("publish", record), follow=True).content.decode()


# ---- Adopt -------------------------------------------------------------------------------------------------


def test_a_claim_is_adopted_with_a_reason(desk: Client, curator: User) -> None:
    record = partnership("Placed", design=CITIZENS, delivery=CITIZENS)
    phase = record.phases.get()
    claim = assessment(phase, design=SHARED, delivery=SHARED)
    url = page("adopt", record, phase.pk, f"assessment-{claim.pk}")

    assert "9 · Partial Co-Production" in desk.get(url).content.decode()
    answer = desk.post(url, {"opened_version": opened(record), "rationale": "The users say so too"}, follow=True)

    phase.refresh_from_db()
    assert (phase.cell, phase.adopted_assessment, phase.adopted_by) == (5, claim, curator)
    assert phase.rationale == "The users say so too"
    assert Partnership.objects.get().version == record.version + 1
    assert "Adopted as the position of" in answer.content.decode()
    assert phase.history.first().history_user == curator
    assert LogEntry.objects.filter(object_id=record.pk, user=curator).exists()


def test_adopting_needs_a_reason(desk: Client) -> None:
    record = partnership()
    phase = record.phases.get()
    claim = assessment(phase, design=SHARED)

    answer = desk.post(page("adopt", record, phase.pk, f"assessment-{claim.pk}"), {"opened_version": opened(record)})

    assert "Say why this claim becomes the position." in answer.content.decode()
    phase.refresh_from_db()
    assert not phase.placed()


def test_a_position_can_be_kept_when_something_new_has_come_in(desk: Client, curator: User) -> None:
    record = partnership("Placed")
    phase = record.phases.get()
    claim = assessment(phase, design=SHARED, delivery=SHARED)
    phase = actions.adopt(phase=phase, claim=claim, by=None, rationale="The contract")
    url = page("adopt", record, phase.pk, f"assessment-{claim.pk}")
    assert url not in desk.get(change(record)).content.decode()
    said = invited_assessment(phase)

    html = desk.get(change(record)).content.decode()
    assert url in html
    assert page("adopt", record, phase.pk, f"assessment-{said.pk}") in html
    assert "Keep as the position" in html
    assert news() == [said]
    desk.post(url, {"opened_version": opened(record), "rationale": "The contract says so; residents see it otherwise"})

    phase.refresh_from_db()
    assert (phase.adopted_assessment, phase.adopted_by, phase.cell) == (claim, curator, 5)
    assert news() == []


def test_what_cannot_be_adopted_is_refused(desk: Client) -> None:
    record, other = partnership(), partnership()
    phase = record.phases.get()
    inherited = statement(record, kind="inherited", cells=frozenset({8}))
    elsewhere = assessment(other.phases.get(), design=SHARED)
    unfinished = assessment(phase, submitted=False, design=SHARED)
    data = {"opened_version": opened(record), "rationale": "x"}

    refused = desk.post(page("adopt", record, phase.pk, f"statement-{inherited.pk}"), data, follow=True)

    assert "gives no position of its own" in refused.content.decode()
    for place, key in (
        (phase, f"assessment-{elsewhere.pk}"), (phase, f"assessment-{unfinished.pk}"), (phase, "assessment-0"),
        (other.phases.get(), f"assessment-{elsewhere.pk}"),
    ):  # fmt: skip
        assert desk.post(page("adopt", record, place.pk, key), data).status_code == 404
    phase.refresh_from_db()
    assert not phase.placed()


def test_attack_7_strange_numbers_are_not_found(desk: Client) -> None:
    for number in ("0", "-1", str(2**63), str(2**64), "1e3", "%00", "٣"):
        for act in ("publish", "request-changes", "withdraw"):
            assert desk.get(f"/admin/partnerships/partnership/{number}/{act}/").status_code in (302, 404)
    record = partnership()
    assert desk.get(f"/admin/partnerships/partnership/{record.pk}/phases/{2**64}/adopt/statement-1/").status_code == 404


def test_attack_34_acts_need_post_and_a_token(waiting: Partnership, curator: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(curator)

    assert strict.get(page("publish", waiting), posted(waiting)).status_code == 200
    assert strict.post(page("publish", waiting), posted(waiting)).status_code == 403
    assert Partnership.objects.get().status == SUBMITTED
