"""What synthetic records share: organisations that take part in several, and sources that several lean on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from accounts.models import Organisation
from exchange.synthetic import words
from exchange.synthetic.chance import Chance
from exchange.synthetic.places import COUNTRIES, PLACES
from partnerships.models import Source
from taxonomy.vocabulary import SOURCE_KINDS

KINDS = {"public": 40, "third_sector": 30, "community": 15, "private": 10, "other": 5}
# One organisation for so many records, and one source.
RECORDS_TO_AN_ORGANISATION, RECORDS_TO_A_SOURCE = 4, 6
LEAST = 20


@dataclass(frozen=True)
class Pools:
    """Organisations by country and kind, and sources by country."""

    organisations: dict[tuple[str, str], list[Organisation]]
    sources: dict[str, list[Source]]
    any_sources: list[Source]

    def sources_for(self, country: str) -> list[Source]:
        """What is written about this country, else about anything."""
        return self.sources.get(country) or self.any_sources

    def save(self) -> None:
        """Put all of it into the register."""
        Organisation.objects.bulk_create(row for rows in self.organisations.values() for row in rows)
        Source.objects.bulk_create(self.any_sources)


def draw_pools(number: int, seed: int) -> Pools:
    """What a register of this many records shares, not yet saved."""
    pools = Pools({}, {}, [])
    for place in range(1, LEAST + number // RECORDS_TO_AN_ORGANISATION):
        made = organisation(seed, place)
        pools.organisations.setdefault((str(made.country), made.kind), []).append(made)
    for place in range(1, LEAST + number // RECORDS_TO_A_SOURCE):
        country, source = _source(seed, place)
        pools.sources.setdefault(country, []).append(source)
        pools.any_sources.append(source)
    return pools


def named(chance: Chance, kind: str, place: str) -> str:
    """A made-up name of an organisation or group of this kind."""
    return chance.one_of(words.ORGANISATIONS[kind]).format(place=place, word=chance.one_of(words.NAMES))


def organisation(seed: int, number: int) -> Organisation:
    """The organisation of this number, not yet saved."""
    chance = Chance(seed, "organisation", number)
    country, kind = chance.skewed(COUNTRIES), chance.weighted(KINDS)
    _nation, places = chance.one_of(PLACES[country])
    name = f"{named(chance, kind, chance.one_of(places))} ({words.TAG} {seed}-{number})"
    return Organisation(
        name=name, slug=slugify(name), kind=kind, country=country,
        website=f"https://example.org/{seed}-{number}" if chance.sometimes(0.3) else "",
    )  # fmt: skip


def _source(seed: int, number: int) -> tuple[str, Source]:
    chance = Chance(seed, "source", number)
    country = chance.skewed(COUNTRIES)
    _nation, places = chance.one_of(PLACES[country])
    subjects, _people = words.SUBJECTS[chance.skewed(words.AREAS)]
    title = chance.one_of(words.SOURCES).format(
        subject=chance.one_of(subjects), place=chance.one_of(places), number=chance.number(2, 300)
    )
    title = f"{title} ({words.TAG} {seed}-{number})"
    return country, Source(
        slug=slugify(title)[:120],
        title=title,
        authors=chance.maybe(0.8, words.AUTHORS),
        year=chance.number(1992, 2025) if chance.sometimes(0.9) else None,
        publisher="Example Press" if chance.sometimes(0.4) else "",
        kind=chance.skewed(SOURCE_KINDS.codes),
        url=f"https://example.org/sources/{seed}-{number}" if chance.sometimes(0.6) else "",
        accessed=date(2025, chance.number(1, 12), chance.number(1, 28)) if chance.sometimes(0.3) else None,
    )
