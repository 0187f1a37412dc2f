"""The charts of a selection."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.presenters.chart_counts import charted
from partnerships.presenters.charts import charts_page
from partnerships.presenters.explore import views
from partnerships.presenters.facets import filters
from partnerships.selection import Selection
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def charts(request: HttpRequest, selection: Selection) -> HttpResponse:
    """Partnerships by year, country, area and model, and who does what: pictures with their numbers."""
    context = {
        "page": charts_page(selection),
        "filters": filters(selection, charted),
        "views": views(selection, "charts"),
        "selection": selection,
    }
    return render(request, "charts/charts.html", context)
