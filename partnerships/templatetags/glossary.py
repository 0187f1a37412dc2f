"""Words of the glossary in templates: ``{% term "lens" %}``, ``{% term "lens" "both lenses" %}``.

Inside ``blocktranslate``: ``{% term "lens" as lens %}{% blocktranslate %}The {{ lens }} …{% endblocktranslate %}``.
"""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from taxonomy.glossary import glossary_term

register = template.Library()
SEEN = "glossary_terms_seen"


@register.simple_tag(takes_context=True)
def term(context: Context, code: str, words: str = "") -> str:
    """A link to the word in the glossary where it comes first on the page, and plain words afterwards.

    ``words`` are shown instead of the word's own name. KeyError names an unknown code.
    """
    name = words or gettext(glossary_term(code).name)
    seen = _seen(context)
    url = "" if code in seen else f"{reverse('glossary')}#{code}"
    seen.add(code)
    return render_to_string("guide/_term.html", {"words": name, "url": url})


def _seen(context: Context) -> set[str]:
    """The codes used so far on the page: kept on the request, since included templates share nothing else."""
    request: Any = context.get("request")
    if request is None:
        return context.render_context.setdefault(SEEN, set())
    if not hasattr(request, SEEN):
        setattr(request, SEEN, set())
    return getattr(request, SEEN)
