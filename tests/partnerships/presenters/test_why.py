"""Why something stands where it stands, when it was assessed, and under which codebook."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from accounts.roles import Role
from partnerships import actions
from partnerships.models import Assessment, Partnership
from partnerships.presenters.case import CasePage, case_page, case_queryset
from taxonomy import codebook
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(record: Partnership) -> CasePage:
    return case_page(case_queryset().get(pk=record.pk), inferred=False)


def adopted(record: Partnership, **fields: object) -> Assessment:
    phase = record.phases.get(current=True)
    claim = factories.assessment(phase, perspective="public_body", **fields)
    actions.adopt(phase=phase, claim=claim, by=factories.user(Role.CURATOR), rationale="It is documented.")
    return claim


def test_answers_are_explained_with_the_names_of_the_partners() -> None:
    record = factories.partnership(partners=[("public", "Hill Council"), ("third_sector", "Elm Trust")])
    adopted(record, method="guided", reason="The agreement")

    found = page_of(record).why

    assert (found.assessor.name, found.reason) == ("Public body", "The agreement")
    assert found.explanation.sector.position.tag == "7 · Co-Management"
    assert "Hill Council" in found.explanation.sector.design
    assert "Elm Trust" in found.explanation.sector.delivery
    assert [badge.code for badge in found.explanation.badges] == ["asked", "signoff_alone"]


def test_a_direct_statement_has_its_reason_and_no_more() -> None:
    record = factories.partnership()
    adopted(record, design="shared", delivery="public", reason="The contract")

    found = page_of(record).why

    assert (found.explanation, found.reason, found.assessor.design) == (None, "The contract", "Shared")


def test_what_rests_on_a_source_is_explained_by_no_assessment() -> None:
    record = factories.partnership()
    phase = record.phases.get()
    factories.assessment(phase, design="shared")
    actions.adopt(phase=phase, claim=factories.statement(record, cells={5}), by=None)

    assert page_of(record).why is None
    assert page_of(factories.partnership()).why is None


def test_it_is_about_the_current_phase() -> None:
    record = factories.partnership()
    adopted(record, method="guided")
    factories.add_phase(record, name="Later")

    assert page_of(record).why is None


def test_a_plan_has_no_place_to_explain() -> None:
    record = factories.partnership(phase={"planned": True})
    factories.assessment(record.phases.get(), method="guided")

    assert page_of(record).why is None


def test_the_codebook_is_named_and_the_one_in_use_is_not_remarked_upon() -> None:
    record = factories.partnership()
    adopted(record, method="guided")

    found = page_of(record).why

    assert (found.codebook, found.codebook_url, found.outdated) == ("1.0", "/codebook/1.0/", "")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A codebook 1.1 under which nobody has to agree to a start any more."""

    def derive(answers: dict[str, object]) -> object:
        return replace(codebook.VERSION_1_0.derive({**answers, "signoff": "na"}), codebook="1.1")

    book = replace(codebook.VERSION_1_0, version="1.1", derive=derive)
    monkeypatch.setattr(codebook, "CODEBOOKS", MappingProxyType({**codebook.CODEBOOKS, "1.1": book}))
    monkeypatch.setattr(codebook, "CURRENT", book)


@pytest.mark.usefixtures("newer")
def test_a_newer_codebook_moves_nothing_and_is_mentioned() -> None:
    record = factories.partnership()
    adopted(record, method="guided")

    page = page_of(record)

    assert page.why.codebook == page.why.explanation.codebook == "1.0"
    assert page.why.outdated == "The codebook in use is now 1.1. What was placed before stays as it was."
    assert page.position.tag == "7 · Co-Management"
    assert "codebook 1.0." in page.cite.sentence


@pytest.mark.usefixtures("newer")
def test_what_rests_on_no_assessment_is_cited_with_the_codebook_in_use() -> None:
    assert "codebook 1.1." in page_of(factories.partnership()).cite.sentence
