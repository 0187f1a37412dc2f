"""``manage.py import_partnerships``: bring a file into the register, all of it or nothing."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.files import FileError
from exchange.importing import Refused, import_file

WIDTH = 40


class Command(BaseCommand):
    """Reads CSV, XLSX or the complete JSON."""

    help = "Bring a file of partnerships into the register. One fault, and nothing is written."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, ``--dry-run`` and ``--publish``."""
        parser.add_argument("file", type=Path, help="a CSV, XLSX or JSON file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--publish", action="store_true", help="show new records to the public at once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say what was done; end with 1 and every fault where something is wrong."""
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                done, counts, faults = import_file(
                    file, path.name, publish=options["publish"], dry_run=options["dry_run"], told=self._tell
                )
        except OSError as error:
            raise CommandError(_("The file cannot be read: %(fault)s") % {"fault": error.strerror}) from error
        except FileError as error:
            done, counts, faults = None, {}, error.faults
        except Refused as error:
            raise CommandError(" ".join(error.messages)) from error
        if faults:
            self._list(faults)
        self.stdout.write(_summary(counts))
        if done is None:
            self.stdout.write(_("Nothing was written: this was a trial."))

    def _list(self, faults: list[Fault]) -> None:
        for fault in faults:
            self.stderr.write(in_a_line(fault))
        raise CommandError(_("Nothing was written. Correct these rows and try again."))

    def _tell(self, done: int, records: int) -> None:
        """A bar where somebody is watching, and silence in a log."""
        if sys.stderr.isatty():
            filled = WIDTH * done // records
            end = "\n" if done == records else ""
            self.stderr.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} / {records}", ending=end)
            self.stderr.flush()


def in_a_line(fault: Fault) -> str:
    """A fault as "row 12, countries, “XX”: …", as far as each is known."""
    where = [_("row %(line)s") % {"line": fault.line}] if fault.line is not None else []
    where += [fault.column] if fault.column else []
    where += [f"“{fault.value}”"] if fault.value else []
    return f"{', '.join(where)}: {fault.reason}" if where else fault.reason


def _summary(counts: dict[str, int]) -> str:
    return _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % {
        name: counts.get(name, 0) for name in ("new", "changed", "unchanged")
    }
