"""Data for machines in templates: ``<script type="application/ld+json">{{ data|json_ld }}</script>``."""

import json
from typing import Any

from django import template
from django.utils.html import html_safe

register = template.Library()
# Inside a script element a browser looks for "</script" and "<!--" and reads no entities; in JSON, these signs may be
# written as escapes everywhere. The last two end a line in JavaScript, not in JSON.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&'\u2028\u2029"}


@html_safe
class JsonLd:
    """Data as JSON in which nothing can end the element around it."""

    def __init__(self, data: Any) -> None:
        """``data`` is made of dictionaries, lists, texts and numbers."""
        self.data = data

    def __str__(self) -> str:
        """The text."""
        return json.dumps(self.data, ensure_ascii=False).translate(ESCAPES)


@register.filter
def json_ld(data: Any) -> JsonLd:
    """The data as JSON for a script element; for nowhere else."""
    return JsonLd(data)
