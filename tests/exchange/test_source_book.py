"""Which source a row means: one of the register, or a new one."""

import pytest
from pytest_django import DjangoAssertNumQueries

from exchange.files import Row
from exchange.merging import SourceBook
from partnerships.models import Source
from partnerships.record import apply_source, source_record

pytestmark = pytest.mark.django_db

Told = tuple[str, int | None, str, str]


def book_for(*told: Told, known: list | None = None) -> SourceBook:
    rows = [
        Row(line, {"source_title": title, "source_year": str(year or ""), "source_url": url, "source_doi": doi})
        for line, (title, year, url, doi) in enumerate(told, start=2)
    ]
    return SourceBook.load(rows, known or [])


def slug_of(*told: Told) -> list[str]:
    book = book_for(*told)
    return [book.slug_for(*one) for one in told]


@pytest.fixture(autouse=True)
def _register() -> None:
    for slug, title, year, url, doi in (
        ("report", "The Report", 2012, "https://example.org/report/", "https://doi.org/10.1000/ABC"),
        ("undated", "Undated Tale", None, "", ""),
        ("first", "Annual report", 2010, "https://example.org/2010", ""),
        ("second", "Annual report", 2011, "https://example.org/2011", ""),
        ("dated", "Città", 1999, "", ""),
    ):
        apply_source({"slug": slug, "title": title, "year": year, "url": url, "doi": doi, "kind": "report"})


@pytest.mark.parametrize(
    ("told", "slug"),
    [
        (("The Report", 2012, "https://example.org/report/", "https://doi.org/10.1000/ABC"), "report"),
        (("", None, "", "10.1000/abc"), "report"),
        (("Typed anew", 2013, "", "doi:10.1000/Abc"), "report"),
        (("", None, "", "http://dx.doi.org/10.1000/abc"), "report"),
        (("Typed anew", None, "https://example.org/report", ""), "report"),
        (("the  report", 2012, "", ""), "report"),
        (("THE REPORT", 2012, "", ""), "report"),
        (("The Report", None, "", ""), "report"),
        (("The Report", 2012, "https://example.org/other", ""), "the-report"),
        (("The Report", 2013, "", ""), "the-report"),
        (("Undated Tale", None, "", ""), "undated"),
        (("Undated Tale", 2001, "", ""), "undated-tale"),
        (("Annual report", 2011, "", ""), "second"),
        (("Annual report", None, "", ""), "annual-report"),
        (("Città", 1999, "https://example.org/new", ""), "dated"),
        (("Something else", 2012, "", ""), "something-else"),
    ],
)
def test_which_source_is_meant(told: Told, slug: str) -> None:
    assert slug_of(told) == [slug]


def test_two_statements_of_one_source_make_one_source() -> None:
    told = ("New work", 2020, "", "")
    book = book_for(told, told)
    assert book.slug_for(*told) == book.slug_for(*told) == "new-work"
    [record] = book.new
    source = apply_source(record)
    assert source_record(source) == record
    assert (source.kind, source.year) == ("other", 2020)


def test_what_differs_in_the_file_are_two_sources() -> None:
    slugs = slug_of(
        ("New work", 2020, "", ""), ("New work", 2021, "", ""), ("New work", 2020, "https://example.org/x", ""),
        ("new work", 2020, "", ""), ("Chapter 1", 2020, "https://example.org/x", "10.1/x"),
        ("Chapter 2", 2020, "https://example.org/x", "10.1/X"),
    )  # fmt: skip
    assert len(set(slugs)) == 6
    assert slugs[:2] == ["new-work", "new-work-2021"]


@pytest.mark.parametrize("title", ["Report", "中文", "—"])
def test_a_slug_is_free_in_the_register_too(title: str) -> None:
    apply_source({"slug": "source", "title": "Taken", "kind": "other"})
    [slug] = slug_of((title, None, "", ""))
    assert not Source.objects.filter(slug=slug).exists()
    assert slug.startswith(("report-", "source-"))


def test_the_next_rows_of_the_file_know_the_new_sources() -> None:
    told = ("New work", 2020, "", "")
    first = book_for(told)
    slug = first.slug_for(*told)
    later = book_for(told, ("New work", 2021, "", ""), known=first.new)
    assert later.slug_for(*told) == slug
    assert later.slug_for("New work", 2021, "", "") == "new-work-2021"
    assert [record["year"] for record in later.new] == [2021]


def test_sources_that_no_file_can_tell_apart_are_alike() -> None:
    apply_source({"slug": "twin", "title": "Undated Tale", "kind": "report"})
    told = ("Undated Tale", None, "", "")
    book = book_for(told)
    assert book.slug_for(*told) == "undated"
    assert book.alike("undated") == ("undated", "twin")
    assert book.alike("first") == ("first",)


# ---- What whoever brings a file may not know of -------------------------------------------------------------


def hidden_book(*told: Told, known: list | None = None) -> SourceBook:
    rows = [
        Row(2, {"source_title": title, "source_year": str(year or ""), "source_url": url, "source_doi": doi})
        for title, year, url, doi in told
    ]
    return SourceBook.load(rows, known or [], among=Source.objects.exclude(slug__in=["report", "undated", "twin"]))


@pytest.mark.parametrize(
    "told",
    [
        ("The Report", 2012, "https://example.org/report/", "https://doi.org/10.1000/ABC"),
        ("Typed anew", 2013, "", "doi:10.1000/Abc"),
        ("Typed anew", None, "https://example.org/report", ""),
        ("Report", None, "", ""),
        ("Undated", None, "", ""),
    ],
)
def test_a_source_that_is_not_visible_is_neither_found_nor_met(told: Told) -> None:
    book = hidden_book(told)
    assert book.find(*told) is None
    slug = book.slug_for(*told)
    assert not Source.objects.filter(slug=slug).exists()
    assert [record["slug"] for record in book.new] == [slug]
    assert book.new[0]["title"] == told[0]
    # Without a title there is nothing to make one of: the same answer as for a source that nobody has.
    assert hidden_book(("", None, told[2], told[3])).find("", None, told[2], told[3]) is None


def test_a_source_that_is_visible_is_found_beside_hidden_ones() -> None:
    apply_source({"slug": "twin", "title": "Annual report", "year": 2010, "url": "https://example.org/2010"})
    told = ("Annual report", 2010, "https://example.org/2010", "")
    book = hidden_book(told)
    assert book.slug_for(*told) == "first"
    assert book.alike("first") == ("first",)
    assert book.new == []


def test_as_many_as_like_may_bring_the_same_hidden_source() -> None:
    told = ("Undated", None, "", "")
    slugs = []
    for _number in range(5):
        book = SourceBook.load([Row(2, {"source_title": "Undated"})], among=Source.objects.none())
        slugs.append(book.slug_for(*told))
        apply_source(book.new[0])
    assert len(set(slugs)) == 5
    assert "undated" not in slugs


def test_visibility_asks_no_more_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        hidden_book(*[(f"Work {number}", 2000, "", "") for number in range(300)])


def test_queries_do_not_grow_with_the_rows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for count in (1, 300):
        told = [(f"Work {number}", 2000, f"https://example.org/{number}", f"10.1/{number}") for number in range(count)]
        with django_assert_num_queries(2):
            book = book_for(*told)
        with django_assert_num_queries(0):
            assert len({book.slug_for(*one) for one in told}) == count
    with django_assert_num_queries(0):
        book_for(("", None, "", ""))
