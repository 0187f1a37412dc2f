"""When the public part of the register last changed, and what may be told from that alone.

HTTP counts in whole seconds. So a time is a weak proof that nothing has changed: only the very time that was given out
counts, and only once its second is over. The ``ETag`` of an answer is exact and has no such limits.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import http_date

from accounts.models import Organisation
from exchange.api.records import public_organisations
from exchange.models import Import
from partnerships.models import Assessment, Partnership, Source
from partnerships.models.partnership import PUBLISHED, WITHDRAWN
from partnerships.querysets import union

# What is withdrawn was public, and its going away is a change.
SEEN = (PUBLISHED, WITHDRAWN)
GONE = Q(history_type="-")


def last_public_change() -> datetime | None:
    """When anything that the public sees last changed, or ceased to be; a draft never counts.

    One time for all answers: a record may change by what another one, a source or an organisation becomes. The history
    is asked too, since what was deleted leaves nothing else. An import dates its lines when it makes them ready: what
    counts is when it was done, or undone.
    """
    given = Assessment.objects.submitted().filter(phase__partnership__in=Partnership.objects.published())
    sources = Source.history.filter(GONE | Q(id__in=Source.objects.public().values("pk")))
    # One that takes part in anything cannot be deleted.
    organisations = Organisation.history.filter(id__in=public_organisations().values("pk"))
    imports = Import.objects.filter(own_only=False)
    latest = [
        _latest(Partnership.objects.filter(status__in=SEEN), "updated_at"),
        _last_line(Partnership.history.filter(status__in=SEEN)),
        _latest(given, "submitted_at"),
        _latest(sources, "history_date"),
        _latest(organisations, "history_date"),
        _latest(imports, "applied_at"),
        _latest(imports, "undone_at"),
    ]
    return max((at for (at,) in union(latest) if at), default=None)


def _latest(rows: QuerySet, name: str) -> QuerySet:
    """The latest of a time, as a query of one row that can be joined with others."""
    return rows.order_by().values(all=Value(1)).annotate(at=Max(name)).values_list("at")


def _last_line(lines: QuerySet) -> QuerySet:
    """The time of the last line of a history, found by its key: lines are long, and there are more than of anything."""
    last = lines.order_by("-history_id").values("history_id")[:1]
    return lines.model.objects.filter(history_id__in=last).order_by().values_list("history_date")


def as_header(changed: datetime | None) -> str:
    """The time for ``Last-Modified``; "" in the second of the change itself, in which another one may follow."""
    return (
        http_date(changed.timestamp()) if changed and int(changed.timestamp()) < int(timezone.now().timestamp()) else ""
    )


def is_unchanged(request: HttpRequest, told: str) -> bool:
    """Whether ``If-Modified-Since`` alone proves that the reader has the answer of today.

    It must be the time that is told today: a later one is the reader's own clock, which knows nothing of what was on
    its way then.
    """
    return bool(told) and request.headers.get("If-Modified-Since") == told
