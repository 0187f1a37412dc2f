"""The pages of the guide: their order, what they show of the theory, and the numbers of the register on them."""

import pytest
from django.utils.translation import override

from partnerships.presenters import guide
from partnerships.presenters import guide_literature as literature
from partnerships.presenters.matrix import Link
from taxonomy.citations import HAND_OUT, LOFFLER, SHORT_NAMES, TABLE_2
from taxonomy.vocabulary import DEFINITIONS, RISK_CARRIERS, VEHICLES
from tests import factories


def test_the_pages_follow_one_another() -> None:
    links = guide.contents()

    assert [link.url for link in links] == [
        "/guide/reading/", "/guide/questions/", "/guide/practice/", "/guide/vehicles/", "/guide/definitions/",
        "/guide/figures/", "/guide/glossary/",
    ]  # fmt: skip
    frames = [guide.frame(slug, ()) for slug in guide.SLUGS]
    assert [frame.next for frame in frames] == [*links[1:], None]
    assert [frame.previous for frame in frames] == [None, *links[:-1]]


# ---- Publications ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_cited_publication_leads_to_its_source_if_visitors_may_see_one() -> None:
    factories.source("Löffler", slug="loeffler-why-co-production-local-government")
    hidden = factories.source("Hand-out", slug="hand-out-co-production-levels-types-models")
    factories.statement(factories.partnership(status="draft"), source=hidden)

    assert guide.works([f"{LOFFLER}, p. 5", f"{HAND_OUT}, grid"]) == (
        guide.Work("Löffler", LOFFLER, "/sources/loeffler-why-co-production-local-government/"),
        guide.Work("Hand-out", HAND_OUT, ""),
    )


def test_nothing_is_looked_up_where_nothing_is_cited() -> None:
    assert guide.works(["Nabatchi 2017"]) == ()


def test_every_publication_with_a_short_name_has_its_place() -> None:
    assert guide.SOURCES.keys() == SHORT_NAMES.keys()
    assert TABLE_2 in guide.SOURCES


# ---- Questions ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_group_leads_to_lessons_that_are_there_and_public() -> None:
    public, draft = factories.partnership(), factories.partnership(status="draft")
    factories.case_study(public).lessons.create(theme="funding", text="Money helps.")
    factories.case_study(draft).lessons.create(theme="tendering", text="Secret.")

    [finance] = [role for role in literature.questions().roles if role.code == "finance-managers"]

    assert finance.lessons == (Link("Funding", "/lessons/?theme=funding"),)


@pytest.mark.django_db
def test_groups_are_linked_to_their_questions() -> None:
    assert literature.role_links()[0] == Link("Front-line staff", "/guide/questions/#front-line")
    assert len(literature.role_links()) == len(literature.questions().roles) == 7


# ---- Definitions and points --------------------------------------------------------------------


def test_every_definition_is_shown_with_its_users() -> None:
    page = literature.definitions()

    assert tuple(row.code for row in page.definitions) == DEFINITIONS.codes
    assert [row.third_sector for row in page.definitions].count(True) == 3
    assert page.definitions[2].citation == "Reducing Reoffending evaluation, para 5.3"


def test_points_bear_the_short_name_of_their_source() -> None:
    assert {point.citation for point in literature.practice().opportunities} == {
        "Hand-out, opportunities and challenges"
    }


# ---- Vehicles ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_vehicles_are_counted_with_what_is_published_and_lead_to_it(client, django_assert_num_queries) -> None:
    for _number in range(2):
        factories.partnership(vehicle="joint_venture", risk="local_public")
    factories.partnership(vehicle="joint_venture", status="draft")
    with django_assert_num_queries(2):
        page = literature.vehicles()

    assert tuple(row.code for row in page.vehicles) == VEHICLES.codes
    assert tuple(row.code for row in page.risks) == RISK_CARRIERS.codes
    counted = {row.code: row for row in (*page.vehicles, *page.risks) if row.count}
    assert {code: row.count for code, row in counted.items()} == {"joint_venture": 2, "local_public": 2}
    assert counted["joint_venture"].url == "/partnerships/?vehicle=joint_venture"
    assert counted["local_public"].url == "/partnerships/?risk=local_public"
    assert {row.url for row in page.vehicles if not row.count} == {""}
    for row in counted.values():
        assert client.get(row.url).context["count"] == row.count


# ---- Figures -----------------------------------------------------------------------------------


def test_figures_are_shown_as_printed() -> None:
    index, groups, *_others = literature.figures().tables

    assert index.rows[0] == ("United Kingdom", "56", 56.0)
    assert groups.rows[0] == ("Health", "9.7", 9.7)
    assert (index.unit, groups.unit) == ("", "%")


def test_figures_keep_their_point_in_every_language() -> None:
    with override("de"):
        assert literature.figures().tables[1].rows[0][1] == "9.7"
