"""The page of charts: what it says beside its numbers, which ``test_chart_numbers`` walks."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from partnerships.filters import MAX_VALUES
from partnerships.models import Partnership
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


def test_few_answers_are_called_few(client: Client) -> None:
    mixed()

    notes = client.get("/charts/").context["page"].charts[-1].drawing.notes

    assert notes[0] == "Only 3 partnerships have adopted answers: shares of so few say little."


def test_shares_are_of_all_that_were_assessed(client: Client) -> None:
    mixed()

    tasks = client.get("/charts/").context["page"].charts[-1]
    row = next(row for row in tasks.rows if row.text == "Who runs it day to day?")

    assert [(cell.column, cell.text, cell.note) for cell in row.cells[:3]] == [
        ("Public body", "1", "33 %"), ("Third sector organisation", "2", "67 %"), ("Community group", "0", ""),
    ]  # fmt: skip


def test_drafts_and_types_of_scheme_are_in_no_chart(client: Client) -> None:
    factories.partnership("Draft", status="draft", countries=["IT"])
    factories.partnership("Scheme", unit="class", countries=["IT"])
    factories.partnership("Case", countries=["NO"])

    page = client.get("/charts/").context["page"]

    assert page.heading == "1 partnership"
    assert [row.text for row in page.charts[1].rows] == ["Norway"]


def test_an_empty_register_and_an_empty_selection_say_so(client: Client) -> None:
    assert "Nothing is published yet." in client.get("/charts/").content.decode()

    factories.partnership("Case", countries=["NO"])
    html = client.get("/charts/?country=IT").content.decode()

    assert "Nothing found" in html
    assert "<figure" not in html


def test_a_chart_without_anything_in_it_gives_the_reason(client: Client) -> None:
    factories.partnership("Case")

    charts = client.get("/charts/").context["page"].charts

    assert [chart.drawing.template for chart in charts if not chart.rows] == ["pictures/_nothing.svg"] * 4
    assert client.get("/pictures/by-task.svg").status_code == 200


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
