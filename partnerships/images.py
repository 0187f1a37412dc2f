"""Pictures of case studies: every upload is decoded and written anew before it is kept.

What leaves this module holds pixels and nothing else: no EXIF (the place where a picture was taken, the camera, the
author), no colour profile, no second image, no bytes after the end of the file that another program could read as
HTML, a script or an archive. Formats that can carry programs or fetch other files (SVG, PDF, EPS) are never opened.
"""

import secrets
import struct
import zlib
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from partnerships.models import CaseImage

# What Pillow calls the format, the ending of our file name and the content type. MPO is how many telephones write JPEG:
# an ordinary JPEG with a second picture behind it, which is left out here.
FORMATS = {
    "JPEG": ("jpg", "image/jpeg"),
    "MPO": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
}
CONTENT_TYPES = dict(FORMATS.values())
MAX_WIDTH = MAX_HEIGHT = 2400

# What Pillow raises for files that are broken, cut short or made to mislead it.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def reencode(upload: UploadedFile) -> ContentFile:
    """Decode an upload and write it anew under a random name, at most 2400 pixels wide and high.

    Sizes are checked before anything is decoded. Raises ``ValidationError`` with a sentence for people when the file is
    too large, has too many pixels, is no JPEG, PNG or WebP, or cannot be read to its end.
    """
    if upload.size > settings.IMAGE_MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than %(size)s. Save it smaller and try again.")
            % {"size": filesizeformat(settings.IMAGE_MAX_BYTES)}
        )
    try:
        return _write(_decode(upload))
    except BOMBS as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise ValidationError(_("This is not a picture that can be read. Choose a JPEG, PNG or WebP file.")) from error


def _decode(upload: UploadedFile) -> tuple[Image.Image, str]:
    """Read the first frame, turned the way the camera was held and no larger than is shown. Returns its ending too."""
    upload.seek(0)
    # Only the headers are read here; the list keeps Pillow from trying its dozens of other formats.
    picture = Image.open(upload, formats=["JPEG", "PNG", "WEBP"])
    ending, _content_type = FORMATS[picture.format]
    if picture.width * picture.height > settings.IMAGE_MAX_PIXELS:
        raise _too_many_pixels()
    picture.draft(None, (MAX_WIDTH, MAX_HEIGHT))  # a large JPEG is decoded small at once, which saves memory
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    return picture, ending


def _write(decoded: tuple[Image.Image, str]) -> ContentFile:
    picture, ending = decoded
    see_through = ending != "jpg" and ("transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA"))
    # A picture made of the bare pixels: whatever else Pillow read along with them stays behind.
    bare = picture.convert("RGBA" if see_through else "RGB")
    bare.info = {}
    written = BytesIO()
    if ending == "png":
        bare.save(written, "PNG", optimize=True)
    else:
        bare.save(written, "JPEG" if ending == "jpg" else "WEBP", quality=85)
    return ContentFile(written.getvalue(), name=f"{secrets.token_hex(16)}.{ending}")


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(number)s million pixels. Save it smaller and try again.")
        % {"number": settings.IMAGE_MAX_PIXELS // 1_000_000}
    )


def content_type(name: str) -> str:
    """The content type of a file that ``reencode`` named."""
    return CONTENT_TYPES[name.rpartition(".")[2]]


def forget_files(pictures: QuerySet[CaseImage]) -> None:
    """Remove the files of these pictures once the transaction that drops them has succeeded.

    Whoever deletes a case study, or a partnership with one, calls it first: the database deletes rows, never files.
    """
    for picture in pictures:
        storage, name = picture.image.storage, picture.image.name
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
