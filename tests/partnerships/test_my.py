"""Under "My partnerships": what an organisation keeps, the page of each record, deleting a draft."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from partnerships import actions
from partnerships.models import Assessment, Partnership
from tests import factories
from tests.drafting import ANSWERS, main_of, signed_in, step_url
from tests.factories import CITIZENS, PUBLIC, SHARED

pytestmark = pytest.mark.django_db
MY = "/my/"


@pytest.fixture
def council() -> Organisation:
    return factories.organisation("Lakeside Council")


@pytest.fixture
def ada(council: Organisation) -> User:
    return factories.user(organisation=council)


@pytest.fixture
def client(ada: User) -> Client:
    return signed_in(ada)


def record(owner: User, title: str = "", *, design: str = "", delivery: str = "", **fields: Any) -> Partnership:
    """A record of somebody's organisation, with a claim on its first phase and no adopted position."""
    made = factories.partnership(title, organisation=owner.organisation, created_by=owner, **fields)
    claim = {"design": design, "delivery": delivery, "assessor": owner, "perspective": "public_body"}
    factories.assessment(made.phases.get(), submitted=made.status != "draft", **claim)
    return made


def guided(
    owner: User, title: str = "", *, answers: Any = ANSWERS, submitted: bool = False, **fields: Any
) -> Partnership:
    """The same with answers to the questions."""
    made = factories.partnership(title, organisation=owner.organisation, created_by=owner, **fields)
    claim = {"method": "guided", "answers": answers, "assessor": owner, "perspective": "public_body"}
    factories.assessment(made.phases.get(), submitted=submitted, **claim)
    return made


def url(name: str, partnership: Partnership) -> str:
    return reverse(name, args=[partnership.uuid])


# ---- The list -----------------------------------------------------------------------------------------


def test_records_stand_by_what_they_wait_for(client: Client, ada: User) -> None:
    for status in ("withdrawn", "published", "submitted", "draft", "changes_requested"):
        record(ada, f"Is {status}", status=status)
    groups = client.get(MY).context["groups"]
    assert [group.code for group in groups] == ["changes_requested", "draft", "submitted", "published", "withdrawn"]
    assert all(group.items[0].title == f"Is {group.code}" and group.count == 1 for group in groups)


def test_a_curators_reason_is_shown_in_full(client: Client, ada: User) -> None:
    note = "Name the partners.\n" + "Who runs it? " * 60 + "<end>"
    record(ada, status="changes_requested", curator_note=note)
    body = client.get(MY).content.decode()
    assert "Name the partners.<br>Who runs it?" in body
    assert "&lt;end&gt;" in body


def test_a_row_shows_the_claim_before_and_the_adopted_position_after(client: Client, ada: User) -> None:
    record(ada, "Claimed", status="draft", design=SHARED, delivery=PUBLIC)
    record(ada, "Half", status="draft", design=SHARED)
    record(ada, "Adopted", design=SHARED, delivery=PUBLIC, phase=factories.position(SHARED, CITIZENS))
    record(ada, "Nothing", status="draft")
    tags = {item.title: (item.tag, item.open) for group in client.get(MY).context["groups"] for item in group.items}
    assert tags == {
        "Claimed": ("2 · Co-Governance", False),
        "Half": ("2, 5 or 8", True),
        "Adopted": ("8 · Co-Governance", False),
        "Nothing": ("Not placed", True),
    }


def test_a_row_shows_what_answers_come_out_at_finished_or_not(client: Client, ada: User) -> None:
    takes_part = {"status": "draft", "partners": [("public", ""), ("citizens", "")]}
    guided(ada, "Answered", **takes_part)
    guided(ada, "Half", answers={task: ANSWERS[task] for task in ("outcomes", "model")}, **takes_part)
    guided(ada, "Nothing", answers={}, **takes_part)
    guided(ada, "Handed in", submitted=True, **{**takes_part, "status": "submitted"})
    # Whoever no longer takes part no longer counts, and who came since has not been asked about.
    guided(ada, "Somebody left", status="draft", partners=[("public", "")])
    guided(ada, "Somebody came", status="draft", partners=[("public", ""), ("citizens", ""), ("community", "")])
    tags = {item.title: item.tag for group in client.get(MY).context["groups"] for item in group.items}
    assert tags == {
        "Answered": "8 · Co-Governance",
        "Half": "2, 5 or 8",
        "Nothing": "Not placed",
        "Handed in": "8 · Co-Governance",
        "Somebody left": "Nobody named",
        "Somebody came": "8 · Co-Governance",
    }


def test_a_row_leaves_out_what_others_say(client: Client, ada: User) -> None:
    made = guided(ada, status="draft", partners=[("public", ""), ("citizens", "")])
    factories.assessment(made.phases.get(), by_invitation=True, design=PUBLIC, delivery=PUBLIC)
    (group,) = client.get(MY).context["groups"]
    assert group.items[0].tag == "8 · Co-Governance"


def test_only_the_own_organisations_are_listed(client: Client, ada: User, council: Organisation) -> None:
    record(factories.user(organisation=council), "A colleague’s")
    record(factories.user(), "A stranger’s", status="draft")
    factories.partnership("The library’s")
    body = client.get(MY).content.decode()
    assert "A colleague’s" in body
    assert "stranger" not in body
    assert "library’s" not in body


def test_without_an_organisation_one_sees_what_one_logged(ada: User) -> None:
    loner, other = factories.user(Role.RESEARCHER), factories.user(Role.RESEARCHER)
    mine, theirs = record(loner, "Mine", status="draft"), record(other, "Theirs", status="draft")
    record(ada, "The council’s", status="draft")
    client = signed_in(loner)
    body = client.get(MY).content.decode()
    assert "Mine" in body
    assert "Theirs" not in body
    assert "council’s" not in body
    assert client.get(url("draft", mine)).status_code == 200
    assert client.get(url("draft", theirs)).status_code == 404


def test_curators_see_their_own_and_the_way_to_the_queue(ada: User) -> None:
    record(ada, "The council’s", status="submitted")
    body = signed_in(factories.user(Role.CURATOR)).get(MY).content.decode()
    assert "council’s" not in body
    assert f'href="{reverse("admin:index")}"' in body
    assert reverse("admin:index") not in signed_in(ada).get(MY).content.decode()


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    body = client.get(MY).content.decode()
    assert "Nothing here yet" in body
    assert body.count(">Log a partnership</a>") == 2  # here and in the header


def test_an_account_without_a_role_is_told_whom_to_ask(ada: User) -> None:
    ada.groups.clear()
    body = signed_in(ada).get(MY).content.decode()
    assert "Your account has no role yet" in body
    assert "mailto:contact@matrix.example" in body


def test_visitors_are_sent_to_sign_in() -> None:
    assert Client().get(MY)["Location"] == "/accounts/sign-in/?next=/my/"
    assert Client().post(MY).status_code == 405


def test_many_are_on_several_pages(client: Client, ada: User, settings: LazySettings) -> None:
    settings.PAGE_SIZE = 2
    for number in range(5):
        record(ada, f"Record {number}", status="draft")
    first, last = client.get(MY), client.get(f"{MY}?page=3")
    (group,) = first.context["groups"]
    assert (len(group.items), group.count) == (2, 5)
    assert 'href="?page=2"' in first.content.decode()
    assert "Record 0" in last.content.decode()
    assert 'href="?"' in last.content.decode()


@pytest.mark.parametrize("page", ["x", "-1", "0", "1000000000", "9" * 5000, "%00", ""])
def test_attack_82_any_page_number_gives_a_page(client: Client, ada: User, page: str) -> None:
    record(ada)
    assert client.get(f"{MY}?page={page}").status_code == 200


@pytest.mark.parametrize("number", [1, 60])
def test_the_list_costs_seven_queries_whatever_its_length(client: Client, ada: User, number: int) -> None:
    for _each in range(number):
        record(ada, status="draft", design=SHARED)
        guided(ada, status="draft", partners=[("public", ""), ("citizens", "")])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(MY).status_code == 200
    assert len(queries) <= 7, "\n".join(query["sql"][:120] for query in queries)


# ---- The page of a record -----------------------------------------------------------------------------


def test_a_draft_says_who_sees_it_and_what_is_missing(client: Client, ada: User) -> None:
    draft = record(ada, status="draft", design=SHARED, delivery=PUBLIC)
    page = client.get(url("draft", draft))
    body = page.content.decode()
    assert "Only your organisation and the curators can see this draft." in body
    assert "2 · Co-Governance" in body
    assert url("draft-delete", draft) in body
    assert tasks(page)["who"] == "Not started"
    # Without a country there is a gap before that one.
    assert (
        f'class="govuk-button" href="{step_url(draft, "about")}" role="button" draggable="false">Continue</a>' in body
    )


def tasks(page: HttpResponse) -> dict[str, str]:
    """The status of each task by its code; of several stages, those of the last one."""
    return {row.code: row.status.text for section in page.context["tasks"].sections for row in section.rows}


def test_a_new_draft_has_everything_before_it(client: Client, ada: User) -> None:
    draft = factories.partnership(status="draft", countries=["GB"], organisation=ada.organisation, created_by=ada)
    assert tasks(client.get(url("draft", draft))) == {
        "about": "Done",
        "areas": "Not started",
        "more": "Optional",
        "who": "Not started",
        "roles": "Needs who takes part first",
        "stage": "Optional",
        "questions": "Needs who takes part first",
        "basis": "Needs who takes part first",
        "views": "Optional",
    }
    assert client.get(url("draft", draft)).context["tasks"].next_url == step_url(draft, "who")


def whole(ada: User, **fields: Any) -> Partnership:
    """A draft of which only the questions may be open."""
    answers = fields.pop("answers", ANSWERS)
    takes_part = [("public", "Lakeside Council"), ("citizens", "")]
    record = {"countries": ["GB"], "service_areas": ["05"], "partners": takes_part, "status": "draft", **fields}
    return guided(ada, answers=answers, **record)


@pytest.mark.parametrize(
    ("answers", "status", "leads_to"),
    [
        ({}, "Not started", "outcomes"),
        ({"outcomes": ANSWERS["outcomes"]}, "1 of 6 answered", "model"),
        ({**ANSWERS, "run": {}}, "5 of 6 answered", "run"),
        ({**ANSWERS, "run": "na"}, "Done", ""),
    ],
)
def test_the_questions_count_what_is_answered_and_lead_to_the_next(
    client: Client, ada: User, answers: dict[str, Any], status: str, leads_to: str
) -> None:
    draft = whole(ada, answers=answers)
    pk = draft.phases.get().pk
    page = client.get(url("draft", draft))
    assert tasks(page)["questions"] == status
    question = reverse("draft-question", args=[draft.uuid, pk, leads_to]) if leads_to else url("draft-check", draft)
    assert page.context["tasks"].next_url == question
    assert page.context["tasks"].complete is not bool(leads_to)
    assert ("Check and submit" in main_of(page)) is not bool(leads_to)
    assert reverse("draft-questions", args=[draft.uuid, pk]) in main_of(page)


def test_a_direct_statement_is_called_one(client: Client, ada: User) -> None:
    draft = record(
        ada, status="draft", design=SHARED, countries=["GB"], service_areas=["05"], partners=[("public", "")]
    )
    page = client.get(url("draft", draft))
    assert tasks(page)["questions"] == "Stated directly"
    assert page.context["tasks"].complete
    Assessment.objects.update(reason="")
    page = client.get(url("draft", draft))
    assert tasks(page)["questions"] == "Reason missing"
    assert page.context["tasks"].next_url == reverse("draft-directly", args=[draft.uuid, draft.phases.get().pk])


def test_each_stage_has_its_tasks_and_a_planned_one_may_leave_them_open(client: Client, ada: User) -> None:
    draft = whole(ada)
    plan = factories.add_phase(draft, name="Next year", planned=True)
    page = client.get(url("draft", draft))
    assert [section.title for section in page.context["tasks"].sections] == [
        "The partnership", "Who takes part", "Phase 1", "Next year",
    ]  # fmt: skip
    assert tasks(page) | {} == {**tasks(page), "questions": "Optional", "basis": "Optional", "stage": "Done"}
    assert page.context["tasks"].complete
    factories.assessment(plan, submitted=False, method="guided", answers={"model": ANSWERS["model"]})
    page = client.get(url("draft", draft))
    assert tasks(page)["questions"] == "1 of 6 answered"
    assert page.context["tasks"].complete


def test_stages_are_ordered_and_deleted_from_the_list(client: Client, ada: User) -> None:
    draft = whole(ada)
    only = main_of(client.get(url("draft", draft)))
    assert "Move up" not in only
    assert "Delete this stage" not in only
    later = factories.add_phase(draft, name="Running")
    factories.assessment(later)
    body = main_of(client.get(url("draft", draft)))
    first = draft.phases.earliest("order")
    assert (body.count(">Move up<"), body.count(">Move down<")) == (1, 1)
    assert reverse("phase-delete", args=[draft.uuid, first.pk]) in body
    # Signed answers stay.
    assert reverse("phase-delete", args=[draft.uuid, later.pk]) not in body
    assert reverse("phase-new", args=[draft.uuid]) in body


def test_invited_views_are_counted_by_stage(client: Client, ada: User) -> None:
    draft = whole(ada)
    phase = draft.phases.get()
    for label in ("Hill Trust", "Residents"):
        actions.invite(phase=phase, by=ada, perspective="third_sector", label=label)
    page = client.get(url("draft", draft))
    assert tasks(page)["views"] == "2 invited"
    assert reverse("invitations", args=[draft.uuid, phase.pk]) in main_of(page)


def test_what_an_invited_person_says_is_no_answer_of_the_keepers(client: Client, ada: User) -> None:
    draft = whole(ada, answers={})
    factories.assessment(draft.phases.get(), by_invitation=True, method="guided", answers=ANSWERS)
    page = client.get(url("draft", draft))
    assert tasks(page)["questions"] == "Not started"
    assert page.context["place"] is None


def test_a_task_is_described_by_its_status(client: Client, ada: User) -> None:
    body = main_of(client.get(url("draft", whole(ada))))
    described = re.findall(r'aria-describedby="(status-[^"]+)"', body)
    assert len(described) == 9
    assert all(body.count(f'id="{each}"') == 1 for each in described)


@pytest.mark.parametrize("status", ["submitted", "published", "withdrawn"])
def test_what_is_handed_in_is_read_only_and_says_how_to_change_it(client: Client, ada: User, status: str) -> None:
    made = record(ada, "Ünder & over", status=status)
    body = client.get(url("draft", made)).content.decode()
    # What is published is changed in the forms; see test_revisions.
    assert ("Changes go through a curator for now." in body) is (status != "published")
    mail = "mailto:contact@matrix.example?subject=Change%20to%20%E2%80%9C%C3%9Cnder%20%26%20over"
    assert (mail in body) is (status != "published")
    for name in ("draft-edit", "draft-check", "draft-delete", "phase-new"):
        assert url(name, made) not in body
    assert (f'href="/partnerships/{made.slug}/"' in body) is (status == "published")
    # Others may be invited to give their view at any time; one's own is given on what is published.
    phase = made.phases.get()
    assert reverse("invitations", args=[made.uuid, phase.pk]) in body
    assert (f"/phases/{phase.pk}/assess/" in body) is (status == "published")


def test_what_is_not_counted_is_not_assessed(client: Client, ada: User) -> None:
    made = record(ada, unit="vehicle")
    assert "/assess/" not in client.get(url("draft", made)).content.decode()


def test_what_was_handed_in_shows_what_was_signed_and_adopted(client: Client, ada: User) -> None:
    made = whole(ada, status="submitted", submitted=True)
    phase = made.phases.get()
    factories.assessment(phase, by_invitation=True, design=PUBLIC, delivery=PUBLIC, reason="By invitation.")
    body = main_of(client.get(url("draft", made)))
    assert "Citizens: Decided together" in body
    assert "8 · Co-Governance" in body
    assert "By invitation." not in body
    assert "Change<" not in body
    actions.adopt(phase=phase, claim=made.phases.get().assessments.earliest("pk"), by=None)
    published = actions.publish(partnership=made, by=None)
    # A researcher's later view is not the keepers'.
    factories.assessment(phase, assessor=factories.user(Role.RESEARCHER), design=PUBLIC, reason="My own view.")
    body = main_of(client.get(url("draft", published)))
    assert "Citizens: Decided together" in body
    assert "My own view." not in body


def test_a_published_record_shows_the_adopted_position(client: Client, ada: User) -> None:
    made = record(ada, design=SHARED, delivery=PUBLIC, phase=factories.position(SHARED, CITIZENS))
    body = client.get(url("draft", made)).content.decode()
    assert "8 · Co-Governance" in body
    assert "2 · Co-Governance" not in body


def test_what_is_sent_back_shows_why(client: Client, ada: User) -> None:
    made = record(ada, status="changes_requested", curator_note="Who runs it?")
    body = client.get(url("draft", made)).content.decode()
    assert "A curator asks:" in body
    assert "Who runs it?" in body
    assert url("draft-edit", made) in body
    assert url("draft-delete", made) not in body


def test_attack_56_and_57_what_was_typed_is_shown_as_text(client: Client, ada: User) -> None:
    made = record(ada, "<script>alert(1)</script>{{7*7}}", status="draft", place="<img src=x onerror=alert(1)>")
    for path in (MY, url("draft", made), url("draft-edit", made), url("draft-check", made)):
        body = client.get(path).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "{{7*7}}" in body


# ---- Deleting ------------------------------------------------------------------------------------------


def test_deleting_asks_first(client: Client, ada: User) -> None:
    draft = record(ada, status="draft")
    assert "Delete this draft?" in client.get(url("draft-delete", draft)).content.decode()
    assert Partnership.objects.exists()
    response = client.post(url("draft-delete", draft), follow=True)
    assert response.redirect_chain == [(MY, 302)]
    assert f"“{draft.title}” is deleted." in response.content.decode()
    assert not Partnership.objects.exists()
    assert Partnership.history.filter(history_type="-").get().history_user == ada


@pytest.mark.parametrize("status", ["submitted", "changes_requested", "published", "withdrawn"])
def test_what_a_curator_has_seen_stays(client: Client, ada: User, status: str) -> None:
    made = record(ada, status=status)
    response = client.post(url("draft-delete", made), follow=True)
    assert "Only a draft that was never handed in can be deleted." in response.content.decode()
    assert Partnership.objects.exists()


def test_what_has_parts_stays(client: Client, ada: User) -> None:
    whole = record(ada, status="draft")
    record(ada, status="draft", part_of=whole)
    response = client.post(url("draft-delete", whole), follow=True)
    assert "Another partnership is recorded as a part of this one" in response.content.decode()
    assert Partnership.objects.count() == 2


def test_a_deletion_bears_the_name_of_who_asked_for_it(ada: User) -> None:
    actions.delete_draft(partnership=record(ada, status="draft"), by=ada)
    assert Partnership.history.get(history_type="-").history_user == ada


def test_an_action_refuses_what_was_handed_in_meanwhile(ada: User) -> None:
    draft = whole(ada)
    actions.submit(partnership=draft, by=ada)
    with pytest.raises(actions.NotAllowed):
        actions.delete_draft(partnership=draft, by=ada)
