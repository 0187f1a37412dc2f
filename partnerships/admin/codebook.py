"""What the codebook in use would make of assessments that were made under another version. Nothing is changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.admin.history import number
from partnerships.models import Assessment
from partnerships.positions import LensPosition
from partnerships.presenters.position import PositionView, position_view
from partnerships.results import outcome_of, result_of
from taxonomy import codebook
from taxonomy.answers import AnswersError
from taxonomy.derivation import NOBODY, OUTSIDE
from taxonomy.lenses import LENSES, Lens

# A page ends after so many assessments that come out differently, or so many that were compared: each costs a third of
# a millisecond, and a list of thousands is read by nobody.
LISTED, COMPARED, CHUNK = 50, 2000, 200


@dataclass(frozen=True)
class LensChange:
    """One lens: what came out then, and what would come out now."""

    name: str
    then: PositionView
    now: PositionView

    @property
    def same(self) -> bool:
        """Whether it says the same either way."""
        return self.then == self.now


@dataclass(frozen=True)
class Change:
    """An assessment that would come out differently; ``fault`` says why its answers cannot be read any more."""

    row: Assessment
    lenses: tuple[LensChange, ...]
    fault: str = ""


@dataclass(frozen=True)
class Comparison:
    """A stretch of the assessments: the first and the last compared, of how many, and where the next begins."""

    version: str
    total: int
    first: int
    last: int
    changes: tuple[Change, ...]
    next: int | None


def earlier() -> QuerySet[Assessment]:
    """Signed assessments by answers, made under another version than the one in use."""
    rows = Assessment.objects.submitted().filter(method="guided").exclude(codebook=codebook.CURRENT.version)
    rows = rows.filter(phase__partnership__revises__isnull=True)
    return rows.order_by("pk")


def compare(after: int = 0) -> Comparison:
    """Compare from the assessment after this number on, until the page is full: in three queries."""
    rows = earlier()
    total, before = rows.count(), rows.filter(pk__lte=after).count() if after else 0
    changes: list[Change] = []
    compared, at = 0, after
    wanted = rows.filter(pk__gt=after).select_related("phase__partnership")[:COMPARED]
    for row in wanted.iterator(chunk_size=CHUNK):
        compared, at = compared + 1, row.pk
        changes += _change(row)
        if len(changes) == LISTED:
            break
    last = before + compared
    return Comparison(
        version=codebook.CURRENT.version,
        total=total,
        first=before + 1 if compared else 0,
        last=last,
        changes=tuple(changes),
        next=at if last < total else None,
    )


def _change(row: Assessment) -> Iterator[Change]:
    try:
        now = result_of(row, codebook.CURRENT.version)
    except AnswersError as error:
        yield Change(row, (), _("The codebook in use cannot read its answers: %(fault)s") % {"fault": error})
        return
    if outcome_of(row.result) != outcome_of(now):
        yield Change(row, tuple(_in_lens(row.result, now, lens) for lens in LENSES.values()))


def _in_lens(then: dict[str, Any], now: dict[str, Any], lens: Lens) -> LensChange:
    return LensChange(_(lens.name), *(position_view(_position(result[lens.code]), lens) for result in (then, now)))


def _position(result: dict[str, Any]) -> LensPosition:
    """A stored result of one lens as a position, with responsibilities only where it is settled.

    Results do not say that an axis may be in nobody's hands; where little else is left, nothing else can be meant.
    """
    members = {*result["cells"], *([OUTSIDE] if result["outside"] else [])}
    if not members or (len(members) == len(result["cells"]) == 1 and not result["settled"]):
        members.add(NOBODY)
    design, delivery = (result[axis][0] if result["settled"] else "" for axis in ("design", "delivery"))
    return LensPosition(design, delivery, frozenset(members))


class CodebookMixin:
    """The page that compares, mixed into the partnership's admin."""

    def codebook_urls(self) -> list[URLPattern]:
        """Its one address."""
        return [
            path("codebook/", self.admin_site.admin_view(self.codebook_view), name="partnerships_partnership_codebook")
        ]

    def codebook_view(self, request: HttpRequest) -> HttpResponse:
        """A stretch of the comparison; ``after`` in the address says where it begins."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Codebook"),
            "opts": self.opts,
            "comparison": compare(number(request.GET.get("after") or 0)),
        }
        return TemplateResponse(request, "admin/partnerships/partnership/codebook.html", context)
