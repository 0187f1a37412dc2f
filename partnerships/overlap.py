"""Phases that cannot both be as they say: actual ones of one partnership whose dates overlap."""

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from partnerships import dates
from partnerships.models import Phase


def overlapping(phases: Iterable[Phase]) -> list[tuple[Phase, Phase]]:
    """Pairs of actual phases that overlap whatever the exact days are.

    "2012 to 2014" and "2014 to 2016" do not: the change may have come at any time in 2014. A phase without a start is
    undated; one without an end is known to last for its start only.
    """
    dated = [phase for phase in phases if phase.starts and not phase.planned]
    return [
        (one, other)
        for one, other in combinations(dated, 2)
        if _latest_start(one) <= _earliest_end(other) and _latest_start(other) <= _earliest_end(one)
    ]


def _latest_start(phase: Phase) -> date:
    last = dates.parse(dates.write(phase.starts, phase.starts_precision), end=True)[0]
    return min(last, phase.ends) if phase.ends else last


def _earliest_end(phase: Phase) -> date:
    if phase.ends is None:
        return phase.starts
    return max(dates.parse(dates.write(phase.ends, phase.ends_precision))[0], phase.starts)
