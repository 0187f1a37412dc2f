"""The complete record: one document, streamed as it would be written at once, and read with clear complaints."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation
from exchange.export import stream_json
from exchange.formats import complete
from exchange.formats.complete import FORMAT, FormatError
from exchange.formats.shape import PARTNERSHIP, Fields, Kind, ListOf
from partnerships.models import Partnership
from partnerships.record import KEYS, apply_record, apply_source
from taxonomy.questions import TASKS

Log = Callable[..., Partnership]
DECIDING_TASKS = [task.code for task in TASKS if task.decides]


def exported(**options: bool) -> dict[str, Any]:
    return json.loads("".join(stream_json(Partnership.objects.all(), **options)))


def test_a_document_holds_what_its_partnerships_use(log: Log, source: str) -> None:
    Organisation.objects.create(name="City of B", slug="city", kind="public", country="IT")
    Organisation.objects.create(name="Unused", slug="unused", kind="public")
    apply_source({"slug": "unused", "title": "Unused"})
    log("b", title="Città", partners=[{"kind": "public", "name": "City", "organisation": "city"}])
    log("a", evidence=[{"source": source}])
    log("draft", published=False)
    found = exported()
    assert (found["format"], found["licence"]) == (FORMAT, "CC BY 4.0")
    assert [row["slug"] for row in found["sources"]] == ["report"]
    assert [(row["slug"], row["country"]) for row in found["organisations"]] == [("city", "IT")]
    assert [row["partnership_id"] for row in found["partnerships"]] == ["a", "b"]
    assert found["partnerships"][1]["partners"][0]["organisation"] == "city"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_streaming_gives_the_text_of_the_document(log: Log, source: str, number: int) -> None:
    for place in range(number):
        log(f"p{place}", summary='Line\nnext "quoted" \\', evidence=[{"source": source}])
    text = "".join(stream_json(Partnership.objects.all()))
    assert text == complete.dumps(complete.document(Partnership.objects.published()))


def test_a_copy_of_the_whole_register_names_drafts(log: Log) -> None:
    draft = log("", published=False)
    log("child", part_of="")
    Partnership.objects.filter(slug="child").update(part_of=draft)
    assert [row["part_of"] for row in exported()["partnerships"]] == [""]
    whole = {row["partnership_id"]: row["part_of"] for row in exported(hidden=True)["partnerships"]}
    assert whole == {"child": str(draft.uuid), str(draft.uuid): ""}


def test_what_is_exported_can_be_read_and_applied_again(log: Log, source: str) -> None:
    log("a", countries=["IT"], statements=[{"source": source, "phase": "Run", "place": "1", "adopted": False}])
    before = "".join(stream_json(Partnership.objects.all()))
    content = complete.read(before)
    apply_record(content["partnerships"][0], Partnership.objects.get(slug="a"))
    assert "".join(stream_json(Partnership.objects.all())) == before


def test_the_shape_knows_every_field_of_the_record(log: Log, source: str) -> None:
    assert set(PARTNERSHIP.of) - {"seed_rows"} == set(KEYS)
    log(
        "a",
        partners=[{"kind": "public"}],
        statements=[{"source": source}],
        evidence=[{"source": source}],
        checklists=[{"phase": "Run", "item": "tools.survey", "answer": "no"}],
        assessments=[
            {"phase": "Run", "codebook": "1.0", "submitted": "2024-01-02", "reason": "Minutes", "adopted": False}
        ],
        case_study={"headline": "H", "body": "B", "lessons": [{"theme": "time", "text": "T"}], "featured": False},
    )
    assert fields(exported()["partnerships"][0]) == known(PARTNERSHIP) - {"seed_rows"}


def test_a_source_that_only_a_checklist_names_goes_along(log: Log, source: str) -> None:
    apply_source({"slug": "of-a-draft", "title": "Seen by nobody yet"})
    item = {"phase": "Run", "item": "tools.survey", "answer": "yes"}
    log("a", checklists=[{**item, "source": source, "place": "p. 4"}])
    log("draft", published=False, checklists=[{**item, "source": "of-a-draft"}])
    assert [row["slug"] for row in exported()["sources"]] == ["report"]
    assert [row["slug"] for row in exported(hidden=True)["sources"]] == ["of-a-draft", "report"]


def test_a_register_made_from_an_export_exports_the_same(log: Log, source: str) -> None:
    answers = {task: {"public": "led", "citizens": "unknown"} for task in DECIDING_TASKS}
    claim = {"phase": "Run", "method": "guided", "answers": answers, "codebook": "1.0", "submitted": "2024-05-06"}
    log(
        "a",
        partners=[{"kind": "public", "name": "Leisure Ltd", "hybrid": True, "note": "The council owns it."}],
        assessments=[{**claim, "by_invitation": True}, claim],
        checklists=[
            {"phase": "Run", "item": "principles.outcomes", "answer": "not_known"},
            {"phase": "Run", "item": "process.workshops", "answer": "yes", "starts": "2013-04", "source": source},
        ],
    )
    text = "".join(stream_json(Partnership.objects.all()))
    Partnership.objects.all().delete()
    record = complete.read(text)["partnerships"][0]
    assert (record["partners"][0]["hybrid"], [row["by_invitation"] for row in record["assessments"]]) == (
        True, [True, False],
    )  # fmt: skip
    assert [row["item"] for row in record["checklists"]] == ["process.workshops", "principles.outcomes"]
    log("a", **{name: value for name, value in record.items() if name not in ("partnership_id", "title", "unit")})
    assert "".join(stream_json(Partnership.objects.all())) == text


def fields(value: Any, path: str = "") -> set[str]:
    if isinstance(value, list):
        return {name for item in value for name in fields(item, path)}
    if not isinstance(value, dict) or path == "assessments.answers":
        return set()
    return {f"{path}.{key}".strip(".") for key in value} | {
        name for key, item in value.items() for name in fields(item, f"{path}.{key}".strip("."))
    }


def known(shape: Fields | ListOf | Kind, path: str = "") -> set[str]:
    if isinstance(shape, ListOf):
        return known(shape.item, path)
    if not isinstance(shape, Fields):
        return set()
    return {f"{path}.{key}".strip(".") for key in shape.of} | {
        name for key, item in shape.of.items() for name in known(item, f"{path}.{key}".strip("."))
    }


@pytest.mark.usefixtures("source")
def test_queries_do_not_grow_with_the_register(log: Log, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(8):
        log(
            f"p{number}",
            partners=[{"kind": "public"}],
            statements=[{"source": "report", "phase": "Run"}],
            evidence=[{"source": "report"}],
            checklists=[{"phase": "Run", "item": "tools.survey", "answer": "yes", "source": "report"}],
            case_study={"headline": "H", "body": "B", "lessons": [{"theme": "time", "text": "T"}]},
        )
    # Sources, organisations, partnerships; then partners, phases, assessments, lessons, statements, evidence and
    # checklists.
    for some in (Partnership.objects.filter(slug="p1"), Partnership.objects.all()):
        with django_assert_num_queries(10):
            assert "".join(stream_json(some))


# ---- Reading ---------------------------------------------------------------------------------------


def text(**changes: Any) -> str:
    return json.dumps({"format": FORMAT, "partnerships": [], **changes})


def test_lists_that_are_absent_are_empty() -> None:
    assert complete.read("\ufeff" + text())["sources"] == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "This is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "not a file of the format “co-production-matrix/1”"),
        (text(format="other"), "not a file of the format"),
        (text(partnerships=None), "partnerships: must be a list|“partnerships” is missing"),
        (text(partnerships={}), "partnerships: must be a list"),
        (text(partnerships=[1]), "partnerships[0]: must be an object"),
        (text(partnerships=[{"unit": "case"}]), "partnerships[0]: “title” is missing"),
        (text(partnerships=[{"title": 5, "unit": "case"}]), "partnerships[0].title: must be a text"),
        (text(partnerships=[{"title": "a\x00", "unit": "case"}]), "[0].title: holds characters that are no text"),
        (text(partnerships=[{"title": "\ud800", "unit": "case"}]), "[0].title: holds characters that are no text"),
        (text(partnerships=[{"title": "x", "unit": "case", "owner": 1}]), "“owner” is no field of the record"),
        (
            text(partnerships=[{"title": "x", "unit": "case", "phases": [{"name": "P", "order": True}]}]),
            "partnerships[0].phases[0].order: must be a whole number",
        ),
        (
            text(
                partnerships=[{"title": "x", "unit": "case", "checklists": [{"phase": "Run", "item": "tools.survey"}]}]
            ),
            "partnerships[0].checklists[0]: “answer” is missing",
        ),
        (
            text(partnerships=[{"title": "x", "unit": "case", "aliases": "y"}]),
            "partnerships[0].aliases: must be a list",
        ),
        (
            text(sources=[{"slug": "s", "title": "T", "year": "2012"}]),
            "sources[0].year: must be a whole number or null",
        ),
        (text(sources=[{"slug": "s", "title": "T"}] * 2), "sources: “s” is there twice"),
        (
            text(partnerships=[{"partnership_id": "p", "title": "T", "unit": "case"}] * 2),
            "partnerships: “p” is there twice",
        ),
    ],
)
def test_what_is_wrong_is_said(content: str, complaint: str) -> None:
    with pytest.raises(FormatError) as caught:
        complete.read(content)
    assert any(option in str(caught.value) for option in complaint.split("|"))


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(FormatError) as caught:
        complete.read(text(partnerships=[{}, {"title": 1, "unit": "case"}]))
    assert len(caught.value.problems) == 3
