"""Pages of a long answer by cursor: a page begins after the last row of the one before, wherever that row now stands.

Rows that come or go in between shift nothing. The cursor holds the values by which that row is ordered, signed, so that
nothing but what the register gave out reaches the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from exchange.api.problems import Invalid

MOST, USUAL = 200, 25
# The signature bears no time: the same page has the same address of the next one, and so the same ETag.
_signer = Signer(salt="exchange.api.paging")


def page_of(rows: QuerySet, size: int, cursor: str, scope: str) -> tuple[list[Any], str]:
    """The rows after the cursor ("" for the first), and the cursor of the next page ("" for none).

    The order is that of the queryset; it must tell any two rows apart. ``scope`` names what is asked for: a cursor of
    another scope is refused. Raises ``Invalid``.
    """
    names, descending, rows = _keyed(rows)
    if cursor:
        rows = rows.filter(_after(names, descending, _read(cursor, scope, len(names))))
    found = list(rows[: size + 1])
    if len(found) <= size:
        return found, ""
    return found[:size], _write(scope, [getattr(found[size - 1], name) for name in names])


def _keyed(rows: QuerySet) -> tuple[list[str], list[bool], QuerySet]:
    """Name what the queryset is ordered by, so that it can be read and compared."""
    order = [_expression(key) for key in rows.query.order_by]
    names = [f"key_{place}" for place in range(len(order))]
    keyed = rows.annotate(**{name: key for name, (key, _down) in zip(names, order, strict=True)})
    return names, [down for _key, down in order], keyed


def _expression(key: Any) -> tuple[Any, bool]:
    return (F(key.removeprefix("-")), key.startswith("-")) if isinstance(key, str) else (key, False)


def _after(names: Sequence[str], descending: Sequence[bool], values: Sequence[Any]) -> Q:
    where, same = Q(), Q()
    for name, down, value in zip(names, descending, values, strict=True):
        where |= same & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        same &= Q(**{name: value})
    return where


def _write(scope: str, values: Sequence[Any]) -> str:
    plain = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
    return _signer.sign_object([scope, *plain])


def _read(cursor: str, scope: str, number: int) -> list[Any]:
    try:
        of, *values = _signer.unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        raise _refused() from error
    if of != scope or len(values) != number:
        raise _refused()
    return values


def _refused() -> Invalid:
    text = _("This is no cursor of this list in this order. Take the address under “next” as it stands.")
    return Invalid({"cursor": [text]})
