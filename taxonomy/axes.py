"""The two axes of the matrix: who is responsible for design, and who for delivery.

Source: the column and row titles of table 2 (see `citations.TABLE_2`).
"""

from enum import StrEnum

from .citations import TABLE_2
from .text import gettext_noop as _

CITATION = TABLE_2


class Axis(StrEnum):
    """Columns are design, rows are delivery; the codes are stored and exported."""

    DESIGN = "design"
    DELIVERY = "delivery"

    @property
    def label(self) -> str:
        """One word for headings."""
        return {Axis.DESIGN: _("Design"), Axis.DELIVERY: _("Delivery")}[self]

    @property
    def question(self) -> str:
        """What the axis asks, in plain words."""
        return {
            Axis.DESIGN: _("Who is responsible for designing the service?"),
            Axis.DELIVERY: _("Who is responsible for delivering the service?"),
        }[self]

    @property
    def help(self) -> str:
        """What counts as responsibility on this axis (codebook rules 2 and 7)."""
        return {
            Axis.DESIGN: _(
                "Deciding what it should achieve, how it works, what the plan says and "
                "whether it may start. Being consulted is not deciding."
            ),
            Axis.DELIVERY: _(
                "Running it day to day and doing the work. Paying for it, inspecting it or "
                "using it is not delivering it."
            ),
        }[self]
