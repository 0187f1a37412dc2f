"""What filters read: one row for each value of each list-like property. Derived; ``partnerships.index`` keeps it."""

from django.db import models

from partnerships.models.partnership import Partnership


class Facet(models.Model):
    """One value of one facet of a partnership.

    ``facet``: ``country`` (ISO 3166-1), ``area`` (COFOG; a group also counts for its division), ``kind`` (party kind
    taking part), ``stage``, ``nature``, ``tag`` or ``partner`` (what a partner is known by). ``move``, with the lens
    and "inferred" in the name where it is not the plain one: a move between phases in the notation of
    ``taxonomy.trajectories``. ``does`` ("task:kind": the adopted answers about the current phase say that this kind
    decides together or alone, or does the work) and ``answered`` ("1": there are such answers; a task: it has any among
    them). The lists on the partnership, its partners and phases are the record; this table only makes them countable,
    the same way on both databases.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=30)
    value = models.CharField(max_length=300)

    class Meta:
        """Each value once."""

        constraints = [models.UniqueConstraint(fields=["partnership", "facet", "value"], name="facet_once")]
        indexes = [models.Index(fields=["facet", "value", "partnership"], name="facet_value")]

    def __str__(self) -> str:
        """Facet and value."""
        return f"{self.facet}: {self.value}"
