"""Export → import into an empty register → export gives the same file, whatever the register holds."""

import io
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.files import Row, open_table
from exchange.formats.columns import NAMES
from exchange.formats.flat import BYTE_ORDER_MARK, rows_of, text, with_rows
from exchange.formats.notation import split, writable
from exchange.load import parents_first
from exchange.merging import SourceBook, merge
from partnerships import actions
from partnerships.models import Partnership, Source
from partnerships.models.fields import vocabulary_codes
from partnerships.record import Record, apply_record, apply_source, complete, to_record
from taxonomy.cells import cells_of
from taxonomy.lenses import LENSES

pytestmark = pytest.mark.django_db

# Texts in which what a table, a list or a spreadsheet takes for its own is likely, and any others.
TRICKY = st.text(st.sampled_from("a1é\\|:*'=+-@> \t\n\r\"，;\u00a0\u2028\ufeff\uffff"), max_size=8)
ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
WORDS = TRICKY | ANY
# Two names of one record differ in more than a file can hold.
NAME = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20).filter(str.strip)
TITLE = NAME | TRICKY.filter(lambda written: written.replace("\uffff", "").strip())
# A source is looked up by its title as the file has it, so this one has nothing that no file can hold.
SOURCE_TITLE = TITLE.filter(lambda written: writable(written) == written)
DATES = st.sampled_from(["", "0987", "2013", "2013-04", "2013-04-05"])
LATER = st.sampled_from(["", "2014", "2014-02", "2014-12-31"])


def code(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *vocabulary_codes(vocabulary)])


def codes(vocabulary: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(vocabulary_codes(vocabulary)), unique=True, max_size=3)


def a_source(slug: str) -> st.SearchStrategy[Record]:
    """Sources that share what sources may share: a title, a year, an address, a DOI in another form."""
    return st.fixed_dictionaries({
        "slug": st.just(slug), "title": st.sampled_from(["Report", "report"]) | SOURCE_TITLE,
        "year": st.sampled_from([None, 1999, 2012]), "url": st.sampled_from(["", "https://example.org/a"]),
        "doi": st.sampled_from(["", "10.1/X", "https://doi.org/10.1/x"]) | SOURCE_TITLE,
    })  # fmt: skip


@st.composite
def position(draw: st.DrawFn, prefix: str, lens: str) -> Record:
    levels = ["", *(level.code for level in LENSES[lens].levels)]
    design, delivery = draw(st.sampled_from(levels)), draw(st.sampled_from(levels))
    possible: list[Any] = sorted(cells_of(design or None, delivery or None, LENSES[lens]))
    if not (design and delivery):
        possible = sorted(draw(st.sets(st.sampled_from(possible), min_size=1)))
        possible += draw(st.sampled_from([[], [], ["outside"], ["outside", "nobody"]]))
    names = {"design": design, "delivery": delivery, "possible_cells": [] if len(possible) == 9 else possible}
    return {f"{prefix}{name}": value for name, value in names.items()}


@st.composite
def phases(draw: st.DrawFn) -> list[Record]:
    names = draw(st.lists(NAME, unique=True, max_size=3))
    orders = draw(st.lists(st.integers(0, 40), unique=True, min_size=len(names), max_size=len(names)))
    return [
        {
            "name": name, "order": order, "planned": draw(st.booleans()), "starts": draw(DATES), "ends": draw(LATER),
            **draw(st.sampled_from([
                {"certainty": "inferred", "confidence": "low", "reason": "A guess: =1"},
                {"certainty": "self_reported", "confidence": "high", "reason": "Of old."},
                {"certainty": "source_stated"},
            ])),
            "rationale": draw(WORDS),
            **draw(position("", "sector")), **draw(position("professional_", "professional")),
        }
        for name, order in zip(names, sorted(orders), strict=True)
    ]  # fmt: skip


@st.composite
def a_statement(draw: st.DrawFn, names: list[str]) -> Record:
    lens = draw(st.sampled_from(sorted(LENSES)))
    levels = ["", *(level.code for level in LENSES[lens].levels)]
    cells = st.lists(st.sampled_from([1, 5, 9, "outside"]), unique=True, min_size=1, max_size=3)
    kind = draw(st.sampled_from(vocabulary_codes("STATEMENT_KINDS")))
    sets = ("from_cells", "to_cells") if kind == "movement" else ("cells",) * draw(st.booleans())
    return {
        "phase": "" if kind == "movement" else draw(st.sampled_from(["", *names])), "kind": kind, "lens": lens,
        "source": draw(st.sampled_from(["s1", "s2"])), **{name: draw(cells) for name in sets},
        # Few places and readings, so that some statements have the same key.
        "place": draw(st.sampled_from(["", "p. 3"]) | WORDS), "reading": draw(st.sampled_from(["", "A"]) | WORDS),
        "label": draw(WORDS), "design": draw(st.sampled_from(levels)), "delivery": draw(st.sampled_from(levels)),
        "hedge": draw(WORDS), "perspective": draw(st.sampled_from(["", "authors"]) | WORDS),
        "paraphrase": draw(st.sampled_from(["", "Text."])),
    }  # fmt: skip


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Record], Record]:
    """Two sources, and a record with every field that the flat file has, and some that it has not."""
    some = draw(phases())
    partner = st.fixed_dictionaries({
        "kind": st.sampled_from(vocabulary_codes("PARTY_KINDS")), "name": st.just("") | NAME, "lead": st.booleans(),
        "roles": codes("ROLES"), "note": ANY,
    })  # fmt: skip
    return [draw(a_source("s1")), draw(a_source("s2"))], {
        "partnership_id": "one", "title": draw(TITLE), "unit": draw(code("UNITS").filter(bool)),
        **{name: draw(st.lists(WORDS, max_size=3)) for name in ("aliases", "tags")},
        **{name: draw(WORDS) for name in ("summary", "narrative", "nation", "place")},
        "countries": draw(codes("COUNTRIES")), "service_areas": draw(codes("AREAS")), "nature": draw(codes("NATURES")),
        "stages": draw(codes("STAGES")), "vehicle": draw(code("VEHICLES")), "risk": draw(code("RISK_CARRIERS")),
        "level": draw(code("LEVELS_OF_POWER")), "effect": draw(code("EFFECTS")),
        "interaction": draw(code("INTERACTIONS")), "design_approach": draw(code("DESIGN_APPROACHES")),
        "partners": draw(st.lists(partner, unique_by=lambda row: (row["kind"], row["name"]), max_size=3)),
        "phases": some, "statements": draw(st.lists(a_statement([row["name"] for row in some]), max_size=4)),
        "last_confirmed": draw(st.sampled_from(["", "2024-05-06"])),
    }  # fmt: skip


# ---- There and back ----------------------------------------------------------------------------------

# Each example writes some fifty rows twice, so making a failing one smaller would take minutes.
FEW = settings(max_examples=25, phases=[Stage.explicit, Stage.reuse, Stage.generate])


def logged(sources: list[Record], record: Record) -> Partnership:
    for source in sources:
        apply_source(source)
    return apply_record(record, Partnership(slug=record["partnership_id"] or None))


def file_of(partnership: Partnership) -> str:
    return BYTE_ORDER_MARK + text(
        [list(NAMES), *rows_of(with_rows(Partnership.objects.filter(pk=partnership.pk)).get())]
    )


def rows_in(file: str) -> list[Row]:
    return list(open_table(io.BytesIO(file.encode()), "x.csv", max_rows=1000).rows)


def taken_in(rows: list[Row], current: Record | None = None) -> tuple[Record, SourceBook]:
    book = SourceBook.load(rows)
    merged = merge(rows, NAMES, current, book)
    assert merged.faults == ()
    return merged.record, book


def emptied() -> None:
    Partnership.objects.update(part_of=None)
    Partnership.objects.all().delete()
    Source.objects.all().delete()


@FEW
@given(registers())
def test_what_is_exported_comes_back_into_an_empty_register(register: tuple[list[Record], Record]) -> None:
    with transaction.atomic():
        file = file_of(logged(*register))
        emptied()
        record, book = taken_in(rows_in(file))
        assert record["partnership_id"] == "one"
        again = logged(book.new, record)
        assert file_of(again) == file
        # The record was the one that the register has of it now, in every field and order.
        assert to_record(complete().get(pk=again.pk)) == record
        transaction.set_rollback(True)


@FEW
@given(registers())
def test_an_export_brought_back_changes_nothing(register: tuple[list[Record], Record]) -> None:
    with transaction.atomic():
        partnership = logged(*register)
        current = to_record(complete().get(pk=partnership.pk))
        record, book = taken_in(rows_in(file_of(partnership)), current)
        assert record == current
        assert book.new == []
        transaction.set_rollback(True)


# ---- What made it possible ---------------------------------------------------------------------------


def test_statements_that_a_table_cannot_tell_apart_are_one_row() -> None:
    twice = [{"source": "s", "paraphrase": words} for words in ("One.", "Two.")]
    record = {"partnership_id": "one", "title": "T", "unit": "case", "statements": twice}
    partnership = logged([{"slug": "s", "title": "S"}], record)
    [row] = rows_in(file_of(partnership))
    current = to_record(complete().get(pk=partnership.pk))
    assert len(current["statements"]) == 2
    assert taken_in([row], current)[0] == current


def test_a_file_has_one_sort_of_line_break_and_no_control_characters() -> None:
    record = {
        "partnership_id": "one", "title": "T", "unit": "case", "summary": "A\r\nb\rc\x07", "tags": ["\x07", "", " d "],
        "partners": [{"kind": "public", "name": " E\x0b"}],
    }  # fmt: skip
    file = file_of(logged([], record))
    assert '"A\nb\nc"' in file
    [row] = rows_in(file)
    assert row.cells["tags"] == "\\ d\\ "
    assert row.cells["partners"] == "public:\\ E"


@pytest.mark.parametrize(
    ("written", "read"),
    [("a | b", ["a", "b"]), (" \\ a\\ | b ", [" a ", "b"]), ("a\\\\ ", ["a\\"]), ("a\\", ["a\\"])],
)
def test_spaces_around_the_marks_of_a_list_mean_nothing(written: str, read: list[str]) -> None:
    assert split(written) == read


# ---- The library ---------------------------------------------------------------------------------------


@pytest.fixture
def files(library: None) -> dict[str, str]:
    return {row.slug: file_of(row) for row in Partnership.objects.all()}


def test_the_library_comes_back_as_it_was(files: dict[str, str]) -> None:
    emptied()
    known: list[Record] = []
    records = {}
    for slug, file in files.items():
        rows = rows_in(file)
        book = SourceBook.load(rows, known)
        merged = merge(rows, NAMES, None, book)
        assert merged.faults == ()
        known += book.new
        records[slug] = merged.record
    for source in known:
        apply_source(source)
    for slug in parents_first(records):
        actions.publish(partnership=apply_record(records[slug], Partnership(slug=slug)), by=None)
    assert {row.slug: file_of(row) for row in Partnership.objects.all()} == files


def test_the_library_brought_back_changes_nothing(files: dict[str, str]) -> None:
    for row in complete():
        current = to_record(row)
        assert taken_in(rows_in(files[row.slug]), current)[0] == current
