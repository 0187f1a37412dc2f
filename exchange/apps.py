"""The doors for data: formats, export, the bundled case library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """The exchange application."""

    name = "exchange"
    verbose_name = _("Data in and out")
