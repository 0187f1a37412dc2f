"""What was done, list by list: dates that overlap, what nobody knows, what nobody looked for, and no score."""

import re
from datetime import date

import pytest
from django.test import Client

from partnerships.models import Partnership
from partnerships.presenters.case import case_page, case_queryset
from partnerships.presenters.checklists import AnswerGroup, ItemView, PhaseChecklists
from tests import factories

pytestmark = pytest.mark.django_db


def shown(record: Partnership) -> tuple[PhaseChecklists, ...]:
    return case_page(case_queryset().get(pk=record.pk), inferred=False).checklists


def month(number: int, *, name: str) -> dict[str, object]:
    return {name: date(2012, number, 1), f"{name}_precision": "month"}


def test_without_items_there_is_no_checklist() -> None:
    assert shown(factories.partnership()) == ()


def test_a_list_says_what_was_done_what_was_not_and_what_nobody_knows() -> None:
    record = factories.partnership()
    phase = record.phases.get()
    book = factories.source("Grey Book", slug="grey-book")
    factories.checklist_item(phase, item="process.detailed_plan", answer="not_known")
    factories.checklist_item(phase, item="process.workshops", answer="no", note="There was no money for them.")
    factories.checklist_item(
        phase, item="process.evidence", source=book, place="p. 5", **month(3, name="starts"), **month(9, name="ends")
    )
    factories.checklist_item(phase, item="process.timetable", **month(2, name="starts"), **month(5, name="ends"))

    [found] = shown(record)

    [steps] = found.lists
    assert steps.name == "Steps of designing together"
    assert steps.groups == (
        AnswerGroup(
            "Done",
            (
                ItemView("A timetable with milestones was drawn up", "2012-02 to 2012-05", "", "", "", ""),
                ItemView(
                    "Facts were gathered and users were consulted", "2012-03 to 2012-09",
                    "Grey Book", "/sources/grey-book/", "p. 5", "",
                ),
            ),
        ),
        AnswerGroup(
            "Not done", (ItemView("Partners met in design workshops", "", "", "", "", "There was no money for them."),)
        ),
        AnswerGroup("Not known", (ItemView("The plan was worked out in detail", "", "", "", "", ""),)),
    )  # fmt: skip
    assert steps.silent == "Partners agreed what the partnership is and who does what; Groups worked on single themes"
    assert found.silent == "Tools used in designing; Six features; Four principles"


def test_each_phase_has_its_own_and_the_current_one_is_open() -> None:
    record = factories.partnership(phase={"name": "Designing"})
    running, _empty = (factories.add_phase(record, name=name) for name in ("Running", "Ended"))
    factories.checklist_item(record.phases.get(order=1))
    assert [(view.phase, view.open) for view in shown(record)] == [("Designing", True)]

    factories.checklist_item(running, item="features.assets")
    factories.checklist_item(record.phases.get(name="Ended"), item="features.assets")

    assert [(view.phase, view.open) for view in shown(record)] == [
        ("Designing", False), ("Running", False), ("Ended", True),
    ]  # fmt: skip


def test_the_page_shows_them_without_counting(client: Client) -> None:
    record = factories.partnership("Elm")
    for item in ("features.assets", "features.mutuality"):
        factories.checklist_item(record.phases.get(), item=item)

    page = client.get(record.get_absolute_url()).content.decode()
    section = " ".join(re.sub(r"<[^>]*>", " ", page.split('id="done"')[1].split("<h2")[0]).split())

    assert "They never move a cell." in section
    assert "Six features" in section
    assert "Done People are treated as having something to give There is give and take" in section
    assert not re.search(r"\d\s*(/|of|out of)\s*\d|%", section)
    assert record.phases.get().cell is None


def test_a_source_that_only_a_checklist_leans_on_has_its_page(client: Client) -> None:
    record = factories.partnership("Elm")
    book = factories.source("Grey Book", slug="grey-book")
    factories.checklist_item(record.phases.get(), source=book)
    hidden = factories.partnership("Hidden", status="draft")
    factories.checklist_item(hidden.phases.get(), source=book)

    response = client.get("/sources/grey-book/")

    assert [card.title for card in response.context["cards"]] == ["Elm"]
