"""The bundled library: every row of the audited table of seed cases, placed as the sources place it and not further."""

import csv
import json
import re
from collections import Counter
from io import StringIO
from typing import Any

import pytest

from exchange.export import stream_csv
from exchange.formats import complete
from exchange.load import LIBRARY, library
from partnerships.integrity import violations
from partnerships.models import ChecklistItem, Partnership, Phase, Source, Statement
from partnerships.models.fields import ALL_CELLS
from partnerships.record import KEYS
from taxonomy.checklists import CHECKLISTS
from taxonomy.vocabulary import COUNTED_UNITS
from tests.together import hold

CONTENT = json.loads(LIBRARY.read_text(encoding="utf-8"))
RECORDS: dict[str, dict[str, Any]] = {record["partnership_id"]: record for record in CONTENT["partnerships"]}
SEED_ROWS = {f"P{number:03}" for number in range(1, 82)}
# The rows of the table that speak of professionals and users, not of sectors.
PROFESSIONAL_ROWS = {f"P{number:03}" for number in (*range(49, 73), 75, 76, 77)}

in_register = pytest.mark.usefixtures("library", "db")


def phase(slug: str, name: str | None = None) -> Phase:
    phases = Phase.objects.filter(partnership__slug=slug, partnership__status="published")
    return phases.get(name=name) if name else phases.get()


def cells(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


# ---- The file --------------------------------------------------------------------------------------


def test_the_file_is_written_as_every_export_is() -> None:
    assert complete.dumps(CONTENT) == LIBRARY.read_text(encoding="utf-8")
    assert library() == CONTENT
    assert CONTENT["licence"] == "CC BY 4.0"
    assert list(RECORDS) == sorted(RECORDS)
    assert [source["slug"] for source in CONTENT["sources"]] == sorted(source["slug"] for source in CONTENT["sources"])


def test_every_row_of_the_table_is_there_once() -> None:
    rows = [row for record in RECORDS.values() for row in record["seed_rows"]]
    assert set(rows) == SEED_ROWS
    assert len(rows) == len(SEED_ROWS)
    # 75 case ids: the four that describe approaches, a perspective and the tender of the Reducing Reoffending
    # partnerships are statements of that one record.
    assert len(RECORDS) == 75 - 4


def test_a_summary_stands_alone() -> None:
    hold(stands_alone, RECORDS)


def stands_alone(slug: str) -> None:
    summary = RECORDS[slug]["summary"].lower()
    for word in ("report", "paper", "chapter", "post", "hand-out"):
        mention = re.search(rf"\bthe {word}\b", summary)
        assert not mention or re.search(rf"\b{word}\b", summary[: mention.start()]), f"which {word}?"
    assert "the source" not in summary


def test_country_patterns_are_named_alike() -> None:
    titles = [record["title"] for record in RECORDS.values() if record["unit"] == "country_pattern"]
    assert len(titles) == 4
    assert all(title.endswith(": country pattern") for title in titles)


def test_a_record_is_whole() -> None:
    hold(is_whole, RECORDS)


def is_whole(slug: str) -> None:
    record = RECORDS[slug]
    assert set(record) - {"seed_rows"} == set(KEYS)
    assert record["definition"] == "", "a definition belongs to a source"
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", record["summary"])) <= 4
    assert record["phases"]
    assert record["statements"]
    assert record["evidence"]
    for statement in record["statements"]:
        assert statement["paraphrase"]
        assert statement["place"]
    for partner in record["partners"]:
        assert partner["name"]
    for item in record["checklists"]:
        assert item["source"]
        assert item["place"]
        assert item["note"]
    if record["case_study"]:
        assert record["case_study"]["lessons"]


def test_texts_keep_to_one_typography() -> None:
    assert "'" not in LIBRARY.read_text(encoding="utf-8"), "apostrophes are typographic"
    assert not re.search(r" {2}\S|\s+\"[,}]", json.dumps(CONTENT, ensure_ascii=False))


# ---- In the register -------------------------------------------------------------------------------


@in_register
def test_everything_is_in_the_register_and_sound() -> None:
    assert Partnership.objects.published().count() == len(RECORDS)
    assert Source.objects.count() == len(CONTENT["sources"])
    assert list(violations()) == []


@in_register
def test_the_flat_export_lists_every_partnership() -> None:
    table = "".join(stream_csv(Partnership.objects.all())).removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(table, newline="")))
    assert {row["partnership_id"] for row in rows} == set(RECORDS)
    statements = sum(len(record["statements"]) for record in RECORDS.values())
    assert sum(bool(row["source_title"]) for row in rows) == statements
    # The two movements stand in rows of their own, beside the phase that has no statement.
    assert len(rows) == statements + 2
    brescia = next(row for row in rows if row["partnership_id"] == "brescia-citta-del-noi")
    assert (brescia["title"], brescia["cell"], brescia["model"]) == ("Brescia Città del Noi", "5", "full_co_production")


@in_register
def test_units() -> None:
    assert Counter(Partnership.objects.values_list("unit", flat=True)) == {
        "case": 21, "programme": 7, "class": 9, "vehicle": 12, "country_pattern": 4, "illustration": 14,
        "reference": 4,
    }  # fmt: skip
    for slug in ("social-impact-bonds", "time-banks", "strategic-public-social-partnership-model"):
        assert RECORDS[slug]["unit"] == "class"


@in_register
@pytest.mark.parametrize(
    ("slug", "cell"),
    [
        ("brescia-citta-del-noi", 5),
        ("bollate-prison", 5),
        ("partnerships-for-older-people-projects", 5),
        ("recovery-college", 5),
        ("social-impact-factory", 8),
    ],
)
def test_stated_cells(slug: str, cell: int) -> None:
    found = phase(slug)
    assert (found.cell, found.certainty, found.current) == (cell, "source_stated", True)
    assert found.partnership.unit in COUNTED_UNITS
    statement = found.adopted_statement
    assert (statement.kind, statement.cells, statement.hedge, found.adopted_by) == ("explicit", cells(cell), "", None)


@in_register
def test_a_hedged_cell_shows_its_hedge() -> None:
    found = phase("safe-families-for-children")
    assert (found.cell, found.certainty) == (8, "source_stated")
    assert (found.adopted_statement.kind, found.adopted_statement.hedge) == ("hedged", "most closely represent")


@in_register
def test_a_label_leaves_its_cells_open() -> None:
    found = phase("welkom-in-utrecht")
    assert (found.possible_cells, found.cell, found.design, found.delivery) == (cells(2, 8), None, "shared", "")
    assert (found.adopted_statement.kind, found.adopted_statement.label) == ("label_only", "Co-Governance")


@in_register
@pytest.mark.parametrize(("slug", "reading"), [("bounceback", 6), ("connected-care", 9)])
def test_an_ambiguous_sentence_keeps_both_readings(slug: str, reading: int) -> None:
    found = phase(slug)
    assert (found.possible_cells, found.cell) == (cells(6, 9), None)
    readings = {row.reading: row.cells for row in found.statements.all()}
    assert readings == {"A": cells(reading), "B": cells(6, 9)}
    assert found.adopted_statement.reading == "B"
    assert {row.kind for row in found.statements.all()} == {"ambiguous"}


@in_register
@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [("italy", cells(4, 7), cells(5)), ("finland-sweden-denmark", cells(1), cells(3, 6, 9))],
)
def test_movements_are_no_positions(slug: str, before: frozenset[int], after: frozenset[int]) -> None:
    movement = Statement.objects.get(partnership__slug=slug)
    assert (movement.kind, movement.phase, movement.from_cells, movement.to_cells) == ("movement", None, before, after)
    assert phase(slug).possible_cells == ALL_CELLS
    assert movement.partnership.unit == "country_pattern"


@in_register
def test_social_impact_bonds_are_a_class_in_cell_8() -> None:
    found = phase("social-impact-bonds")
    assert (found.cell, found.partnership.unit) == (8, "class")
    assert found.adopted_statement.hedge == "most closely represent"


@in_register
def test_one_axis_stated() -> None:
    slug = "reducing-reoffending-change-fund-partnerships"
    first, planned = phase(slug, "Year 1"), phase(slug, "After Year 3")
    assert (first.possible_cells, first.design, first.delivery) == (cells(2, 5, 8), "shared", "")
    assert (first.certainty, first.current) == ("source_stated", True)
    assert (planned.planned, planned.certainty, planned.current) == (True, "inferred", False)
    assert first.statements.count() == 4
    assert set(RECORDS[slug]["seed_rows"]) == {"P039", "P040", "P041", "P042", "P044"}


@in_register
def test_what_is_inherited_counts_as_inferred() -> None:
    found = phase("hmp-peterborough-social-investment-bond")
    assert (found.cell, found.certainty, found.confidence) == (8, "inferred", "medium")
    assert found.reason
    assert found.adopted_statement is None
    assert found.statements.get().kind == "inherited"


@in_register
def test_inferred_positions_say_how_sure_and_why() -> None:
    inferred = Phase.objects.filter(certainty="inferred")
    assert inferred.count() == 36
    for found in inferred:
        assert found.confidence in ("low", "medium")
        assert found.reason
        assert found.adopted_statement is None
        # A best guess stays a guess.
        guess = re.search(r"Best guess(?: there)?: (\d)", found.reason)
        possible = found.possible_cells if found.possible_cells != ALL_CELLS else found.professional_possible_cells
        if guess and "there" not in guess[0]:
            assert int(guess[1]) in possible
            assert len(possible) > 1


@in_register
def test_the_professional_lens_has_its_own_rows_only() -> None:
    for record in RECORDS.values():
        rows, phases = set(record["seed_rows"]), Phase.objects.filter(partnership__slug=record["partnership_id"])
        for found in phases:
            if not rows & PROFESSIONAL_ROWS:
                assert found.professional_possible_cells == ALL_CELLS
            elif rows <= PROFESSIONAL_ROWS:
                assert found.possible_cells == ALL_CELLS
    nursery = phase("parent-run-nursery")
    assert (nursery.possible_cells, nursery.professional_possible_cells) == (cells(9), cells(5, 6))


@in_register
def test_positions_that_a_source_states_are_the_librarys_and_all_others_are_inferred_or_open() -> None:
    for found in Phase.objects.all():
        placed = found.placed() or found.placed("professional_")
        assert found.certainty in (("source_stated", "inferred") if placed else ("",))
        assert (found.adopted_statement is not None) == (found.certainty == "source_stated")


@in_register
def test_what_counts_without_inferred_positions() -> None:
    counted = Phase.objects.filter(
        current=True, partnership__unit__in=COUNTED_UNITS.codes, certainty="source_stated", cell__isnull=False
    )
    assert Counter(counted.values_list("cell", flat=True)) == {5: 4, 8: 2}


@in_register
def test_checklists_say_what_the_sources_say() -> None:
    items = ChecklistItem.objects.filter(phase__partnership__slug="reducing-reoffending-change-fund-partnerships")
    answers = dict(items.values_list("item", "answer"))
    # All six steps of the process and all eight tools; of two tools the evaluation does not say whether anybody used
    # them.
    assert set(answers) == {item.code for code in ("process", "tools") for item in CHECKLISTS[code].items}
    assert {item for item, answer in answers.items() if answer == "not_known"} == {
        "tools.social_return", "tools.logic_model",
    }  # fmt: skip
    assert set(items.values_list("phase__name", flat=True)) == {"Year 1"}
    assert ChecklistItem.objects.count() == 14 + 5


@in_register
def test_sites_and_examples_belong_to_what_they_are_part_of() -> None:
    parents = Partnership.objects.filter(part_of__isnull=False).values_list("part_of__slug", flat=True)
    assert Counter(parents) == {
        "reducing-reoffending-change-fund-partnerships": 3, "multiple-outcomes-commissioning": 1,
        "alliance-contracting": 1, "joint-ventures": 2,
    }  # fmt: skip
