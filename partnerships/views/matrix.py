"""The matrix and its cells."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.presenters import cell as cell_presenter
from partnerships.presenters.citation import cite_selection
from partnerships.presenters.compare import compare_url
from partnerships.presenters.explore import views
from partnerships.presenters.facets import chips, filters, ways_out
from partnerships.presenters.home import featured, home_page
from partnerships.presenters.lessons import all_in, lessons_in
from partnerships.presenters.matrix import drawn
from partnerships.presenters.metadata import of_cell_page, of_matrix_page
from partnerships.selection import Selection
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def home(request: HttpRequest, selection: Selection) -> HttpResponse:
    """The matrix of the selection: the home page."""
    about = _("The numbers count what stands on the matrix, in one cell or in several.")
    column = filters(selection, drawn, about, with_years=True)
    page, today = home_page(selection, column.years), timezone.localdate()
    context = {
        "page": page,
        "filters": column,
        "views": views(selection, "matrix"),
        "compare_url": compare_url(selection),
        "cite": cite_selection(selection, page.total, today),
        "metadata": of_matrix_page(selection, page.total, today),
        "selection": selection,
    }
    if page.empty:
        context["ways_out"] = ways_out(selection)
    if not selection.active:
        context["featured"] = featured()
    return render(request, "matrix/home.html", context)


@require_safe
@with_selection
def cell_page(request: HttpRequest, selection: Selection, number: int) -> HttpResponse:
    """What a cell means, and the partnerships in it."""
    if not 1 <= number <= 9:
        raise Http404
    here = cell_presenter.placed_here(number, selection)
    context = {
        "cell": cell_presenter.cell_page(number, selection),
        "here": here,
        "cards": here.first,
        "count": here.count,
        "perhaps": cell_presenter.perhaps(number, selection),
        "others": cell_presenter.others_in(number, selection),
        "moves": cell_presenter.moves_here(number, selection),
        "areas": cell_presenter.areas_here(number, selection),
        "lessons": lessons_in(selection, number),
        "lessons_url": all_in(selection, number),
        "chips": chips(selection),
        "metadata": of_cell_page(selection, number),
        "selection": selection,
    }
    return render(request, "matrix/cell.html", context)
