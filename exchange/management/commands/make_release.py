"""``manage.py make_release``: freeze what is public as the next numbered release."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.releases.changes import Changes
from exchange.releases.making import Refused, make, preview
from exchange.releases.places import folder
from exchange.releases.words import changelog_body


class Command(BaseCommand):
    """Makes a release. It can be run again at any time; a release is never changed."""

    help = "Freeze everything that is published as the next numbered release, for good."

    def add_arguments(self, parser: CommandParser) -> None:
        """What is new, who says so, and whether it is only a trial."""
        parser.add_argument("--note", default="", help="what is new, in a sentence or two; shown to everybody")
        parser.add_argument("--by", metavar="EMAIL", help="the curator who makes it; kept, never shown")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and make nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or say what it would be."""
        try:
            if options["dry_run"]:
                counts, changes = preview()
                self._tell(counts, changes)
                return
            release = make(note=options["note"], by=_person(options["by"]))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(release.counts, Changes.from_dict(release.changes))
        self.stdout.write(
            _("Release %(n)s is made: %(folder)s") % {"n": release.number, "folder": folder(release.number)}
        )

    def _tell(self, counts: dict[str, int], changes: Changes) -> None:
        self.stdout.write("\n".join(changelog_body(counts, changes)))


def _person(email: str | None) -> User | None:
    if email is None:
        return None
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        raise Refused(_("Nobody has an account under %(email)s.") % {"email": email})
    return person
