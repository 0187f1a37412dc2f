"""A feed of what is new and changed in the register, for any filter (Atom, RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.models import Partnership
from partnerships.pictures.text import clean
from partnerships.presenters import words
from partnerships.presenters.cards import caption
from partnerships.presenters.citation import LICENCE, one_line, register_name, selection_url
from partnerships.presenters.filter_words import in_words
from partnerships.selection import Selection
from partnerships.views.shared import with_selection

MOST = 50
# A feed names the day of its last change, also where it holds nothing: then one that never moves.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Atom, whose own date says nothing of when it was read."""

    def latest_post_date(self) -> datetime:
        """The newest change in it."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@require_safe
@with_selection
def partnerships(request: HttpRequest, selection: Selection) -> HttpResponse:
    """The fifty published partnerships of the selection that changed last, the newest change first.

    Whoever has the same answer already, by its tag, is told so in its place (304). ``Last-Modified`` proves nothing:
    what is withdrawn or deleted leaves no newer entry. The moment of a change is ``updated_at``: drafts, proposed
    changes and what somebody is still answering lie in rows of their own and leave it alone.
    """
    rows = list(selection.partnerships.without_texts().order_by("-updated_at", "-pk")[:MOST])
    feed = atom(selection, rows)
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = tag = f'"{sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, tag, None, response)


def atom(selection: Selection, rows: list[Partnership]) -> Atom1Feed:
    """The feed of these partnerships."""
    chosen = in_words(selection)
    title = _("Co-production Matrix: new and changed partnerships")
    found = _Feed(
        title=one_line(f"{title}: {chosen}" if chosen else title),
        link=selection_url(selection),
        description=None,
        language=get_language(),
        author_name=register_name(),
        feed_url=settings.SITE_URL + reverse("feed") + selection.own_query,
        feed_copyright=LICENCE,
    )
    for row in rows:
        _add(found, row)
    return found


def _add(feed: Atom1Feed, row: Partnership) -> None:
    """One entry."""
    url = settings.SITE_URL + row.get_absolute_url()
    feed.add_item(
        title=one_line(row.title),
        link=url,
        # Readers show a summary as HTML.
        description=escape(clean(row.summary or caption(row))),
        unique_id=_tag(row),
        pubdate=row.published_at,
        updateddate=row.updated_at,
        categories=[words.area(code) for code in row.service_areas],
    )


def _tag(row: Partnership) -> str:
    """What names an entry for ever (RFC 4151): made of its address and its first publication, which never change."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{row.published_at:%Y-%m-%d}:{row.get_absolute_url()}"
