"""What a cell does not say is said by badges, and only where the answers bear it out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.answers import read_answers
from taxonomy.badges import BADGES, badges
from taxonomy.derivation import derive, possible_cells

DESIGN = ("outcomes", "model", "detail", "signoff")
PUBLIC_DESIGN: dict[str, Any] = {task: {"public": "led"} for task in DESIGN}
PUBLIC: dict[str, Any] = {**PUBLIC_DESIGN, "run": {"public": "led"}, "front": {"public": "led"}}


def earned(**answers: object) -> tuple[str, ...]:
    """The badges of a service that is wholly public but for these answers."""
    return badges(read_answers({**PUBLIC, **answers}))


def test_a_public_service_earns_none() -> None:
    assert earned() == ()


def test_every_badge_is_explained_in_one_line() -> None:
    assert all(term.label and term.help.endswith(".") for term in BADGES)


@pytest.mark.parametrize("kind", ["private", "other"])
@pytest.mark.parametrize("level", ["together", "led"])
def test_partners_that_the_sector_matrix_does_not_count(kind: str, level: str) -> None:
    assert earned(detail={"public": "led", kind: level}) == (f"{kind}_design",)
    assert earned(front={"public": "led", kind: level}) == (f"{kind}_delivery",)


@pytest.mark.parametrize("level", ["none", "asked", "unknown"])
def test_a_firm_that_was_only_asked_is_no_partner(level: str) -> None:
    assert earned(detail={"public": "led", "private": level}) == ()


def test_a_firm_that_only_checks_is_no_partner() -> None:
    assert earned(check={"private": "led"}, needs={"private": "led"}) == ()


@pytest.mark.parametrize("kind", ["citizens", "community", "third_sector"])
@pytest.mark.parametrize("task", ["needs", "fit", "model"])
def test_people_were_asked(kind: str, task: str) -> None:
    assert earned(**{task: {"public": "led", kind: "asked"}}) == ("asked",)


def test_who_also_decided_was_not_only_asked() -> None:
    shared = {"public": "led", "citizens": "together"}
    assert earned(outcomes={"public": "led", "citizens": "asked"}, model=shared, detail=shared) == ()


def test_helping_now_and_then_is_not_being_asked() -> None:
    assert earned(front={"public": "led", "citizens": "asked"}) == ()


def test_firms_alone_are_outside_and_may_be_so() -> None:
    firm = {"private": "led"}
    assert earned(run=firm, front=firm) == ("private_delivery", "outside")
    maybe = {"private": "led", "third_sector": "unknown"}
    assert earned(run=maybe, front=maybe) == ("private_delivery", "maybe_outside")


def test_where_nothing_is_known_about_an_axis_outside_is_not_worth_a_word() -> None:
    assert badges(read_answers(PUBLIC_DESIGN)) == ()
    assert badges({}) == ()


def test_each_side_has_its_own_part() -> None:
    theirs = {"citizens": "led"}
    assert earned(run={"public": "led"}, front=theirs) == ("divided_delivery",)
    assert earned(outcomes=theirs, model=theirs) == ("divided_design",)


@pytest.mark.parametrize("level", ["together", "unknown"])
def test_a_task_that_both_did_or_may_have_done_is_not_divided(level: str) -> None:
    assert earned(run={"public": "led", "citizens": level}, front={"citizens": "led"}) == ()


def test_a_side_that_only_had_to_agree() -> None:
    assert earned(signoff={"public": "led", "third_sector": "together"}) == ("signoff_alone",)
    assert earned(signoff={"public": "led", "private": "together"}) == ("private_design",)


def test_agreeing_is_enough_where_it_is_all_there_is_to_decide() -> None:
    rest = dict.fromkeys(("outcomes", "model", "detail"), "na")
    assert earned(**rest, signoff={"third_sector": "led"}) == ()


def test_who_may_have_done_more_than_agree_has_no_badge() -> None:
    unknown = {"public": "led", "citizens": "unknown"}
    assert earned(model=unknown, signoff={"public": "led", "citizens": "together"}) == ()
    assert earned(model=unknown) == ()


kinds = st.dictionaries(
    st.sampled_from(("public", "third_sector", "citizens", "private", "other")),
    st.sampled_from(("none", "asked", "together", "led", "unknown")),
    max_size=3,
)


@given(st.dictionaries(st.sampled_from((*DESIGN, "run", "front", "needs")), kinds | st.just("na")))
def test_badges_agree_with_the_rule(answers: dict[str, Any]) -> None:
    found, result = badges(read_answers(answers)), derive(answers).sector
    assert list(found) == [code for code in BADGES.codes if code in found]
    assert ("outside" in found) == (possible_cells(result) == {"outside"})
    assert "maybe_outside" not in found or "outside" in possible_cells(result)
    assert "divided_design" not in found or result.design == ("shared",)
    assert "divided_delivery" not in found or (result.delivery == ("shared",) and result.delivery_settled)
