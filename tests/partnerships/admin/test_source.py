"""Sources in the workplace."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Partnership, Source
from tests.factories import checklist_item, evidence, partnership, source, statement

Typed = Callable[..., dict[str, Any]]
ADD = "/admin/partnerships/source/add/"


def test_a_new_source_gets_its_address(desk: Client, typed: Typed) -> None:
    data = typed(ADD) | {"title": "From engagement", "authors": "Bovaird, T.", "year": "2012", "slug": "forged"}

    for _again in range(2):
        assert desk.post(ADD, data).status_code == 302

    assert sorted(Source.objects.values_list("slug", flat=True)) == [
        "bovaird-t-2012-from-engagement", "bovaird-t-2012-from-engagement-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"year": "20"}, "Give the year with four digits."),
        ({"year": "99999999999999999999"}, "less than or equal to"),
        ({"title": ""}, "Fill in “Title”."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"accessed": "soon"}, "Enter a valid date."),
        ({"title": "x\x00"}, "Null characters are not allowed"),
    ],
)
def test_faults_are_said_beside_the_field(values: dict[str, str], message: str, desk: Client, typed: Typed) -> None:
    page = desk.post(ADD, typed(ADD) | {"title": "Paper"} | values)

    assert page.status_code == 200
    assert message in str(page.context["adminform"].form.errors[next(iter(values))])


def test_the_list_says_how_many_partnerships_lean_on_it(desk: Client, django_assert_max_num_queries: Any) -> None:
    paper, record = source("Used"), partnership()
    statement(record, source=paper)
    evidence(record, source=paper)
    statement(partnership(), source=paper)
    checklist_item(record.phases.get(), source=paper)
    checklist_item(partnership().phases.get(), source=paper)
    source("Unused")
    desk.get("/admin/partnerships/source/")

    with django_assert_max_num_queries(11):
        page = desk.get("/admin/partnerships/source/")

    rows = {row.title: page.context["cl"].model_admin.used_by(row) for row in page.context["cl"].result_list}
    assert (rows["Used"], rows["Unused"]) == (3, 0)
    assert [
        row.title for row in desk.get("/admin/partnerships/source/", {"q": "unused"}).context["cl"].result_list
    ] == ["Unused"]


def test_a_new_title_is_found_in_its_partnerships(desk: Client, typed: Typed) -> None:
    paper, record = source("Old"), partnership()
    statement(record, source=paper)
    url = reverse("admin:partnerships_source_change", args=[paper.pk])

    desk.post(url, typed(url) | {"title": "Neuigkeiten"})

    assert "neuigkeiten" in Partnership.objects.get().search_text
    paper.refresh_from_db()
    assert paper.history.count() == 2


def test_a_source_in_use_is_kept_and_the_page_names_its_partnerships(desk: Client) -> None:
    paper = source("Used")
    for title in ("First user", "Second user"):
        statement(partnership(title), source=paper)
    url = reverse("admin:partnerships_source_delete", args=[paper.pk])

    for page in (desk.get(url), desk.post(url, {"post": "yes"})):
        html = page.content.decode()
        assert "It cannot be deleted, because these still refer to it" in html
        assert html.count("First user") == html.count("Second user") == 1
    assert Source.objects.filter(pk=paper.pk).exists()
