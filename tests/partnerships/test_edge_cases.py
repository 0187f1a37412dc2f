"""The cases at the edge of the rule, each from the answers to the matrix that the public sees.

They are those that officers stumble over: who was only asked, who only pays, who agreed and no more, firms, volunteers,
bodies between the sectors, plans that stay plans.
"""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from partnerships import actions
from partnerships.assessors import Assessor
from partnerships.models import Assessment, Partnership, Phase
from taxonomy.explanation import explain
from tests import factories
from tests.partnerships.actions.common import answer, save

pytestmark = pytest.mark.django_db

DESIGN = ("outcomes", "model", "detail", "signoff")


def design(**levels: str) -> dict[str, Any]:
    """The same answer to every deciding question about design."""
    return dict.fromkeys(DESIGN, levels)


def delivery(**levels: str) -> dict[str, Any]:
    """The same answer to both questions about delivery."""
    return {"run": levels, "front": levels}


PUBLIC_DESIGN, PUBLIC_DELIVERY = design(public="led"), delivery(public="led")

CASES: dict[str, tuple[dict[str, Any], tuple[int, ...], set[str]]] = {
    "consultation only": (
        {**design(public="led", citizens="asked"), **PUBLIC_DELIVERY}, (1,), {"asked"},
    ),
    "consultation, and a charity delivers": (
        {**design(public="led", citizens="asked"), **delivery(third_sector="led")}, (7,), {"asked"},
    ),
    "a vote that binds": (
        {
            **PUBLIC_DESIGN, **PUBLIC_DELIVERY,
            "model": {"public": "together", "citizens": "together"},
            "signoff": {"public": "together", "citizens": "together"},
        },
        (2,), set(),
    ),
    "a vote that advises": (
        {**PUBLIC_DESIGN, **PUBLIC_DELIVERY, "model": {"public": "led", "citizens": "asked"}}, (1,), {"asked"},
    ),
    "a funder that laid down aims and specification": (
        {
            **PUBLIC_DESIGN, **PUBLIC_DELIVERY,
            "outcomes": {"third_sector": "led"}, "detail": {"third_sector": "led", "public": "asked"},
        },
        (2,), {"divided_design"},
    ),
    "a funder that only pays": (
        {**design(public="led", third_sector="none"), **delivery(public="led", third_sector="none")}, (1,), set(),
    ),
    "sign-off alone": (
        {**PUBLIC_DESIGN, **PUBLIC_DELIVERY, "signoff": {"citizens": "led"}}, (1,), {"signoff_alone"},
    ),
    "a regulator": (
        {**design(third_sector="led"), **delivery(third_sector="led"), "check": {"public": "led"}}, (9,), set(),
    ),
    "volunteers run by a public body": (
        {**PUBLIC_DESIGN, "run": {"public": "led"}, "front": {"public": "together", "citizens": "together"}},
        (4,), set(),
    ),
    "volunteers inside a charity": (
        {
            **PUBLIC_DESIGN,
            "run": {"third_sector": "led"}, "front": {"third_sector": "together", "citizens": "together"},
        },
        (7,), set(),
    ),
    "split tasks": (
        {**PUBLIC_DESIGN, "run": {"public": "led"}, "front": {"third_sector": "led"}}, (4,), {"divided_delivery"},
    ),
    "a firm beside the charity that delivers": (
        {**PUBLIC_DESIGN, **delivery(third_sector="led", private="together")}, (7,), {"private_delivery"},
    ),
    "a firm beside the council that designs": (
        {**design(public="together", private="together"), **PUBLIC_DELIVERY}, (1,), {"private_design"},
    ),
    "firms only": (
        {**PUBLIC_DESIGN, **delivery(private="led")}, (), {"private_delivery", "outside"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_answers_at_the_edge_give_their_cell_and_their_badges(name: str) -> None:
    answers, cells, badges = CASES[name]

    found = explain(answers)

    assert found.sector.result.cells == cells
    assert found.sector.result.settled == (len(cells) == 1)
    assert set(found.badges) == badges


def spelled_out(answers: dict[str, Any], *kinds: str) -> dict[str, Any]:
    """The answers with "not involved" for every kind that they leave out: left blank, it would be "don't know"."""
    return {task: {**dict.fromkeys(kinds, "none"), **levels} for task, levels in answers.items()}


def placed(answers: dict[str, Any], kinds: tuple[str, ...], **phase: Any) -> Partnership:
    """Log, answer, hand in, publish and adopt, as an officer and a curator do it."""
    officer, curator = factories.user(), factories.user(Role.CURATOR)
    draft = save(officer, partners=[{"kind": kind, "name": ""} for kind in kinds], phase={"name": "Pilot", **phase})
    answer(Assessor(draft.phases.get(), user=officer), **spelled_out(answers, *kinds))
    actions.submit(partnership=draft, by=officer)
    adopt_all(draft, curator)
    return actions.publish(partnership=draft, by=curator)


def adopt_all(draft: Partnership, curator: User) -> None:
    """Adopt what was signed about each phase."""
    for signed in Assessment.objects.submitted().filter(phase__partnership=draft):
        actions.adopt(phase=signed.phase, claim=signed, by=curator)


def test_firms_alone_are_listed_and_in_no_cell(client: Client) -> None:
    record = placed({**PUBLIC_DESIGN, **delivery(private="led")}, ("public", "private"))

    assert record.phases.get().possible_cells == {"outside"}
    assert "0 partnerships placed" in client.get("/").content.decode()
    assert "Outside the matrix" in client.get(record.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("kind", "cell"), [("public", 1), ("third_sector", 7)])
def test_an_arms_length_body_counts_as_what_the_control_question_says(kind: str, cell: int) -> None:
    officer = factories.user()
    partners = [
        {"kind": "public", "name": "Leith Council"},
        {"kind": kind, "name": "Leith Leisure", "hybrid": True, "note": "The council appoints its board"},
    ]
    draft = save(officer, partners=partners)
    done = {**PUBLIC_DESIGN, **delivery(**{kind: "led"})}
    answer(Assessor(draft.phases.get(), user=officer), **spelled_out(done, "public", kind))
    actions.submit(partnership=draft, by=officer)
    adopt_all(draft, factories.user(Role.CURATOR))

    assert draft.phases.get().cell == cell
    assert draft.partners.get(name="Leith Leisure").hybrid


def test_a_staff_mutual_is_public_before_its_transfer_and_third_sector_after() -> None:
    officer, curator = factories.user(), factories.user(Role.CURATOR)
    before = {"name": "In the council", "starts": date(2010, 1, 1), "ends": date(2013, 3, 31)}
    exact = {"starts_precision": "day", "ends_precision": "day"}
    partners = [{"kind": "public", "name": "Leith Council"}, {"kind": "third_sector", "name": "Leith Care Mutual"}]
    draft = save(officer, partners=partners, phase={**before, **exact})
    first = draft.phases.get()
    done = {**PUBLIC_DESIGN, **PUBLIC_DELIVERY}
    answer(Assessor(first, user=officer), **spelled_out(done, "public", "third_sector"))
    after = {"name": "The mutual", "starts": date(2013, 4, 1), "starts_precision": "day"}
    second = actions.save_phase(by=officer, partnership=draft, phase=None, values=after, like=first)
    done = delivery(third_sector="led", public="none")
    answer(Assessor(second, user=officer), **done, perspective="public_body")
    actions.submit(partnership=draft, by=officer)
    adopt_all(draft, curator)

    assert list(draft.phases.order_by("order").values_list("cell", "current")) == [(1, False), (7, True)]


def test_a_planned_phase_that_never_came_counts_nowhere(client: Client) -> None:
    record = placed({**PUBLIC_DESIGN, **PUBLIC_DELIVERY}, ("public",), planned=True, starts=date(2014, 1, 1),
                    starts_precision="year")  # fmt: skip

    assert not record.phases.filter(current=True).exists()
    assert "0 partnerships placed" in client.get("/").content.decode()
    assert "planned" in client.get(record.get_absolute_url()).content.decode()


def test_a_programme_stands_where_its_source_says_whatever_its_sites_do(client: Client) -> None:
    programme = factories.partnership("Older People", unit="programme", design="shared", delivery="shared")
    for cell_row in ("public", "citizens_or_third_sector"):
        factories.partnership(f"Site {cell_row}", part_of=programme, design="public", delivery=cell_row)

    page = client.get(programme.get_absolute_url()).content.decode()

    assert Phase.objects.get(partnership=programme).cell == 5
    assert "5 · Full Co-Production" in page
    assert "Site public" in page


def test_what_assessors_dispute_is_averaged_nowhere(client: Client) -> None:
    record = placed({**PUBLIC_DESIGN, **PUBLIC_DELIVERY}, ("public", "citizens"))
    researcher = Assessor(record.phases.get(), user=factories.user(Role.RESEARCHER))
    together = {"public": "together", "citizens": "together"}
    answer(researcher, **dict.fromkeys((*DESIGN, "run", "front"), together))
    actions.submit_assessment(assessor=researcher)

    phase = record.phases.get()
    assert (phase.cell, phase.assessments.submitted().count()) == (1, 2)
    page = client.get(record.get_absolute_url()).content.decode()
    assert "1 · Traditional" in page
    assert "5 · Full Co-Production" in page
