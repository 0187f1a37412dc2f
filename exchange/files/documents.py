"""Opening a complete record: one JSON document, small enough to be read as a whole."""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from exchange.faults import Fault
from exchange.files.shapes import JSON, MAX_BYTES, MAX_FAULTS, FileError, refused
from exchange.files.sniffing import form_of
from exchange.formats.complete import Document, FormatError, read

# Where a sentence of ``exchange.formats.shape`` says it is: "partnerships[3].phases[0].starts: …".
WHERE = re.compile(r"partnerships\[(\d+)\](?:\.([^\s:]+))?: (.*)", re.DOTALL)


def open_document(file: BinaryIO, name: str = "", *, max_bytes: int = MAX_BYTES) -> Document:
    """The document in a JSON file, with the shape of ``exchange.formats.complete``. Raises ``FileError``.

    A fault in a partnership has its number in the file, from 1, as its line, and the path of the field as its column.
    """
    if form_of(file, name, max_bytes=max_bytes) != JSON:
        raise refused(_("This is a table and no JSON document."))
    try:
        return read(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise refused(
            _("The document is not in UTF-8 from line %(line)s on. Save it in UTF-8.") % {"line": line}
        ) from error
    except FormatError as error:
        raise FileError(map(_fault, error.problems[:MAX_FAULTS])) from error


def _fault(sentence: str) -> Fault:
    found = WHERE.fullmatch(sentence)
    if not found:
        return Fault(None, "", "", sentence)
    field, fault = found[2] or "", found[3]
    reason = _("%(field)s: %(fault)s.") % {"field": field or _("The record"), "fault": fault}
    return Fault(int(found[1]) + 1, field, "", reason)
