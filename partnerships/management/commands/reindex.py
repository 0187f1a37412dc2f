"""``manage.py reindex``: work the index of every record out anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from partnerships.index import reindex_all


class Command(BaseCommand):
    """Needed once after an update that changes what the index holds; does no harm at any other time."""

    help = "Work out anew what search, filters and counts read. Writes only what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every record."""
        number = reindex_all()
        self.stdout.write(ngettext("%(n)d record looked at.", "%(n)d records looked at.", number) % {"n": number})
