"""The complete record: one JSON document with everything public that the register holds.

The bundled library, exports and releases have this form. A document names its format, its licence, the sources and
organisations that its partnerships use, and the partnerships, ordered by their address.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation
from exchange.formats.labels import codes
from exchange.formats.shape import DOCUMENT, faults
from exchange.formats.told import Told
from partnerships.models import ChecklistItem, Evidence, Partner, Partnership, Source, Statement
from partnerships.record import Record, complete, organisation_record, source_record, to_record

FORMAT = "co-production-matrix/1"
LICENCE = "CC BY 4.0"
LISTS = ("sources", "organisations", "partnerships")
CHUNK = 500
Document = dict[str, Any]


class FormatError(ValueError):
    """A text that is no complete record. ``problems`` has a sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the sentences; as a text they stand one on each line."""
        super().__init__("\n".join(problems))
        self.problems = problems


# ---- Writing ---------------------------------------------------------------------------------------


def in_order(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """The order of every export: by address; drafts, which have none, after the others."""
    return partnerships.order_by(F("slug").asc(nulls_last=True), "uuid")


def lists_of(partnerships: QuerySet[Partnership], *, hidden: bool = False) -> dict[str, Iterator[Record]]:
    """The records of a document, one after the other. ``hidden``: see ``partnerships.record.reference``."""
    chosen = partnerships.order_by().values("pk")
    # Not through joins: those would pair each statement of a source with each piece of evidence from it.
    stated = Statement.objects.filter(partnership__in=chosen).values("source")
    shown = Evidence.objects.filter(partnership__in=chosen).values("source")
    ticked = ChecklistItem.objects.filter(phase__partnership__in=chosen, source__isnull=False).values("source")
    sources = Source.objects.filter(Q(pk__in=stated) | Q(pk__in=shown) | Q(pk__in=ticked))
    partners = Partner.objects.filter(partnership__in=chosen, organisation__isnull=False)
    organisations = Organisation.objects.filter(pk__in=partners.values("organisation"))
    rows = complete(in_order(partnerships)).iterator(chunk_size=CHUNK)
    return {
        "sources": map(source_record, sources.order_by("slug").iterator(chunk_size=CHUNK)),
        "organisations": map(organisation_record, organisations.order_by("slug").iterator(chunk_size=CHUNK)),
        "partnerships": (to_record(row, hidden=hidden) for row in rows),
    }


def document(partnerships: QuerySet[Partnership], *, hidden: bool = False) -> Document:
    """The document of these partnerships, in memory."""
    lists = lists_of(partnerships, hidden=hidden)
    return {"format": FORMAT, "licence": LICENCE, **{name: list(rows) for name, rows in lists.items()}}


def dumps(content: Document) -> str:
    """The text of a document: one space for each level, no escapes where none is needed, a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def stream(
    partnerships: QuerySet[Partnership], *, hidden: bool = False, labels: bool = False, selection: Told | None = None
) -> Iterator[str]:
    """The same text as ``dumps(document(…))``, a record at a time. ``labels`` adds what each code means.

    ``selection`` says by what the partnerships were chosen (see ``exchange.formats.told``).
    """
    head: Document = {"format": FORMAT, "licence": LICENCE}
    head |= ({"selection": selection} if selection else {}) | ({"codes": codes()} if labels else {})
    yield dumps(head).removesuffix("\n}\n")
    for name, records in lists_of(partnerships, hidden=hidden).items():
        yield f',\n "{name}": '
        yield from _list(records)
    yield "\n}\n"


def _list(records: Iterable[Record]) -> Iterator[str]:
    mark = "["
    for record in records:
        # A newline inside a text is written as \\n, so every real one belongs to the layout.
        text = json.dumps(record, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        yield f"{mark}\n  {text}"
        mark = ","
    yield "[]" if mark == "[" else "\n ]"


# ---- Reading ---------------------------------------------------------------------------------------


def read(text: str) -> Document:
    """Read a document and check its shape, so that what follows meets only fields it knows. Raises ``FormatError``.

    What the fields say (known codes, dates, references) is checked where a record is applied. What is there for people
    is left out: ``codes``, which says what they mean in words, and ``selection``, which says what was chosen.
    """
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise FormatError([_("This is not JSON: %(fault)s") % {"fault": error}]) from error
    except RecursionError as error:
        raise FormatError([_("This is nested too deeply to be a record.")]) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise FormatError([_("This is not a file of the format “%(format)s”.") % {"format": FORMAT}])
    problems = [*faults(content, DOCUMENT), *_repetitions(content)]
    if problems:
        raise FormatError(problems)
    for name in ("codes", "selection"):
        content.pop(name, None)
    return {name: [] for name in LISTS} | content


def _repetitions(content: Document) -> Iterator[str]:
    for name in LISTS:
        seen: set[str] = set()
        rows = content.get(name)
        for row in rows if isinstance(rows, list) else []:
            key = row.get("partnership_id" if name == "partnerships" else "slug") if isinstance(row, dict) else None
            if isinstance(key, str) and key in seen:
                yield _("%(list)s: “%(key)s” is there twice") % {"list": name, "key": key}
            elif isinstance(key, str) and key:
                seen.add(key)
