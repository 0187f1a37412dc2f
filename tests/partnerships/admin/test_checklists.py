"""The checklists of a phase in the workplace: recorded at once, in the curator's name, and they move no cell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from partnerships.admin.checklists import DETAILS
from partnerships.models import ChecklistItem, Partnership, Phase, Source
from taxonomy.vocabulary import CHECKLIST_ITEMS
from tests.factories import CITIZENS, SHARED, checklist_item, partnership, source

Filled = Callable[..., dict[str, Any]]


@pytest.fixture
def record(db: None) -> Partnership:
    return partnership("Placed", design=SHARED, delivery=CITIZENS)


@pytest.fixture
def paper(db: None) -> Source:
    return source("Report", slug="report")


def address(record: Partnership, phase: Phase | None = None) -> str:
    phase = phase or record.phases.get()
    return reverse("admin:partnerships_partnership_checklists", args=[record.pk, phase.pk])


def typed(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What the browser would send from the page as it is, with some fields changed: "workshops_answer"."""
    data = {field.html_name: field.value() or "" for field in page.context["form"]}
    names = {name.split(".")[1]: name.replace(".", "-") for name in CHECKLIST_ITEMS.codes}
    for name, value in changes.items():
        item, part = name.rsplit("_", 1)
        data[f"{names[item]}-{part}"] = value
    return data


def test_every_item_of_every_list_is_on_the_page(desk: Client, record: Partnership, paper: Source) -> None:
    phase = record.phases.get()
    checklist_item(phase, starts=date(2013, 4, 1), starts_precision="month", source=paper, place="p. 4", note="Twice.")

    answer = desk.get(address(record))
    html = answer.content.decode()

    for item in CHECKLIST_ITEMS.codes:
        assert html.count(f'name="{item.replace(".", "-")}-answer"') == 4
    assert "Checklists show what was done. They never move a cell." in html
    assert html.count("checked") == len(CHECKLIST_ITEMS.codes)
    values = {field.name: field.value() for field in answer.context["form"]}
    said = ("yes", "2013-04", "", "report", "p. 4", "Twice.")
    assert tuple(values[f"process-workshops-{part}"] for part in ("answer", *DETAILS)) == said
    assert values["tools-survey-answer"] == ""
    assert '<datalist id="source-suggestions">' in html
    assert html.count('<details class="folded" open>') == 1
    assert (
        address(record) in desk.get(reverse("admin:partnerships_partnership_change", args=[record.pk])).content.decode()
    )


def test_all_is_saved_at_once_with_history_and_no_cell_moves(
    desk: Client, record: Partnership, paper: Source, curator: User
) -> None:
    phase = record.phases.get()
    kept, gone = checklist_item(phase), checklist_item(phase, item="tools.survey", note="Says who?")
    url = address(record)
    data = typed(
        desk.get(url), survey_answer="", survey_note="", timetable_answer="no", outcomes_answer="not_known",
        statistics_answer="yes", statistics_starts="2013-04", statistics_ends="2014", statistics_source="report",
        statistics_place="para 5.15", statistics_note="From the authorities.",
    )  # fmt: skip

    answer = desk.post(url, data, follow=True)

    assert "The checklists of “Phase 1” are saved." in answer.content.decode()
    rows = {row.item: row for row in ChecklistItem.objects.all()}
    assert {item: row.answer for item, row in rows.items()} == {
        "process.workshops": "yes", "process.timetable": "no", "principles.outcomes": "not_known",
        "tools.statistics": "yes",
    }  # fmt: skip
    said = rows["tools.statistics"]
    assert (said.starts, said.starts_precision, said.ends, said.ends_precision) == (
        date(2013, 4, 1), "month", date(2014, 12, 31), "year",
    )  # fmt: skip
    assert (said.source, said.place, said.note) == (paper, "para 5.15", "From the authorities.")
    assert said.history.get().history_user == curator
    assert kept.history.count() == 1, "what stays as it is has no new version"
    assert ChecklistItem.history.filter(id=gone.pk, history_type="-").get().history_user == curator
    assert Partnership.objects.get().version == record.version + 1
    assert LogEntry.objects.get(object_id=record.pk).get_change_message() == "Checklists of “Phase 1” changed."
    before, phase = phase, Phase.objects.get()
    assert (phase.cell, phase.possible_cells, phase.history.count()) == (
        8,
        before.possible_cells,
        before.history.count(),
    )


def test_saving_what_is_there_writes_nothing(desk: Client, record: Partnership) -> None:
    checklist_item(record.phases.get())

    answer = desk.post(address(record), typed(desk.get(address(record))), follow=True)

    assert "Nothing was changed." in answer.content.decode()
    assert ChecklistItem.history.count() == 1
    assert Partnership.objects.get().version == record.version
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"survey_note": "Twice."}, "tools-survey-answer", "Choose an answer, or empty what stands below it."),
        ({"survey_starts": "2013"}, "tools-survey-answer", "Choose an answer"),
        ({"survey_answer": "perhaps"}, "tools-survey-answer", "Select a valid choice"),
        ({"survey_answer": "yes", "survey_starts": "soon"}, "tools-survey-starts", "Write a date as 2013"),
        ({"survey_answer": "yes", "survey_starts": "2013-02-30"}, "tools-survey-starts", "is not a date"),
        (
            {"survey_answer": "yes", "survey_starts": "2014", "survey_ends": "2013"},
            "tools-survey-ends",
            "It cannot end before it starts.",
        ),
        ({"survey_answer": "yes", "survey_source": "nowhere"}, "tools-survey-source", "Nothing in the register has"),
        ({"survey_answer": "yes", "survey_place": "p. 4"}, "tools-survey-source", "Name the source in which"),
        ({"survey_answer": "yes", "survey_note": "x" * 301}, "tools-survey-note", "at most 300 characters"),
        ({"survey_answer": "yes", "survey_note": "x\x00"}, "tools-survey-note", "Null characters are not allowed"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_saved(
    changes: dict[str, str], field: str, message: str, desk: Client, record: Partnership
) -> None:
    data = typed(desk.get(address(record)), timetable_answer="yes", timetable_note="Typed before", **changes)

    answer = desk.post(address(record), data)

    assert list(answer.context["form"].errors) == [field]
    assert message in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert "Typed before" in answer.content.decode()
    assert not ChecklistItem.objects.exists()
    assert Partnership.objects.get().version == record.version


def test_two_curators_at_once_lose_nothing(desk: Client, record: Partnership, paper: Source) -> None:
    url = address(record)
    mine = typed(desk.get(url), survey_answer="yes", survey_note="Mine", mapping_answer="no")
    theirs = typed(
        desk.get(url), survey_answer="no", survey_source="report", survey_place="p. 4", survey_starts="2013",
        timetable_answer="yes",
    )  # fmt: skip
    assert desk.post(url, theirs).status_code == 302

    answer = desk.post(url, mine)
    html = answer.content.decode()

    assert "Somebody else changed this record" in html
    assert "Recorded by now: No; from 2013; Report; p. 4" in html
    # Theirs alone: mine would take it away, and the page says so.
    assert html.count("Recorded by now:") == 3
    assert html.count("Recorded by now: Nothing recorded") == 1
    assert 'value="Mine"' in html
    assert ChecklistItem.objects.get(item="tools.survey").answer == "no"
    again = typed(answer)
    assert desk.post(url, again).status_code == 302
    assert ChecklistItem.objects.get(item="tools.survey").note == "Mine"


def test_the_phase_of_another_record_is_not_found(desk: Client, record: Partnership) -> None:
    other = partnership()

    assert desk.get(address(record, other.phases.get())).status_code == 404
    assert desk.post(address(record, other.phases.get()), {}).status_code == 404
    assert desk.get(f"/admin/partnerships/partnership/{record.pk}/phases/{2**64}/checklists/").status_code == 404


def test_the_history_shows_an_item_and_leads_back(desk: Client, record: Partnership) -> None:
    row = checklist_item(record.phases.get(), note="As it was")
    row.note = "As it is"
    row.save()
    url = reverse("admin:partnerships_partnership_history", args=[record.pk])

    html = desk.get(url).content.decode()
    assert "Item of a checklist: Partners met in design workshops" in html
    first = row.history.last()
    back = reverse("admin:partnerships_partnership_part_history", args=[record.pk, "checklistitem", first.pk])
    assert back in html
    assert desk.post(back).status_code == 302
    row.refresh_from_db()
    assert row.note == "As it was"
    assert Partnership.objects.get().version == record.version + 1


def test_queries_do_not_grow_with_what_is_recorded(desk: Client, record: Partnership, paper: Source) -> None:
    url, counts = address(record), []
    for items in (CHECKLIST_ITEMS.codes[:1], CHECKLIST_ITEMS.codes[1:]):
        for item in items:
            checklist_item(record.phases.get(), item=item, source=paper)
        with CaptureQueriesContext(connection) as caught:
            desk.get(url)
        counts.append(len(caught))
    assert counts[0] == counts[1]
