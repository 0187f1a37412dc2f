"""``manage.py check_data``: say where the register breaks a rule that the database cannot keep."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.integrity import violations


class Command(BaseCommand):
    """Prints each violation in one line; with any, the exit code is 1."""

    help = "Check the register against the rules that the database cannot keep by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything."""
        found = 0
        for violation in violations():
            found += 1
            self.stdout.write(str(violation))
        if found:
            self.stderr.write(ngettext("%(n)d fault found.", "%(n)d faults found.", found) % {"n": found})
            raise SystemExit(1)
        self.stdout.write(_("The register is sound."))
