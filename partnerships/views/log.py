"""Logging a partnership: the form, the small matrix beside it, checking the answers, handing it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions
from partnerships.forms.draft import PartnershipForm, gaps_of
from partnerships.forms.values import Values, arguments, other_phases, starting_values, taken_over, values_of
from partnerships.models import Partnership
from partnerships.presenters import draft as presenter
from partnerships.presenters.answers import differences, gaps
from partnerships.views.access import find_draft, for_officers

# What a form was opened with comes back sealed, to tell what its sender changed where two people edit one draft.
OPENED = "partnerships.log.opened"
# Where a session keeps a form that arrived after it had ended, and how long that may be as it is sent.
TYPED = "typed"
MOST_KEPT = 40_000

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def keeps_typing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep what somebody sends whose session has ended, for after signing in."""

    @wraps(view)
    def check(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            typed = request.POST.urlencode()
            if len(typed) <= MOST_KEPT:
                request.session[TYPED] = {"path": request.path, "typed": typed}
                messages.info(request, _("You were signed out. Sign in again: what you typed is kept."))
        return view(request, *args, **kwargs)

    return check


@reads_and_posts
@keeps_typing
@for_officers
def partnership_new(request: HttpRequest) -> HttpResponse:
    """Log a partnership. The form carries the future draft's key, so that a second POST of it makes no second draft.

    The key stands in the address too: whoever goes back after saving comes to that draft, not to another new one.
    """
    if request.method == "POST":
        key = _key(request.POST) or uuid4()
        return _save(request, _own_draft_with(request, key), key)
    key = _key(request.GET)
    if key is None:
        return redirect(f"{reverse('partnership-new')}?{urlencode({'key': uuid4()})}")
    if typed := _remembered(request):
        key = _key(typed) or key
        return _restored(request, typed, _own_draft_with(request, key), key=key)
    if Partnership.objects.filter(uuid=key).exists():
        return redirect("draft-edit", uuid=key)
    form = PartnershipForm(values=starting_values(request.user), user=request.user)
    return _form_page(request, form, None, key=key)


@reads_and_posts
@keeps_typing
@for_officers
def draft_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit a draft, or a record that a curator sent back."""
    draft = find_draft(request.user, uuid)
    if request.method == "POST":
        return _save(request, draft, uuid)
    if not draft.is_open:
        messages.info(request, _("It has been handed in, so only a curator can change it now."))
        return redirect("draft", uuid=uuid)
    if typed := _remembered(request):
        return _restored(request, typed, draft)
    form = PartnershipForm(
        values=values_of(draft), user=request.user, other_phases=other_phases(draft), open_fold="more" in request.GET
    )
    return _form_page(request, form, draft)


@require_safe
def position_preview(request: HttpRequest) -> HttpResponse:
    """The small matrix for two responsibilities. Says nothing about anybody's record, so everybody may ask."""
    try:
        preview = presenter.preview(request.GET.get("design", ""), request.GET.get("delivery", ""))
    except ValueError as fault:
        return HttpResponse(str(fault), status=400, content_type="text/plain; charset=utf-8")
    return render(request, "log/_live.html", {"preview": preview})


@require_safe
@for_officers
def draft_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The answers of a draft before it is handed in, and what is missing."""
    draft = find_draft(request.user, uuid)
    if not draft.is_open:
        return redirect("draft", uuid=uuid)
    values = values_of(draft)
    page = presenter.draft_page(draft, values, gaps_of(values, request.user))
    return render(request, "log/check.html", {"draft": draft, "page": page})


@reads_and_posts
@for_officers
def draft_submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand a draft in (POST); afterwards the page that says what happens next (GET)."""
    draft = find_draft(request.user, uuid)
    if request.method == "POST" and draft.is_open:
        return _submit(request, draft)
    if draft.status == "submitted":
        return render(request, "log/submitted.html", {"draft": draft, "contact_email": settings.CONTACT_EMAIL})
    return redirect("draft-check" if draft.is_open else "draft", uuid=uuid)


def _submit(request: HttpRequest, draft: Partnership) -> HttpResponse:
    values = values_of(draft)
    errors = gaps_of(values, request.user)
    if errors:
        first = gaps(errors, reverse("draft-edit", args=[draft.uuid]))[0]
        messages.error(request, _("It is not complete yet. %(gap)s") % {"gap": first.text})
        return redirect(first.url)
    try:
        actions.submit(partnership=draft, by=request.user, version=_version(request.POST))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("draft-check", uuid=draft.uuid)
    return redirect("draft-submit", uuid=draft.uuid)


# ---- Signed out meanwhile ---------------------------------------------------------------------------


def _restored(
    request: HttpRequest, typed: QueryDict, draft: Partnership | None, *, key: UUID | None = None
) -> HttpResponse:
    """The form as it was sent when nobody was signed in any more, to be sent again."""
    form = PartnershipForm(
        typed,
        values=values_of(draft) if draft else starting_values(request.user),
        user=request.user,
        other_phases=other_phases(draft) if draft else (),
        lenient="draft" in typed,
    )
    return _form_page(request, form, draft, key=key, sent=typed, restored=True)


def _remembered(request: HttpRequest) -> QueryDict | None:
    """What this page was sent before its sender signed in again; handed out once."""
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(kept["typed"])


# ---- Saving the form -------------------------------------------------------------------------------


def _key(sent: QueryDict) -> UUID | None:
    """The key that a form or an address came with; None where that is none."""
    try:
        return UUID(sent.get("key", ""))
    except ValueError:
        return None


def _version(sent: Mapping[str, str]) -> int:
    """The version that the form was opened with; 0, which no record has, where that is no number."""
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _own_draft_with(request: HttpRequest, key: UUID) -> Partnership | None:
    """The draft that an earlier POST of the same form made. Another organisation's key gives 404, as elsewhere."""
    try:
        return find_draft(request.user, key)
    except Http404:
        if Partnership.objects.filter(uuid=key).exists():
            raise
        return None


def _save(request: HttpRequest, draft: Partnership | None, key: UUID) -> HttpResponse:
    """Save what was typed, as far as the button that was pressed asks for it to be complete."""
    lenient = "draft" in request.POST
    present = values_of(draft) if draft else starting_values(request.user)
    names = other_phases(draft) if draft else ()
    form = PartnershipForm(request.POST, values=present, user=request.user, other_phases=names, lenient=lenient)
    if draft and not draft.is_open:
        return _conflict(request, form, draft)
    if not (form.can_be_kept if lenient else form.is_valid()):
        return _form_page(request, form, draft, key=key, sent=request.POST, status=422)
    given = arguments(form, present)
    if draft is None:
        given["fields"]["uuid"] = key
    try:
        saved = actions.save_draft(by=request.user, partnership=draft, version=_version(request.POST), **given)
    except actions.NotAllowed:
        return _conflict(request, form, find_draft(request.user, key))
    except IntegrityError:
        if draft is not None or not Partnership.objects.filter(uuid=key).exists():
            raise
        # The same form arrived twice at once, and the other one was first.
        return _save(request, find_draft(request.user, key), key)
    return _after(request, form, saved, lenient=lenient)


def _after(request: HttpRequest, form: PartnershipForm, saved: Partnership, *, lenient: bool) -> HttpResponse:
    if form.errors:
        return _form_page(request, form, saved, status=422, kept=True)
    if lenient:
        messages.success(request, _("Your draft is saved."))
        return redirect("draft", uuid=saved.uuid)
    return redirect("draft-check", uuid=saved.uuid)


def _conflict(request: HttpRequest, form: PartnershipForm, draft: Partnership) -> HttpResponse:
    """Somebody saved the draft, or handed it in, since the form was opened: show both versions and lose neither."""
    saved = values_of(draft)
    form = _merged(request, form, draft, saved)
    different = differences(form.typed, saved)
    if draft.is_open and not different:
        return _after(request, form, draft, lenient="draft" in request.POST)
    last = draft.history.select_related("history_user").first()
    context = {"differences": different, "saved_by": last.history_user if last else None}
    if draft.is_open:
        return _form_page(request, form, draft, status=409, **context)
    context |= {"draft": draft, "contact_email": settings.CONTACT_EMAIL}
    return render(request, "log/closed.html", context, status=409)


def _merged(request: HttpRequest, form: PartnershipForm, draft: Partnership, saved: Values) -> PartnershipForm:
    """The form with what is saved now wherever its sender changed nothing since opening it."""
    try:
        opened = signing.loads(request.POST.get("opened", ""), salt=OPENED)
    except signing.BadSignature:
        return form
    typed = taken_over(form.typed, opened, saved)
    names = other_phases(draft)
    return PartnershipForm(typed, values=saved, user=request.user, other_phases=names, lenient=form.lenient)


def _sealed(draft: Partnership | None) -> str:
    """The answers of a draft in a form that nobody can change on the way; "" where there is none yet."""
    return signing.dumps(dict(values_of(draft)), salt=OPENED, compress=True) if draft else ""


def _form_page(
    request: HttpRequest, form: PartnershipForm, draft: Partnership | None, *, status: int = 200,
    key: UUID | None = None, sent: Mapping[str, str] | None = None, **context: object,
) -> HttpResponse:  # fmt: skip
    """The form, for a new partnership or for a draft; a new draft will begin at version 1.

    ``sent`` is the form that comes back unsaved: it stays the one that was opened then, whatever was saved since.
    """
    context |= {
        "form": form,
        "draft": draft,
        "key": key,
        "version": _version(sent) if sent is not None else draft.version if draft else 1,
        "opened": sent.get("opened", "") if sent is not None else _sealed(draft),
        "preview": presenter.preview_of(form.typed),
    }
    return render(request, "log/form.html", context, status=status)
