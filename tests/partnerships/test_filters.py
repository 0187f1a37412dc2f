"""The query parameters that every page shares: what they select, what they refuse, and the links made from them."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict
from pytest_django import DjangoDbBlocker

from partnerships.filters import MAX_VALUES
from partnerships.models.fields import vocabulary_codes
from partnerships.selection import InvalidSelection, Selection, select
from taxonomy.lenses import PROFESSIONAL, SECTOR
from tests import factories


def read(query: str) -> Selection:
    return select(QueryDict(query))


def titles(query: str) -> list[str]:
    """The partnerships that a query string selects, in their order."""
    return [partnership.title for partnership in read(query).ordered()]


def faults(query: str) -> list[str]:
    with pytest.raises(InvalidSelection) as refused:
        read(query)
    return refused.value.errors


# ---- What the parameters mean ------------------------------------------------------------------


def test_nothing_asked_selects_everything_published_under_the_sector_lens() -> None:
    selection = read("")

    assert (selection.lens, selection.inferred, selection.sort, selection.search) == (SECTOR, False, "title", "")
    assert not selection.active


def test_lens_inferred_and_sort_are_ways_to_show_it() -> None:
    selection = read("lens=professional&inferred=1&sort=newest")

    assert (selection.lens, selection.inferred, selection.sort) == (PROFESSIONAL, True, "newest")
    assert not selection.active


@pytest.mark.parametrize(
    "query", ["q=care", "country=IT", "area=07", "unit=case", "cell=5", "cell=partly", "cell=none"]
)
def test_a_filter_narrows_the_register(query: str) -> None:
    assert read(query).active


@pytest.mark.parametrize("query", ["q=", "country=", "cell=&lens=", "q=+++", "q=%09", "page=3", "sort=newest"])
def test_an_empty_parameter_is_none(query: str) -> None:
    assert not read(query).active


@pytest.mark.parametrize(
    "query",
    ["status=draft", "status__in=draft&status=published", "owner__password__startswith=a", "id__gt=0", "search_text=x",
     "organisation=1", "created_by=1", "page_size=1000000", "order_by=password", "format=xml", "%00=1", "=1", "&&&"],
)  # fmt: skip
def test_parameters_that_are_not_ours_are_ignored(query: str) -> None:
    assert read(query).values == {}
    assert str(read(query).partnerships.query) == str(read("").partnerships.query)


@pytest.mark.parametrize("name", ["q", "lens", "sort"])
def test_of_a_parameter_with_one_value_the_last_counts(name: str) -> None:
    values = {"q": ("perth", "leith"), "lens": ("sector", "professional"), "sort": ("title", "newest")}[name]

    selection = read(f"{name}={values[0]}&{name}={values[1]}")

    assert selection.values == {name: (values[1],)}
    assert selection.query() == f"?{name}={values[1]}"


def test_a_repeated_value_counts_once() -> None:
    assert read("country=IT&country=NO&country=IT").values == {"country": ("IT", "NO")}


def test_reading_parameters_asks_the_database_nothing() -> None:
    # Without the mark for a database, a query would raise an error here.
    assert read("q=care&country=IT&area=07&unit=case&cell=5&lens=professional&inferred=1&sort=newest").active


# ---- What they refuse --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("country=XX", "Country"), ("country=it", "Country"), ("area=99", "Service area"), ("area=7", "Service area"),
        ("unit=charity", "Kind of thing"), ("cell=0", "Cell"), ("cell=10", "Cell"), ("cell=five", "Cell"),
        ("cell=%D9%A5", "Cell"), ("cell=5%00", "Cell"), ("lens=x", "Lens"), ("inferred=2", "Inferred positions"),
        ("inferred=true", "Inferred positions"), ("sort=password", "Order"), ("sort=-published_at", "Order"),
        ("country=IT&country=%00", "Country"), ("unit=case'%20OR%201=1--", "Kind of thing"),
    ],
)  # fmt: skip
def test_an_unknown_code_is_a_fault_with_the_name_of_the_filter(query: str, label: str) -> None:
    [sentence] = faults(query)

    assert sentence.startswith(f"{label}: ")
    assert sentence.endswith(".")


def test_each_fault_has_its_sentence() -> None:
    assert len(faults("country=XX&cell=0&lens=x")) == 3


def test_a_nul_byte_in_the_search_is_a_fault() -> None:
    [sentence] = faults("q=a%00b")

    assert sentence.startswith("Search: ")


def test_a_search_has_a_limit_that_the_fault_names() -> None:
    assert faults(f"q={'x' * 201}") == ["Search: Search for up to 200 characters."]
    assert read(f"q={'x' * 200}").active


def test_too_many_values_of_one_filter_are_refused() -> None:
    many = "&".join(f"country=X{n}" for n in range(MAX_VALUES + 1))

    assert faults(many) == ["That is too many values for one filter."]


@pytest.mark.django_db
def test_sixty_values_are_not_too_many() -> None:
    codes = vocabulary_codes("COUNTRIES")[:MAX_VALUES]

    assert titles("&".join(f"country={code}" for code in codes)) == []


def test_faults_in_one_line_are_the_text_of_the_error() -> None:
    assert str(InvalidSelection(["One.", "Two."])) == "One.; Two."


# ---- What they select --------------------------------------------------------------------------


def build() -> None:
    """Six partnerships that the filters tell apart, and one that nobody sees."""
    factories.partnership(
        "Città sana", countries=["IT"], service_areas=["07.2"], design="shared", delivery="shared",
        summary="Care with families", published_at="2020-01-01T00:00Z",
    )  # fmt: skip
    factories.partnership(
        "Ålesund care", countries=["NO"], service_areas=["10"], design="shared", unit="programme",
        published_at="2022-01-01T00:00Z",
    )  # fmt: skip
    factories.partnership(
        "Border care", countries=["IT", "NO"], service_areas=["07", "10.4"], unit="component",
        phase={**factories.position("public", "public"), **factories.INFERENCE}, published_at="2021-01-01T00:00Z",
    )  # fmt: skip
    factories.partnership("Bonds", unit="class", countries=["IT"], possible={8}, published_at="2019-01-01T00:00Z")
    factories.partnership("Nowhere", published_at="2018-01-01T00:00Z")
    factories.partnership(
        "Paid staff", possible={7, 8}, phase=factories.position("professionals", "shared", lens=PROFESSIONAL),
        published_at="2017-01-01T00:00Z",
    )  # fmt: skip
    factories.partnership("Città draft", status="draft", countries=["IT"], service_areas=["07"], design="shared",
                          delivery="shared")  # fmt: skip


EVERYTHING = ["Ålesund care", "Bonds", "Border care", "Città sana", "Nowhere", "Paid staff"]


@pytest.fixture(scope="class")
def _register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with factories.standing(django_db_blocker, build):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_register")
class TestWhatIsSelected:
    """Filters and searches on a register that is built once for all of them."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", EVERYTHING),
            ("country=IT", ["Bonds", "Border care", "Città sana"]),
            ("country=NO&country=IT", ["Ålesund care", "Bonds", "Border care", "Città sana"]),
            ("country=SE", []),
            ("area=07", ["Border care", "Città sana"]),
            ("area=07.2", ["Città sana"]),
            ("area=10.4&area=07.2", ["Border care", "Città sana"]),
            ("unit=case", ["Città sana", "Nowhere", "Paid staff"]),
            ("unit=class&unit=programme", ["Ålesund care", "Bonds"]),
            ("cell=5", ["Città sana"]),
            ("cell=1", []),
            ("cell=1&inferred=1", ["Border care"]),
            ("cell=1&cell=5&inferred=1", ["Border care", "Città sana"]),
            ("cell=8", []),
            ("cell=partly", ["Ålesund care", "Paid staff"]),
            ("cell=none", ["Nowhere"]),
            ("cell=none&cell=partly&cell=5", ["Ålesund care", "Città sana", "Nowhere", "Paid staff"]),
            ("cell=4&lens=professional", ["Paid staff"]),
            ("cell=none&lens=professional", ["Ålesund care", "Border care", "Città sana", "Nowhere"]),
            ("cell=partly&lens=professional", []),
            ("cell=inferred", ["Border care"]),
            ("cell=inferred&lens=professional", []),
            ("cell=inferred&cell=5", ["Border care", "Città sana"]),
            ("country=IT&area=07", ["Border care", "Città sana"]),
            ("country=NO&area=07&unit=component", ["Border care"]),
            ("country=NO&unit=case", []),
            ("country=IT&cell=5&q=families", ["Città sana"]),
            ("country=IT&cell=5&q=nobody", []),
        ],
    )
    def test_which_partnerships_are_selected(self, query: str, expected: list[str]) -> None:
        assert titles(query) == expected

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("q=citta", ["Città sana"]),
            ("q=CITT%C3%80+SANA", ["Città sana"]),
            ("q=alesund", ["Ålesund care"]),
            ("q=care", ["Ålesund care", "Border care", "Città sana"]),
            ("q=care+families", ["Città sana"]),
            ("q=families+care", ["Città sana"]),
            ("q=care+perth", []),
            ("q=bord", ["Border care"]),
            ("q=ord", []),
            ("q=draft", []),
            ("q=c_re", []),
            ("q=%25", []),
            ("q=_", []),
            ("q=%5C", []),
            ("q=%27+OR+1%3D1--", []),
            ("q=%22care", ["Ålesund care", "Border care", "Città sana"]),
            ("q=care*+%2D%28NEAR", []),
            ("q=" + "care+" * 39, ["Ålesund care", "Border care", "Città sana"]),
        ],
    )
    def test_what_a_search_finds(self, query: str, expected: list[str]) -> None:
        assert titles(query) == expected

    def test_words_beyond_the_twelfth_are_not_asked_for(self) -> None:
        words = "+".join(f"{letter}" for letter in "abcdefghijkl")
        factories.partnership("A to L", summary=" ".join("abcdefghijkl"))

        assert titles(f"q={words}+zanzibar") == ["A to L"]

    def test_those_with_every_word_in_the_title_come_first(self) -> None:
        factories.partnership("About families")

        assert titles("q=families") == ["About families", "Città sana"]

    def test_newest_first_is_by_the_first_publication(self) -> None:
        assert titles("sort=newest") == ["Ålesund care", "Border care", "Città sana", "Bonds", "Nowhere", "Paid staff"]

    def test_newest_first_holds_for_a_search_too(self) -> None:
        assert titles("sort=newest&q=care") == ["Ålesund care", "Border care", "Città sana"]


# ---- Links made from them ----------------------------------------------------------------------


def test_the_query_has_its_parameters_in_one_order() -> None:
    assert read("lens=professional&cell=5&country=NO&country=IT&q=a+b").query() == (
        "?q=a+b&country=NO&country=IT&cell=5&lens=professional"
    )


def test_no_parameters_make_no_query() -> None:
    assert read("").query() == ""
    assert read("q=care").query(q=None) == ""


def test_a_query_with_changes() -> None:
    selection = read("country=IT&lens=professional")

    assert selection.query(country=None) == "?lens=professional"
    assert selection.query(lens=None, cell="5") == "?country=IT&cell=5"
    assert selection.query(country=["NO", "SE"]) == "?country=NO&country=SE&lens=professional"
    assert selection.query(page="2") == "?country=IT&lens=professional&page=2"
    assert selection.query() == "?country=IT&lens=professional"


def test_a_query_is_safe_in_a_link() -> None:
    assert read("q=%26cell%3D5+%22%3E%3Cb%3E").query() == "?q=%26cell%3D5+%22%3E%3Cb%3E"


@pytest.mark.parametrize(
    "query",
    ["", "?q=caf%C3%A9+%26+co", "?country=NO&country=IT&area=07.2&unit=case&cell=partly&lens=professional&inferred=1"],
)
def test_a_query_reads_back_as_the_same_selection(query: str) -> None:
    assert read(query.removeprefix("?")).query() == query


def test_toggling_adds_a_value_or_takes_it_away() -> None:
    selection = read("country=IT&q=care")

    assert selection.toggled("country", "NO") == "?q=care&country=IT&country=NO"
    assert selection.toggled("country", "IT") == "?q=care"
    assert selection.toggled("area", "07") == "?q=care&country=IT&area=07"


def test_without_a_filter_the_others_stay() -> None:
    selection = read("country=IT&area=07&lens=professional&inferred=1")

    without = selection.without("country")

    assert without.values == {"area": ("07",), "lens": ("professional",), "inferred": ("1",)}
    assert (without.lens, without.inferred) == (PROFESSIONAL, True)


def test_without_a_filter_that_is_not_set_nothing_changes() -> None:
    selection = read("country=IT")

    assert selection.without("area") is selection
