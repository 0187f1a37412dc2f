"""What a newer codebook would make of earlier assessments: shown to curators, and nothing is changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnerships.admin import codebook as page
from partnerships.integrity import violations
from partnerships.models import Assessment, Partnership
from partnerships.positions import LensPosition
from partnerships.presenters.position import position_view
from partnerships.record import apply_record
from taxonomy import codebook
from taxonomy.answers import AnswersError
from taxonomy.codebook import VERSION_1_0, Codebook
from taxonomy.derivation import Derivation, derive
from tests.factories import ANSWERS, assessment, invited_assessment, partnership

pytestmark = pytest.mark.django_db
URL = "/admin/partnerships/partnership/codebook/"
# Citizens decide on the model and agree before the start: half of the four tasks under 1.0, one of three under 1.1.
BY_SIGNOFF = {
    **ANSWERS,
    "model": {"public": "led", "citizens": "together"},
    "signoff": {"public": "led", "citizens": "together"},
}


def without_signoff(answers: Mapping[str, Any]) -> Derivation:
    """The rule of a codebook in which agreement before the start does not decide any more."""
    if "forbidden" in str(answers):
        raise AnswersError("task 'outcomes': the level 'forbidden' is gone")
    return replace(derive({**answers, "signoff": "na"}), codebook="1.1")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Codebook:
    """Codebook 1.1, in use from now on."""
    tasks = tuple(replace(task, decides=task.decides and task.code != "signoff") for task in VERSION_1_0.tasks)
    made = replace(
        VERSION_1_0, version="1.1", derive=without_signoff, tasks=tasks, changes=("Sign-off no longer decides.",)
    )
    monkeypatch.setattr(codebook, "CODEBOOKS", {"1.0": VERSION_1_0, "1.1": made})
    monkeypatch.setattr(codebook, "CURRENT", made)
    return made


def test_without_a_newer_codebook_there_is_nothing_to_compare(desk: Client) -> None:
    assessment(partnership().phases.get(), method="guided")

    html = desk.get(URL).content.decode()

    assert "Codebook 1.0 is in use." in html
    assert "No assessment by answers was made under another version." in html
    assert URL in desk.get("/admin/").content.decode()


@pytest.mark.usefixtures("newer")
def test_only_what_would_come_out_differently_is_listed(desk: Client) -> None:
    record, same, open_one = partnership("Hangs on the agreement"), partnership("Same"), partnership("Unfinished")
    row = invited_assessment(record.phases.get(), answers=BY_SIGNOFF, codebook="1.0")
    assessment(same.phases.get(), method="guided", codebook="1.0")
    assessment(same.phases.get(), design="shared", codebook="1.0")
    assessment(open_one.phases.get(), method="guided", answers=BY_SIGNOFF, codebook="1.0", submitted=False)
    assessment(partnership("Newer").phases.get(), method="guided", answers=BY_SIGNOFF, codebook="1.1")
    before = list(Assessment.objects.order_by("pk").values())

    answer = desk.get(URL)
    html = answer.content.decode()

    found = answer.context["comparison"]
    assert (found.version, found.total, found.first, found.last, found.next) == ("1.1", 2, 1, 2, None)
    assert [change.row for change in found.changes] == [row]
    sector, professional = found.changes[0].lenses
    assert (sector.then.tag, sector.now.tag, sector.same) == ("8 · Co-Governance", "7 · Co-Management", False)
    assert (professional.then.tag, professional.now.tag) == ("5", "4")
    assert "Compared: 1 to 2 of 2." in html
    assert "1 would come out differently." in html
    assert "Hangs on the agreement: Phase 1" in html
    assert f"/admin/partnerships/partnership/{record.pk}/change/#phase-{record.phases.get().pk}-heading" in html
    assert "Same: Phase 1" not in html
    assert list(Assessment.objects.order_by("pk").values()) == before, "old results stay"


@pytest.mark.usefixtures("newer")
def test_old_results_are_sound_under_their_own_codebook() -> None:
    row = assessment(partnership().phases.get(), method="guided", answers=BY_SIGNOFF, codebook="1.0")
    newer_one = {task: levels for task, levels in BY_SIGNOFF.items() if task != "signoff"}
    assessment(partnership().phases.get(), method="guided", answers=newer_one, codebook="1.1")

    assert list(violations()) == []
    Assessment.objects.filter(pk=row.pk).update(codebook="1.1")
    assert [violation.rule for violation in violations()] == ["assessments"]


@pytest.mark.usefixtures("newer")
def test_a_record_brings_assessments_of_either_version() -> None:
    claim = {"phase": "Run", "method": "guided", "answers": BY_SIGNOFF, "submitted": "2024-05-06"}
    apply_record(
        {
            "title": "T", "unit": "case", "phases": [{"name": "Run"}],
            "assessments": [{**claim, "codebook": version} for version in ("1.0", "1.1")],
        },
        Partnership(),
    )  # fmt: skip

    results = [row.result for row in Assessment.objects.order_by("pk")]
    assert [(result["codebook"], result["sector"]["cells"]) for result in results] == [("1.0", [8]), ("1.1", [7])]


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    ("cells", "outside", "possible"),
    [
        ([7], False, {7, "nobody"}),
        ([7], True, {7, "outside"}),
        ([], False, {"nobody"}),
        ([], True, {"outside"}),
        ([2, 5], False, {2, 5}),
    ],
)
def test_what_was_not_settled_is_not_shown_as_a_cell(
    desk: Client, cells: list[int], outside: bool, possible: set[int | str]
) -> None:
    lens = {"design": [], "delivery": [], "cells": cells, "settled": False, "outside": outside, "hinges": []}
    row = assessment(
        partnership().phases.get(), method="guided", codebook="1.0",
        result={"codebook": "1.0", "sector": lens, "professional": lens},
    )  # fmt: skip

    (change,) = page.compare().changes

    assert change.row == row
    assert change.lenses[0].then == position_view(LensPosition(possible=frozenset(possible)))
    assert change.lenses[0].then.open
    assert desk.get(URL).status_code == 200


@pytest.mark.usefixtures("newer")
def test_answers_that_the_newer_codebook_cannot_read_are_listed_with_the_reason(desk: Client) -> None:
    row = assessment(partnership("Old words").phases.get(), method="guided", codebook="1.0")
    Assessment.objects.filter(pk=row.pk).update(answers={**ANSWERS, "outcomes": {"public": "forbidden"}})

    html = desk.get(URL).content.decode()

    assert "Old words: Phase 1" in html
    assert "The codebook in use cannot read its answers:" in html


@pytest.mark.usefixtures("newer")
def test_a_long_list_comes_in_stretches(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "LISTED", 2)
    monkeypatch.setattr(page, "COMPARED", 4)
    phase = partnership().phases.get()
    kinds = [BY_SIGNOFF, ANSWERS, BY_SIGNOFF, BY_SIGNOFF, ANSWERS, ANSWERS, ANSWERS, ANSWERS, BY_SIGNOFF]
    rows = [assessment(phase, method="guided", answers=answers, codebook="1.0") for answers in kinds]
    url, seen, stretches = URL, [], []
    while url:
        found = desk.get(url).context["comparison"]
        seen += [change.row for change in found.changes]
        stretches.append((found.first, found.last))
        url = f"{URL}?after={found.next}" if found.next else ""

    assert stretches == [(1, 3), (4, 7), (8, 9)]
    assert seen == [rows[0], rows[2], rows[3], rows[8]]


@pytest.mark.usefixtures("newer")
def test_queries_do_not_grow_with_the_assessments(desk: Client) -> None:
    counts = []
    for more in (1, 6):
        for _number in range(more):
            assessment(partnership().phases.get(), method="guided", answers=BY_SIGNOFF, codebook="1.0")
        with CaptureQueriesContext(connection) as caught:
            desk.get(URL)
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("after", ["-1", "x", str(2**64), "1e3", "%00"])
def test_strange_numbers_are_not_found(desk: Client, after: str) -> None:
    assert desk.get(URL, {"after": after}).status_code == 404
