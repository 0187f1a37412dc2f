"""The record: what is written can be applied, applying it again changes nothing, and faults are named."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from partnerships import actions
from partnerships.models import Assessment, ChecklistItem, Evidence, Partnership, Phase, Source, Statement
from partnerships.models.fields import ALL_CELLS, vocabulary_codes
from partnerships.record import RecordError, apply_organisation, apply_record, apply_source, complete, to_record
from partnerships.record import source_record as source_record_of
from taxonomy.answers import KIND_CODES, LEVEL_CODES
from taxonomy.cells import cells_of
from taxonomy.codebook import CODEBOOKS
from taxonomy.derivation import derive
from taxonomy.lenses import LENSES
from taxonomy.questions import TASKS

pytestmark = pytest.mark.django_db

SOURCES = [
    {
        "slug": slug, "authors": "A. Uthor", "title": f"Source {slug}", "year": 2010, "publisher": "P",
        "kind": "report", "url": "https://example.org/", "doi": "10.1/x", "archived_url": "", "reference": "In full.",
        "accessed": "2024-02-29",
    }
    for slug in ("s1", "s2")
]  # fmt: skip
CITY = {
    "slug": "city", "name": "City", "kind": "public", "country": "IT", "scheme": "", "identifier": "", "website": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _sources() -> None:
    for record in SOURCES:
        apply_source(record)
    apply_organisation(CITY)


def applied(record: dict[str, Any], partnership: Partnership | None = None) -> Partnership:
    partnership = apply_record(record, partnership or Partnership())
    return complete().get(pk=partnership.pk)


def minimal(**changes: Any) -> dict[str, Any]:
    return {"title": "Title", "unit": "case", "phases": [{"name": "Run"}], **changes}


# ---- Any record survives ---------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
NAME = WORDS.filter(lambda text: text.strip())
DATES = st.sampled_from(["", "2013", "2013-04", "2013-04-05"])
LATER = st.sampled_from(["", "2014", "2014-02", "2014-12-31"])


def code(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *vocabulary_codes(vocabulary)])


def codes(vocabulary: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(vocabulary_codes(vocabulary)), unique=True, max_size=3)


def texts() -> st.SearchStrategy[list[str]]:
    return st.lists(NAME, unique=True, max_size=3)


def position(draw: st.DrawFn, prefix: str, lens: str) -> dict[str, Any]:
    levels = ["", *(level.code for level in LENSES[lens].levels)]
    design, delivery = draw(st.sampled_from(levels)), draw(st.sampled_from(levels))
    possible = sorted(cells_of(design or None, delivery or None, LENSES[lens]))
    if not (design and delivery):
        possible = sorted(draw(st.sets(st.sampled_from(possible), min_size=1)))
    return {
        f"{prefix}design": design,
        f"{prefix}delivery": delivery,
        f"{prefix}possible_cells": [] if len(possible) == 9 else possible,
    }


@st.composite
def phases(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [
        {
            "name": name, "order": order, "planned": draw(st.booleans()), "starts": draw(DATES), "ends": draw(LATER),
            "certainty": "inferred", "confidence": draw(st.sampled_from(["low", "medium", "high"])),
            "reason": draw(NAME), "rationale": draw(WORDS),
            **position(draw, "", "sector"), **position(draw, "professional_", "professional"),
        }
        for order, name in enumerate(draw(st.lists(NAME, unique=True, min_size=1, max_size=3)), start=1)
    ]  # fmt: skip


@st.composite
def statements(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    lens = draw(st.sampled_from(sorted(LENSES)))
    levels = ["", *(level.code for level in LENSES[lens].levels)]
    cells = st.lists(st.integers(1, 9), unique=True, min_size=1, max_size=3).map(sorted)
    movement = draw(st.booleans())
    return {
        "phase": "" if movement else draw(st.sampled_from(["", *names])), "source": draw(st.sampled_from(["s1", "s2"])),
        "place": draw(WORDS), "kind": "movement" if movement else draw(st.sampled_from(["explicit", "hedged", "none"])),
        "basis": draw(code("STATEMENT_BASES")), "lens": lens, "label": draw(WORDS), "cells": draw(cells),
        "from_cells": draw(cells) if movement else [], "to_cells": draw(cells) if movement else [],
        "design": draw(st.sampled_from(levels)), "delivery": draw(st.sampled_from(levels)), "hedge": draw(WORDS),
        "perspective": draw(WORDS), "reading": draw(WORDS), "paraphrase": draw(WORDS), "adopted": False,
    }  # fmt: skip


@st.composite
def assessments(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    levels = ["", "public", "shared", "citizens_or_third_sector"]
    return {
        "phase": draw(st.sampled_from(names)), "perspective": draw(code("PERSPECTIVES")),
        "by_invitation": draw(st.booleans()), "method": "direct",
        "design": draw(st.sampled_from(levels)), "delivery": draw(st.sampled_from(levels)), "reason": draw(NAME),
        "answers": {}, "codebook": "1.0", "comment": draw(WORDS), "submitted": "2024-05-06", "adopted": False,
    }  # fmt: skip


@st.composite
def guided(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    levels = st.dictionaries(st.sampled_from(KIND_CODES), st.sampled_from(LEVEL_CODES), min_size=1, max_size=3)
    answers = {task.code: draw(levels | st.just("na")) for task in TASKS if task.decides or draw(st.booleans())}
    return {
        **draw(assessments(names)),
        "method": "guided",
        "design": "",
        "delivery": "",
        "reason": "",
        "answers": answers,
    }


@st.composite
def checklists(draw: st.DrawFn, names: list[str]) -> list[dict[str, Any]]:
    """In the order of the phases and, in each, of the lists."""
    items = st.sets(st.sampled_from(vocabulary_codes("CHECKLIST_ITEMS")), max_size=3)
    return [
        {
            "phase": name, "item": item, "answer": draw(st.sampled_from(vocabulary_codes("CHECKLIST_ANSWERS"))),
            "place": draw(WORDS), "note": draw(WORDS), "starts": draw(DATES), "ends": draw(LATER),
            "source": draw(st.sampled_from(["", "s1", "s2"])),
        }
        for name in names
        for item in sorted(draw(items), key=vocabulary_codes("CHECKLIST_ITEMS").index)
    ]  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    some = draw(phases())
    names = [phase["name"] for phase in some]
    partners = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(vocabulary_codes("PARTY_KINDS")), "name": WORDS, "lead": st.booleans(),
                    "roles": codes("ROLES"), "hybrid": st.booleans(), "note": WORDS,
                    "organisation": st.sampled_from(["", "city"]),
                }
            ),
            unique_by=lambda row: (row["kind"], row["name"]),
            max_size=3,
        )
    )  # fmt: skip
    evidence = st.fixed_dictionaries(
        {
            "phase": st.sampled_from(["", *names]), "source": st.sampled_from(["s1", "s2"]), "place": WORDS,
            "grade": code("GRADES"), "supports": codes("SUPPORTS"), "note": WORDS,
        }
    )  # fmt: skip
    by_phase = names.index
    return {
        "partnership_id": "", "title": draw(NAME), "aliases": draw(texts()), "unit": draw(code("UNITS").filter(bool)),
        "summary": draw(WORDS), "narrative": draw(WORDS), "countries": draw(codes("COUNTRIES")), "nation": draw(WORDS),
        "place": draw(WORDS), "service_areas": draw(codes("AREAS")), "tags": draw(texts()),
        "vehicle": draw(code("VEHICLES")), "risk": draw(code("RISK_CARRIERS")), "level": draw(code("LEVELS_OF_POWER")),
        "nature": draw(codes("NATURES")), "nature_basis": draw(code("NATURE_BASES")), "effect": draw(code("EFFECTS")),
        "interaction": draw(code("INTERACTIONS")), "stages": draw(codes("STAGES")),
        "design_approach": draw(code("DESIGN_APPROACHES")), "reached": draw(code("REACHED")),
        "definition": draw(code("DEFINITIONS")), "part_of": "", "partners": partners, "phases": some,
        "statements": draw(st.lists(statements(names), max_size=3)),
        "evidence": draw(st.lists(evidence, max_size=3)),
        "assessments": sorted(
            draw(st.lists(assessments(names) | guided(names), max_size=2)), key=lambda row: by_phase(row["phase"])
        ),
        "checklists": draw(checklists(names)),
        "case_study": draw(st.none() | st.fixed_dictionaries({
            "headline": NAME, "body": NAME, "featured": st.booleans(),
            "lessons": st.lists(st.fixed_dictionaries({
                "theme": st.sampled_from(vocabulary_codes("LESSON_THEMES")), "text": NAME,
            }), max_size=2),
        })),
        "last_confirmed": draw(st.sampled_from(["", "2024-05-06"])),
    }  # fmt: skip


# Each example writes a few hundred rows, so making a failing one smaller would take minutes.
@settings(
    max_examples=15,
    phases=[Stage.explicit, Stage.reuse, Stage.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(records(), records())
def test_any_record_survives(one: dict[str, Any], other: dict[str, Any]) -> None:
    partnership = applied(one)
    assert to_record(partnership) == one
    before = rows_of_history()
    assert to_record(applied(one, partnership)) == one
    assert rows_of_history() == before, "applying what is there writes nothing"
    # Assessments are claims of people: their phases cannot go, and so the other record is tried without them.
    Assessment.objects.filter(phase__partnership=partnership).delete()
    changed = applied({**other, "assessments": []}, partnership)
    assert to_record(changed).keys() == other.keys()
    assert by_content(to_record(changed)) == by_content({**other, "assessments": []})


def by_content(record: dict[str, Any]) -> dict[str, Any]:
    """Rows that stay keep their place, so the order of rows is no part of what a record says."""
    lists = ("partners", "statements", "evidence")
    plain = {**record, **{name: sorted(record[name], key=text_of) for name in lists}}
    if plain["case_study"]:
        plain["case_study"] = {**plain["case_study"], "lessons": sorted(plain["case_study"]["lessons"], key=text_of)}
    return plain


def text_of(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)


def rows_of_history() -> int:
    return sum(model.history.count() for model in (Partnership, Phase, Statement, Evidence, Source, ChecklistItem))


def test_sources_and_organisations_survive() -> None:
    assert source_record_of(Source.objects.get(slug="s1")) == SOURCES[0]
    before = Source.history.count() + Organisation.history.count()
    apply_source(SOURCES[0])
    apply_organisation(CITY)
    assert Source.history.count() + Organisation.history.count() == before


def test_queries_do_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(6):
        applied(
            minimal(
                partners=[{"kind": "public", "name": str(number), "organisation": "city"}],
                statements=[{"source": "s1", "phase": "Run"}],
                evidence=[{"source": "s2"}],
                checklists=[{"phase": "Run", "item": "tools.survey", "answer": "yes", "source": "s1"}],
                case_study={"headline": "H", "body": "B", "lessons": [{"theme": "time", "text": "T"}]},
            )
        )
    # Partnerships, partners, organisations, phases, assessments, lessons, statements, evidence, checklists.
    for count in (1, 6):
        with django_assert_num_queries(9):
            assert len([to_record(row) for row in complete(Partnership.objects.order_by("pk")[:count])]) == count


# ---- What stays, what goes -------------------------------------------------------------------------


def test_rows_keep_their_identity() -> None:
    statement = {"source": "s1", "place": "1", "phase": "Run"}
    first = applied(minimal(statements=[statement], phases=[{"name": "Run"}, {"name": "End"}]))
    keys = (first.statements.get().pk, first.phases.get(name="Run").pk)
    swapped = [{"name": "End", "order": 1}, {"name": "Run", "order": 2, "rationale": "Later."}]
    second = applied(minimal(statements=[{**statement, "paraphrase": "New."}], phases=swapped), first)
    assert (second.statements.get().pk, second.phases.get(name="Run").pk) == keys
    assert list(second.phases.order_by("order").values_list("name", flat=True)) == ["End", "Run"]


def test_two_statements_of_one_place_are_two() -> None:
    twice = [{"source": "s1", "place": "1", "paraphrase": text} for text in ("One.", "Two.")]
    partnership = applied(minimal(statements=twice, evidence=[{"source": "s1"}, {"source": "s1", "note": "N"}]))
    again = applied(to_record(partnership), partnership)
    assert [row.paraphrase for row in again.statements.order_by("pk")] == ["One.", "Two."]
    assert again.evidence.count() == 2


def test_an_adopted_statement_is_noted_with_its_phase() -> None:
    phase = {"name": "Run", "design": "shared", "delivery": "public", "certainty": "source_stated"}
    statement = {"source": "s1", "phase": "Run", "cells": [2], "adopted": True}
    partnership = applied(minimal(phases=[phase], statements=[statement]))
    found = partnership.phases.get()
    assert (found.adopted_statement, found.adopted_by, found.cell) == (partnership.statements.get(), None, 2)
    assert to_record(partnership)["statements"][0]["adopted"]
    let_go = applied(minimal(phases=[phase], statements=[{**statement, "adopted": False}]), partnership)
    assert (let_go.phases.get().adopted_statement, let_go.phases.get().adopted_at) == (None, None)


def test_a_statement_about_the_whole_is_adopted_by_the_only_phase() -> None:
    statement = {"source": "s1", "design": "shared", "adopted": True}
    assert applied(minimal(statements=[statement])).phases.get().adopted_statement is not None
    with pytest.raises(RecordError, match="names its phase"):
        applied(minimal(statements=[statement], phases=[{"name": "A"}, {"name": "B"}]))


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator@example.org", role="curator")


def submitted(phase: Phase, by: User | None, **values: Any) -> Assessment:
    claim = {"design": "shared", "delivery": "public", "reason": "Minutes.", "submitted_at": timezone.now()}
    return Assessment.objects.create(phase=phase, assessor=by, codebook="1.0", **claim | values)


def test_claims_of_people_stay_and_stay_adopted(curator: User) -> None:
    partnership = applied(minimal())
    assessment = submitted(partnership.phases.get(), curator)
    actions.adopt(phase=partnership.phases.get(), claim=assessment, by=curator)
    record = to_record(complete().get())
    assert record["assessments"][0]["adopted"]
    assert curator.email not in str(record)
    again = applied({**record, "summary": "New."}, partnership)
    phase = again.phases.get()
    assert (phase.adopted_assessment, phase.adopted_by, phase.cell) == (assessment, curator, 2)
    # A record that says nothing of the assessment cannot take it away.
    applied({**record, "assessments": []}, again)
    assert Assessment.objects.get() == assessment
    with pytest.raises(RecordError, match="has assessments"):
        applied({**record, "phases": [{"name": "Other"}], "assessments": []}, again)


def test_an_open_assessment_is_nobodys_business(curator: User) -> None:
    partnership = applied(minimal())
    submitted(partnership.phases.get(), curator, submitted_at=None)
    assert to_record(complete().get())["assessments"] == []


def test_assessments_come_in_without_a_name() -> None:
    answers = {task.code: {"public": "led", "citizens": "unknown"} for task in TASKS if task.decides}
    row = {
        "phase": "Run", "method": "guided", "answers": answers, "codebook": "1.0", "submitted": "2024-05-06",
        "perspective": "researcher", "adopted": True,
    }  # fmt: skip
    found = applied(minimal(assessments=[row])).phases.get().adopted_assessment
    assert (found.assessor, found.submitted_at.isoformat()) == (None, "2024-05-06T00:00:00+00:00")
    assert found.result == CODEBOOKS["1.0"].derive(answers).as_dict()


def test_guided_assessments_are_read_under_the_codebook_that_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = replace(CODEBOOKS["1.0"], version="1.1", derive=lambda answers: replace(derive(answers), codebook="1.1"))
    monkeypatch.setattr("taxonomy.codebook.CODEBOOKS", {**CODEBOOKS, "1.1": newer})
    answers = {task.code: "na" for task in TASKS if task.decides}
    row = {"phase": "Run", "method": "guided", "answers": answers, "codebook": "1.1", "submitted": "2024-05-06"}
    assert applied(minimal(assessments=[row])).phases.get().assessments.get().result["codebook"] == "1.1"


def test_items_of_checklists_keep_their_identity() -> None:
    rows = [
        {"phase": "Run", "item": "tools.survey", "answer": "yes", "starts": "2013", "source": "s1", "place": "p. 2"},
        {"phase": "Run", "item": "tools.mapping", "answer": "no"},
    ]
    partnership = applied(minimal(checklists=rows))
    survey = ChecklistItem.objects.get(item="tools.survey")
    assert (survey.starts, survey.starts_precision, survey.ends) == (date(2013, 1, 1), "year", None)
    again = applied(minimal(checklists=[{**rows[0], "answer": "not_known"}]), partnership)
    survey.refresh_from_db()
    assert (survey.answer, again.phases.get().checklist.count()) == ("not_known", 1)
    assert applied(minimal(), again).phases.get().checklist.count() == 0
    assert applied(minimal(), again).phases.get().possible_cells == ALL_CELLS, "checklists never move a cell"


def test_a_parent_that_is_not_public_is_not_named_and_stays() -> None:
    parent = Partnership.objects.create(title="Parent", slug="parent", unit="programme")
    child = applied(minimal(part_of="parent"))
    assert to_record(child)["part_of"] == ""
    assert to_record(child, hidden=True)["part_of"] == "parent"
    assert applied(to_record(child), child).part_of == parent
    parent.phases.create(name="Run")
    actions.publish(partnership=parent, by=None)
    assert to_record(complete().get(pk=child.pk))["part_of"] == "parent"
    assert applied(minimal(), complete().get(pk=child.pk)).part_of is None


def test_the_index_follows() -> None:
    partnership = applied(minimal(title="Città", countries=["IT"]))
    assert (partnership.search_title, partnership.phases.get().current) == ("citta", True)
    assert list(partnership.facets.values_list("value", flat=True)) == ["IT"]


# ---- Faults ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"owner": "me"}, "Title: unknown key “owner”"),
        ({"unit": "spaceship"}, "unit: "),
        ({"countries": ["XX"]}, "countries: “XX” is not a known code"),
        ({"part_of": "nowhere"}, "partnership “nowhere” is not in the register"),
        ({"last_confirmed": "2024-13-01"}, "“2024-13-01” is not a date"),
        ({"phases": [{"name": "P"}, {"name": "P"}]}, "phase: “P” is there twice"),
        ({"phases": [{"name": "P", "starts": "soon"}]}, "phase P: Write a date as"),
        ({"phases": [{"name": "P", "starts": "2014", "ends": "2013"}]}, "cannot end before it starts"),
        ({"phases": [{"name": "P", "design": "everybody"}]}, "phase P: “everybody” is not a known code"),
        ({"phases": [{"name": "P", "possible_cells": [10]}]}, "phase P: A set of cells has the members"),
        (
            {"phases": [{"name": "P", "design": "shared", "possible_cells": [1, 2], "certainty": "assessed"}]},
            "all possible cells agree",
        ),
        ({"phases": [{"name": "P", "design": "shared"}]}, "Say what the position rests on"),
        ({"phases": [{"name": "P", "order": 1}, {"name": "Q", "order": 1}]}, "this place in the order"),
        ({"partners": [{"kind": "public"}, {"kind": "public", "name": ""}]}, "partner: “public: ” is there twice"),
        ({"partners": [{"kind": "public", "organisation": "x"}]}, "organisation “x” is not in the register"),
        ({"statements": [{"source": "s9"}]}, "source “s9” is not in the register"),
        ({"statements": [{"source": "s1", "phase": "Other"}]}, "there is no phase “Other”"),
        ({"statements": [{"source": "s1", "kind": "movement"}]}, "A movement, and nothing else"),
        ({"statements": [{"source": "s1", "cells": ["x"]}]}, "A set of cells has the members"),
        ({"statements": [{"source": "s1", "lens": "professional", "design": "public"}]}, "statement’s lens"),
        (
            {"statements": [{"source": s, "phase": "Run", "adopted": True} for s in ("s1", "s2")]},
            "the phase “Run” adopts two claims",
        ),
        ({"evidence": [{"source": "s1", "grade": "E"}]}, "grade: "),
        ({"assessments": [{"phase": "Run", "codebook": "9", "submitted": "2024-01-01"}]}, "a known codebook version"),
        (
            {"assessments": [{"phase": "Run", "codebook": "1.0", "submitted": "2024-01-01", "method": "direct"}]},
            "Say what the two responsibilities rest on",
        ),
        (
            {
                "assessments": [
                    {
                        "phase": "Run", "codebook": "1.0", "submitted": "2024-01-01", "method": "guided",
                        "answers": {"x": 1},
                    }
                ]
            },
            "assessment: ",
        ),
        (
            {
                "assessments": [
                    {
                        "phase": "Run", "codebook": "1.0", "submitted": "2024-01-01", "method": "guided",
                        "answers": {"outcomes": {}, "model": "na"},
                    }
                ]
            },
            "assessment: “outcomes” has no answer",
        ),
        (
            {"checklists": [{"phase": "Run", "item": "tools.hammer", "answer": "yes"}]},
            "checklists tools.hammer: no checklist has this item",
        ),
        ({"checklists": [{"item": "tools.survey", "answer": "yes"}]}, "tools.survey: an item of a checklist names its"),
        ({"checklists": [{"phase": "X", "item": "tools.survey", "answer": "yes"}]}, "there is no phase “X”"),
        ({"checklists": [{"phase": "Run", "item": "tools.survey", "answer": "maybe"}]}, "answer: "),
        (
            {"checklists": [{"phase": "Run", "item": "tools.survey", "answer": "yes"}] * 2},
            "checklists: “Run: tools.survey” is there twice",
        ),
        (
            {"checklists": [{"phase": "Run", "item": "tools.survey", "answer": "yes", "source": "s9"}]},
            "source “s9” is not in the register",
        ),
        (
            {"checklists": [{"phase": "Run", "item": "tools.survey", "answer": "yes", "starts": "soon"}]},
            "checklists tools.survey: Write a date as",
        ),
        (
            {"checklists": [
                {"phase": "Run", "item": "tools.survey", "answer": "yes", "starts": "2014", "ends": "2013"},
            ]},
            "An item cannot end before it starts",
        ),
    ],
)  # fmt: skip
def test_faults_are_named_and_nothing_is_written(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(RecordError) as caught:
        apply_record(minimal(**changes), Partnership())
    assert complaint in str(caught.value)
    assert not Partnership.objects.exists()


def test_a_source_says_what_is_wrong_with_it() -> None:
    apply: Callable[..., object] = apply_source
    with pytest.raises(RecordError, match="source s3: url: This is no web address"):
        apply({"slug": "s3", "title": "T", "url": "javascript:alert(1)"})
    with pytest.raises(RecordError, match="“2024-02-30” is not a date"):
        apply({"slug": "s3", "title": "T", "accessed": "2024-02-30"})
