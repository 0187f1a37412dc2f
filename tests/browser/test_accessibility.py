"""Every kind of page, at the width of a desktop and of a phone: axe, no sideways scrolling, no complaint.

A page is loaded once and then looked at in each width: what depends on the width is styles, and loading takes longest.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import Organisation, User
from accounts.roles import Role
from exchange.releases.making import make as make_release
from partnerships.actions import adopt, publish, submit, submit_assessment
from partnerships.assessors import Assessor
from partnerships.invitations import token_of
from partnerships.models import Assessment, CaseStudy, Partner, Partnership, Phase, Source
from tests import factories
from tests.browser.conftest import fits
from tests.library import load as load_the_library
from tests.partnerships.actions.common import ANSWERS, answer, answer_all, save

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = [
    "/",
    "/?country=IT&area=10",
    "/?lens=professional&inferred=1",
    "/?q=nothing-like-this",
    "/cells/5/",
    "/cells/1/",
    "/trajectories/",
    "/trajectories/?inferred=1&country=GB",
    "/charts/",
    "/charts/?country=GB&inferred=1&lens=professional",
    "/embed/matrix/?country=GB",
    "/compare/",
    "/compare/?p=brescia-citta-del-noi&p=reducing-reoffending-change-fund-partnerships&p=italy&q=plan&inferred=1",
    "/compare/selections/",
    "/compare/selections/?a-country=IT&b-country=GB&b-country=NL&inferred=1",
    "/partnerships/",
    "/partnerships/?page=2",
    "/partnerships/brescia-citta-del-noi/",
    "/partnerships/reducing-reoffending-change-fund-partnerships/",
    "/partnerships/italy/",
    "/partnerships/parent-run-nursery/?inferred=1",
    "/sources/strategic-psp-model-chapter-2/",
    "/codebook/",
    "/lessons/",
    "/lessons/?theme=funding&theme=time&inferred=1",
    "/guide/",
    "/guide/reading/",
    "/guide/questions/",
    "/guide/practice/",
    "/guide/vehicles/",
    "/guide/definitions/",
    "/guide/figures/",
    "/guide/glossary/",
    "/data/",
    "/api/v1/docs/",
    "/data/releases/",
    "/data/releases/?case=brescia-citta-del-noi",
    "/data/releases/1/",
    "/data/releases/1/partnerships/",
    "/data/releases/1/partnerships/reducing-reoffending-change-fund-partnerships/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/report/",
    "/styleguide/",
    "/accounts/sign-in/",
    "/accounts/password/reset/",
]
ERRORS = {
    "/?country=XX": 400,
    "/compare/selections/?a-country=XX&b-year=next": 400,
    "/partnerships/there-is-none/": 404,
}
WIDTHS = [1280, 360]
# A window of 1280 px at 200 % and at 400 %.
ENLARGED = [640, 320]


def judge(page: Page, axe: Callable[..., None]) -> None:
    """Hold the page against the rules, in both widths; enlarged it fits, too."""
    for width in WIDTHS:
        fits(page, width)
        axe(page)
    for width in ENLARGED:
        fits(page, width)


def inspect(page: Page, address: str, axe: Callable[..., None], status: int = 200) -> None:
    """Open a page and hold it against the rules."""
    assert page.goto(address).status == status, address
    assert page.locator("h1").count() == 1, f"{address} has one main heading"
    judge(page, axe)


def test_public_pages(open_page: Callable[..., Page], axe: Callable[..., None], watch: Any) -> None:
    load_the_library()
    make_release()
    watch.expect("the server responded with a status of 4")
    page = open_page()
    for address in [*PUBLIC, *ERRORS]:
        inspect(page, address, axe, ERRORS.get(address, 200))


@pytest.fixture
def council(transactional_db: None) -> Organisation:
    return Organisation.objects.create(name="Riverside Council", slug="riverside-council", kind="public")


def a_draft(officer: User, title: str) -> Partnership:
    draft = Partnership.objects.create(
        title=title,
        unit="case",
        countries=["GB"],
        service_areas=["10"],
        organisation=officer.organisation,
        created_by=officer,
    )
    Partner.objects.create(partnership=draft, kind="public", name="Riverside Council")
    phase = Phase.objects.create(partnership=draft, name="As described")
    Assessment.objects.create(
        phase=phase,
        assessor=officer,
        perspective="public_body",
        design="shared",
        reason="The agreement.",
        codebook="1.0",
    )
    return draft


def test_officers_pages(
    council: Organisation,
    open_page: Callable[..., Page],
    axe: Callable[..., None],
    watch: Any,
) -> None:
    watch.expect("a status of 422")
    officer = User.objects.create_user("officer@example.org", role=Role.OFFICER, organisation=council)
    draft, sent = a_draft(officer, "Lunch club"), a_draft(officer, "Repair café")
    submit(partnership=sent, by=officer)
    page = open_page(user=officer)
    for address in [
        "/my/", "/partnerships/new/", f"/my/{draft.uuid}/", f"/my/{draft.uuid}/edit/", f"/my/{draft.uuid}/check/",
        f"/my/{draft.uuid}/delete/", f"/my/{sent.uuid}/", "/accounts/password/",
        "/data/imports/", "/data/imports/new/",
    ]:  # fmt: skip
        inspect(page, address, axe)
    page.goto("/partnerships/new/")
    page.get_by_role("button", name="Save and continue").click()
    judge(page, axe)


def test_pages_of_the_questions(
    council: Organisation,
    open_page: Callable[..., Page],
    axe: Callable[..., None],
    watch: Any,
) -> None:
    watch.expect("a status of 4")
    officer = User.objects.create_user("officer@example.org", role=Role.OFFICER, organisation=council)
    draft = save(officer)
    phase = draft.phases.get()
    answer_all(phase, officer)
    invited = factories.invitation(phase, invited_by=officer)
    used = factories.invitation(phase, invited_by=officer)
    answer(Assessor(phase, invitation=used), **ANSWERS)
    submit_assessment(assessor=Assessor(phase, invitation=used).again())
    page = open_page(user=officer)
    mine = f"/my/{draft.uuid}"
    asked = f"{mine}/phases/{phase.pk}"
    for address in [
        f"{mine}/", *(f"{mine}/{step}/" for step in ("about", "areas", "who", "roles", "more")), f"{mine}/check/",
        f"{mine}/phases/new/", f"{asked}/", f"{asked}/invitations/", f"{asked}/questions/", f"{asked}/questions/front/",
        f"{asked}/directly/", f"{asked}/basis/",
    ]:  # fmt: skip
        inspect(page, address, axe)
    link = f"/invitations/{token_of(invited)}"
    for address in [
        f"{link}/", f"{link}/questions/model/", f"{link}/questions/", f"{link}/check/",
    ]:  # fmt: skip
        inspect(page, address, axe)
    inspect(page, f"/invitations/{token_of(used)}/", axe, 410)


def test_a_case_page_with_all_that_it_can_show(
    council: Organisation, open_page: Callable[..., Page], axe: Callable[..., None]
) -> None:
    officer = User.objects.create_user("officer@example.org", role=Role.OFFICER, organisation=council)
    researcher = User.objects.create_user("researcher@example.org", role=Role.RESEARCHER)
    draft = save(officer)
    phase = draft.phases.get()
    answer_all(phase, officer)
    submit(partnership=draft, by=officer)
    adopt(phase=phase, claim=phase.assessments.get(), by=researcher)
    record = publish(partnership=draft, by=researcher)
    other = Assessor(record.phases.get(), user=researcher)
    answer(other, **{**ANSWERS, "run": {"public": "together", "third_sector": "together"}})
    submit_assessment(assessor=other.again())
    factories.statement(record, cells=frozenset({8}))
    factories.checklist_item(phase)
    factories.partnership("A site", part_of=record, design="shared", delivery="shared")
    page = open_page(user=researcher)
    started = f"{record.get_absolute_url()}phases/{phase.pk}/assess/"
    for address in [record.get_absolute_url(), started, f"{started}check/", f"{started}directly/"]:
        inspect(page, address, axe)
    page.goto(record.get_absolute_url())
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    judge(page, axe)


def test_curators_pages(council: Organisation, open_page: Callable[..., Page], axe: Callable[..., None]) -> None:
    officer = User.objects.create_user("officer@example.org", role=Role.OFFICER, organisation=council)
    sent = a_draft(officer, "Repair café")
    study = CaseStudy.objects.create(partnership=sent, headline="Mending together", body="It *works*.")
    submit(partnership=sent, by=officer)
    phase = sent.phases.get()
    open_record = Partnership.objects.create(title="Lunch club", unit="case", organisation=council)
    Phase.objects.create(partnership=open_record, name="As described")
    publish(partnership=open_record, by=officer)
    paper = Source.objects.create(title="A report", slug="a-report")
    page = open_page(user=User.objects.create_user("a@example.org", role=Role.ADMINISTRATOR))
    record = f"/admin/partnerships/partnership/{sent.pk}"
    for address in [
        "/admin/", "/admin/partnerships/partnership/", "/admin/partnerships/partnership/add/", f"{record}/change/",
        f"{record}/history/", f"{record}/history/{sent.history.last().pk}/", f"{record}/publish/",
        f"{record}/request-changes/", f"{record}/phases/{phase.pk}/adopt/assessment-{phase.assessments.get().pk}/",
        f"{record}/phases/{phase.pk}/checklists/", "/admin/partnerships/partnership/codebook/",
        f"/admin/partnerships/partnership/{open_record.pk}/withdraw/",
        f"/admin/partnerships/casestudy/{study.pk}/change/", f"/admin/partnerships/casestudy/{study.pk}/preview/",
        "/admin/partnerships/source/", f"/admin/partnerships/source/{paper.pk}/change/",
        f"/admin/partnerships/source/{paper.pk}/delete/", "/admin/accounts/user/",
        "/admin/accounts/user/add/", f"/admin/accounts/user/{officer.pk}/change/",
        f"/admin/accounts/user/{officer.pk}/set-password-link/", f"/admin/accounts/organisation/{council.pk}/change/",
    ]:  # fmt: skip
        inspect(page, address, axe)
    page.goto(f"/admin/accounts/user/{officer.pk}/set-password-link/")
    page.locator("main form button[type=submit]").click()
    judge(page, axe)
    page.goto(f"{record}/change/")
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    judge(page, axe)
