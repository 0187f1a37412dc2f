"""Dates known to the year, the month or the day. Ends are inclusive: "2014" ends on 31 December 2014."""

import calendar
import re
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

FORMATS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_SHAPE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def parse(text: str, *, end: bool = False) -> tuple[date | None, str]:
    """Read "2013", "2013-04" or "2013-04-01" into a date and its precision; "" gives ``(None, "")``.

    ``end`` takes the last day of the period instead of the first. Raises ``ValueError`` with a message for people.
    """
    text = text.strip()
    if not text:
        return None, ""
    match = _SHAPE.fullmatch(text)
    if not match:
        raise ValueError(_("Write a date as 2013, 2013-04 or 2013-04-01."))
    year, *rest = (int(part) for part in match.groups() if part is not None)
    try:
        return _edge(year, rest, end=end), ("year", "month", "day")[len(rest)]
    except ValueError as error:
        raise ValueError(_("“%(date)s” is not a date in the calendar.") % {"date": text}) from error


def _edge(year: int, rest: list[int], *, end: bool) -> date:
    month = rest[0] if rest else 12 if end else 1
    first = date(year, month, 1)
    if len(rest) == 2:
        return first.replace(day=rest[1])
    return first.replace(day=calendar.monthrange(year, month)[1]) if end else first


def in_future(day: date) -> bool:
    """Whether this day has not begun: neither here nor in universal time, in which assessments are dated."""
    return day > max(timezone.localdate(), timezone.now().date())


def write(day: date | None, precision: str) -> str:
    """The reverse of ``parse``."""
    # strftime drops leading zeros of early years on some systems; ISO text does not.
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]] if day else ""


def span(starts: str, ends: str) -> str:
    """A stretch of time for people: "2012 to 2014", "from 2012", "until 2014", or "" where nothing is known."""
    if starts and ends:
        return starts if starts == ends else _("%(start)s to %(end)s") % {"start": starts, "end": ends}
    if starts:
        return _("from %(start)s") % {"start": starts}
    return _("until %(end)s") % {"end": ends} if ends else ""
