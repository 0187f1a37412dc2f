"""What case studies teach, by theme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.forms.lessons import ThemeForm
from partnerships.presenters.explore import views
from partnerships.presenters.lesson_filters import themed
from partnerships.presenters.lessons import lessons_page
from partnerships.selection import Selection
from partnerships.views.shared import with_selection


@require_safe
@with_selection
def lessons(request: HttpRequest, selection: Selection) -> HttpResponse:
    """The lessons of a selection, of all themes or of some."""
    form = ThemeForm(request.GET)
    if not form.is_valid():
        return render(request, "400.html", {"errors": form.sentences, "back": request.path}, status=400)
    page = lessons_page(themed(selection, form.themes))
    context = {
        "page": page,
        "filters": page.filters,
        "ways_out": page.ways_out,
        "views": views(selection, "lessons"),
        "selection": selection,
    }
    return render(request, "lessons/index.html", context)
