"""Entries to practise on: each is shown only while the register has it in the situation that it explains."""

import pytest

from partnerships.models import Partnership
from partnerships.presenters.guide_reading import SHOWN_BY, Example, examples, reading, steps
from taxonomy.guide import READINGS
from taxonomy.lenses import PROFESSIONAL
from tests import factories, library

pytestmark = pytest.mark.django_db


def example(code: str) -> Example:
    return next(each for each in examples() if each.code == code)


def test_every_situation_has_candidates() -> None:
    assert tuple(SHOWN_BY) == tuple(each.code for each in READINGS)
    assert all(slugs for _tells, slugs in SHOWN_BY.values())


def test_without_the_library_the_situations_are_explained_all_the_same() -> None:
    found = examples()

    assert [each.code for each in found] == [each.code for each in READINGS]
    assert {(each.case, each.url, each.positions, each.arrow) for each in found} == {("", "", (), None)}
    assert all(each.text for each in found)


def test_the_library_shows_every_situation_in_three_queries(django_assert_num_queries) -> None:
    library.load()
    with django_assert_num_queries(3):
        page = reading()

    assert {each.code: each.case for each in page.examples} == {
        "stated": "Brescia Città del Noi",
        "hedged": "Safe Families for Children",
        "label_only": "Welkom in Utrecht",
        "ambiguous": "BounceBack",
        "one_axis": "Reducing Reoffending Change Fund partnerships",
        "unknown": "Cycling without Age",
        "inferred": "HMP Peterborough Social Investment Bond",
        "lenses": "Parent-run nursery",
        "movement": "Italy: country pattern",
    }


def test_words_and_drawing_come_from_the_record() -> None:
    record = factories.partnership("Brescia", slug="brescia-citta-del-noi", design="public", delivery="shared")
    adopt(record, kind="explicit", cells={4})

    found = example("stated")

    assert (found.case, found.url) == ("Brescia", "/partnerships/brescia-citta-del-noi/")
    [(lens, position)] = found.positions
    assert (lens, position.tag) == ("", "4 · Co-Management")
    assert position.sentence.startswith("Designed by the public sector. Delivered by")


def test_a_candidate_in_another_situation_makes_room_for_the_next() -> None:
    factories.partnership("Brescia", slug="brescia-citta-del-noi", design="shared")
    adopt(factories.partnership("Factory", slug="social-impact-factory", design="shared", delivery="shared"), cells={5})

    assert example("stated").case == "Factory"


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "withdrawn"}, {"unit": "class"}])
def test_what_is_not_public_or_not_counted_is_no_example_of_a_count(fields: dict[str, str]) -> None:
    adopt(
        factories.partnership("Brescia", slug="brescia-citta-del-noi", design="shared", delivery="shared", **fields),
        cells={5},
    )

    assert example("stated").case == ""


def test_a_reservation_is_repeated() -> None:
    record = factories.partnership(slug="safe-families-for-children", design="shared", delivery="shared")
    adopt(record, kind="hedged", hedge="close to it", cells={5})

    assert example("hedged").hedge == "close to it"


def test_an_inferred_position_bears_its_reason_and_leads_to_a_page_that_shows_it() -> None:
    factories.partnership(
        slug="hmp-peterborough-social-investment-bond", design="shared", delivery="shared", phase=factories.INFERENCE
    )

    found = example("inferred")

    assert found.inferred
    assert (found.reason, found.confidence) == ("Nobody says so.", "Low")
    assert found.url.endswith("?inferred=1")


def test_two_lenses_show_two_positions() -> None:
    professional = factories.position("professionals", "professionals", lens=PROFESSIONAL)
    factories.partnership(
        slug="parent-run-nursery", design="citizens_or_third_sector", delivery="citizens_or_third_sector",
        phase=professional,
    )  # fmt: skip

    assert [(lens, position.tag) for lens, position in example("lenses").positions] == [
        ("By sector", "9 · Partial Co-Production"), ("By profession", "1"),
    ]  # fmt: skip


def test_one_place_in_both_lenses_is_no_example_of_two() -> None:
    professional = factories.position("professionals", "professionals", lens=PROFESSIONAL)
    factories.partnership(slug="parent-run-nursery", design="public", delivery="public", phase=professional)

    assert example("lenses").case == ""


def test_a_movement_is_drawn_without_a_position() -> None:
    record = factories.partnership(slug="italy", unit="country_pattern")
    factories.statement(record, kind="movement", from_cells={4, 7}, to_cells={5})

    found = example("movement")

    assert found.arrow is not None
    assert found.arrow.path == "from 4 or 7 to 5"
    assert found.positions == ()


def test_two_answers_end_in_the_cell_where_they_cross() -> None:
    design, delivery, both = ({c.number for row in s.mini.rows for c in row if c.state} for s in steps())

    assert both == design & delivery == {8}
    assert len(design) == len(delivery) == 3


def adopt(record: Partnership, **fields: object) -> None:
    """Let the position of the only phase rest on a statement."""
    phase = record.phases.get()
    phase.adopted_statement = factories.statement(record, phase=phase, **fields)
    phase.save()
