"""``manage.py load_library``: bring the bundled case library into the register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.formats.complete import FormatError
from exchange.load import Report, load_library
from partnerships.record import RecordError


class Command(BaseCommand):
    """Loads the library; run it again after each update of the software."""

    help = "Bring the bundled case library into the register. What people changed, withdrew or deleted stays."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        try:
            report = load_library()
        except (FormatError, RecordError) as error:
            raise CommandError(_("Nothing was loaded. %(fault)s") % {"fault": error}) from error
        self.stdout.write(summary(report))


def summary(report: Report) -> str:
    """A line of numbers, and a line for each group of records that the load left alone."""
    lines = [
        _("Library: %(new)d new, %(updated)d updated, %(unchanged)d unchanged, %(kept)d with changes kept.")
        % {
            "new": len(report.new),
            "updated": len(report.updated),
            "unchanged": len(report.unchanged),
            "kept": len(report.kept),
        }
    ]
    lines += [_("Kept as changed here: %(title)s (%(parts)s)") % {"title": title, "parts": ", ".join(parts)}
              for title, parts in report.kept]  # fmt: skip
    lines += [_("Deleted here, so left out: %(title)s") % {"title": title} for title in report.deleted]
    lines += [_("Left out, because another record has its address: %(title)s") % {"title": title}
              for title in report.in_the_way]  # fmt: skip
    return "\n".join(lines)
