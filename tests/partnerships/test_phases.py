"""The stages of a draft: adding, changing, ordering and deleting them, and starting from the last one's answers."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Organisation, User
from partnerships import actions
from partnerships.models import Assessment, Partnership, Phase
from tests import factories
from tests.drafting import ANSWERS, DRAFT, answered, edit, main_of, new, signed_in, stated, step_url, url

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


@pytest.fixture
def draft(client: Client) -> Partnership:
    """A draft whose only stage is a pilot of 2019 to 2020."""
    new(client, phase="Pilot", starts="2019", ends="2020")
    return Partnership.objects.get()


def pilot(draft: Partnership) -> Phase:
    return draft.phases.get(name="Pilot")


def add(client: Client, record: Partnership, /, **typed: str) -> HttpResponse:
    return client.post(url("phase-new", record), {"planned": "actual", **typed})


def change(client: Client, phase: Phase, query: str = "", /, **typed: str) -> HttpResponse:
    return client.post(url("phase-edit", phase.partnership, phase.pk) + query, {"planned": "actual", **typed})


def names(draft: Partnership) -> list[str]:
    return list(draft.phases.order_by("order").values_list("name", flat=True))


# ---- Adding -----------------------------------------------------------------------------------------


def test_a_stage_is_added_behind_the_others_with_its_dates(client: Client, draft: Partnership, ada: User) -> None:
    response = add(client, draft, phase="Running", starts="June 2021", ends="30/4/2023")
    phase = draft.phases.get(name="Running")
    assert response["Location"] == url("draft-questions", draft, phase.pk)
    assert (phase.order, str(phase.starts), phase.starts_precision) == (2, "2021-06-01", "month")
    assert "June 2021 to 30 April 2023" in client.get(url("draft", draft)).content.decode(), "as in all other words"
    assert (str(phase.ends), phase.ends_precision, phase.planned) == ("2023-04-30", "day", False)
    assert phase.history.get().history_user == ada


def test_a_planned_stage_may_lie_over_an_actual_one(client: Client, draft: Partnership) -> None:
    add(client, draft, phase="As planned", planned="planned", starts="2019", ends="2022")
    assert draft.phases.get(name="As planned").planned


@pytest.mark.parametrize("dates", [{"starts": "2020", "ends": "2022"}, {"starts": "2018"}])
def test_stages_that_touch_in_one_year_do_not_overlap(
    client: Client, draft: Partnership, dates: dict[str, str]
) -> None:
    assert add(client, draft, phase="Other", **dates).status_code == 302


def test_an_overlap_is_a_message_beside_the_dates_that_names_the_other(client: Client, draft: Partnership) -> None:
    pilot(draft)
    response = add(client, draft, phase="Running & more", starts="June 2019", ends="2021")
    body = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_starts">These dates overlap those of “Pilot”.</a>' in body
    assert body.count("These dates overlap those of “Pilot”.") == 2
    assert 'value="June 2019"' in body
    assert 'value="Running &amp; more"' in body
    assert names(draft) == ["Pilot"]


def test_the_long_form_says_so_too_and_saves_the_rest(client: Client, draft: Partnership) -> None:
    add(client, draft, phase="Running", starts="2021", ends="2023")
    draft.refresh_from_db()
    response = edit(client, draft, phase="Pilot", starts="2019", ends="2022", place="Hill")
    body = response.content.decode()
    draft.refresh_from_db()
    assert response.status_code == 422
    assert '<a href="#id_starts">These dates overlap those of “Running”.</a>' in body
    assert 'value="2022"' in body
    assert (draft.place, pilot(draft).ends.year) == ("Hill", 2020)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"phase": ""}, "phase"),
        ({"phase": "Pilot"}, "phase"),
        ({"phase": "x" * 121}, "phase"),
        ({"phase": "a\x00b"}, "phase"),
        ({"phase": "Running", "starts": "soon"}, "starts"),
        ({"phase": "Running", "starts": "2022", "ends": "2021"}, "ends"),
        ({"phase": "Running", "planned": "perhaps"}, "planned"),
    ],
)
def test_what_cannot_be_is_a_message_beside_its_field(
    client: Client, draft: Partnership, typed: dict[str, str], field: str
) -> None:
    response = add(client, draft, **typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert names(draft) == ["Pilot"]


def test_the_same_form_sent_twice_adds_one_stage(client: Client, draft: Partnership) -> None:
    typed = {"phase": "Running", "starts": "2021"}
    first, second = (add(client, draft, **typed)["Location"] for _each in range(2))
    assert first == second
    assert names(draft) == ["Pilot", "Running"]


def test_a_first_stage_needs_no_name(client: Client, draft: Partnership) -> None:
    draft.phases.all().delete()
    add(client, draft)
    assert names(draft) == ["As described"]


def test_without_anybody_taking_part_that_is_asked_first(client: Client, draft: Partnership) -> None:
    draft.partners.all().delete()
    assert add(client, draft, phase="Running")["Location"] == step_url(draft, "who")


def test_a_stage_may_be_added_and_its_answers_left_for_later(client: Client, draft: Partnership) -> None:
    assert add(client, draft, phase="Running", **DRAFT)["Location"] == url("draft", draft)


# ---- What changed? ------------------------------------------------------------------------------------------


def test_a_new_stage_offers_to_start_from_the_last_ones_answers(client: Client, draft: Partnership) -> None:
    assert "What changed?" not in main_of(client.get(url("phase-new", draft)))
    answered(draft)
    body = main_of(client.get(url("phase-new", draft)))
    assert "What changed?" in body
    assert "Start from the answers of “Pilot”" in body
    assert 'name="like" class="govuk-checkboxes__input" id="id_like" checked' in body


def test_it_starts_from_them_and_says_so(client: Client, draft: Partnership, ada: User) -> None:
    answered(draft, comment="Only of the pilot.")
    page = client.post(url("phase-new", draft), {"phase": "Running", "starts": "2021", "like": "on"}, follow=True)
    phase = draft.phases.get(name="Running")
    claim = phase.assessments.get()
    assert page.redirect_chain[0][0] == url("draft-questions", draft, phase.pk)
    assert "These answers start from “Pilot”. Change what has changed since." in page.content.decode()
    assert (claim.answers, claim.assessor, claim.submitted_at) == (ANSWERS, ada, None)
    assert (claim.reason, claim.comment) == ("", "")
    assert Assessment.objects.count() == 2


def test_it_starts_blank_where_that_is_not_wanted(client: Client, draft: Partnership) -> None:
    answered(draft)
    page = client.post(url("phase-new", draft), {"phase": "Running"}, follow=True)
    assert "start from" not in page.content.decode()
    assert not draft.phases.get(name="Running").assessments.exists()


def test_a_direct_statement_is_taken_over_too(client: Client, draft: Partnership) -> None:
    stated(draft, "shared", "public")
    client.post(url("phase-new", draft), {"phase": "Running", "like": "on"})
    claim = draft.phases.get(name="Running").assessments.get()
    assert (claim.method, claim.design, claim.delivery) == ("direct", "shared", "public")


# ---- Changing ------------------------------------------------------------------------------------------------


def test_a_stage_shows_what_is_saved_and_is_changed(client: Client, draft: Partnership, ada: User) -> None:
    body = main_of(client.get(url("phase-edit", draft, pilot(draft).pk)))
    for value in ("Pilot", "2019", "2020"):
        assert f'value="{value}"' in body
    assert change(client, pilot(draft), phase="Trial", starts="2018", planned="planned")["Location"] == step_url(
        draft, "who"
    )
    phase = draft.phases.get()
    assert (phase.name, phase.starts.year, phase.ends, phase.planned) == ("Trial", 2018, None, True)
    assert phase.history.first().history_user == ada


def test_a_later_stage_leads_back_to_the_list_and_from_the_check_page_back_to_it(
    client: Client, draft: Partnership
) -> None:
    later = factories.add_phase(draft, name="Running")
    assert change(client, later, phase="Running")["Location"] == url("draft", draft)
    assert change(client, later, "?from=check", phase="Running")["Location"] == url("draft-check", draft)


def test_the_first_stage_says_where_one_is_only_on_the_first_way_through(client: Client, draft: Partnership) -> None:
    assert "Step 2 of 4" in main_of(client.get(url("phase-edit", draft, pilot(draft).pk)))
    later = factories.add_phase(draft, name="Running")
    assert "Step 2 of 4" not in main_of(client.get(url("phase-edit", draft, later.pk)))


def test_a_stage_may_keep_its_dates_beside_others(client: Client, draft: Partnership) -> None:
    factories.add_phase(draft, name="Running", starts="2021-01-01", starts_precision="year")
    typed = {"phase": "Pilot", "starts": "2019", "ends": "2020"}
    assert change(client, pilot(draft), **typed).status_code == 302
    assert change(client, pilot(draft), **{**typed, "ends": "2022"}).status_code == 422


def test_two_people_at_one_stage_see_both_versions(client: Client, draft: Partnership, ben: User) -> None:
    phase = pilot(draft)
    opened = client.get(url("phase-edit", draft, phase.pk)).context["opened"]
    change(signed_in(ben), phase, phase="Pilot", starts="2018", ends="2020")
    response = change(client, phase, phase="Trial", starts="2019", ends="2020", opened=opened)
    body = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else saved this draft" in body
    assert 'value="Trial"' in body
    assert 'value="2018"' in body
    again = change(client, phase, phase="Trial", starts="2018", ends="2020", opened=response.context["opened"])
    assert again.status_code == 302
    assert draft.phases.get().name == "Trial"


def test_a_stale_stage_in_which_nothing_was_changed_is_no_conflict(
    client: Client, draft: Partnership, ben: User
) -> None:
    phase = pilot(draft)
    opened = client.get(url("phase-edit", draft, phase.pk)).context["opened"]
    change(signed_in(ben), phase, phase="Pilot", starts="2018", ends="2020")
    response = change(client, phase, phase="Pilot", starts="2019", ends="2020", opened=opened)
    assert response.status_code == 302
    assert draft.phases.get().starts.year == 2018


def test_what_was_handed_in_meanwhile_stays_and_the_typing_is_given_back(client: Client, draft: Partnership) -> None:
    answered(draft)
    actions.submit(partnership=draft, by=draft.created_by)
    response = change(client, pilot(draft), phase="Trial & error")
    assert response.status_code == 409
    assert "Trial &amp; error" in response.content.decode()
    assert names(draft) == ["Pilot"]
    page = client.get(url("phase-edit", draft, pilot(draft).pk), follow=True)
    assert page.redirect_chain == [(url("draft", draft), 302)]
    assert "only a curator can change it now" in page.content.decode()


def test_a_stage_that_was_sent_after_the_session_ended_comes_back(
    client: Client, draft: Partnership, ada: User
) -> None:
    client.logout()
    add(client, draft, phase="Running & more", starts="2021")
    client.force_login(ada)
    body = client.get(url("phase-new", draft)).content.decode()
    assert "You were signed out before this was saved." in body
    assert 'value="Running &amp; more"' in body
    assert names(draft) == ["Pilot"]


# ---- Order and deleting -----------------------------------------------------------------------------------------


@pytest.fixture
def three(draft: Partnership) -> Partnership:
    factories.add_phase(draft, name="Running")
    factories.add_phase(draft, name="Next", planned=True)
    return draft


@pytest.mark.parametrize(
    ("name", "to", "order"),
    [
        ("Running", "up", ["Running", "Pilot", "Next"]),
        ("Running", "down", ["Pilot", "Next", "Running"]),
        ("Pilot", "up", ["Pilot", "Running", "Next"]),
        ("Next", "down", ["Pilot", "Running", "Next"]),
    ],
)
def test_stages_change_places(client: Client, three: Partnership, name: str, to: str, order: list[str]) -> None:
    phase = three.phases.get(name=name)
    response = client.post(url("phase-move", three, phase.pk), {"to": to})
    assert response["Location"] == f"{url('draft', three)}#stage-{phase.pk}"
    assert names(three) == order


@pytest.mark.parametrize("to", ["", "sideways", "\x00"])
def test_any_other_direction_is_refused(client: Client, three: Partnership, to: str) -> None:
    response = client.post(url("phase-move", three, pilot(three).pk), {"to": to})
    assert (response.status_code, response.content) == (400, b"A stage moves up or down.")
    assert names(three) == ["Pilot", "Running", "Next"]


def test_reading_moves_and_deletes_nothing(client: Client, three: Partnership) -> None:
    assert client.get(url("phase-move", three, pilot(three).pk)).status_code == 405
    assert "Delete this stage?" in client.get(url("phase-delete", three, pilot(three).pk)).content.decode()
    assert names(three) == ["Pilot", "Running", "Next"]


def test_a_stage_is_deleted_with_its_open_answers(client: Client, three: Partnership) -> None:
    answered(three)
    response = client.post(url("phase-delete", three, pilot(three).pk), follow=True)
    assert response.redirect_chain == [(url("draft", three), 302)]
    assert "The stage “Pilot” is deleted." in response.content.decode()
    assert names(three) == ["Running", "Next"]
    assert not Assessment.objects.exists()


def test_the_only_stage_stays(client: Client, draft: Partnership) -> None:
    response = client.post(url("phase-delete", draft, pilot(draft).pk), follow=True)
    assert "A partnership has at least one stage." in response.content.decode()
    assert names(draft) == ["Pilot"]


def test_a_stage_with_signed_answers_stays(client: Client, three: Partnership) -> None:
    factories.assessment(pilot(three))
    response = client.post(url("phase-delete", three, pilot(three).pk), follow=True)
    assert "Answers about this stage have been handed in, so it stays." in response.content.decode()
    assert "Pilot" in names(three)


# ---- Forged ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["phase-edit", "phase-move", "phase-delete"])
def test_a_stage_of_another_record_looks_like_none(client: Client, draft: Partnership, ada: User, name: str) -> None:
    foreign = factories.partnership(status="draft").phases.get()
    own = factories.partnership(status="draft", organisation=ada.organisation).phases.get()
    for pk in (foreign.pk, own.pk, 10**30):
        for answer in (client.get, client.post):
            response: Any = answer(url(name, draft, pk), {"to": "up", "phase": "Mine"})
            assert response.status_code == 404 or (name, response.status_code) == ("phase-move", 405)
    assert Phase.objects.filter(name="Mine").count() == 0
    assert Phase.objects.count() == 3


def test_moving_and_deleting_end_with_handing_in(client: Client, three: Partnership) -> None:
    answered(three)
    answered_later = {"method": "guided", "answers": ANSWERS, "perspective": "public_body", "submitted": False}
    factories.assessment(three.phases.get(name="Running"), **answered_later)
    actions.submit(partnership=three, by=three.created_by)
    for name, sent in (("phase-move", {"to": "down"}), ("phase-delete", {})):
        response = client.post(url(name, three, pilot(three).pk), sent, follow=True)
        assert "only a curator can change it now" in response.content.decode()
    assert names(three) == ["Pilot", "Running", "Next"]
