"""Case pages, and pages of the organisations and sources behind them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from partnerships.models import Partnership, Source
from partnerships.presenters.cards import cards
from partnerships.presenters.case import case_page as present
from partnerships.presenters.case import case_queryset
from partnerships.presenters.metadata import of_case_page
from partnerships.selection import Selection
from partnerships.views.access import may_edit, may_log
from partnerships.views.doors import may_assess
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def case_page(request: HttpRequest, selection: Selection, slug: str) -> HttpResponse:
    """The page of one published partnership."""
    partnership = get_object_or_404(case_queryset(), slug=slug)
    asked = request.user.is_authenticated and may_log(request.user) and may_assess(request.user, partnership)
    page = present(partnership, inferred=selection.inferred, may_assess=asked)
    metadata = of_case_page(partnership, timezone.localdate())
    edit_url = reverse("revision-edit", args=[slug]) if may_edit(request.user, partnership) else ""
    context = {"partnership": partnership, "page": page, "metadata": metadata, "edit_url": edit_url}
    return render(request, "partnerships/case.html", context)


@require_safe
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation that takes part in something published, and in what."""
    partnerships = Partnership.objects.published().filter(partners__organisation__slug=slug).distinct()
    if not partnerships.exists():
        raise Http404
    organisation = get_object_or_404(Organisation, slug=slug)
    rows = cards(partnerships.order_by("search_title", "pk").with_current_phase())
    return render(request, "partnerships/organisation.html", {"organisation": organisation, "cards": rows})


@require_safe
def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A source, its full reference, and what in the register leans on it."""
    source = get_object_or_404(Source.objects.public(), slug=slug)
    published = Partnership.objects.published()
    used = (
        published.filter(pk__in=source.statements.values("partnership"))
        | published.filter(pk__in=source.evidence.values("partnership"))
        | published.filter(pk__in=source.checklist_items.values("phase__partnership"))
    )
    rows = cards(used.order_by("search_title", "pk").with_current_phase())
    return render(request, "partnerships/source.html", {"source": source, "cards": rows})
