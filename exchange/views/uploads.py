"""Receiving a file: into memory while it is small, into a nameless file on the disk beyond that."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.request import UnreadablePostError

PIECE = 64 * 1024


class SpooledHandler(FileUploadHandler):
    """Keeps an upload in memory up to ``FILE_UPLOAD_MAX_MEMORY_SIZE``, then on the disk.

    Django's own handler gives the temporary file the ending that the upload had, which may be longer than a name on
    the disk can be. Here the name that somebody chose is never used for anything but to be shown.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.spool = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; no other handler gets it."""
        self.spool.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, read from its beginning."""
        self.spool.seek(0)
        return UploadedFile(self.spool, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Close what came of a file whose sender has gone; the system then frees its place."""
        self.spool.close()


def discard(request: HttpRequest, most: int) -> None:
    """Read and throw away what is being sent, at most so many bytes.

    A browser shows the answer to a request that it could send to its end. One that is cut off shows an error of its
    own, from which nobody learns that the file is too large.
    """
    try:
        while most > 0 and (piece := request.read(min(PIECE, most))):
            most -= len(piece)
    except (UnreadablePostError, OSError):
        return
