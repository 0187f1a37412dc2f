"""The register: models, rules of the record, pages, admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """The partnerships application."""

    name = "partnerships"
    verbose_name = _("The register")
