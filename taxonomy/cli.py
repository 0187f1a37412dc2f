"""The commands of `python -m taxonomy`, as functions on streams.

`derive` reads one JSON object a line, `{"answers": {...}}` (other keys are ignored, empty
lines skipped), and writes one a line. `cells` prints the nine cells in both lenses.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .answers import AnswersError
from .cells import CELLS, Cell
from .codebook import CURRENT
from .lenses import LENSES, PROFESSIONAL, SECTOR, Lens


class LineError(ValueError):
    """A line that cannot be derived; the message names the line and the fault."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: JSON would silently keep the last one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise AnswersError("a key stands twice in one object")
    return found


def _answers(line: bytes) -> Any:
    """Read the answers out of one line."""
    try:
        record = json.loads(line.decode("utf-8"), object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise AnswersError(f"no JSON: {error.msg} at column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise AnswersError(f"no UTF-8: {error.reason} at byte {error.start + 1}") from error
    except RecursionError as error:
        raise AnswersError("nested too deeply") from error
    if not isinstance(record, dict) or "answers" not in record:
        raise AnswersError('expected an object with the key "answers"')
    return record["answers"]


def derive_lines(lines: Iterable[bytes]) -> Iterator[str]:
    """Yield one JSON text for each line; LineError at the first line that is wrong."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield json.dumps(CURRENT.derive(_answers(line)).as_dict())
        except ValueError as error:
            raise LineError(f"line {number}: {error}") from error


def _reading(cell: Cell, lens: Lens) -> dict[str, str]:
    """One cell in one lens."""
    design, delivery = cell.responsibilities(lens)
    label = lens.label(cell.number)
    return {
        "design": design,
        "delivery": delivery,
        "label": label.text,
        "note": label.note,
        "meaning": cell.plain_in(lens),
    }


def cells_as_dict() -> dict[str, object]:
    """Return the nine cells as `cells --json` writes them."""
    cells = [
        {
            "number": cell.number,
            "row": cell.row,
            "column": cell.column,
            "model": cell.model.code,
            "model_label": cell.model.label,
            "gloss": cell.gloss,
            "sector": _reading(cell, SECTOR),
            "professional": _reading(cell, PROFESSIONAL),
        }
        for cell in CELLS
    ]
    lenses = {
        code: {"name": lens.name, "citation": lens.citation, "numbering": lens.numbering}
        for code, lens in LENSES.items()
    }
    return {"codebook": CURRENT.version, "lenses": lenses, "cells": cells}


def cells_as_table() -> Iterator[str]:
    """Yield the lines of the readable table, one lens after the other."""
    for lens in LENSES.values():
        yield f"{lens.name}. {lens.question}"
        yield f"Source: {lens.citation}. {lens.numbering}"
        for cell in CELLS:
            label = lens.label(cell.number)
            note = f" [{label.note}]" if label.note else ""
            yield f"  {cell.number}  {label.text}{note}"
            yield f"     {cell.plain_in(lens)}"
        yield ""


def _parser() -> argparse.ArgumentParser:
    """The two commands."""
    parser = argparse.ArgumentParser(prog="python -m taxonomy", description="The co-production matrix without Django.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("derive", help="read answers as JSON lines, write cells as JSON lines")
    cells = commands.add_parser("cells", help="print the nine cells")
    cells.add_argument("--json", action="store_true", help="as one JSON object")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, or 1 after one line on standard error about bad input."""
    options = _parser().parse_args(arguments)
    if options.command == "derive":
        lines: Iterable[str] = derive_lines(sys.stdin.buffer)
    elif options.json:
        lines = [json.dumps(cells_as_dict(), indent=2)]
    else:
        lines = cells_as_table()
    try:
        for line in lines:
            sys.stdout.write(f"{line}\n")
    except LineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
