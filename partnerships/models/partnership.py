"""The partnership and who takes part in it."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from partnerships.models.fields import CodeField, CodesField, LinesField, codes_known, vocabulary_codes
from partnerships.querysets import PartnershipQuerySet
from taxonomy.vocabulary import UNITS

DRAFT, SUBMITTED, CHANGES_REQUESTED = "draft", "submitted", "changes_requested"
PUBLISHED, WITHDRAWN = "published", "withdrawn"
# Addresses under /partnerships/ that are pages of their own: a partnership of that name could not be reached.
RESERVED_SLUGS = frozenset({"new"})
# What the owning organisation may still change itself.
OPEN_STATUSES = (DRAFT, CHANGES_REQUESTED)


def is_address(slug: str) -> bool:
    """Whether a page at this slug can be reached: small letters, digits and hyphens, and no page's own name."""
    return re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", slug) is not None and slug not in RESERVED_SLUGS


class Partnership(models.Model):
    """What is described: a service, a programme, a component, or something that a source speaks of.

    It stands on the matrix through its current phase; see ``Phase``. Empty fields mean "not stated".
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("address on the site"), max_length=120, unique=True, null=True, blank=True,
        help_text=_("Given at the first publication and kept from then on."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    aliases = LinesField(_("other names"), help_text=_("One on each line."))
    summary = models.TextField(
        _("summary"), blank=True, max_length=1500, validators=[MaxLengthValidator(1500)],
        help_text=_("One to four sentences: what it is and for whom."),
    )  # fmt: skip
    narrative = models.TextField(_("more about it"), blank=True, max_length=20_000, help_text=_("Markdown."))
    unit = CodeField(_("what kind of thing it is"), vocabulary="UNITS")
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )

    countries = CodesField(_("countries"), vocabulary="COUNTRIES")
    nation = models.CharField(_("nation or region"), max_length=100, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    service_areas = CodesField(_("service areas"), vocabulary="AREAS", help_text=_("Divisions and groups of UN COFOG."))
    tags = LinesField(_("tags"), help_text=_("One on each line."))
    vehicle = CodeField(_("way of buying, funding or planning"), vocabulary="VEHICLES", blank=True)
    risk = CodeField(_("who carries the risk"), vocabulary="RISK_CARRIERS", blank=True)

    level = CodeField(_("level of power"), vocabulary="LEVELS_OF_POWER", blank=True)
    nature = CodesField(_("individual or collective"), vocabulary="NATURES")
    nature_basis = CodeField(_("what that rests on"), vocabulary="NATURE_BASES", blank=True)
    effect = CodeField(_("adds or replaces"), vocabulary="EFFECTS", blank=True)
    interaction = CodeField(_("relations or transactions"), vocabulary="INTERACTIONS", blank=True)
    stages = CodesField(_("stages of the service chain"), vocabulary="STAGES")
    design_approach = CodeField(_("how the design began"), vocabulary="DESIGN_APPROACHES", blank=True)
    reached = CodeField(_("who takes part"), vocabulary="REACHED", blank=True)
    definition = CodeField(_("definition used"), vocabulary="DEFINITIONS", blank=True)

    status = CodeField(_("status"), vocabulary="STATUSES", default=DRAFT, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships",
        verbose_name=_("kept by"), help_text=_("The organisation whose officers edit the draft. Empty: the library."),
    )  # fmt: skip
    # The draft in which the keepers of a published record write a proposed change of it (see Revision).
    revises = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="workspace"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    curator_note = models.TextField(_("what the curator asks"), blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    last_confirmed = models.DateField(_("last confirmed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    # Kept by partnerships.index: what search and sorting read.
    search_title = models.TextField(editable=False, default="")
    search_text = models.TextField(editable=False, default="")

    # Any: what as_manager makes has the verbs of the queryset, which the type of Manager does not tell.
    objects: Any = PartnershipQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_title", "search_text", "version"])

    class Meta:
        """Drafts are reached by ``uuid``; only what was published once has a slug."""

        ordering = ["title", "pk"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        indexes = [
            models.Index(fields=["status", "search_title", "id"], name="partnership_list"),
            # All that counting reads of a partnership, so that the rows with their texts are left alone.
            models.Index(
                fields=["status", "unit", "vehicle", "level", "effect", "risk", "reached"], name="partnership_counted"
            ),
            models.Index(fields=["organisation", "status"], name="partnership_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                name="partnership_status_known",
                condition=Q(status__in=[DRAFT, SUBMITTED, CHANGES_REQUESTED, PUBLISHED, WITHDRAWN]),
                violation_error_message=_("This is not a status of the register."),
            ),
            models.CheckConstraint(
                name="partnership_unit_known",
                condition=Q(unit__in=UNITS.codes),
                violation_error_message=_("Choose what kind of thing it is."),
            ),
            models.CheckConstraint(
                name="partnership_published_has_slug",
                condition=~Q(status=PUBLISHED) | Q(slug__isnull=False, published_at__isnull=False),
                violation_error_message=_("A published partnership has an address and a date of publication."),
            ),
            models.CheckConstraint(
                name="partnership_not_part_of_itself",
                condition=Q(part_of__isnull=True) | ~Q(part_of=models.F("pk")),
                violation_error_message=_("A partnership cannot be part of itself."),
            ),
            *codes_known(
                "partnership",
                vehicle="VEHICLES",
                risk="RISK_CARRIERS",
                level="LEVELS_OF_POWER",
                nature_basis="NATURE_BASES",
                effect="EFFECTS",
                interaction="INTERACTIONS",
                design_approach="DESIGN_APPROACHES",
                reached="REACHED",
                definition="DEFINITIONS",
            ),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    def get_absolute_url(self) -> str:
        """The case page once there is a slug, the draft's page before."""
        if self.slug and self.status == PUBLISHED:
            return reverse("partnership", args=[self.slug])
        return reverse("draft", args=[self.uuid])

    @property
    def is_published(self) -> bool:
        """Whether the public sees it."""
        return self.status == PUBLISHED

    @property
    def is_open(self) -> bool:
        """Whether its organisation may still change it."""
        return self.status in OPEN_STATUSES


class Partner(models.Model):
    """An organisation or a named group that takes part.

    ``roles`` are shown and never counted: paying, owning premises, referring, inspecting, investing, giving data.
    ``hybrid`` marks a body between the sectors, such as an arm's-length company or a staff mutual; it counts as its
    ``kind``, and ``note`` says why it was put there.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partner_in",
        verbose_name=_("organisation in the register"),
    )  # fmt: skip
    kind = CodeField(_("kind"), vocabulary="PARTY_KINDS")
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Organisations and groups only, never private people.")
    )
    lead = models.BooleanField(_("leads"), default=False)
    roles = CodesField(_("other roles, never counted"), vocabulary="ROLES")
    hybrid = models.BooleanField(_("between the sectors"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        """One entry for each kind and name."""

        ordering = ["partnership", "pk"]
        verbose_name = _("partner")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "name"],
                name="partner_once",
                violation_error_message=_("This partner is listed already."),
            ),
            models.CheckConstraint(
                name="partner_kind_known",
                condition=Q(kind__in=vocabulary_codes("PARTY_KINDS")),
                violation_error_message=_("Choose one of the six kinds."),
            ),
        ]

    def __str__(self) -> str:
        """The name, or the kind where there is none."""
        return self.name or self.get_kind_display()
