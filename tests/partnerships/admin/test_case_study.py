"""Case studies: writing, preview, pictures from the upload to the page."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from partnerships.models import CaseImage, CaseStudy, Partnership
from partnerships.models.partnership import DRAFT, PUBLISHED, WITHDRAWN
from tests.factories import case_study, partnership, picture, user

Typed = Callable[..., dict[str, Any]]
pytestmark = pytest.mark.django_db

ADD = "/admin/partnerships/casestudy/add/"


def change(study: CaseStudy) -> str:
    return reverse("admin:partnerships_casestudy_change", args=[study.pk])


def photo(name: str = "photo.png", size: tuple[int, int] = (8, 4)) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def files(settings: LazySettings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# ---- Writing -------------------------------------------------------------------------------------------


def test_a_case_study_is_written_from_its_partnership(desk: Client, typed: Typed) -> None:
    record = partnership("Villaggio")
    page = desk.get(reverse("admin:partnerships_partnership_change", args=[record.pk])).content.decode()
    assert f"{ADD}?partnership={record.pk}" in page

    data = typed(f"{ADD}?partnership={record.pk}")
    assert data["partnership"] == "villaggio"
    data |= {"headline": "Families and the city", "body": "Text", "featured": "on", "lessons-0-theme": "time"}
    data |= {"lessons-0-text": "It takes long."}
    assert desk.post(ADD, data).status_code == 302

    study = CaseStudy.objects.get()
    assert (study.partnership, study.featured) == (record, True)
    assert study.lessons.get().theme == "time"


def test_a_draft_has_no_address_and_goes_by_its_code(desk: Client, typed: Typed) -> None:
    record = partnership(status=DRAFT)
    data = typed(f"{ADD}?partnership={record.pk}") | {"headline": "H", "body": "B"}

    assert data["partnership"] == str(record.uuid)
    assert desk.post(ADD, data).status_code == 302


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"partnership": "nowhere"}, "Nothing in the register has this address"),
        ({"partnership": ""}, "Fill in “Partnership”."),
        ({"partnership": "taken"}, "already exists"),
        ({"headline": ""}, "Fill in “Headline”."),
        ({"body": "x" * 30_001}, "at most 30000 characters"),
        ({"lessons-0-theme": "time"}, "Fill in “Lesson”."),
        ({"lessons-0-theme": "weather", "lessons-0-text": "x"}, "Select a valid choice"),
    ],
)
def test_faults_are_said(values: dict[str, str], message: str, desk: Client, typed: Typed) -> None:
    record = partnership()
    case_study(partnership("Taken"))

    page = desk.post(ADD, typed(f"{ADD}?partnership={record.pk}") | {"headline": "H", "body": "B"} | values)

    assert page.status_code == 200
    assert message in page.content.decode()


def test_the_preview_shows_what_is_typed_and_saves_nothing(desk: Client) -> None:
    study = case_study(partnership(), headline="Saved", body="Saved text")
    study.lessons.create(theme="time", text="It takes long.")
    image = picture(study.partnership)
    url = reverse("admin:partnerships_casestudy_preview_of", args=[study.pk])
    evil = "**Bold** <script>alert(1)</script> [x](javascript:alert(1))"

    saved = desk.get(url).content.decode()
    page = desk.post(url, {"headline": "Typed", "body": evil}).content.decode()

    assert "Saved text" in saved
    assert "It takes long." in saved
    assert reverse("admin:partnerships_casestudy_picture", args=[image.pk]) in saved
    assert "<strong>Bold</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    study.refresh_from_db()
    assert study.headline == "Saved"


def test_the_second_of_two_savers_gets_everything_back(desk: Client, typed: Typed) -> None:
    study = case_study(partnership(), headline="Then")
    lesson = study.lessons.create(theme="time", text="It takes long.")
    mine = typed(change(study)) | {"headline": "Mine"}
    for theirs in (
        lambda: CaseStudy.objects.update(headline="Theirs"),
        lambda: study.lessons.filter(pk=lesson.pk).update(text="It takes very long."),
        lambda: picture(study.partnership),
    ):
        mine["opened_version"] = typed(change(study))["opened_version"]
        theirs()

        page = desk.post(change(study), mine)

        assert "Somebody else saved this record" in page.content.decode()
        assert page.context["adminform"].form["headline"].value() == "Mine"
        study.refresh_from_db()
        assert study.headline == "Theirs"

    mine["opened_version"] = page.context["adminform"].form["opened_version"].value()
    assert desk.post(change(study), mine).status_code == 302
    study.refresh_from_db()
    assert study.headline == "Mine"


def test_a_new_case_study_has_a_preview_too(desk: Client) -> None:
    page = desk.post(reverse("admin:partnerships_casestudy_preview"), {"headline": "New", "body": "*Text*"})

    assert "<em>Text</em>" in page.content.decode()
    assert not CaseStudy.objects.exists()


# ---- Pictures ------------------------------------------------------------------------------------------


@pytest.fixture
def with_picture(desk: Client, typed: Typed) -> Callable[..., Any]:
    """Post the form of a case study with a picture."""

    def post(study: CaseStudy, file: Any, **fields: str) -> Any:
        values = {"alt": "A garden", "credit": "CC BY", **fields}
        data = typed(change(study)) | {f"images-0-{name}": value for name, value in values.items()}
        return desk.post(change(study), {**data, "images-0-image": file} if file else data)

    return post


def test_a_picture_is_kept_under_a_name_of_our_own(with_picture: Callable[..., Any], settings: LazySettings) -> None:
    study = case_study(partnership())

    assert with_picture(study, photo("holiday in Brescia.png")).status_code == 302

    image = study.images.get()
    assert image.image.name.startswith("case-images/")
    assert "holiday" not in image.image.name
    assert (image.width, image.height, image.alt, image.credit) == (8, 4, "A garden", "CC BY")
    assert len(files(settings)) == 1


@pytest.mark.parametrize(
    ("file", "fields", "message"),
    [
        (None, {}, "Choose a picture."),
        (photo(), {"alt": ""}, "Fill in “What it shows”."),
        (photo(), {"credit": ""}, "Fill in “Credit”."),
        (SimpleUploadedFile("x.png", b"<svg onload=alert(1)>"), {}, "not a picture that can be read"),
        (SimpleUploadedFile("x.svg", b"<svg/>"), {}, "not a picture that can be read"),
        (SimpleUploadedFile("x.png", b""), {}, "The submitted file is empty."),
        (photo(size=(7000, 6000)), {}, "more than 40 million pixels"),
    ],
)
def test_what_is_wrong_with_a_picture_is_said_beside_it(
    file: Any, fields: dict[str, str], message: str, with_picture: Callable[..., Any], settings: LazySettings
) -> None:
    study = case_study(partnership())
    if file:
        file.seek(0)

    page = with_picture(study, file, **fields)

    assert page.status_code == 200
    assert message in page.content.decode()
    assert not CaseImage.objects.exists()
    assert files(settings) == []


def test_files_go_when_pictures_do(
    with_picture: Callable[..., Any], desk: Client, typed: Typed, settings: LazySettings,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    study = case_study(partnership())
    with_picture(study, photo())
    [first] = files(settings)

    with django_capture_on_commit_callbacks(execute=True):
        with_picture(study, photo())
    [second] = files(settings)
    assert second != first

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(change(study), typed(change(study)) | {"images-0-DELETE": "on"})
    assert files(settings) == []


@pytest.mark.parametrize("name", ["casestudy", "partnership"])
def test_files_go_with_the_whole(
    name: str, desk: Client, settings: LazySettings, django_capture_on_commit_callbacks: Any
) -> None:
    image = picture(partnership(status=DRAFT))
    row = image.case_study if name == "casestudy" else image.case_study.partnership
    assert len(files(settings)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse(f"admin:partnerships_{name}_delete", args=[row.pk]), {"post": "yes"})

    assert files(settings) == []


# ---- Handing pictures out --------------------------------------------------------------------------------


def public(image: CaseImage) -> str:
    return reverse("case-image", args=[image.case_study.partnership.slug, image.pk])


def test_pictures_of_published_partnerships_are_for_everybody(client: Client, desk: Client) -> None:
    image = picture(partnership())

    answer = client.get(public(image))

    assert answer.getvalue() == Path(image.image.path).read_bytes()
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("status", [DRAFT, WITHDRAWN])
def test_attack_16_pictures_of_other_records_are_for_curators(status: str, client: Client, desk: Client) -> None:
    record = partnership(status=status, slug="canary")
    image = picture(record)
    officer = Client()
    officer.force_login(user(Role.OFFICER, organisation=record.organisation))

    assert client.get(public(image)).status_code == 404
    assert officer.get(public(image)).status_code == 404
    answer = desk.get(public(image))
    assert answer.getvalue()
    assert "no-store" in answer["Cache-Control"]


def test_attack_29_withdrawing_takes_the_picture_along(client: Client) -> None:
    image = picture(partnership())
    assert client.get(public(image)).getvalue()

    Partnership.objects.update(status=WITHDRAWN)

    assert client.get(public(image)).status_code == 404


def test_pictures_belong_to_their_partnership(client: Client, desk: Client) -> None:
    image, other = picture(partnership("One")), picture(partnership("Two"))
    mixed = reverse("case-image", args=[other.case_study.partnership.slug, image.pk])

    for browser in (client, desk):
        assert browser.get(mixed).status_code == 404
        assert browser.get(reverse("case-image", args=["one", 2**64])).status_code == 404


def test_a_file_that_is_gone_is_not_found(client: Client) -> None:
    image = picture(partnership(status=PUBLISHED))
    image.image.storage.delete(image.image.name)

    assert client.get(public(image)).status_code == 404


def test_the_media_folder_has_no_address_of_its_own(client: Client) -> None:
    image = picture(partnership())

    for path in (f"/media/{image.image.name}", f"/{image.image.name}", f"/static/{image.image.name}"):
        assert client.get(path).status_code == 404


def test_only_reading(client: Client) -> None:
    assert client.post(public(picture(partnership()))).status_code == 405
