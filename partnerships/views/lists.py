"""The list of everything in the register."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.filters import SORTS
from partnerships.presenters.cards import cards, found, page_links
from partnerships.presenters.citation import cite_selection
from partnerships.presenters.explore import views
from partnerships.presenters.facets import filters, ways_out
from partnerships.presenters.metadata import of_list_page
from partnerships.presenters.toggle import Toggle
from partnerships.selection import Selection
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def partnership_list(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Partnerships, counted or only listed, of the selection."""
    rows = selection.ordered().with_current_phase(selection.year)
    rows = rows if selection.search else rows.without_texts()
    page = Paginator(rows, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    count, today = page.paginator.count, timezone.localdate()
    context = {
        "cards": cards(page, selection.lens, inferred=selection.inferred, search=selection.search),
        "heading": found(count),
        "count": count,
        "cite": cite_selection(selection, count, today),
        "metadata": of_list_page(selection, count, page.number, today),
        "pages": page_links(page, selection),
        "filters": filters(selection, about=_("The numbers count every entry.")),
        "views": views(selection, "partnership-list"),
        "ways_out": () if count else ways_out(selection),
        "selection": selection,
        "sorts": [Toggle(str(label), selection.query(sort=code), code == selection.sort) for code, label in SORTS],
    }
    return render(request, "partnerships/list.html", context)
