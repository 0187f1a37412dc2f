"""Opening a complete record: one JSON document, small enough to be read as a whole."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.files.shapes import JSON, MAX_BYTES, MAX_FAULTS, FileError, refused
from exchange.files.sniffing import form_of
from exchange.formats.complete import Document, FormatError, read
from partnerships.dates import in_future

# Where a sentence of ``exchange.formats.shape`` says it is: "partnerships[3].phases[0].starts: …".
WHERE = re.compile(r"partnerships\[(\d+)\](?:\.([^\s:]+))?: (.*)", re.DOTALL)


def open_document(file: BinaryIO, name: str = "", *, max_bytes: int = MAX_BYTES) -> Document:
    """The document in a JSON file, with the shape of ``exchange.formats.complete``. Raises ``FileError``.

    A fault in a partnership has its number in the file, from 1, as its line, and the path of the field as its column.
    """
    if form_of(file, name, max_bytes=max_bytes) != JSON:
        raise refused(_("This is a table and no JSON document."))
    try:
        document = read(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise refused(
            _("The document is not in UTF-8 from line %(line)s on. Save it in UTF-8.") % {"line": line}
        ) from error
    except FormatError as error:
        raise FileError(map(_fault, error.problems[:MAX_FAULTS])) from error
    if faults := list(islice(_to_come(document), MAX_FAULTS)):
        raise FileError(faults)
    return document


def _to_come(document: Document) -> Iterator[Fault]:
    """Days on which something was done, and which have not been."""
    reason = _("%(day)s is still to come. Write a day that has been, or leave it empty.")
    for number, record in enumerate(document["partnerships"], start=1):
        days = {"last_confirmed": record.get("last_confirmed")}
        for place, row in enumerate(record.get("assessments", [])):
            days[f"assessments[{place}].submitted"] = row.get("submitted")
        for field, day in days.items():
            if day and _in_future(day):
                yield Fault(number, field, day, reason % {"day": day})


def _in_future(text: str) -> bool:
    """Whether it is a day to come. What is no day at all is found where it is read."""
    try:
        day = parse_date(text)
    except ValueError:
        return False
    return day is not None and in_future(day)


def _fault(sentence: str) -> Fault:
    found = WHERE.fullmatch(sentence)
    if not found:
        return Fault(None, "", "", sentence)
    field, fault = found[2] or "", found[3]
    reason = _("%(field)s: %(fault)s.") % {"field": field or _("The record"), "fault": fault}
    return Fault(int(found[1]) + 1, field, "", reason)
