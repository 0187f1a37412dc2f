"""Organisations and the people who sign in for them."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from accounts.roles import Role
from taxonomy.questions import PARTY_KINDS

KIND_CHOICES = [(kind.code, _(kind.name)) for kind in PARTY_KINDS]


class Organisation(models.Model):
    """A body that takes part in partnerships or keeps records of them.

    ``scheme`` and ``identifier`` follow org-id.guide: the code of a register (such as ``GB-CHC``, the charity register
    of England and Wales) and the number there.
    """

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address on the site"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    country = CountryField(_("country"), blank=True)
    scheme = models.CharField(_("register (org-id code)"), max_length=20, blank=True)
    identifier = models.CharField(_("number in that register"), max_length=60, blank=True)
    website = models.URLField(_("website"), blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    history = HistoricalRecords()

    class Meta:
        """Names may repeat (two parishes of one name); the slug tells them apart."""

        ordering = ["name"]
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(
                name="organisation_kind_known",
                condition=models.Q(kind__in=[code for code, _name in KIND_CHOICES]),
                violation_error_message=_("Choose one of the six kinds."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "identifier"],
                condition=~models.Q(identifier=""),
                name="organisation_identifier_once",
                violation_error_message=_("Another organisation has this number in this register."),
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's public page."""
        from django.urls import reverse

        return reverse("organisation", args=[self.slug])


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, *, role: str = Role.OFFICER, **fields) -> "User":
        """Save a user with one role; without a password the account waits for its set-password link."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.is_superuser = role == Role.ADMINISTRATOR
        user.save(using=self._db)
        user.groups.add(Group.objects.using(self._db or "default").get(name=role))
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """An administrator; what Django's own ``createsuperuser`` calls."""
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail whatever the capitals: people type them as they like."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail address is the name they sign in with."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("organisation"),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick to close the account. What the person did stays on record.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        """One account for an address, whatever its capitals."""

        ordering = ["email"]
        verbose_name = _("user")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is an account with this e-mail address already."),
            )
        ]

    def __str__(self) -> str:
        """The name where there is one, for colleagues; never shown to the public."""
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of the person's roles, read once a request."""
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def is_curator(self) -> bool:
        """Whether the person may publish, adopt and edit any record."""
        return self.is_active and (self.is_superuser or Role.CURATOR in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether Django admin lets the person in."""
        return self.is_curator
