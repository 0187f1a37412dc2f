"""What filters read: one row for each value of each list-like property. Derived; ``partnerships.index`` keeps it."""

from django.db import models

from partnerships.models.partnership import Partnership


class Facet(models.Model):
    """One value of one facet of a partnership.

    ``facet``: ``country`` (ISO 3166-1), ``area`` (COFOG; a group also counts for its division), ``kind`` (party kind
    taking part), ``stage``, ``nature`` or ``tag``. The lists on the partnership and its partners are the record; this
    table only makes them countable, the same way on both databases.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=10)
    value = models.CharField(max_length=300)

    class Meta:
        """Each value once."""

        constraints = [models.UniqueConstraint(fields=["partnership", "facet", "value"], name="facet_once")]
        indexes = [models.Index(fields=["facet", "value", "partnership"], name="facet_value")]

    def __str__(self) -> str:
        """Facet and value."""
        return f"{self.facet}: {self.value}"
