"""Markdown in templates: ``{{ text|markdown }}``."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from partnerships.markdown import render

register = template.Library()


@register.filter
def markdown(text: str | None) -> SafeString:
    """The text as HTML; nothing for nothing."""
    # The one place that calls text safe: nh3 has just parsed it and kept none but the tags and attributes on its list.
    return mark_safe(render(text or ""))  # noqa: S308
