"""Citations: what they say, and that other programs read back what we wrote."""

import json
from datetime import UTC, date, datetime

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from exchange.citations import (
    Citation,
    bibtex,
    csl,
    of_case,
    of_release,
    of_released_case,
    of_selection,
    ris,
    sentence,
)
from exchange.citations.formats import latex
from exchange.models import Release
from partnerships.models import Partnership
from partnerships.presenters.citation import one_line
from partnerships.selection import select
from tests import factories

TODAY = date(2026, 3, 1)
AWKWARD = [
    'He said "no", and “yes”, it’s ‘so’',
    "{Care} with } one { too many {{",
    "Line one\nline two\r\nline three\ttab\u2028end",
    "Care 🧑‍🦽 for all 🎉",
    "شراكة الرعاية בְּרֵאשִׁית",
    "\u202eturned round\u202c",
    "x" * 200,
    "</script><script>alert(1)</script>",
    "50% of A & B #1, C_1 $5 ~tilde\\backslash -- '' `` ?` !` << >> ,,",
    "a\r\nX-Evil: 1",
    "TY  - JOUR",
    "\x00\x01\x1b[31m bell\x07",
    "@misc{evil, title = {x}}",
    "%",
    "\\",
    "Ålesund, Città, Łódź, Ελλάδα, 東京",
]


def cited(title: str = "Brescia", **fields: object) -> Citation:
    return Citation(
        **{
            "kind": "case",
            "key": "coproduction-matrix-brescia",
            "title": one_line(title),
            "authors": ("Co-production Matrix",),
            "issued": date(2025, 2, 3),
            "state": "record of 3 February 2026",
            "codebook": "1.0",
            "url": "https://matrix.example/partnerships/brescia/",
            "accessed": TODAY,
            "publisher": "Co-production Matrix",
            "abstract": "Care with families.",
            **fields,
        }
    )


def read_bibtex(text: str) -> dict[str, str]:
    """Read the only entry by bibtexparser, with what LaTeX makes of its signs."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    [entry] = library.entries
    return {"key": entry.key, **{field.key: field.value for field in entry.fields}}


# ---- What is cited ---------------------------------------------------------------------------------------------------


@pytest.fixture
def brescia(db: None) -> Partnership:
    made = factories.partnership("Brescia", slug="brescia", summary="Care with\nfamilies.")
    Partnership.objects.update(
        published_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC), updated_at=datetime(2026, 2, 3, 12, tzinfo=UTC)
    )
    made.refresh_from_db()
    return made


def test_a_case_is_cited_as_the_register_s_record_of_its_last_change(brescia: Partnership) -> None:
    citation = of_case(brescia, TODAY)

    assert sentence(citation) == (
        "“Brescia”. Co-production Matrix, a register of public-service partnerships, record of 3 February 2026, "
        "codebook 1.0. https://matrix.example/partnerships/brescia/ (seen 1 March 2026)."
    )
    assert (citation.kind, citation.key) == ("case", "coproduction-matrix-brescia")
    assert (citation.authors, citation.publisher) == (("Co-production Matrix",), "Co-production Matrix")
    assert (citation.issued, citation.year) == (date(2025, 12, 31), 2025)
    assert citation.version == "record of 3 February 2026, codebook 1.0"
    assert citation.abstract == "Care with families."


def test_a_case_is_cited_with_the_codebook_that_its_position_rests_on(
    brescia: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    phase = brescia.phases.get()
    phase.adopted_assessment = factories.assessment(phase, method="guided")
    phase.save()
    monkeypatch.setattr("taxonomy.codebook.CURRENT", type("Newer", (), {"version": "9.9"}))

    assert of_case(Partnership.objects.get(), TODAY).codebook == "1.0"
    phase.adopted_assessment = None
    phase.save()
    assert of_case(Partnership.objects.get(), TODAY).codebook == "9.9"


def a_release(**fields: object) -> Release:
    made = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    return Release.objects.create(**{"number": 3, "made_at": made, "codebook": "1.0", **fields})


@pytest.mark.django_db
def test_a_release_is_cited_by_its_number_and_by_its_doi_where_it_has_one() -> None:
    release = a_release()

    assert sentence(of_release(release, TODAY)) == (
        "Co-production Matrix, a register of public-service partnerships, release 3 of 31 January 2026, codebook 1.0. "
        "https://matrix.example/data/releases/3/ (seen 1 March 2026)."
    )
    release.doi = "10.5072/zenodo.1"
    citation = of_release(release, TODAY)
    assert "https://doi.org/10.5072/zenodo.1 (seen" in sentence(citation)
    assert (citation.doi, citation.url) == ("10.5072/zenodo.1", "https://matrix.example/data/releases/3/")
    assert json.loads(csl(citation))[0]["DOI"] == read_bibtex(bibtex(citation))["doi"] == "10.5072/zenodo.1"


def test_a_case_of_a_release_is_cited_as_part_of_it(brescia: Partnership) -> None:
    release = a_release()
    citation = of_case(brescia, TODAY, release)

    assert sentence(citation) == (
        "“Brescia”. Co-production Matrix, a register of public-service partnerships, release 3 of 31 January 2026, "
        "codebook 1.0. https://matrix.example/data/releases/3/partnerships/brescia/ (seen 1 March 2026)."
    )
    record = {"partnership_id": "brescia", "title": "Brescia", "summary": "Care with\nfamilies."}
    assert of_released_case(record, release, TODAY) == citation


def test_a_selection_is_cited_by_its_filters_in_words() -> None:
    chosen = select(QueryDict("country=IT&cell=5&lens=professional&inferred=1&sort=newest&facets=unit"))
    citation = of_selection(chosen, 14, TODAY)

    assert sentence(citation) == (
        "“Public-service partnerships: Italy; Cell 5; lens: by profession; with inferred positions” (14 entries). "
        "Co-production Matrix, a register of public-service partnerships, as of 1 March 2026, codebook 1.0. "
        "https://matrix.example/partnerships/?country=IT&cell=5&lens=professional&inferred=1"
    )
    assert citation.key == of_selection(chosen, 15, date(2027, 1, 1)).key
    assert citation.key != of_selection(select(QueryDict("country=NO")), 14, TODAY).key


def test_the_whole_register_is_a_selection_too() -> None:
    citation = of_selection(select(QueryDict("")), 1, TODAY)

    assert citation.key == "coproduction-matrix"
    assert sentence(citation).startswith("“All public-service partnerships of the register” (1 entry). ")


# ---- Files -----------------------------------------------------------------------------------------------------------


def test_bibtex_is_an_entry_that_every_style_knows() -> None:
    assert bibtex(cited("50% & {more}", doi="10.1/x_y")) == (
        "@misc{coproduction-matrix-brescia,\n"
        "\tauthor = {{Co-production Matrix}},\n"
        "\ttitle = {{50\\% \\& \\{\\vphantom{\\}}more\\vphantom{\\{}\\}}},\n"
        "\tyear = {2025},\n"
        "\tmonth = feb,\n"
        "\tpublisher = {Co-production Matrix},\n"
        "\tversion = {record of 3 February 2026, codebook 1.0},\n"
        "\turl = {https://matrix.example/partnerships/brescia/},\n"
        "\turldate = {2026-03-01},\n"
        "\tdoi = {10.1/x_y},\n"
        "\tlanguage = {en-gb},\n"
        "\tnote = {CC BY 4.0},\n"
        "\tabstract = {Care with families.}\n"
        "}\n"
    )


def test_ris_holds_one_reference_and_nothing_above_it() -> None:
    assert ris(cited()).splitlines() == [
        "TY  - DATA",
        "ID  - coproduction-matrix-brescia",
        "AU  - Co-production Matrix",
        "TI  - Brescia",
        "PY  - 2025",
        "DA  - 2025/02/03",
        "PB  - Co-production Matrix",
        "ET  - record of 3 February 2026, codebook 1.0",
        "UR  - https://matrix.example/partnerships/brescia/",
        "Y2  - 2026/03/01",
        "LA  - en-gb",
        "N1  - CC BY 4.0",
        "AB  - Care with families.",
        "ER  - ",
    ]


def test_csl_json_has_the_names_and_dates_of_its_schema() -> None:
    assert json.loads(csl(cited())) == [
        {
            "id": "coproduction-matrix-brescia",
            "type": "dataset",
            "title": "Brescia",
            "author": [{"literal": "Co-production Matrix"}],
            "issued": {"date-parts": [[2025, 2, 3]]},
            "accessed": {"date-parts": [[2026, 3, 1]]},
            "URL": "https://matrix.example/partnerships/brescia/",
            "publisher": "Co-production Matrix",
            "version": "record of 3 February 2026, codebook 1.0",
            "abstract": "Care with families.",
            "language": "en-gb",
            "note": "CC BY 4.0",
        }
    ]


@pytest.mark.parametrize("title", AWKWARD)
def test_awkward_titles_come_back_as_they_were(title: str) -> None:
    citation = cited(title, abstract=one_line(title))

    assert "\n" not in citation.title
    read = read_bibtex(bibtex(citation))
    [reference] = rispy.loads(ris(citation))
    [item] = json.loads(csl(citation))
    assert read["title"] == reference["title"] == item["title"] == citation.title
    assert read["abstract"] == reference["abstract"] == item["abstract"] == citation.abstract
    assert read["key"] == reference["id"] == item["id"] == citation.key
    assert read["author"] == reference["authors"][0] == item["author"][0]["literal"] == "Co-production Matrix"
    assert read["year"] == reference["year"] == str(item["issued"]["date-parts"][0][0]) == "2025"
    assert read["url"] == reference["urls"][0] == item["URL"] == citation.url
    assert read["version"] == reference["edition"] == item["version"] == citation.version


# The caret comes back as another sign that looks like it: so the reader of LaTeX has it.
@given(st.text(st.characters(exclude_characters="^"), min_size=1, max_size=60))
@example("{")
@example("}{")
@example("--- ''' ``` ?` !`")
def test_any_title_comes_back_from_every_format(text: str) -> None:
    title = one_line(text) or "x"
    citation = cited(title)

    [reference] = rispy.loads(ris(citation))
    assert reference["title"] == title
    assert json.loads(csl(citation))[0]["title"] == title
    library = bibtexparser.parse_string(bibtex(citation))
    assert not library.failed_blocks
    assert library.entries[0]["title"] == f"{{{latex(title)}}}"


@given(st.text(alphabet="{}\\%&#$_~-'`?!,<>a^ \u00e9", max_size=40))
def test_braces_are_even_in_bibtex_even_behind_a_backslash(text: str) -> None:
    depth = 0
    for sign in latex(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0

    assert depth == 0


def test_the_caret_is_escaped_for_latex() -> None:
    assert latex("a^b") == r"a\textasciicircum{}b"


def test_an_address_stands_in_bibtex_as_it_is() -> None:
    url = "https://matrix.example/partnerships/?q=a%20b&country=IT_"

    assert f"url = {{{url}}}" in bibtex(cited(url=url))


def test_keys_are_ascii_whatever_the_search_is() -> None:
    chosen = select(QueryDict("q=%F0%9F%98%80+%D7%A9"))

    assert of_selection(chosen, 0, TODAY).key.isascii()
