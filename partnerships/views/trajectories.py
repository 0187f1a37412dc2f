"""How partnerships moved between cells."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.presenters.explore import inferred, lenses, views
from partnerships.presenters.facets import ways_out
from partnerships.presenters.trajectories import filter_column, trajectories_page
from partnerships.presenters.transitions import concerned
from partnerships.selection import Selection
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def trajectories(request: HttpRequest, selection: Selection) -> HttpResponse:
    """The moves of a selection as arrows, in tables, and with the partnerships behind them."""
    page = trajectories_page(selection)
    context = {
        "page": page,
        "lenses": lenses(selection),
        "inferred": inferred(selection),
        "filters": filter_column(selection),
        "views": views(selection, "trajectories"),
        "selection": selection,
    }
    if page.empty and selection.active:
        context["ways_out"] = ways_out(selection, concerned)
    return render(request, "trajectories/index.html", context)
