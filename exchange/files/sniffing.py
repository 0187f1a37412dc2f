"""What a file is: told from its first bytes; the ending of its name may not say something else."""

import os
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.files.shapes import CSV, JSON, MAX_BYTES, XLSX, refused

HEAD = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# First bytes of what people upload by mistake, or others on purpose.
STRANGERS = (
    (b"MZ", gettext_lazy("a program")),
    (b"\x7fELF", gettext_lazy("a program")),
    (b"#!", gettext_lazy("a program")),
    (b"%PDF", gettext_lazy("a PDF document")),
    (b"{\\rtf", gettext_lazy("a text document")),
    (b"\x89PNG", gettext_lazy("a picture")),
    (b"\xff\xd8\xff", gettext_lazy("a picture")),
    (b"GIF8", gettext_lazy("a picture")),
    (b"\x1f\x8b", gettext_lazy("a packed file")),
    (b"7z\xbc\xaf", gettext_lazy("a packed file")),
    (b"Rar!", gettext_lazy("a packed file")),
    (b"BZh", gettext_lazy("a packed file")),
    (b"SQLite format 3", gettext_lazy("a database")),
)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ENDINGS = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": XLSX, ".json": JSON}
NAMES = {
    CSV: gettext_lazy("a CSV table"),
    XLSX: gettext_lazy("an XLSX workbook"),
    JSON: gettext_lazy("a JSON document"),
}


def form_of(file: BinaryIO, name: str, *, max_bytes: int = MAX_BYTES) -> str:
    """What the file is: "csv", "xlsx" or "json". Raises ``FileError`` for anything else.

    The content tells it. A name whose ending says something else is refused too (OWASP ASVS 5.2.2): whoever opens the
    file by its name would get another thing than we do.
    """
    _check_size(file, max_bytes)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    form = _form_of_content(head)
    ending = PurePath(name.replace("\\", "/").replace("\0", "")).suffix.lower()
    if ending in (".xlsm", ".xltm", ".xlsb", ".xls", ".ods") or (ending and ending not in ENDINGS):
        raise refused(_("A file with the ending “%(ending)s” is not read. Save it as XLSX or as CSV UTF-8.")
                      % {"ending": ending}, value=name)  # fmt: skip
    if ending and ENDINGS[ending] != form:
        raise refused(
            _("The name ends in “%(ending)s”, but the file is %(form)s. Give it the name that fits.")
            % {"ending": ending, "form": NAMES[form]},
            value=name,
        )
    return form


def _check_size(file: BinaryIO, max_bytes: int) -> None:
    file.seek(0, os.SEEK_END)
    size = file.tell()
    if not size:
        raise refused(_("The file is empty. Choose another one."))
    if size > max_bytes:
        megabytes = {"size": -(-size // 1_000_000), "most": max_bytes // 1_000_000}
        raise refused(
            _("The file has %(size)s MB; at most %(most)s MB are read. Split the table into several files.") % megabytes
        )


def _form_of_content(head: bytes) -> str:
    if head.startswith(ZIP):
        return XLSX
    if head.startswith(OLE):
        raise refused(
            _("This is a workbook in the old Excel format or one with a password. Save it as XLSX without a password.")
        )
    for mark, what in STRANGERS:
        if head.startswith(mark):
            raise refused(_("This is no table, but %(what)s. Choose a CSV, XLSX or JSON file.") % {"what": what})
    text = head if head.startswith(UTF_16) else head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        raise refused(
            _("This is a web page or XML and no table; perhaps the download failed. Save it as XLSX or CSV UTF-8.")
        )
    return JSON if text.startswith((b"{", b"[")) else CSV
