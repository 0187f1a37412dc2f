"""What several public views do alike."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partnerships.selection import InvalidSelection, Selection, select


def with_selection(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the selection of the query string; where it makes none, answer 400 with the faults in words."""

    @wraps(view)
    def read(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            selection: Selection = select(request.GET)
        except InvalidSelection as fault:
            return render(request, "400.html", {"errors": fault.errors, "back": request.path}, status=400)
        return view(request, selection, *args, **kwargs)

    return read
