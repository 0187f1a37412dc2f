"""Registers the package with Django, so that its template tags and strings are found."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    """No models: categories are theory and live in code."""

    name = "taxonomy"
