"""The style guide: every partial on one page, for whoever changes one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.forms.styleguide import StyleGuideForm
from partnerships.presenters.styleguide import style_guide


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show partials and controls with made-up data; ``?errors`` shows the form as it comes back with errors."""
    form = StyleGuideForm({"kinds": ["public"]} if "errors" in request.GET else None)
    return render(request, "styleguide.html", {"guide": style_guide(), "form": form})
