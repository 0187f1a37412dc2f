"""The list of everything in the register."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.filters import SORTS, Selection
from partnerships.presenters.cards import cards, found, page_links
from partnerships.presenters.facets import filters
from partnerships.presenters.home import Toggle
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def partnership_list(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Partnerships, counted or only listed, of the selection."""
    page = Paginator(selection.ordered().with_current_phase(), settings.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "cards": cards(page, selection.lens, inferred=selection.inferred),
        "heading": found(page.paginator.count),
        "count": page.paginator.count,
        "pages": page_links(page, selection),
        "filters": filters(selection),
        "selection": selection,
        "sorts": [Toggle(str(label), selection.query(sort=code), code == selection.sort) for code, label in SORTS],
    }
    return render(request, "partnerships/list.html", context)
