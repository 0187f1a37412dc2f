"""Roles: what a person may do. A role is a group; administrators are superusers besides.

The table of who may do what is in ``docs/decisions.md`` (roles).
"""

from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The four kinds of account. Visitors have none."""

    OFFICER = "officer", _("Officer")
    RESEARCHER = "researcher", _("Researcher")
    CURATOR = "curator", _("Curator")
    ADMINISTRATOR = "administrator", _("Administrator")


# Curators keep everything about cases; they do not manage users and never delete organisations or history.
CURATED_APPS = ("partnerships",)


def create_roles(using: str = "default", **kwargs: Any) -> None:
    """Make the groups and give curators every permission on the register but to write history by hand.

    Runs after each migration; harmless twice.
    """
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    # Django makes the permissions of an application after this handler has run for it.
    for label in (*CURATED_APPS, "accounts"):
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    for code in Role.values:
        Group.objects.using(using).get_or_create(name=code)
    register = Permission.objects.using(using).filter(content_type__app_label__in=CURATED_APPS)
    # History is read, never written by hand.
    register = register.exclude(~Q(codename__startswith="view_"), content_type__model__startswith="historical")
    organisations = Permission.objects.using(using).filter(
        content_type__app_label="accounts", content_type__model="organisation"
    )
    curators = Group.objects.using(using).get(name=Role.CURATOR)
    curators.permissions.set([*register, *organisations.exclude(codename__startswith="delete")])
