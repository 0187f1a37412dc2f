"""Likely duplicates while somebody logs a partnership: beside the form, and on a page after it was saved."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from partnerships import actions
from partnerships.duplicates import Alike, alike, known_to, undecided
from partnerships.forms.steps import STEPS
from partnerships.forms.values import Values
from partnerships.models import Partnership
from partnerships.presenters.alike import AlikeBox, AlikeRow, Words, advice, row, ways
from partnerships.presenters.journey import comes_from_check, from_check
from partnerships.views.access import find_draft, for_officers, may_edit, may_log
from partnerships.views.doors import may_assess
from taxonomy.questions import PARTY_KINDS
from taxonomy.vocabulary import COUNTED_UNITS

# What of a record others are looked for by.
TOLD = ("title", "place", "country")
# A form asks on every page load; of what is typed, no more is read than a record can hold.
MOST_TITLE, MOST_PLACE = 200, 150


# ---- Beside the form ---------------------------------------------------------------------------------


@require_POST
def alike_part(request: HttpRequest) -> HttpResponse:
    """What the register has that is like what is being typed; and a person's word on it, which is kept.

    Answers 204 where the page shows just that already, and 401 to somebody who was signed out.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if not may_log(request.user):
        raise PermissionDenied
    draft = _draft(request)
    words, noted = words_in(request.POST), ""
    if other := _spoken_of(request):
        same = "say_same" in request.POST
        words = _said(request, draft, other, words, same=same)
        noted = _noted(other, same=same)
    found = _look_up(request.user, draft, words, **_typed(request.POST, draft))
    shown = sorted(str(one.partnership.uuid) for one in found)
    if not noted and shown == sorted(request.POST.getlist("alike_shown")):
        return HttpResponse(status=204)
    url = reverse("alike") + (f"?{urlencode({'draft': draft.uuid})}" if draft else "")
    rows = _rows(request.user, draft, found, words)
    return render(request, "log/_alike.html", {"box": AlikeBox(rows, url, words, noted)})


def _draft(request: HttpRequest) -> Partnership | None:
    """The open draft that is being edited, with its partners; None before the first save. Raises ``Http404``."""
    if "draft" not in request.GET:
        return None
    mine = Partnership.objects.editable_by(request.user).filter(revises__isnull=True).prefetch_related("partners")
    draft = get_object_or_404(mine, uuid=_uuid(request.GET["draft"]))
    if not draft.is_open:
        raise Http404
    return draft


def _spoken_of(request: HttpRequest) -> Partnership | None:
    """The record that somebody says something about. Of one that is not theirs to see, 404."""
    said = request.POST.get("say_same") or request.POST.get("say_not")
    return get_object_or_404(known_to(request.user), uuid=_uuid(said)) if said else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as unknown:
        raise Http404 from unknown


def _said(
    request: HttpRequest, draft: Partnership | None, other: Partnership, words: Words, *, same: bool
) -> Words:  # fmt: skip
    """Keep a word: with the draft, or before there is one in the form."""
    if draft is not None:
        _say(request, draft, other, same=same)
        return words
    apart, equal = ({*words.apart} - {str(other.uuid)}, {*words.same} - {str(other.uuid)})
    (equal if same else apart).add(str(other.uuid))
    return Words(tuple(sorted(apart)), tuple(sorted(equal)))


def _say(request: HttpRequest, draft: Partnership, other: Partnership, *, same: bool) -> None:
    try:
        actions.say_alike(one=draft, other=other, same=same, by=request.user)
    except actions.NotAllowed as refusal:
        raise Http404 from refusal


def _noted(other: Partnership, *, same: bool) -> str:
    words = _("Noted: “%(title)s” is the same.") if same else _("Noted: “%(title)s” is another partnership.")
    return words % {"title": other.title}


def _typed(sent: QueryDict, draft: Partnership | None) -> dict[str, object]:
    """What is in the form: names of partners where the page asks for them, and else those of the draft."""
    fields = [f"names_{kind.code}" for kind in PARTY_KINDS]
    lines = [line.lstrip("* ").strip() for name in fields for line in sent.get(name, "").splitlines()[:60]]
    if draft is not None and not any(name in sent for name in fields):
        lines = [partner.name for partner in draft.partners.all()]
    country = sent.get("country", "")
    return {
        "title": sent.get("title", "")[:MOST_TITLE],
        "place": sent.get("place", "")[:MOST_PLACE],
        "partner_names": lines,
        "countries": [country] if country else [],
    }


# ---- Looking for them, and showing them ---------------------------------------------------------------


def _look_up(user: User, draft: Partnership | None, words: Words, **described: object) -> list[Alike]:
    visible = known_to(user)
    if draft is not None:
        visible = undecided(visible, draft)
    if words.apart:
        visible = visible.exclude(uuid__in=words.apart)
    whole = draft.part_of if draft is not None and draft.part_of_id else None
    part_of = (whole.slug or str(whole.uuid)) if whole else ""
    return alike(**described, visible=visible, part_of=part_of, pk=draft.pk if draft else None)


def _like(user: User, draft: Partnership) -> list[Alike]:
    """What is like a draft as it is saved."""
    names = [partner.name for partner in draft.partners.all()]
    return _look_up(
        user, draft, Words(), title=draft.title, place=draft.place, partner_names=names, countries=draft.countries
    )


def _rows(user: User, draft: Partnership | None, found: list[Alike], words: Words) -> tuple[AlikeRow, ...]:
    return tuple(_row(user, draft, one, words) for one in found)


def _row(user: User, draft: Partnership | None, one: Alike, words: Words) -> AlikeRow:
    record = one.partnership
    if not (_is_same(one) or str(record.uuid) in words.same):
        return row(one, same=False)
    own = may_edit(user, record)
    links = tuple(ways(record, own=own, view_url=_view_url(user, record), draft=draft))
    return row(one, same=True, ways=links, advice=advice(record, own=own, saved=draft is not None))


def _is_same(one: Alike) -> bool:
    """Whether it was said to be the same."""
    return bool(getattr(one.partnership, "said_same", False))


def _view_url(user: User, record: Partnership) -> str:
    """Where the person may give a perspective on a published record without being invited; else ""."""
    if not record.is_published or record.unit not in COUNTED_UNITS or not may_assess(user, record):
        return ""
    phase = record.phases.filter(current=True).first()
    return reverse("assess-start", args=[record.slug, phase.pk]) if phase else ""


# ---- After saving ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def draft_alike(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the register has that is like a draft; a word on it is kept, and the page shown again."""
    draft = find_draft(request.user, uuid)
    if draft.revises_id is not None or not draft.is_open:
        return redirect("draft", uuid=uuid)
    if request.method == "POST":
        if other := _spoken_of(request):
            same = "say_same" in request.POST
            _say(request, draft, other, same=same)
            messages.success(request, _noted(other, same=same))
        return redirect(request.get_full_path())
    box = AlikeBox(_rows(request.user, draft, _like(request.user, draft), Words()))
    return render(request, "log/alike.html", {"draft": draft, "box": box, "next_url": _next(request, uuid)})


def _next(request: HttpRequest, uuid: UUID) -> str:
    """Where the form would have led."""
    if comes_from_check(request.GET):
        return reverse("draft-check", args=[uuid])
    step = request.GET.get("after", "")
    return reverse("draft-next", args=[uuid, step]) if step in (*STEPS, "all") else reverse("draft", args=[uuid])


def asked_first(
    request: HttpRequest, draft: Partnership, before: Values | None, now: Values, step: str
) -> str:  # fmt: skip
    """The page to show before going on: where the register has something like it that its keeper did not see yet.

    It is not asked again as long as title, place and country stay as they are. "" where there is nothing to ask.
    """
    due = {"same", "alike_due"} & request.POST.keys()
    changed = due or any((before or {}).get(name) != now.get(name) for name in TOLD)
    if draft.revises_id is not None or not changed:
        return ""
    shown = set(request.POST.getlist("alike_shown")) - set(request.POST.getlist("same"))
    if all(str(one.partnership.uuid) in shown for one in _like(request.user, draft)):
        return ""
    query = {} if "draft" in request.POST else {"after": step}
    url = f"{reverse('draft-alike', args=[draft.uuid])}{'?' if query else ''}{urlencode(query)}"
    if query and comes_from_check(request.GET):
        return from_check(reverse("draft-alike", args=[draft.uuid]))
    return url


# ---- Words before there is a draft -------------------------------------------------------------------


def words_in(sent: Mapping[str, str] | None) -> Words:
    """What a form says that came back, or that is being filled in."""
    if not isinstance(sent, QueryDict):
        return Words()
    return Words(*(tuple(filter(_is_uuid, sent.getlist(name)[:20])) for name in ("not_same", "same")))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def keep_words(request: HttpRequest, draft: Partnership) -> None:
    """Keep with a new draft what was said before it was saved; what can no longer be seen is passed over."""
    words = words_in(request.POST)
    others = known_to(request.user).filter(uuid__in=(*words.apart, *words.same)) if words != Words() else ()
    for other in others:
        if other.pk != draft.pk:
            actions.say_alike(one=draft, other=other, same=str(other.uuid) in words.same, by=request.user)
