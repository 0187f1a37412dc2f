"""Django admin under the register's own name."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class RegisterAdminSite(admin.AdminSite):
    """The curators' workplace. Only curators and administrators get in."""

    site_header = _("Co-production Matrix")
    site_title = _("Co-production Matrix")
    index_title = _("Curators’ workplace")
    site_url = "/"
    enable_nav_sidebar = False


class RegisterAdminConfig(AdminConfig):
    """Puts the site above in the place of Django's own."""

    default_site = "config.admin.RegisterAdminSite"
