"""Records that are likely to describe the same partnership, and what people said about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, When
from rapidfuzz import fuzz, process

from accounts.models import User
from partnerships.likeness import (
    ELSEWHERE,
    KEPT,
    LEFT_OUT,
    NONE,
    Described,
    Name,
    bare,
    likeness,
    names_alike,
    place_of,
    place_words,
    without_brackets,
)
from partnerships.models import DuplicateVerdict, Partnership
from partnerships.querysets import PUBLISHED
from partnerships.search import fold

MOST = 3
# Names below this likeness of letters (0 to 100) are not looked at word by word, unless they share words.
LETTERS = 70
# So many of each sort are looked at more closely.
NEAREST = 30
# A title as it is compared: folded already, but for one with brackets at its end, which folding takes away.
NAMED = Case(
    When(Q(title__endswith=")") | Q(title__endswith="]"), then=F("title")), default=F("search_title"),
    output_field=TextField(),
)  # fmt: skip
# By so many first letters of a word a single look-up finds the names that it compares.
BEGINNING = 4


@dataclass(frozen=True)
class Sought:
    """A record to look for. ``pk`` is its key if it has one, ``part_of`` the slug of the programme it belongs to.

    ``leave_out``: keys of records that nobody is to be asked about.
    """

    described: Described
    part_of: str = ""
    pk: int | None = None
    leave_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Alike:
    """A record that may be the same: how likely, from 1 to 100, and by what, in words.

    ``leads`` are the names of the partners who lead it.
    """

    partnership: Partnership
    score: int
    why: str
    leads: tuple[str, ...] = ()


# ---- Who may know of which records ----------------------------------------------------------------------


def known_to(user: User) -> QuerySet[Partnership]:
    """What a person may be told of: what is published and what their organisation keeps; curators everything.

    Never the draft of a proposed change: that is the published record once more.
    """
    records = Partnership.objects.filter(revises__isnull=True)
    if user.is_curator:
        return records
    if user.organisation_id is None:
        return records.filter(Q(status=PUBLISHED) | Q(created_by=user, organisation__isnull=True))
    return records.filter(Q(status=PUBLISHED) | Q(organisation=user.organisation_id))


def told_apart(partnership: Partnership) -> QuerySet:
    """The keys of the records that were said to be others than this one."""
    said = DuplicateVerdict.objects.filter(Q(one=partnership) | Q(other=partnership), same=False)
    return said.order_by().values_list(Case(When(one=partnership, then=F("other")), default=F("one")), flat=True)


def undecided(visible: QuerySet[Partnership], partnership: Partnership) -> QuerySet[Partnership]:
    """The records about which there is no word yet that they are others than this one.

    ``said_same`` on each says whether they were said to be the same.
    """
    pair = Q(one=partnership, other=OuterRef("pk")) | Q(other=partnership, one=OuterRef("pk"))
    same = Exists(DuplicateVerdict.objects.filter(pair, same=True))
    return visible.exclude(pk=partnership.pk).exclude(pk__in=told_apart(partnership)).annotate(said_same=same)


def said_same() -> QuerySet[DuplicateVerdict]:
    """The pairs of which somebody said that they are the same. For curators: a draft may be among them."""
    return DuplicateVerdict.objects.filter(same=True).select_related("one", "other", "by")


# ---- Looking for them -----------------------------------------------------------------------------------


def alike(
    title: str, place: str, partner_names: Iterable[str], *, visible: QuerySet[Partnership], limit: int = MOST,
    leave_out: Iterable[int] = (), countries: Iterable[str] = (), part_of: str = "", pk: int | None = None,
) -> list[Alike]:  # fmt: skip
    """The records among ``visible`` that may be the same as one that is being described, the likeliest first.

    Two queries, or one where nothing is near.
    """
    described = Described(title, place, tuple(partner_names), tuple(countries))
    beginnings = {word[:BEGINNING] for word in bare(fold(title), "")} - {""}
    if not beginnings:
        return []
    near = ~Q(aliases=[])
    for beginning in beginnings:
        near |= Q(search_title__contains=beginning)
    sought = Sought(described, part_of, pk, frozenset(leave_out))
    return _alike([sought], visible, visible.filter(near), limit)[0]


def alike_many(
    records: Sequence[Sought], *, visible: QuerySet[Partnership], limit: int = MOST
) -> list[list[Alike]]:  # fmt: skip
    """The same for many records in two queries; the whole register is read once."""
    return _alike(records, visible, visible, limit) if records else []


def _alike(
    records: Sequence[Sought], visible: QuerySet[Partnership], candidates: QuerySet[Partnership], limit: int
) -> list[list[Alike]]:
    rows = candidates.order_by().values_list("pk", NAMED, "place", "aliases")
    pool = Pool(rows)
    near = [[key for key in pool.near(sought.described) if _open(sought, key)] for sought in records]
    keys = {key for keys in near for key in keys}
    full = _full(visible, keys) if keys else {}
    return [
        sorted(_judged(sought, (full[key] for key in keys if key in full)), key=_order)[:limit]
        for sought, keys in zip(records, near, strict=True)
    ]


def _open(sought: Sought, key: int) -> bool:
    return key != sought.pk and key not in sought.leave_out


def _order(one: Alike) -> tuple[int, int]:
    """The likeliest first; of two that are as likely, the newer."""
    return -one.score, -one.partnership.pk


def _judged(sought: Sought, found: Iterable[Full]) -> Iterator[Alike]:
    for other in found:
        if _of_one_family(sought, other.partnership):
            continue
        like = likeness(sought.described, other.described)
        if like and like.score:
            yield Alike(other.partnership, like.score, like.why, other.leads)


def _of_one_family(sought: Sought, other: Partnership) -> bool:
    """A programme and its sites are no duplicates, nor are two sites of one programme."""
    whole = {other.part_of.slug, str(other.part_of.uuid)} if other.part_of else set()
    if sought.part_of and sought.part_of in {other.slug, str(other.uuid), *whole}:
        return True
    return sought.pk is not None and other.part_of_id == sought.pk


@dataclass(frozen=True)
class Full:
    """A record with all that it is compared by."""

    partnership: Partnership
    described: Described
    leads: tuple[str, ...]


def _full(visible: QuerySet[Partnership], keys: Iterable[int]) -> dict[int, Full]:
    """These records with their partners, in one query: a row for each partner."""
    rows = (
        visible.filter(pk__in=keys).order_by("pk", "partners__pk").select_related("organisation", "part_of")
        .only("uuid", "slug", "title", "place", "nation", "countries", "aliases", "status", "unit", "part_of",
              "created_by", "organisation__name", "part_of__slug", "part_of__uuid")
        .annotate(partner_name=F("partners__name"), partner_leads=F("partners__lead"))
    )  # fmt: skip
    found: dict[int, list[Partnership]] = defaultdict(list)
    for row in rows:
        found[row.pk].append(row)
    return {key: _with_partners(several) for key, several in found.items()}


def _with_partners(rows: Sequence[Partnership]) -> Full:
    one = rows[0]
    names = [row.partner_name for row in rows if row.partner_name]
    leads = tuple(row.partner_name for row in rows if row.partner_leads and row.partner_name)
    described = Described(one.title, one.place, tuple(names), tuple(one.countries), tuple(one.aliases))
    return Full(one, described, leads)


class Pool:
    """Names to look among. ``rows``: a key, the title (folded, where no brackets end it), the place and other names."""

    def __init__(self, rows: Iterable[tuple[int, str, str, Sequence[str]]]) -> None:
        """Each name of a record is looked at by itself."""
        self._rows: list[tuple[int, str, str]] = []
        self._names: list[Name] = []
        self._sorted: list[str] = []
        self._placed: list[str] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for key, title, place, aliases in rows:
            for name in (title, *aliases):
                short = without_brackets(name)
                self._add((key, title, place), _name(fold(name), place, KEPT if short else NONE))
                if short:
                    self._add((key, title, place), _name(fold(short), place, LEFT_OUT))

    def _add(self, row: tuple[int, str, str], name: Name) -> None:
        number = len(self._rows)
        self._rows.append(row)
        self._names.append(name)
        self._sorted.append(name.sorted)
        self._placed.append(_placed(name, row[2]))
        for word in set(name.words):
            self._with[word].append(number)

    def near(self, described: Described) -> list[int]:
        """The keys of the records that have a name like one of its names and are not elsewhere, each once."""
        found: dict[int, None] = {}
        for name in described.names:
            numbers = {
                *_by_letters(name.sorted, self._sorted),
                # Of many with one name, those of the place.
                *(_by_letters(_placed(name, described.place), self._placed) if described.place else ()),
                *self._by_words(name.words),
            }
            found |= {self._rows[number][0]: None for number in numbers if self._may_be(number, name, described)}
        return list(found)

    def _may_be(self, number: int, name: Name, described: Described) -> bool:
        _key, title, place = self._rows[number]
        if not names_alike(name, self._names[number], described.place, place)[0]:
            return False
        return place_of(described, Described(title, place)) != ELSEWHERE

    def _by_words(self, words: Sequence[str]) -> list[int]:
        """Those that share at least two words, most of them first."""
        shared = Counter(number for word in set(words) for number in self._with.get(word, ()))
        return [number for number, count in shared.most_common(NEAREST) if count > 1]


def _name(folded: str, place: str, brackets: str) -> Name:
    return Name(folded, bare(folded, place), brackets=brackets)


def _by_letters(name: str, names: Sequence[str]) -> Iterator[int]:
    hits = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=LETTERS, limit=NEAREST)
    return (number for _name, _score, number in hits)


def _placed(name: Name, place: str) -> str:
    return " ".join((name.sorted, *place_words(place)))
