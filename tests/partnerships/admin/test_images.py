"""Uploads of pictures: what is kept is pixels under a name of our own, and nothing that is no picture gets in."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from partnerships.images import CONTENT_TYPES, content_type, reencode


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    file = BytesIO()
    Image.new(mode, size, options.pop("colour", 0)).save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(content: bytes, name: str = "photo.jpg") -> Image.Image:
    file = reencode(upload(content, name))
    return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_the_three_formats_are_kept_as_they_are(kind: str, ending: str) -> None:
    file = reencode(upload(picture(kind)))

    assert file.name.endswith(f".{ending}")
    assert Image.open(BytesIO(file.read())).format == kind
    assert content_type(file.name) == f"image/{kind.lower()}"


def test_where_and_when_a_picture_was_taken_goes() -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "A. Nonymous"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (45.0, 32.0, 24.0)

    for kind in ("JPEG", "PNG", "WEBP"):
        original = picture(kind, exif=exif)
        assert b"Nonymous" in original
        file = reencode(upload(original)).read()
        assert b"Nonymous" not in file
        assert not Image.open(BytesIO(file)).getexif()


def test_comments_profiles_and_texts_go() -> None:
    words = PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")

    assert b"script" not in reencode(upload(picture("PNG", pnginfo=words))).read()
    assert b"script" not in reencode(upload(picture("JPEG", comment=b"<script>"))).read()
    assert b"profile-bytes" not in reencode(upload(picture("JPEG", icc_profile=b"profile-bytes"))).read()


def test_the_way_the_camera_was_held_is_applied() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6

    assert kept(picture(size=(60, 40), exif=exif)).size == (40, 60)


@pytest.mark.parametrize(
    ("size", "result"), [((4800, 100), (2400, 50)), ((100, 4800), (50, 2400)), ((2400, 10), (2400, 10))]
)
def test_large_pictures_shrink(size: tuple[int, int], result: tuple[int, int]) -> None:
    for kind in ("JPEG", "PNG"):
        assert kept(picture(kind, size)).size == result


@pytest.mark.parametrize(
    ("kind", "mode", "result"),
    [
        ("JPEG", "CMYK", "RGB"), ("JPEG", "L", "RGB"), ("PNG", "RGBA", "RGBA"), ("PNG", "P", "RGB"),
        ("PNG", "LA", "RGBA"), ("PNG", "1", "RGB"), ("WEBP", "RGBA", "RGBA"),
    ],
)  # fmt: skip
def test_every_kind_of_colour(kind: str, mode: str, result: str) -> None:
    colour = {"RGBA": (9, 9, 9, 9), "LA": (9, 9), "CMYK": (9, 9, 9, 9)}.get(mode, 0)

    assert kept(picture(kind, mode=mode, colour=colour)).mode == result


def test_a_moving_picture_stops_at_its_first_frame() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])

    assert getattr(kept(file.getvalue()), "n_frames", 1) == 1


def test_attack_75_names_are_the_register_s_own() -> None:
    names = {
        reencode(upload(picture(), name)).name
        for name in ("../../x.jpg", "C:\\x.jpg", "a" * 300 + ".jpg", "😀.jpg", "x.php", "x.svg", ".htaccess")
    }

    assert len(names) == 7
    assert all(len(name) == 36 and name.endswith(".jpg") for name in names)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"<html><script>alert(1)</script></html>",
        SVG,
        b"GIF89a" + b"\0" * 50,
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("PPM"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"%PDF-1.4",
        b"MZ" + b"\0" * 100,
        picture()[:-200],
        picture("PNG")[:40],
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    ],
)
def test_attack_64_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="not a picture that can be read"):
        reencode(upload(content, "photo.png"))


@pytest.mark.parametrize(
    "make", [lambda: picture() + b"<script>alert(1)</script>", lambda: picture("PNG") + b"PK\3\4" + SVG]
)
def test_what_hangs_on_behind_a_picture_falls_off(make: Callable[[], bytes]) -> None:
    file = reencode(upload(make())).read()

    assert b"script" not in file
    assert b"svg" not in file


def test_files_over_the_limit_are_refused_unread(settings: Any) -> None:
    settings.IMAGE_MAX_BYTES = 1024

    with pytest.raises(ValidationError, match=r"larger than 1\.0"):
        reencode(upload(b"x" * 1025))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has this many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 5001), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_decompression_bombs_are_refused_before_they_are_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("it was decoded"))

    with pytest.raises(ValidationError, match=r"more than 40 million pixels|not a picture"):
        reencode(upload(bomb(*size)))


def test_every_ending_has_a_content_type() -> None:
    assert set(CONTENT_TYPES) == {"jpg", "png", "webp"}
