"""Pictures as files: their type and name, what stands in them, and what nobody can do with them."""

import html
import io
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from partnerships.pictures import png
from partnerships.pictures.png import PIXELS
from partnerships.pictures.text import SLACK, width
from partnerships.presenters.drawings import DRAWINGS
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
        assert image.width == PIXELS >= 1400
        assert image.height == pytest.approx(PIXELS * height / width, abs=1)
        assert image.info["dpi"][0] * 160 / 25.4 == pytest.approx(PIXELS, rel=0.001)
        assert image.getpixel((0, 0))[:3] == (255, 255, 255)


WITHOUT = "Counted with or without a position on the matrix."
READ_AS = {
    "matrix": "Lens: by profession. Inferred positions are not shown.",
    "trajectories": "Lens: by profession. Inferred positions are not shown.",
    "by-year": WITHOUT,
    "by-country": WITHOUT,
    "by-area": WITHOUT,
    "by-model": "Inferred positions are not shown.",
    "by-task": WITHOUT,
}


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.usefixtures("record")
def test_a_file_says_what_was_chosen_when_and_where_from(client: Client, name: str) -> None:
    with time_machine.travel("2026-03-09 12:00", tick=False):
        said = words(client.get(f"/pictures/{name}.svg?country=IT&area=10&lens=professional&sort=newest").content)

    for sentence in [
        "Selected: Italy; Social care and benefits.",
        READ_AS[name],
        "as of 9 March 2026.",
        "Licence: CC BY 4.0. Codebook 1.0.",
        "?country=IT&area=10&lens=professional",
    ]:
        assert sentence in said
    assert ("Lens" in said) is (name in ("matrix", "trajectories"))
    assert ("with or without" in said) is (READ_AS[name] == WITHOUT)
    assert "sort=" not in said
    assert "https://matrix.example/" in said


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("cell=5&lens=professional&inferred=1", "Lens: by profession. Inferred positions are shown."),
        ("model=full_co_production", "Inferred positions are not shown."),
    ],
)
@pytest.mark.usefixtures("record")
def test_where_a_filter_asks_for_places_every_file_says_how_they_are_read(
    client: Client, query: str, sentence: str
) -> None:
    said = words(client.get(f"/pictures/by-country.svg?{query}").content)

    assert sentence in said
    assert "with or without" not in said


@pytest.mark.parametrize("sign", ["W", "m", "%", "漢"])
def test_a_long_word_stays_inside_in_a_wider_typeface_too(client: Client, sign: str) -> None:
    page = fromstring(client.get(f"/pictures/by-year.svg?nation={quote(sign * 90)}").content)
    texts = [text for group in page.findall("{*}g") for text in group.findall("{*}text")]

    # In DejaVu Sans a line of W is 1.15 times as wide.
    assert sum((text.text or "").count(sign) for text in texts) >= 90
    for text in texts:
        assert float(text.get("x")) + 1.15 * width(text.text, 12) / SLACK < 720


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
    drawn: Callable = png.drawn

    def watched(wanted: dict[str, object]) -> bytes:
        asked.append(wanted["skip_system_fonts"])
        return drawn(wanted)

    monkeypatch.setattr(png, "drawn", watched)
    client.get("/pictures/matrix.png")
    client.get("/pictures/matrix.png?q=Ж")

    assert asked == [True, False]


def test_one_png_is_drawn_at_a_time_and_who_waits_too_long_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch, record: None
) -> None:
    monkeypatch.setattr(png, "WAIT", 0.01)
    meanwhile: list[HttpResponse] = []

    def slow(wanted: dict[str, object]) -> bytes:
        meanwhile.extend(Client().get(f"/pictures/matrix.{kind}") for kind in ("png", "svg"))
        return b"\x89PNG" + bytes(40)

    monkeypatch.setattr(png, "drawn", slow)
    first, second = client.get("/pictures/by-year.png"), client.get("/pictures/by-area.png")

    assert (first.status_code, second.status_code) == (200, 200)
    refused, svg = meanwhile[:2]
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert refused.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert refused.content.decode() == "Other pictures are being drawn just now. Try again in a few seconds."
    assert svg.status_code == 200


@pytest.mark.usefixtures("record")
def test_a_picture_that_takes_far_too_long_is_given_up_and_the_next_is_drawn(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(png, "LONGEST", 0.001)
        assert client.get("/pictures/matrix.png").status_code == 503

    assert client.get("/pictures/matrix.png").status_code == 200


@pytest.mark.usefixtures("record")
def test_links_to_pictures_keep_the_filters_and_nothing_else_and_are_not_for_robots(client: Client) -> None:
    query = "country=IT&lens=professional&inferred=1"

    for path in ("/", "/charts/"):
        page = client.get(f"{path}?{query}&sort=newest&facets=unit").content.decode()
        links = re.findall(r'<a [^>]*href="(/pictures/[^"]*)"([^>]*)>', page)
        assert links
        for url, attributes in links:
            assert html.unescape(url).partition("?")[2] == query
            assert 'rel="nofollow"' in attributes


def test_addresses_follow_the_setting(client: Client, settings: LazySettings, record: None) -> None:
    settings.SITE_URL = "https://elsewhere.example"

    assert "https://elsewhere.example/charts/" in words(client.get("/pictures/by-year.svg").content)
