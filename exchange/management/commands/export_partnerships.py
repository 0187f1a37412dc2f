"""``manage.py export_partnerships``: the register on standard output."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.export import STREAMS
from partnerships.models import Partnership

# What a program ends with that its reader left: 128 and the number of SIGPIPE.
READER_LEFT = 141


class Command(BaseCommand):
    """Writes published partnerships as one file."""

    help = "Write the published partnerships to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--format`` and ``--all``."""
        forms = "csv, xlsx: a table; json: everything"
        parser.add_argument("--format", choices=sorted(STREAMS), required=True, help=forms)
        parser.add_argument("--all", action="store_true", help="drafts and withdrawn records too; not for publication")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write in UTF-8 whatever the terminal speaks. A reader who leaves early (``| head``) is no fault."""
        if reconfigure := getattr(self.stdout, "reconfigure", None):
            reconfigure(encoding="utf-8", newline="")
        try:
            for piece in STREAMS[options["format"]](Partnership.objects.all(), hidden=options["all"]):
                self._write(piece)
            self.stdout.flush()
        except BrokenPipeError:
            # Python would complain when it flushes the closed pipe at exit; give it something else to flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(READER_LEFT) from None
        if options["all"]:
            self.stderr.write(_("This file holds drafts and withdrawn records. Do not publish it."))

    def _write(self, piece: str | bytes) -> None:
        if isinstance(piece, str):
            self.stdout.write(piece, ending="")
        elif (buffer := getattr(self.stdout, "buffer", None)) and not self.stdout.isatty():
            buffer.write(piece)
        else:
            raise CommandError(_("A workbook is no text. Send it to a file: … --format xlsx > partnerships.xlsx"))
