"""The ZIP around an XLSX file: what its directory says is checked before anything is unpacked (attacks 70 to 72)."""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipExtFile, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from exchange.files.shapes import MAX_ENTRIES, MAX_UNPACKED, FileError, refused

# What ends a ZIP file: its own length with the longest comment, and what it says of the directory.
END, END_MARK, LONGEST_END = struct.Struct("<4s4H2LH"), b"PK\x05\x06", 22 + 65_535
LARGE_MARK = b"PK\x06\x07"
# A directory of so many entries, each with a name of a sensible length.
LARGEST_DIRECTORY = MAX_ENTRIES * 400
# Sheets of our own with thousands of rows alike shrink to a hundredth; a bomb to a thousandth.
MAX_RATIO, SMALL = 300, 1_000_000
ENCRYPTED = 0x1
# What reading a broken or hostile archive raises. A ``ValueError`` is a name, number or reference that makes no sense.
BROKEN = (
    BadZipFile, DefusedXmlException, EOFError, ExpatError, IndexError, KeyError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


@contextmanager
def archive(file: BinaryIO) -> Iterator[ZipFile]:
    """The archive, once its directory is known to be harmless. Raises ``FileError``, also for what breaks later on."""
    with plain_words():
        _check_end(file)
        with ZipFile(file) as opened:
            _check_directory(opened.infolist())
            yield opened


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn what goes wrong in an archive or its XML into a ``FileError``."""
    try:
        yield
    except FileError:
        raise
    except DefusedXmlException as error:
        raise refused(
            _("The workbook has a part that spreadsheets do not write (a document type). Save it anew.")
        ) from (error)
    except BROKEN as error:
        raise refused(_("The workbook is damaged. Open it in a spreadsheet and save it anew as XLSX.")) from error


def _check_end(file: BinaryIO) -> None:
    """Before ``zipfile`` reads the directory: how long it is, and that only one can be meant."""
    file.seek(0, os.SEEK_END)
    start = max(0, file.tell() - LONGEST_END)
    file.seek(start)
    tail = file.read()
    at = tail.find(END_MARK)
    if at < 0 or tail.count(END_MARK) != 1 or LARGE_MARK in tail[max(0, at - 20) : at]:
        raise BadZipFile
    _mark, _disk, _first, here, entries, size, _offset, _comment = END.unpack_from(tail, at)
    if max(here, entries) > MAX_ENTRIES or size > LARGEST_DIRECTORY:
        raise _too_large()


def _check_directory(entries: list[ZipInfo]) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large()
    if any(entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size) for entry in entries):
        raise _too_large()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise refused(_("The workbook has a password. Save it without one."))
    if len(set(names)) < len(names) or any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise BadZipFile
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise refused(_("The workbook has macros. Save it as XLSX, which has none."))
    if any("externallinks/" in name for name in names):
        raise refused(_("The workbook has links to other files. Paste their values, remove the links and save it."))
    if "[content_types].xml" not in names:
        raise refused(_("This is a packed file and no workbook. Save the table as XLSX or CSV UTF-8."))


def _too_large() -> FileError:
    return refused(
        _("The workbook unpacks to more than %(most)s MB. Copy only the table into a new one, or save it as CSV UTF-8.")
        % {"most": MAX_UNPACKED // 1_000_000}
    )


class Capped:
    """A part of the archive that ends in a ``FileError`` where it is longer than the directory allows."""

    def __init__(self, part: ZipExtFile | IO[bytes], most: int = MAX_UNPACKED) -> None:
        """``most``: bytes that may be read."""
        self.part, self.left = part, most

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self.part.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise _too_large()
        return data
