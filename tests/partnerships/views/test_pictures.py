"""Pictures as files: their type and name, what stands in them, and what nobody can do with them."""

import io
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.conf import LazySettings
from django.test import Client
from PIL import Image

from partnerships.pictures import DRAWINGS
from partnerships.pictures.png import PIXELS
from tests import factories

pytestmark = pytest.mark.django_db
ODD = "\x01\x0b\ufffe<&>\"'${x}{{ x }}{% x %}]]>--><!-- é 漢 Ж 👍 ܐ"


@pytest.fixture
def record() -> None:
    factories.partnership("Brescia", design="shared", delivery="shared", countries=["IT"], service_areas=["10"])


def words(svg: bytes) -> str:
    return " ".join(text.strip() for text in fromstring(svg).itertext() if text.strip())


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.usefixtures("record")
def test_every_drawing_is_a_file_of_its_own(client: Client, name: str) -> None:
    with time_machine.travel("2026-03-09 12:00", tick=False):
        response = client.get(f"/pictures/{name}.svg?country=IT&inferred=1")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Disposition"] == f'inline; filename="co-production-{name}-2026-03-09.svg"'
    assert fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.usefixtures("record")
def test_every_drawing_is_a_png_too_fit_for_a_paper(client: Client, name: str) -> None:
    response = client.get(f"/pictures/{name}.png?country=IT")
    svg = fromstring(client.get(f"/pictures/{name}.svg?country=IT").content)

    assert response.headers["Content-Type"] == "image/png"
    assert re.search(rf'filename="co-production-{name}-[0-9-]+\.png"', response.headers["Content-Disposition"])
    with Image.open(io.BytesIO(response.content)) as image:
        image.load()
        width, height = map(int, svg.get("viewBox").split()[2:])
        assert image.width == PIXELS >= 2000
        assert image.height == pytest.approx(PIXELS * height / width, abs=1)
        assert image.info["dpi"][0] * 160 / 25.4 == pytest.approx(PIXELS, rel=0.001)
        assert image.getpixel((0, 0))[:3] == (255, 255, 255)


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.usefixtures("record")
def test_a_file_says_what_was_chosen_when_and_where_from(client: Client, name: str) -> None:
    with time_machine.travel("2026-03-09 12:00", tick=False):
        said = words(client.get(f"/pictures/{name}.svg?country=IT&area=10&lens=professional&sort=newest").content)

    for sentence in [
        "Selected: Italy; Social care and benefits.",
        "Lens: by profession. Inferred positions are not shown.",
        "as of 9 March 2026.",
        "Licence: CC BY 4.0. Codebook 1.0.",
        "?country=IT&area=10&lens=professional",
    ]:
        assert sentence in said
    assert "sort=" not in said
    assert "https://matrix.example/" in said


@pytest.mark.usefixtures("record")
def test_a_file_says_when_everything_is_chosen_and_inferred_positions_are_shown(client: Client) -> None:
    said = words(client.get("/pictures/matrix.svg?inferred=1").content)

    assert "Selected: the whole register." in said
    assert "Inferred positions are shown." in said
    assert "1 partnership placed" in said


@pytest.mark.parametrize("path", ["/pictures/nothing.svg", "/pictures/matrix.gif", "/pictures/matrix.svg.png"])
def test_what_is_no_picture_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["country=XX", "year=12", "model=none", "cell=10", "does=run", "q=" + "x" * 500])
def test_bad_filters_are_answered_in_words(client: Client, query: str) -> None:
    response = client.get(f"/pictures/matrix.png?{query}")

    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.usefixtures("record")
def test_pictures_have_the_headers_of_the_site_and_leave_no_cookie(client: Client) -> None:
    for kind in ("svg", "png"):
        response = client.get(f"/pictures/matrix.{kind}")

        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert not client.cookies
        assert client.head(f"/pictures/matrix.{kind}").content == b""
        assert client.post(f"/pictures/matrix.{kind}").status_code == 405


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_text_of_anybody_breaks_a_file(client: Client, name: str) -> None:
    factories.partnership(ODD.replace("\x01", ""), design="shared", delivery="shared", nation="<svg onload=x>")
    search = quote(ODD.replace("\x00", ""))

    svg = client.get(f"/pictures/{name}.svg?q={search}&nation={quote('<svg onload=x>')}").content

    assert fromstring(svg) is not None
    assert b"<svg onload" not in svg
    assert b"<!--" not in svg
    assert "“<&>" in words(svg).replace(" ", "")
    assert client.get(f"/pictures/{name}.png?q={search}").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.usefixtures("record")
def test_a_file_refers_to_nothing_outside_itself(client: Client, name: str) -> None:
    svg = client.get(f"/pictures/{name}.svg").content

    for element in fromstring(svg).iter():
        assert element.tag.rpartition("}")[2] not in {"a", "image", "use", "script", "style", "foreignObject", "link"}
        assert not [key for key in element.attrib if key.endswith("href") or key == "style" or key.startswith("on")]
        assert not [value for value in element.attrib.values() if "url(" in value and not value.startswith("url(#")]


def test_a_huge_choice_of_filters_makes_a_picture_of_a_bearable_size(client: Client) -> None:
    countries = "&".join(f"nation={'x' * 90}{number}" for number in range(60))

    root = fromstring(client.get(f"/pictures/matrix.svg?{countries}&q={'w' * 100}").content)

    width, height = map(int, root.get("viewBox").split()[2:])
    assert height < 2 * width
    assert f"{'x' * 90}59" in root.findtext("{*}desc")


def test_a_sign_that_the_typeface_lacks_is_drawn_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, record: None
) -> None:
    asked: list[bool] = []
    drawn: Callable = __import__("resvg_py").svg_to_bytes

    def watched(**options: object) -> bytes:
        asked.append(options["skip_system_fonts"])
        return drawn(**options)

    monkeypatch.setattr("partnerships.pictures.png.resvg_py.svg_to_bytes", watched)
    client.get("/pictures/matrix.png")
    client.get("/pictures/matrix.png?q=Ж")

    assert asked == [True, False]


def test_addresses_follow_the_setting(client: Client, settings: LazySettings, record: None) -> None:
    settings.SITE_URL = "https://elsewhere.example"

    assert "https://elsewhere.example/charts/" in words(client.get("/pictures/by-year.svg").content)
