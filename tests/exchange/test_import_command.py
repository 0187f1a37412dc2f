"""``manage.py import_partnerships``: everything or nothing, said in so many words."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.models import Import, StagedRow
from partnerships.models import Partnership

pytestmark = pytest.mark.django_db
HEADER = "partnership_id,title,unit,phase,design,delivery\n"
GOOD = HEADER + "garden,Garden,case,Run,shared,public\nshed,Shed,case,Run,public,public\n"


def run(path: Path, *options: str) -> tuple[str, str]:
    """What the command says, and what it complains about."""
    said, complained = StringIO(), StringIO()
    call_command("import_partnerships", str(path), *options, stdout=said, stderr=complained)
    return said.getvalue(), complained.getvalue()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    return path


def test_rows_become_drafts(good: Path) -> None:
    said, _none = run(good)
    assert "2 new, 0 changed, 0 unchanged" in said
    assert set(Partnership.objects.values_list("slug", "status")) == {("garden", "draft"), ("shed", "draft")}
    assert Import.objects.get().state == "applied"
    assert not StagedRow.objects.exists()


def test_with_publish_they_are_public(good: Path) -> None:
    run(good, "--publish")
    assert Partnership.objects.published().count() == 2


def test_a_trial_writes_nothing(good: Path) -> None:
    said, _none = run(good, "--dry-run")
    assert "2 new" in said
    assert "trial" in said
    assert not Partnership.objects.exists()
    assert not Import.objects.exists()


def test_one_bad_row_and_nothing_is_written_and_every_fault_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(GOOD + "pond,Pond,castle,Run,shared,public\nhill,Hill,case,Run,everybody,public\n")
    complained = StringIO()
    with pytest.raises(CommandError, match="Nothing was written") as refused:
        call_command("import_partnerships", str(path), stderr=complained)
    assert refused.value.returncode == 1
    lines = complained.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == ["row 4, unit, “castle”", "row 5, design, “everybody”"]
    assert not Partnership.objects.exists()
    assert not Import.objects.exists()


def test_the_same_file_again_changes_nothing(good: Path) -> None:
    run(good)
    said, _none = run(good)
    assert "0 new, 0 changed, 2 unchanged" in said


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"title;unit\n\x00", b"MZ\x90\x00", b"{]"])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was written"):
        run(path)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "nowhere.csv")
