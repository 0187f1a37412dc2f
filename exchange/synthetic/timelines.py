"""When synthetic partnerships were what: their phases in time, without positions."""

from exchange.synthetic.chance import Chance
from exchange.synthetic.words import PHASES, PLANS
from partnerships import dates
from partnerships.models import Phase
from partnerships.models.phase import UNNAMED

FIRST_YEAR, LAST_YEAR = 1990, 2025
LENGTHS = {1: 62, 2: 24, 3: 10, 4: 4}
DATED, PLANNED, OPEN_ENDED = 0.8, 0.1, 0.06


def timeline(chance: Chance) -> list[Phase]:
    """One to four phases in their order: actual ones, and sometimes a planned one at the end."""
    number = max(LENGTHS) if chance.sure else chance.weighted(LENGTHS)
    planned = chance.share() < (PLANNED if number > 1 else PLANNED / 4)
    actual = number - planned
    spans = _spans(chance, actual) if chance.share() < DATED or chance.sure else [("", "")] * actual
    names = _names(chance, actual, dated=bool(spans and spans[0][0]))
    phases = [_phase(name, span) for name, span in zip(names, spans, strict=True)]
    if planned:
        when = str(chance.number(LAST_YEAR + 2, LAST_YEAR + 6)) if chance.share() < DATED else ""
        phases.append(_phase(chance.one_of(PLANS), (when, ""), planned=True))
    for order, phase in enumerate(phases, start=1):
        phase.order = order
    return phases


def _names(chance: Chance, number: int, *, dated: bool) -> list[str]:
    if number == 1:
        return [chance.one_of(PHASES) if dated else UNNAMED]
    first = chance.number(0, len(PHASES) - number)
    return list(PHASES[first : first + number])


def _spans(chance: Chance, number: int) -> list[tuple[str, str]]:
    """Starts and ends that follow each other; the last one mostly goes on."""
    if not number:
        return []
    lengths = [chance.number(1, 6) for _ in range(number)]
    latest = LAST_YEAR - sum(lengths[:-1])
    # More of what is written down is recent.
    year = FIRST_YEAR + int((latest - FIRST_YEAR + 1) * chance.share() ** 0.6)
    edges = [_edge(chance, year)]
    for length in lengths[:-1]:
        year += length
        edges.append(_edge(chance, year))
    ends = ["" if chance.share() < OPEN_ENDED else end for end, _start in edges[1:]]
    last = str(year + lengths[-1]) if chance.share() < 0.3 else ""
    return list(zip((start for _end, start in edges), [*ends, last], strict=True))


def _edge(chance: Chance, year: int) -> tuple[str, str]:
    """A change in this year: the last day of what was and the first of what comes, each as it may be known."""
    known_to = chance.weighted({"year": 60, "month": 25, "day": 15})
    if known_to == "year":
        return str(year - chance.number(0, 1)), str(year)
    month = chance.number(2, 12)
    if known_to == "month":
        return f"{year}-{month - 1:02}", f"{year}-{month:02}"
    day = chance.number(2, 28)
    return f"{year}-{month:02}-{day - 1:02}", f"{year}-{month:02}-{day:02}"


def _phase(name: str, span: tuple[str, str], *, planned: bool = False) -> Phase:
    starts, starts_precision = dates.parse(span[0])
    ends, ends_precision = dates.parse(span[1], end=True)
    return Phase(
        name=name, planned=planned, starts=starts, starts_precision=starts_precision,
        ends=ends, ends_precision=ends_precision,
    )  # fmt: skip
