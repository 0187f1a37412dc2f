"""Comparisons: partnerships side by side, and two selections against each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.forms.compare import CommonForm, PickForm, SideForm
from partnerships.presenters.compare import SIDES
from partnerships.presenters.compare_cases import MOST, compared, comparison
from partnerships.presenters.compare_offers import offer
from partnerships.presenters.compare_picker import Picked, picker
from partnerships.presenters.compare_selections import selections_page


@require_safe
def compare_cases(request: HttpRequest) -> HttpResponse:
    """Two to four published partnerships side by side, with a search for more."""
    form = PickForm(request.GET)
    valid = form.is_valid()
    inferred = form.cleaned_data.get("inferred") == "1"
    chosen = compared([slug for slug in form.asked[:MOST] if slug in form.slugs])
    picked = Picked(form.asked, chosen, form.cleaned_data.get("q", ""), inferred)
    context = {
        "form": form,
        "picked": picked,
        "picker": picker(picked),
        "page": comparison(chosen, inferred=inferred),
    }
    return render(request, "compare/cases.html", context, status=200 if valid else 400)


@require_safe
def compare_selections(request: HttpRequest) -> HttpResponse:
    """Two selections against each other, both in the address: ``a-…`` and ``b-…``."""
    offered = offer()
    common = CommonForm(request.GET)
    valid = common.is_valid()
    sides = [SideForm(request.GET, side, common=common.values, countries=offered.countries) for side in SIDES]
    valid = all(side.is_valid() for side in sides) and valid
    asked = any(side.typed for side in sides)
    context = {
        "common": common,
        "sides": sides,
        "examples": offered.examples,
        "page": selections_page(*(side.selection for side in sides)) if valid and asked else None,
    }
    return render(request, "compare/selections.html", context, status=200 if valid else 400)
