"""The door and the front page of the workplace."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.admin.site import news
from partnerships.models import Partnership, Revision
from partnerships.models.partnership import DRAFT, SUBMITTED, WITHDRAWN
from partnerships.proposals import record_of
from tests.factories import SHARED, assessment, invited_assessment, organisation, partnership, user

QUEUE = "/admin/partnerships/partnership/?status=submitted"
PAGES = [
    "/admin/",
    "/admin/partnerships/partnership/",
    "/admin/partnerships/partnership/add/",
    "/admin/partnerships/casestudy/",
    "/admin/partnerships/source/",
    "/admin/accounts/organisation/",
    "/admin/accounts/user/",
    "/admin/jsi18n/",
    "/admin/autocomplete/?app_label=accounts&model_name=user&field_name=organisation",
    "/admin/partnerships/partnership/{pk}/change/",
    "/admin/partnerships/partnership/{pk}/delete/",
    "/admin/partnerships/partnership/{pk}/history/",
    "/admin/partnerships/partnership/{pk}/publish/",
    "/admin/partnerships/partnership/{pk}/request-changes/",
    "/admin/partnerships/partnership/{pk}/withdraw/",
    "/admin/partnerships/partnership/{pk}/phases/{phase}/adopt/assessment-1/",
    "/admin/partnerships/partnership/{pk}/phases/{phase}/checklists/",
    "/admin/partnerships/partnership/codebook/",
    "/admin/partnerships/casestudy/pictures/1/",
    "/admin/partnerships/casestudy/preview/",
    "/admin/accounts/user/1/set-password-link/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.RESEARCHER])
def test_attack_9_nobody_but_curators_gets_in(
    role: str | None, method: str, client: Client, subtests: pytest.Subtests
) -> None:
    record = partnership("Zanzibar canary", status=SUBMITTED)
    phase = record.phases.get().pk
    if role:
        client.force_login(user(role))
    for page in PAGES:
        with subtests.test(page=page):
            path = page.format(pk=record.pk, phase=phase)

            first = getattr(client, method)(path)
            answer = getattr(client, method)(path, follow=True)

            assert first.status_code == 302
            assert first["Location"].startswith("/admin/login/")
            assert answer.status_code == (403 if role else 200)
            assert b"canary" not in answer.content
            record.refresh_from_db()
            assert record.status == SUBMITTED


@pytest.mark.django_db
def test_visitors_sign_in_at_the_site_s_own_door_and_come_back(client: Client) -> None:
    answer = client.get("/admin/login/", {"next": "/admin/partnerships/source/"})

    assert answer["Location"] == f"{reverse('account-login')}?next=/admin/partnerships/source/"


@pytest.mark.django_db
@pytest.mark.parametrize("goal", ["//evil.example", "https://evil.example/", "javascript:alert(1)", ""])
def test_attack_80_next_stays_on_the_site(goal: str, client: Client) -> None:
    answer = client.get("/admin/login/", {"next": goal})

    assert answer["Location"] == f"{reverse('account-login')}?next=/admin/"


def test_curators_who_are_signed_in_go_straight_on(desk: Client) -> None:
    assert (
        desk.get("/admin/login/", {"next": "/admin/partnerships/source/"})["Location"] == "/admin/partnerships/source/"
    )


def test_attack_11_a_demoted_curator_is_out_at_the_next_request(desk: Client, curator: User) -> None:
    assert desk.get("/admin/").status_code == 200
    curator.groups.clear()

    assert desk.get("/admin/").status_code == 302
    assert desk.get("/admin/", follow=True).status_code == 403


def test_front_page_begins_with_the_longest_wait(desk: Client) -> None:
    kept_by = organisation("Comune di Brescia")
    for title, days in (("Came second", 2), ("Came first", 5)):
        record = partnership(title, status=SUBMITTED, organisation=kept_by)
        Partnership.objects.filter(pk=record.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    partnership("Not handed in", status=DRAFT)

    page = desk.get("/admin/")

    assert [record.title for record in page.context["queue"]] == ["Came first", "Came second"]
    assert page.context["queue_length"] == 2
    assert "partnerships are waiting for a curator" in page.content.decode()
    assert "Comune di Brescia" in page.content.decode()


def test_front_page_says_when_nothing_waits(desk: Client) -> None:
    assert "Nothing is waiting" in desk.get("/admin/").content.decode()


def test_what_came_in_after_a_position_was_adopted_comes_to_a_curator_s_attention(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record = partnership("Placed")
    phase = record.phases.get()
    first = assessment(phase, design=SHARED, delivery=SHARED)
    actions.adopt(phase=phase, claim=first, by=None)
    untouched = partnership("Never adopted").phases.get()
    invited_assessment(phase, submitted=False, label="Still writing")
    said = invited_assessment(phase, label="Elm Street residents")
    another = assessment(untouched, perspective="researcher", design=SHARED)
    assessment(partnership("In the queue", status=SUBMITTED).phases.get())
    assessment(partnership("Withdrawn", status=WITHDRAWN).phases.get())

    with django_assert_num_queries(1):
        assert news() == [said, another]
    for page in ("/admin/", "/admin/partnerships/partnership/?status=submitted"):
        html = desk.get(page).content.decode()
        assert "New assessments of published records" in html
        assert "by invitation: Elm Street residents" in html
        assert f"/admin/partnerships/partnership/{record.pk}/change/#phase-{phase.pk}-heading" in html
        assert "Never adopted: Phase 1" in html
        assert "Still writing" not in html
    html = desk.get(f"/admin/partnerships/partnership/{record.pk}/change/").content.decode()
    assert f'id="phase-{phase.pk}-heading"' in html

    actions.adopt(phase=phase, claim=said, by=None)
    actions.adopt(phase=untouched, claim=another, by=None)
    assert news() == []
    assert "New assessments of published records" not in desk.get("/admin/").content.decode()


def test_a_short_list_of_new_assessments_is_shown_whole(desk: Client) -> None:
    phase = partnership("Much assessed").phases.get()
    for _number in range(2):
        assessment(phase)

    html = desk.get("/admin/").content.decode()

    assert html.count("Much assessed: Phase 1") == 2
    assert "Show all" not in html


@pytest.mark.parametrize("page", ["/admin/", QUEUE])
def test_new_assessments_come_last_and_five_at_once(desk: Client, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr("partnerships.admin.site.NEWS_SHOWN", 8)
    monkeypatch.setattr("partnerships.admin.partnership.NEWS_SHOWN", 8)
    partnership("Waits for a curator", status=SUBMITTED)
    changed = partnership("Changed by its keepers")
    _hand_in_change(changed)
    phase = partnership("Much assessed").phases.get()
    for _number in range(9):
        assessment(phase)

    html = desk.get(page).content.decode()

    first, rest = html.split("Show all", 1)
    assert first.count("Much assessed: Phase 1") == 5
    assert rest.count("Much assessed: Phase 1") == 3
    assert "There are more than 8." in rest
    for title in ("Waits for a curator", "Changed by its keepers"):
        assert 0 < html.index(title) < html.index("New assessments of published records")


@pytest.mark.parametrize("page", ["/admin/", QUEUE])
def test_the_desk_leads_to_the_files(desk: Client, page: str) -> None:
    html = desk.get(page).content.decode()

    assert f'href="{reverse("import-new")}"' in html
    assert f'href="{reverse("imports")}"' in html


def test_a_line_begins_with_no_comma(desk: Client) -> None:
    waiting = partnership("Nobody's", status=SUBMITTED)
    Partnership.objects.filter(pk=waiting.pk).update(
        organisation=None, created_by=None, submitted_at=timezone.now() - timedelta(days=1500)
    )
    revision = _hand_in_change(partnership("Nobody's either", organisation=None))
    Revision.objects.filter(pk=revision.pk).update(made_by=None)

    html = desk.get("/admin/").content.decode()

    assert '<span class="muted">4\xa0years' in html
    assert html.count('<span class="muted">') == len(re.findall(r'<span class="muted">[^\s,]', html))


def _hand_in_change(record: Partnership) -> Revision:
    base = record_of(record)
    revision = actions.proposal(partnership=record, record={**base, "place": "Leith"}, base=base, by=user())
    revision.save()
    return revision


def test_curators_look_after_organisations_but_not_users_or_groups(desk: Client, administrator: Client) -> None:
    mine = {model["object_name"] for app in desk.get("/admin/").context["app_list"] for model in app["models"]}
    all_of_them = {
        model["object_name"] for app in administrator.get("/admin/").context["app_list"] for model in app["models"]
    }

    assert mine == {"Partnership", "CaseStudy", "Source", "Organisation", "Release"}
    assert all_of_them == mine | {"User"}


def test_pages_carry_no_script_or_style_of_django_s_admin(desk: Client) -> None:
    record = partnership()
    for path in ("/admin/", "/admin/partnerships/partnership/", f"/admin/partnerships/partnership/{record.pk}/change/"):
        html = desk.get(path).content.decode()
        assert "admin/js/" not in html
        assert "<style" not in html
        assert "jsi18n" not in html


def test_there_is_one_way_out_and_one_place_for_passwords(desk: Client) -> None:
    assert desk.get("/admin/password_change/")["Location"] == reverse("account-password-change")
    assert desk.get("/admin/logout/").status_code == 405
    assert desk.post("/admin/logout/").status_code == 302
    assert desk.get("/admin/").status_code == 302
