"""Filters that translate what the taxonomy marks, in the language of the request."""

from django import template
from django.utils.translation import gettext

from taxonomy.labels import label_of

register = template.Library()


@register.filter
def trans_noop(text: str) -> str:
    """Translate a marked string; an empty one stays empty."""
    return gettext(text) if text else ""


@register.filter
def term(code: str | None, name: str) -> str:
    """Translate the label of a code: `{{ unit|term:"UNITS" }}`; no code gives no text.

    An unknown code or list raises KeyError: the database holds known codes only.
    """
    return gettext(label_of(code, name)) if code else ""
