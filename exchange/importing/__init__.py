"""Bringing a file in: read it, compare it with the register step by step, take it over in one transaction, undo that.

``stage`` reads the file into the database. ``check`` compares some of its records with the register; it is called again
until the import is checked, by a browser or the shell, so that no request is long. ``apply`` takes everything over or
nothing. ``undo`` brings back what was before. Nothing public changes but through ``apply`` and ``undo``.
"""

from exchange.importing.applying import apply
from exchange.importing.checking import check, say_distinct, say_same
from exchange.importing.reach import Refused
from exchange.importing.shell import import_file
from exchange.importing.staging import forget, stage
from exchange.importing.undoing import undo

__all__ = ["Refused", "apply", "check", "forget", "import_file", "say_distinct", "say_same", "stage", "undo"]
