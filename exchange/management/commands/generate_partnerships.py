"""``manage.py generate_partnerships``: fill a register of its own with made-up partnerships, to try or to measure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.synthetic import Refused, generate


class Command(BaseCommand):
    """Never part of setting up a site. The same number and seed make the same register everywhere."""

    help = "Add made-up partnerships, all tagged as synthetic. For trials and measurements, never for a public site."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, which ones, and whether they may stand beside real ones."""
        parser.add_argument("number", type=int, help="how many partnerships")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other ones (1)")
        parser.add_argument("--beside", action="store_true", help="even where real partnerships are published")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, all or none."""
        number = options["number"]
        if not 1 <= number <= 1_000_000:
            raise CommandError(_("Ask for at least 1 and at most 1,000,000 partnerships."))
        told = self._tell if options["verbosity"] > 1 else lambda done: None
        try:
            generate(number, options["seed"], beside=options["beside"], told=told)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        made = ngettext("%(n)d synthetic partnership made.", "%(n)d synthetic partnerships made.", number)
        self.stdout.write(made % {"n": number})

    def _tell(self, done: int) -> None:
        self.stdout.write(str(done))
