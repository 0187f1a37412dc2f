"""``check_data`` finds each fault that the database lets through, and nothing in a sound register."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from partnerships import actions
from partnerships.integrity import overlapping, violations
from partnerships.models import (
    Assessment,
    ChecklistItem,
    Evidence,
    Facet,
    Invitation,
    Partner,
    Partnership,
    Phase,
    Statement,
)
from partnerships.record import apply_record, apply_source
from tests import factories

in_register = pytest.mark.usefixtures("register", "db")


def logged(slug: str) -> Partnership:
    """A sound published partnership with every kind of part; its phases adopt a statement and an assessment."""
    partnership = apply_record(
        {
            "title": slug, "unit": "case", "countries": ["IT"], "service_areas": ["10.2"], "stages": ["design"],
            "partners": [{"kind": "public", "name": "City", "roles": ["pays"]}],
            "phases": [
                {
                    "name": "First", "starts": "2010", "ends": "2012", "design": "shared", "delivery": "public",
                    "certainty": "source_stated",
                },
                {"name": "Second", "starts": "2013", "ends": "2014"},
            ],
            "statements": [
                {"source": "s", "phase": "First", "design": "shared", "delivery": "public", "adopted": True},
            ],
            "evidence": [{"source": "s", "phase": "First", "supports": ["design"]}],
            "checklists": [
                {"phase": "First", "item": "tools.survey", "answer": "yes", "source": "s", "place": "p. 2"}
            ],
            "case_study": {"headline": "H", "body": "B", "lessons": [{"theme": "time", "text": "T"}]},
        },
        Partnership(slug=slug),
    )  # fmt: skip
    second = partnership.phases.get(name="Second")
    assessment = Assessment.objects.create(
        phase=second, codebook="1.0", design="shared", reason="Minutes.", submitted_at=timezone.now()
    )
    actions.adopt(phase=second, claim=assessment, by=None)
    factories.invited_assessment(partnership.phases.get(name="First"))
    return actions.publish(partnership=partnership, by=None)


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two sound partnerships; what a test plants is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        apply_source({"slug": "s", "title": "Source"})
        logged("other")
        logged("one")
        yield
        transaction.set_rollback(True)


def found() -> list[str]:
    return [str(violation) for violation in violations()]


@in_register
def test_a_sound_register_has_no_violations(capsys: pytest.CaptureFixture[str]) -> None:
    assert found() == []
    call_command("check_data")
    assert capsys.readouterr().out == "The register is sound.\n"


@in_register
def test_the_command_lists_what_it_finds_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    Partnership.objects.update(search_text="")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_data")
    output = capsys.readouterr()
    assert stopped.value.code == 1
    assert output.out.splitlines() == [
        "index: other: the search text is out of date", "index: one: the search text is out of date",
    ]  # fmt: skip
    assert output.err == "2 faults found.\n"


def of_one(model: type) -> Callable[..., int]:
    return model.objects.filter(partnership__slug="one").update


def direct() -> QuerySet[Assessment]:
    return Assessment.objects.filter(phase__partnership__slug="one", by_invitation=False)


def invited() -> Callable[..., int]:
    return Assessment.objects.filter(phase__partnership__slug="one", by_invitation=True).update


def first() -> Callable[..., int]:
    return Phase.objects.filter(partnership__slug="one", name="First").update


def foreign_phase() -> Phase:
    return Phase.objects.get(partnership__slug="other", name="First")


PLANTED: dict[str, tuple[Callable[[], object], str]] = {
    "no phase": (
        lambda: Phase.objects.filter(partnership__slug="one").update(partnership=Partnership.objects.create(
            title="x", unit="case", search_title="x", search_text="x",
        )),
        "phases: one: it is published and has no phase",
    ),
    "slug taken": (
        lambda: Partnership.objects.filter(slug="one").update(slug="new"),
        "slug: new: a page at this address cannot be reached",
    ),
    "slug broken": (lambda: Partnership.objects.filter(slug="one").update(slug="o ne"), "slug: o ne: it is no address"),
    "slug in capitals": (
        lambda: Partnership.objects.filter(slug="one").update(slug="One"),
        "slug: One: a page at this address cannot be reached",
    ),
    "search title": (
        lambda: Partnership.objects.filter(slug="one").update(search_title="x"),
        "index: one: the search text is out of date",
    ),
    "title": (
        lambda: Partnership.objects.filter(slug="one").update(title="Changed past the index"),
        "index: one: the search text is out of date",
    ),
    "facet too few": (
        lambda: Facet.objects.filter(partnership__slug="one", facet="country").delete(),
        "index: one: the facets are out of date",
    ),
    "facet too many": (
        lambda: Facet.objects.create(partnership=Partnership.objects.get(slug="one"), facet="tag", value="x"),
        "index: one: the facets are out of date",
    ),
    "current": (
        lambda: Phase.objects.filter(partnership__slug="one").update(current=False),
        "index: one: the mark on the current phase is out of date",
    ),
    "country": (
        lambda: Partnership.objects.filter(slug="one").update(countries=["XX"]),
        "codes: one: partnership / countries: “XX” is not a known code",
    ),
    "area": (
        lambda: Partnership.objects.filter(slug="one").update(service_areas=["77"]),
        "codes: one: partnership / service_areas: “77” is not a known code",
    ),
    "list": (
        lambda: Partnership.objects.filter(slug="one").update(nature={"a": 1}),
        "codes: one: partnership / nature is no list",
    ),
    "no text": (
        lambda: Partnership.objects.filter(slug="one").update(stages=[["design"]]),
        "codes: one: partnership / stages: “['design']” is not a known code",
    ),
    "twice": (
        lambda: Partnership.objects.filter(slug="one").update(countries=["IT", "IT"]),
        "codes: one: partnership / countries has a code twice",
    ),
    "role": (lambda: of_one(Partner)(roles=["sings"]), "codes: one: partner / roles: “sings” is not a known code"),
    "supports": (lambda: of_one(Evidence)(supports=["all"]), "codes: one: evidence / supports: “all” is not"),
    "statement elsewhere": (
        lambda: of_one(Statement)(phase=foreign_phase()),
        "belongs: one: Source: Names no cell or model is about a phase of another partnership",
    ),
    "evidence elsewhere": (
        lambda: of_one(Evidence)(phase=foreign_phase()),
        "belongs: one: Source is about a phase of another partnership",
    ),
    "overlap": (
        lambda: first()(ends=datetime.date(2014, 5, 31), ends_precision="month"),
        "dates: one: the phases “First” and “Second” overlap",
    ),
    "adopted elsewhere": (
        lambda: first()(adopted_statement=Statement.objects.get(partnership__slug="other")),
        "adopted: one: the phase “First” adopts a statement about something else",
    ),
    "adopted from another phase": (
        lambda: of_one(Statement)(phase=Phase.objects.get(partnership__slug="one", name="Second")),
        "adopted: one: the phase “First” adopts a statement about something else",
    ),
    "adopted without a position": (
        lambda: of_one(Statement)(kind="inherited"),
        "adopted: one: the phase “First” adopts a statement that gives no position",
    ),
    "two adopted": (
        lambda: first()(adopted_assessment=direct().get()),
        "adopted: one: the phase “First” adopts two claims",
    ),
    "adopted but not handed in": (
        lambda: direct().update(submitted_at=None),
        "adopted: one: the phase “Second” adopts an assessment that is not its own",
    ),
    "moved away from its statement": (
        lambda: first()(design="public", possible_cells=frozenset({1})),
        "position: one: the phase “First” stands elsewhere than its claim says",
    ),
    "moved away from its assessment": (
        lambda: direct().update(delivery="public"),
        "position: one: the phase “Second” stands elsewhere than its claim says",
    ),
    "a codebook that nobody knows": (
        lambda: direct().update(codebook="0.1", method="guided"),
        "position: one: the phase “Second” stands elsewhere than its claim says",
    ),
    "answers under a codebook that nobody knows": (
        lambda: invited()(codebook="0.1"),
        "assessments: one: an assessment of “First” names the codebook 0.1, which nobody knows",
    ),
    "answers that cannot be read": (
        lambda: invited()(answers={"outcomes": {"martians": "led"}}),
        "assessments: one: the answers of an assessment of “First” cannot be read: task 'outcomes': unknown party kind",
    ),
    "answers that are no answers": (
        lambda: invited()(answers=[1]),
        "assessments: one: the answers of an assessment of “First” cannot be read: expected tasks",
    ),
    "adopted answers that cannot be read": (
        lambda: direct().update(
            method="guided", answers={"x": 1}
        ),
        "position: one: the phase “Second” stands elsewhere than its claim says",
    ),
    "a deciding task without an answer": (
        lambda: invited()(answers={**factories.ANSWERS, "signoff": {}}),
        "assessments: one: an assessment of “First” has no answer to “signoff”",
    ),
    "a result that is not that of the rule": (
        lambda: invited()(result={"codebook": "1.0"}),
        "assessments: one: an assessment of “First” keeps another result than codebook 1.0 gives",
    ),
    "an invitation to another phase": (
        lambda: Invitation.objects.filter(phase__partnership__slug="one").update(
            phase=Phase.objects.get(partnership__slug="one", name="Second")
        ),
        "invitations: one: an invitation to “Second” led to an assessment of another kind",
    ),
    "an invitation from another side": (
        lambda: Invitation.objects.filter(phase__partnership__slug="one").update(perspective="third_sector"),
        "invitations: one: an invitation to “First” led to an assessment of another kind",
    ),
    "an invited assessment that does not say so": (
        lambda: invited()(by_invitation=False),
        "invitations: one: an invitation to “First” led to an assessment of another kind",
    ),
    "a place in no source": (
        lambda: ChecklistItem.objects.filter(phase__partnership__slug="one").update(source=None),
        "checklists: one: “tools.survey” of “First” has a place and no source",
    ),
    "called inferred": (
        lambda: first()(certainty="inferred", confidence="low", reason="x"),
        "position: one: the phase “First” stands elsewhere than its claim says",
    ),
    "circle": (
        lambda: [
            Partnership.objects.filter(slug=slug).update(part_of=Partnership.objects.get(slug=parent))
            for slug, parent in (("one", "other"), ("other", "one"))
        ],
        "part_of: other > one: they are parts of each other",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
@in_register
def test_a_planted_fault_is_found_and_no_other(name: str) -> None:
    plant, line = PLANTED[name]
    plant()
    lines = found()
    assert any(each.startswith(line) for each in lines), lines
    assert not any(each.split(": ")[1] == "other" for each in lines)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2010", "2012"), ("2012", "2014"), False),
        (("2010", "2012-06"), ("2012-06", "2014"), False),
        (("2010", "2012-06-02"), ("2012-06-02", "2014"), True),
        (("2010", "2012"), ("2011", "2014"), True),
        (("2010", "2010"), ("2010", "2010"), False),
        (("2010", ""), ("2011", "2012"), False),
        (("2011-05", ""), ("2010", "2012"), True),
        (("2010", ""), ("2010", ""), False),
        (("", "2012"), ("2010", "2011"), False),
    ],
)
@pytest.mark.django_db
def test_phases_overlap_only_where_no_reading_of_the_dates_keeps_them_apart(
    one: tuple[str, str], other: tuple[str, str], expected: bool
) -> None:
    phases = [{"name": name, "starts": starts, "ends": ends} for name, (starts, ends) in {"A": one, "B": other}.items()]
    made = apply_record({"title": "x", "unit": "case", "phases": phases}, Partnership())
    assert bool(overlapping(made.phases.all())) is expected
    made.phases.update(planned=True)
    assert overlapping(made.phases.all()) == []


@in_register
def test_queries_do_not_grow_with_the_register(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        logged(f"more-{number}")
    # Parents; partnerships, partners, facets, lessons, phases, assessments, invitations, checklists, statements,
    # evidence; sources.
    with django_assert_num_queries(12):
        assert found() == []
