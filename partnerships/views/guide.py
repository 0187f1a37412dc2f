"""The guide: how to read the matrix, what to ask, what the literature says, and the glossary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.presenters import glossary as glossary_presenter
from partnerships.presenters import guide as presenter
from partnerships.presenters import guide_literature as literature
from partnerships.presenters.guide_reading import reading, steps
from partnerships.presenters.metadata import of_glossary_page
from taxonomy.glossary import GLOSSARY

PAGES = {
    "reading": reading,
    "questions": literature.questions,
    "practice": literature.practice,
    "vehicles": literature.vehicles,
    "definitions": literature.definitions,
    "figures": literature.figures,
}


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The contents of the guide."""
    first, *others = presenter.contents()
    context = {"first": first, "contents": others, "steps": steps(), "roles": literature.role_links()}
    return render(request, "guide/index.html", context)


@require_safe
def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the guide."""
    if slug not in PAGES:
        raise Http404
    page = PAGES[slug]()
    return render(request, f"guide/{slug}.html", {"page": page, "frame": presenter.frame(slug, page.cited)})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word of the glossary."""
    cited = [word.citation for word in GLOSSARY.values()]
    context = {
        "letters": glossary_presenter.letters(),
        "frame": presenter.frame("glossary", cited),
        "metadata": of_glossary_page(),
    }
    return render(request, "guide/glossary.html", context)
