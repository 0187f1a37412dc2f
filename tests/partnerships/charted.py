"""A register for charts: every kind of record, answers by task, and more countries than a chart has bars."""

from datetime import date

from partnerships import actions
from tests import factories

COUNTRIES = ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "LT"]


def mixed() -> None:
    """Build it."""
    with factories.indexed_at_the_end():
        factories.a_register(40, seed=7)
        for number, country in enumerate(COUNTRIES):
            factories.partnership(f"Berg of {country}", countries=[country, "IT"] if number % 3 else [country])
    for place, answers in enumerate([factories.ANSWERS, {"run": {"public": "led"}}, factories.ANSWERS]):
        dated = {"starts": date(2010 + place, 1, 1), "starts_precision": "year"}
        assessed = factories.partnership(f"Answered {place}", countries=["IT"] * (place % 2), phase=dated)
        phase = assessed.phases.get()
        claim = factories.assessment(phase, method="guided", perspective="researcher", answers=answers)
        actions.adopt(phase=phase, claim=claim, by=factories.user("curator"))
