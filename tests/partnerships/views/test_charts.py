"""The page of charts: what it says beside its numbers, which ``test_chart_numbers`` walks."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from partnerships import actions
from partnerships.filters import MAX_VALUES
from partnerships.models import Partnership
from partnerships.presenters.chart_parts import Chart, Row
from partnerships.selection import select
from tests import factories
from tests.partnerships.charted import mixed

pytestmark = pytest.mark.django_db


def listed(url: str) -> int:
    return select(QueryDict(url.partition("?")[2])).partnerships.count()


def test_countries_beyond_fifteen_bars_stand_in_one_and_all_in_the_table(client: Client) -> None:
    mixed()

    chart = client.get("/charts/").context["page"].charts[1]

    assert len(chart.drawing.view.bars) == 15
    rest = chart.drawing.view.bars[-1]
    assert rest.rest
    assert rest.text == f"{len(chart.rows) - 14} more countries"
    assert rest.number == listed(chart.drawing.links[-1].url)


def test_more_countries_than_a_filter_can_hold_have_a_number_and_no_link(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed()
    monkeypatch.setattr("partnerships.presenters.charts.MAX_VALUES", 2)

    drawing = client.get("/charts/").context["page"].charts[1].drawing

    assert drawing.view.bars[-1].number > 0
    assert len(drawing.links) == 14
    assert MAX_VALUES == 60


def test_a_year_is_counted_where_the_phase_of_that_year_meets_the_filters(client: Client) -> None:
    moved = factories.partnership(
        "Moved", design="public", delivery="public", phase={"starts": date(2001, 1, 1), "starts_precision": "year"}
    )
    factories.add_phase(
        moved, design="shared", delivery="shared", starts=date(2003, 1, 1), starts_precision="year",
        ends=date(2004, 12, 31), ends_precision="year",
    )  # fmt: skip

    def years(query: str) -> dict[str, str]:
        rows = client.get(f"/charts/?{query}").context["page"].charts[0].rows
        return {row.text: row.cells[0].text for row in rows}

    assert years("") == {"2004": "1", "2003": "1", "2002": "1", "2001": "1"}
    assert years("cell=5") == {"2004": "1", "2003": "1"}
    assert years("cell=1&year=2001") == {"2002": "1", "2001": "1"}


def charts(client: Client) -> dict[str, Chart]:
    return {chart.drawing.name: chart for chart in client.get("/charts/").context["page"].charts}


def task(client: Client, question: str) -> Row:
    return next(row for row in charts(client)["by-task"].rows if row.text == question)


def test_few_answers_are_called_few(client: Client) -> None:
    mixed()

    tasks = charts(client)["by-task"]

    assert tasks.drawing.notes[0] == "Few: under 30 answered, and shares of so few say little."
    assert {row.note for row in tasks.rows} == {"of 3: few", "of 2: few", "answered by none"}
    # A nought would say that nobody does it.
    assert {cell.text for row in tasks.rows if row.note == "answered by none" for cell in row.cells} == {"–"}


def test_shares_of_a_task_are_of_those_that_answered_it(client: Client) -> None:
    mixed()

    run, model = task(client, "Who runs it day to day?"), task(client, "Who chose how it works?")

    assert run.note == "of 3: few"
    assert [(cell.column, cell.text, cell.note) for cell in run.cells[:3]] == [
        ("Public body", "1", "33 %"), ("Third sector organisation", "2", "67 %"), ("Community group", "0", ""),
    ]  # fmt: skip
    assert (model.note, model.cells[0].text, model.cells[0].note) == ("of 2: few", "2", "100 %")


def test_a_task_that_thirty_answered_has_no_warning_and_the_picture_says_of_how_many(client: Client) -> None:
    for number in range(30):
        record = factories.partnership(f"Assessed {number}")
        phase = record.phases.get()
        answers = {"run": {"public": "led"}} | ({"support": {"public": "led"}} if number < 12 else {})
        claim = factories.assessment(phase, method="guided", perspective="researcher", answers=answers)
        actions.adopt(phase=phase, claim=claim, by=None)

    notes = [row.note for row in charts(client)["by-task"].rows if row.cells[0].text not in "0–"]
    svg = client.get("/pictures/by-task.svg").content.decode()

    assert sorted(notes) == ["of 12: few", "of 30"]
    assert ">of 12: few<" in svg
    # All twelve and all thirty are as much as can be.
    assert svg.count('class="tint tint--4"') == 2


def test_drafts_and_types_of_scheme_are_in_no_chart(client: Client) -> None:
    factories.partnership("Draft", status="draft", countries=["IT"])
    factories.partnership("Scheme", unit="class", countries=["IT"])
    factories.partnership("Case", countries=["NO"])

    page = client.get("/charts/").context["page"]

    assert page.heading == "1 partnership"
    assert [row.text for row in charts(client)["by-country"].rows] == ["Norway"]


def test_an_empty_register_and_an_empty_selection_say_so(client: Client) -> None:
    assert "Nothing is published yet." in client.get("/charts/").content.decode()

    factories.partnership("Case", countries=["NO"])
    html = client.get("/charts/?country=IT").content.decode()

    assert "Nothing found" in html
    assert "<figure" not in html


def test_a_chart_without_anything_in_it_gives_the_reason(client: Client) -> None:
    factories.partnership("Case")

    found = charts(client).values()

    assert [chart.drawing.template for chart in found if not chart.rows] == ["pictures/_nothing.svg"] * 4
    assert client.get("/pictures/by-task.svg").status_code == 200


def test_charts_without_anything_in_them_stand_last_and_offer_no_file(client: Client) -> None:
    factories.partnership("Case", countries=["NO"], design="shared", delivery="shared")

    response = client.get("/charts/")

    charts = [(chart.drawing.name, chart.drawing.empty) for chart in response.context["page"].charts]
    assert charts == [
        ("by-country", False),
        ("by-model", False),
        *((n, True) for n in ("by-year", "by-area", "by-task")),
    ]
    files = re.findall(r'href="/pictures/([^".]*)\.(svg|png)', response.content.decode())
    assert files == [(name, kind) for name, empty in charts if not empty for kind in ("svg", "png")]


def test_what_is_counted_is_said_and_empty_charts_come_last(client: Client) -> None:
    factories.partnership("Case", service_areas=["07"])

    response = client.get("/charts/")

    names = [chart.drawing.name for chart in response.context["page"].charts]
    assert names == ["by-area", "by-year", "by-country", "by-model", "by-task"]
    assert "with or without a position on the matrix" in response.content.decode()


def test_bad_filters_are_answered_in_words(client: Client) -> None:
    response = client.get("/charts/?country=XX")

    assert response.status_code == 400
    assert "not one that the register knows" in response.content.decode()


def test_titles_of_anybody_cannot_reach_the_markup(client: Client) -> None:
    factories.partnership("<script>x</script>", countries=["IT"], nation="<b>&\"'")

    html = client.get("/charts/?nation=%3Cb%3E%26%22%27&q=%3Cscript%3E").content.decode()

    assert Partnership.objects.published().count() == 1
    assert "<b>&" not in html
    assert "<script>x" not in html
