"""A register with everything that a release can hold, and with secrets that none may hold."""

from datetime import date

import pytest

from accounts.roles import Role
from partnerships import actions
from partnerships.models import Partnership
from tests import factories

SECRET = "Zwetschgendatschi"


@pytest.fixture
def whole(db: None) -> Partnership:
    """A published programme with one of everything, a parent and a part."""
    programme = factories.partnership("The whole", unit="programme", design="shared")
    made = factories.partnership(
        "Città del Noi", part_of=programme, design="shared", delivery="shared", countries=["IT"], place="Brescia",
        service_areas=["10.2"], tags=["welfare"], aliases=["La città"], summary="A city | with a bar.",
        narrative="Some *words*.", nature=["group"], level="support", last_confirmed=date(2025, 3, 1),
        phase={"name": "Pilot", "starts": date(2011, 1, 1), "starts_precision": "year", "rationale": "It says so."},
    )  # fmt: skip
    run = factories.add_phase(made, name="Run", starts=date(2013, 4, 1), starts_precision="month")
    factories.add_phase(made, name="Tender", possible={6, 9, "outside"}, planned=True)
    council = factories.organisation("Brescia Council", slug="brescia-council")
    made.partners.create(kind="public", name="Brescia Council", organisation=council, lead=True, roles=["pays"])
    made.partners.create(kind="citizens", name="", hybrid=True, note="Neighbours")
    _claims(made, run)
    study = factories.case_study(made, body="A **story**.", featured=True)
    study.lessons.create(theme="funding", text="Money helps.")
    factories.partnership("A part", part_of=made, unit="component", design="public", delivery="public")
    factories.partnership(
        "An inferred part", part_of=made, design="shared", delivery="public", phase=factories.INFERENCE
    )
    return Partnership.objects.get(pk=made.pk)


def _claims(made: Partnership, run: object) -> None:
    """What sources and people say about it."""
    book = factories.source("Grey Book", slug="grey-book", authors="A. Author", year=2012, doi="10.1000/1")
    pilot = made.phases.get(name="Pilot")
    factories.statement(made, source=book, phase=pilot, cells={2, 5}, hedge="perhaps", reading="a", place="p. 3")
    factories.statement(made, source=book, phase=pilot, cells={5}, reading="b", perspective="the council")
    factories.statement(made, source=book, kind="movement", from_cells={1}, to_cells={5, 8})
    factories.statement(made, lens="professional", design="professionals", delivery="shared")
    factories.evidence(made, source=book, phase=pilot, place="p. 4", grade="B", supports=["design"], note="Signed.")
    factories.checklist_item(run, source=book, starts=date(2012, 1, 1), starts_precision="year")
    ann, ben = (factories.user(Role.RESEARCHER, name=f"{SECRET} {n}", email=f"{SECRET}{n}@example.org") for n in "ab")
    factories.assessment(pilot, assessor=ann, method="guided", perspective="researcher")
    factories.assessment(run, assessor=ben, design="shared", delivery="", perspective="researcher")
    guided = factories.assessment(run, assessor=ann, method="guided", perspective="public_body")
    # A correction of the first one, begun after one of another phase.
    factories.assessment(pilot, assessor=ann, design="public", delivery="shared", perspective="researcher")
    factories.invited_assessment(run, label=SECRET)
    curator = factories.user(Role.CURATOR, email=f"{SECRET}c@example.org", name=SECRET)
    actions.adopt(phase=run, claim=guided, by=curator)


@pytest.fixture
def secrets(whole: Partnership) -> None:
    """What the public may not see, beside the whole."""
    officer = factories.user(email=f"{SECRET}o@example.org", name=SECRET)
    draft = factories.partnership(f"{SECRET} draft", status="draft", created_by=officer, summary=SECRET)
    factories.evidence(draft, source=factories.source(f"{SECRET} source"))
    withdrawn = factories.partnership(f"{SECRET} withdrawn", status="withdrawn")
    factories.partnership("Child of a secret", part_of=withdrawn)
    draft.partners.create(kind="public", name="Hidden", organisation=factories.organisation(f"{SECRET} council"))
    factories.partnership(f"{SECRET} workspace", status="draft", revises=whole)
    Partnership.objects.filter(pk=whole.pk).update(curator_note=SECRET, created_by=officer)
    pilot = whole.phases.get(name="Pilot")
    factories.assessment(pilot, submitted=False, assessor=officer, comment=SECRET, reason=SECRET)
