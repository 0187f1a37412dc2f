"""What differs between two complete records, in words."""

from copy import deepcopy
from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from partnerships.models.phase import UNNAMED
from partnerships.presenters.record_diff import Difference, differences, titles_of
from partnerships.presenters.record_pairs import Fold
from partnerships.presenters.record_words import STAGES
from partnerships.record import complete, to_record
from taxonomy.vocabulary import CERTAINTIES, CHECKLIST_ITEMS, LESSON_THEMES, LEVELS_OF_POWER, ROLES
from tests import factories
from tests.factories import ANSWERS

PHASE = {
    "name": "Pilot", "order": 1, "planned": False, "certainty": "source_stated", "confidence": "", "reason": "",
    "rationale": "", "starts": "2012", "ends": "2014", "design": "public", "delivery": "shared", "possible_cells": [4],
    "professional_design": "", "professional_delivery": "", "professional_possible_cells": [],
}  # fmt: skip
PARTNER = {
    "kind": "third_sector", "name": "Hill Trust", "lead": False, "roles": [], "hybrid": False, "note": "",
    "organisation": "",
}  # fmt: skip
STATEMENT = {
    "phase": "Pilot", "source": "report", "place": "p. 4", "kind": "explicit", "basis": "words", "lens": "sector",
    "label": "", "cells": [4], "from_cells": [], "to_cells": [], "design": "public", "delivery": "shared", "hedge": "",
    "perspective": "", "reading": "", "paraphrase": "The council decides.", "adopted": True,
}  # fmt: skip
ASSESSMENT = {
    "phase": "Pilot", "perspective": "public_body", "by_invitation": False, "method": "direct", "design": "public",
    "delivery": "shared", "reason": "The contract.", "answers": {}, "codebook": "1.0", "comment": "",
    "submitted": "2024-05-06", "adopted": False,
}  # fmt: skip
EVIDENCE = {"phase": "", "source": "report", "place": "p. 9", "grade": "B", "supports": ["design"], "note": ""}
ITEM = {
    "phase": "Pilot", "item": "process.workshops", "answer": "yes", "place": "", "note": "", "starts": "2013-04",
    "ends": "", "source": "report",
}  # fmt: skip
STUDY = {"headline": "A story", "body": "Once.", "featured": False, "lessons": [{"theme": "time", "text": "Slow."}]}
RECORD = {
    "partnership_id": "hill", "title": "Hill", "aliases": [], "unit": "case", "summary": "", "narrative": "",
    "countries": ["IT", "NO"], "nation": "", "place": "", "service_areas": [], "tags": [], "vehicle": "", "risk": "",
    "level": "", "nature": [], "nature_basis": "", "effect": "", "interaction": "", "stages": [],
    "design_approach": "", "reached": "", "definition": "", "part_of": "", "partners": [PARTNER], "phases": [PHASE],
    "statements": [STATEMENT], "evidence": [EVIDENCE], "assessments": [ASSESSMENT], "checklists": [ITEM],
    "case_study": STUDY, "last_confirmed": "",
}  # fmt: skip
TITLES = {"report": "The report", "city": "The City", "parent": "The programme"}


def changed(**parts: Any) -> dict[str, Any]:
    return {**deepcopy(RECORD), **parts}


def folded(after: dict[str, Any], before: dict[str, Any] = RECORD) -> list[tuple[str, tuple[Any, ...]]]:
    """What is folded below the differences."""
    folds = [one.fold for one in differences(before, after, titles=TITLES) if one.fold]
    return [(fold.title, tuple((one.label, one.before, one.after) for one in fold.differences)) for fold in folds]


def told(after: dict[str, Any], before: dict[str, Any] | None = RECORD, **more: Any) -> list[tuple[str, str, str, str]]:
    found = differences(before, after, titles=TITLES, **more)
    return [(one.part, one.label, one.before, one.after) for one in found]


def test_nothing_differs() -> None:
    assert differences(RECORD, deepcopy(RECORD)) == ()


def test_own_fields_have_their_names_and_codes_their_labels() -> None:
    after = changed(
        title="Hill Street", countries=["IT", "SE"], tags=["elderly"], level="support", part_of="parent",
        last_confirmed="2025-03-02", service_areas=["07"],
    )  # fmt: skip
    part = "The partnership"
    assert told(after) == [
        (part, "Title", "Hill", "Hill Street"),
        (part, "Countries", "Taken away: Norway", "Added: Sweden"),
        (part, "Service areas", "", "Health"),
        (part, "Tags", "", "elderly"),
        (part, "Level of power", "", str(LEVELS_OF_POWER.label("support"))),
        (part, "Part of", "", "The programme"),
        (part, "Last confirmed", "", "2 March 2025"),
    ]


def test_the_order_of_a_list_is_shown_whole() -> None:
    assert told(changed(countries=["NO", "IT"])) == [("The partnership", "Countries", "Italy; Norway", "Norway; Italy")]


def test_of_long_texts_only_what_differs() -> None:
    before, after = "\n".join(["Same." * 50, "Old.", "End." * 50]), "\n".join(["Same." * 50, "New.", "End." * 50])
    assert told(changed(narrative=after), changed(narrative=before)) == [
        ("The partnership", "More about it", "[…]\nOld.\n[…]", "[…]\nNew.\n[…]")
    ]


def test_partners_come_change_and_go() -> None:
    after = changed(
        partners=[
            {**PARTNER, "lead": True, "roles": ["pays"]},
            {"kind": "public", "name": "City", "organisation": "city", "lead": True},
            {"kind": "citizens", "name": ""},
        ]
    )
    part = "Who takes part"
    assert told(after) == [
        (part, "Hill Trust: other roles, never counted", "", str(ROLES.label("pays"))),
        (part, "Hill Trust: leads", "", "yes"),
        (part, "City", "", "Kind: Public body\nLeads: yes\nOrganisation in the register: The City"),
        (part, "Citizens", "", "listed"),
    ]
    assert told(changed(partners=[])) == [(part, "Hill Trust", "Kind: Third sector organisation", "")]


def test_a_position_in_both_lenses() -> None:
    after = changed(
        phases=[{
            **PHASE, "design": "shared", "possible_cells": [5], "starts": "2012-04-01", "ends": "", "planned": True,
            "professional_delivery": "shared", "professional_possible_cells": [4, 5],
        }]
    )  # fmt: skip
    part = "Phase “Pilot”"
    assert told(after) == [
        (part, "Dates", "2012 to 2014", "from 1 April 2012"),
        (part, "Planned or actual", "actual", "planned"),
        (part, "Design", "Public sector", "Shared"),
        (part, "Delivery, by profession", "Not known", "Shared"),
        (part, "Possible cells, by profession", "", "4 or 5"),
    ]


def test_a_set_of_cells_that_is_no_product() -> None:
    after = changed(phases=[{**PHASE, "design": "", "delivery": "", "possible_cells": [6, "outside"]}])
    assert told(after) == [
        ("Phase “Pilot”", "Design", "Public sector", "Not known"),
        ("Phase “Pilot”", "Delivery", "Shared", "Not known"),
        ("Phase “Pilot”", "Possible cells", "", "6 or outside the matrix"),
    ]


def test_a_renamed_phase_is_a_rename_and_takes_what_speaks_of_it_along() -> None:
    after = changed(
        phases=[{**PHASE, "name": "First year"}],
        **{part: [{**row, "phase": "First year"}]
           for part, row in (("statements", STATEMENT), ("assessments", ASSESSMENT), ("checklists", ITEM))},
    )  # fmt: skip
    assert told(after, renamed={"First year": "Pilot"}) == [("Phase “First year”", "Name", "Pilot", "First year")]
    assert len(told(after)) > 1, "without the word on the rename it is another phase"


def test_phases_come_go_and_change_places() -> None:
    second = {**PHASE, "name": "Run", "order": 2, "starts": "2015", "ends": "", "design": "shared"}
    both = changed(phases=[PHASE, second])
    assert told(both) == [
        ("Phase “Run”", "Name", "", "Run"),
        ("Phase “Run”", "Dates", "", "from 2015"),
        ("Phase “Run”", "Planned or actual", "", "actual"),
        ("Phase “Run”", "Design", "", "Shared"),
        ("Phase “Run”", "Delivery", "", "Shared"),
        ("Phase “Run”", "Possible cells", "", "4"),
        ("Phase “Run”", "What the position rests on", "", str(CERTAINTIES.label("source_stated"))),
    ]
    assert [row[1:] for row in told(RECORD, both)][:2] == [("Name", "Run", ""), ("Dates", "from 2015", "")]
    assert told(changed(phases=[second, PHASE]), both) == [("Phases", "Order", "Pilot; Run", "Run; Pilot")]


def test_another_claim_is_adopted() -> None:
    after = changed(
        statements=[{**STATEMENT, "adopted": False}], assessments=[{**ASSESSMENT, "adopted": True}]
    )  # fmt: skip
    assert told(after) == [
        ("Phase “Pilot”", "Claim it rests on", "The report, p. 4", "Public body, 6 May 2024"),
    ]


def test_claims_evidence_and_checklists() -> None:
    after = changed(
        statements=[{**STATEMENT, "cells": [4, 5], "paraphrase": "Others too."}, {"source": "new", "kind": "none"}],
        evidence=[{**EVIDENCE, "grade": "A"}],
        checklists=[{**ITEM, "starts": "2014-05-02"}, {"phase": "Pilot", "item": "tools.survey", "answer": "no"}],
    )
    found = told(after)
    assert [row[:2] for row in found] == [
        ("What sources state", "The report, p. 4: cells"),
        ("What sources state", "The report, p. 4: what it says, in our words"),
        ("What sources state", "new"),
        ("Evidence", "The report, p. 9: grade"),
        ("Checklists", f"{CHECKLIST_ITEMS.label('process.workshops')}: dates"),
        ("Checklists", str(CHECKLIST_ITEMS.label("tools.survey"))),
    ]
    assert found[0][2:] == ("4", "4 or 5")
    assert found[4][2:] == ("from April 2013", "from 2 May 2014")


def test_a_new_assessment_with_every_answer() -> None:
    mine = {**ASSESSMENT, "method": "guided", "answers": ANSWERS, "design": "", "delivery": "", "comment": "So."}
    ((part, label, before, after),) = told(changed(assessments=[ASSESSMENT, mine]))
    assert (part, label, before) == ("Assessments", "Public body, 6 May 2024", "")
    assert after.splitlines() == [
        "7 · Co-Management", "Designed by the public sector. Delivered by citizens or the third sector.",
        "What the answers rest on: The contract.", "Comment: So.",
    ]  # fmt: skip
    ((title, answers),) = folded(changed(assessments=[ASSESSMENT, mine]))
    assert title == f"The {len(ANSWERS)} answers"
    assert len(answers) == len(ANSWERS)
    assert all(before == "" for _label, before, _after in answers)
    assert any("Public body: " in said and "Third sector organisation: " in said for _label, _before, said in answers)


def test_a_correction_shows_what_it_says_otherwise() -> None:
    mine = {**ASSESSMENT, "method": "guided", "answers": ANSWERS, "design": "", "delivery": ""}
    later = {**mine, "submitted": "2025-03-02", "answers": {**ANSWERS, "run": {"public": "led"}, "front": "na"}}
    assert told(changed(assessments=[mine, later]), changed(assessments=[mine])) == [
        ("Assessments", "Public body, 2 March 2025",
         "7 · Co-Management\nDesigned by the public sector. Delivered by citizens or the third sector.",
         "1 · Traditional\nDesigned by the public sector. Delivered by the public sector."),
    ]  # fmt: skip
    assert folded(changed(assessments=[mine, later]), changed(assessments=[mine])) == [
        ("The 2 answers that differ", (
            ("Who runs it day to day?",
             "Third sector organisation: Leads or does it alone", "Public body: Leads or does it alone"),
            ("Who does the work itself?",
             "Third sector organisation: Leads or does it alone; Citizens: Does it with others", "Does not apply"),
        )),
    ]  # fmt: skip


def test_stated_responsibilities_are_not_folded() -> None:
    later = {**ASSESSMENT, "submitted": "2025-03-02", "delivery": "public", "reason": "Another contract."}
    after = changed(assessments=[ASSESSMENT, later])
    assert [row[1:] for row in told(after)] == [
        ("Public body, 2 March 2025", "4 · Co-Management", "1 · Traditional"),
        ("Public body, 2 March 2025: who delivers it", "Shared", "Public sector"),
        ("Public body, 2 March 2025: what the answers rest on", "The contract.", "Another contract."),
    ]
    assert folded(after) == []


def test_to_officers_phases_are_stages() -> None:
    second = {**PHASE, "name": "Run", "order": 2, "starts": "2022-06", "ends": "2023-12-31"}
    unnamed = {**PHASE, "name": UNNAMED}
    before = changed(phases=[PHASE], statements=[], assessments=[], checklists=[])
    after = {**before, "phases": [unnamed, second], "checklists": [{**ITEM, "phase": UNNAMED}]}
    found = told(after, before, renamed={UNNAMED: "Pilot"}, words=STAGES)
    assert ("First stage", "Name", "Pilot", "First stage") in found
    assert ("Stage “Run”", "Dates", "", "June 2022 to 31 December 2023") in found
    assert ("Checklists", f"First stage: {CHECKLIST_ITEMS.label('process.workshops')}") in [row[:2] for row in found]
    assert not any("hase" in part + label for part, label, _before, _after in found)
    turned = {**after, "phases": [{**second, "order": 1}, {**unnamed, "order": 2}]}
    assert told(turned, after, words=STAGES) == [("Stages", "Order", "First stage; Run", "Run; First stage")]


def test_the_case_study() -> None:
    after = changed(case_study={**STUDY, "headline": "The story", "lessons": []})
    assert told(after) == [
        ("Case study", "Headline", "A story", "The story"),
        ("Case study", "Lessons", f"{LESSON_THEMES.label('time')}: Slow.", ""),
    ]
    assert [row[1] for row in told(changed(case_study=None))] == [
        "Headline",
        "Text",
        "Show on the home page",
        "Lessons",
    ]


def test_a_new_record_is_all_after() -> None:
    found = told(RECORD, None)
    assert ("The partnership", "Title", "", "Hill") in found
    assert all(before == "" for _part, _label, before, _after in found)


def test_codes_and_dates_that_nobody_knows_stand_as_they_came() -> None:
    after = changed(
        unit="spaceship", last_confirmed="soon", phases=[{**PHASE, "design": "nobody knows", "possible_cells": []}]
    )
    assert [row[3] for row in told(after)] == ["spaceship", "soon", "nobody knows"]
    odd = {**ASSESSMENT, "method": "guided", "answers": {"model": {"robots": "led"}}, "perspective": "robot"}
    assert told(changed(assessments=[ASSESSMENT, odd]))[0][1] == "robot, 6 May 2024"


@pytest.mark.django_db
def test_titles_of_what_records_name(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = factories.partnership(partners=[("public", "City")], part_of=factories.partnership("The programme"))
    factories.statement(made, source=factories.source("The book", slug="book"))
    made.partners.update(organisation=factories.organisation("City"))
    draft = factories.partnership("Hidden", status="draft", slug="hidden")
    record = to_record(complete().get(pk=made.pk))
    with django_assert_num_queries(3):
        found = titles_of(record, None, {"part_of": draft.slug})
    assert found == {
        "book": "The book",
        "the-programme": "The programme",
        record["partners"][0]["organisation"]: "City",
    }


def test_the_page_shows_both_sides() -> None:
    rows = (Difference("The partnership", "Title", "", "<b>Hill</b>"), Difference("The partnership", "Place", "A", "B"))
    html = render_to_string("partials/record_diff.html", {"differences": rows, "before": "Public now"})
    assert html.count("rowgroup") == 1
    assert "&lt;b&gt;Hill" in html
    assert "Public now" in html
    assert "nothing" in html
    assert "<details" not in html


def test_the_page_folds_what_is_long() -> None:
    fold = Fold("The 2 answers that differ", (Difference("", "Who runs it?", "The <b>city</b>", "All"),))
    row = Difference("Assessments", "Public body", "7", "1", fold)
    html = render_to_string("partials/record_diff.html", {"differences": [row], "before": "Proposed now"})
    assert "<summary>The 2 answers that differ</summary>" in html
    assert html.index("Who runs it?") > html.index("<details>"), "closed until somebody opens it"
    assert "Proposed now:" in html
    assert "&lt;b&gt;city" in html
