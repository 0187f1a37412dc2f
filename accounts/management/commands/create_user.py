"""Make an account from the shell, such as ``manage.py create_user ada@example.org --role officer``."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from accounts.links import set_password_link
from accounts.models import KIND_CHOICES, Organisation, User
from accounts.roles import Role


class Command(BaseCommand):
    """Prints the link with which the person chooses a password, or one random password."""

    help = "Make an account. Prints a set-password link, or for administrators a random password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Everything but the address and the role may be left out."""
        parser.add_argument("email")
        parser.add_argument("--role", required=True, help=", ".join(Role.values))
        parser.add_argument("--name", default="")
        parser.add_argument("--organisation", default="", metavar="NAME", help="made when the register lacks it")
        parser.add_argument("--kind", default="public", help=f"of a new organisation: {', '.join(_kinds())}")
        parser.add_argument("--password-once", action="store_true", help="print a random password instead of a link")
        parser.add_argument("--if-none", action="store_true", help="do nothing where an administrator exists")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account and print how to get in."""
        if options["if_none"] and User.objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write("There is an administrator already. Nothing was made.")
            return
        by_password = options["password_once"] or options["role"] == Role.ADMINISTRATOR
        password = secrets.token_urlsafe(15) if by_password else None
        user = create_user(
            email=options["email"], role=options["role"], name=options["name"], password=password,
            organisation=options["organisation"], kind=options["kind"],
        )  # fmt: skip
        self.stdout.write(f"Account: {user.email} ({Role(options['role']).label})")
        if password:
            self.stdout.write(f"Password, shown this once: {password}")
        else:
            hours = settings.PASSWORD_RESET_TIMEOUT // 3600
            self.stdout.write(f"Set-password link, good once and for {hours} hours: {set_password_link(user)}")


@transaction.atomic
def create_user(*, email: str, role: str, name: str, password: str | None, organisation: str, kind: str) -> User:
    """Check everything, then make the organisation where it is missing, and the account. Raises ``CommandError``."""
    if role not in Role.values:
        raise CommandError(f"There is no role “{role}”. Roles: {', '.join(Role.values)}.")
    fields = {"name": name, "organisation": _organisation(organisation, kind) if organisation else None}
    user = User(email=User.objects.normalize_email(email.strip()), **fields)
    try:
        user.full_clean(exclude=["password", "organisation"])
    except ValidationError as error:
        raise CommandError(_sentences(error)) from error
    return User.objects.create_user(user.email, password, role=role, **fields)


def _kinds() -> list[str]:
    return [code for code, _name in KIND_CHOICES]


def _organisation(name: str, kind: str) -> Organisation:
    """The organisation of this name or slug, made where there is none."""
    if kind not in _kinds():
        raise CommandError(f"There is no kind “{kind}”. Kinds: {', '.join(_kinds())}.")
    name = " ".join(name.split())
    found = list(Organisation.objects.filter(name__iexact=name)) or list(Organisation.objects.filter(slug=name))
    if len(found) > 1:
        slugs = ", ".join(sorted(organisation.slug for organisation in found))
        raise CommandError(f"Several organisations are called “{name}”. Name one by its slug: {slugs}.")
    if found:
        return found[0]
    organisation = Organisation(name=name, slug=_free_slug(name), kind=kind)
    try:
        organisation.full_clean()
    except ValidationError as error:
        raise CommandError(_sentences(error)) from error
    organisation.save()
    return organisation


def _free_slug(name: str) -> str:
    base = slugify(name)[:190].strip("-") or "organisation"
    slug, number = base, 1
    while Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _sentences(error: ValidationError) -> str:
    """All faults in one line, each with the name of its field."""
    return " ".join(
        message if field == "__all__" else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    )
