"""The page that explains the API, made of its machine-readable description, so that the two say the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exchange.api.asked import LABELS
from exchange.api.coded import OBJECTS
from exchange.api.parameters import labels_of
from exchange.api.problems import DETAILS, KINDS
from partnerships.filters import FILTERS

# What stands on one line of the table is shown at once, more is folded.
FEW_VALUES = 4


@dataclass(frozen=True)
class Parameter:
    """A parameter: what it means, and its values with their labels, or how one is written."""

    name: str
    meaning: str
    written: str
    values: tuple[tuple[str, str], ...]

    @property
    def folded(self) -> bool:
        """Whether the values take more room than a line."""
        return len(self.values) > FEW_VALUES


@dataclass(frozen=True)
class Operation:
    """An address: what it answers, what it takes, an example. ``url`` is "" where a code belongs into it."""

    path: str
    url: str
    anchor: str
    summary: str
    text: str
    takes: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class Field:
    """A field of an object."""

    name: str
    meaning: str
    kind: str


@dataclass(frozen=True)
class Object:
    """An object of the answers with its fields."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Fault:
    """A kind of problem; ``anchor`` is where its ``type`` leads to."""

    status: int
    anchor: str
    title: str
    detail: str


@dataclass(frozen=True)
class DocsPage:
    """All that the page says. ``tries`` are titles and addresses; ``limit`` is "" where nobody counts."""

    tries: tuple[tuple[str, str], ...]
    operations: tuple[Operation, ...]
    filters: tuple[Parameter, ...]
    others: tuple[Parameter, ...]
    objects: tuple[Object, ...]
    faults: tuple[Fault, ...]
    problem: str
    limit: str


def docs_page(document: dict[str, Any]) -> DocsPage:
    """Word the description for people."""
    operations = [(path, row["get"]) for path, row in document["paths"].items()]
    schemas = document["components"]["schemas"]
    parameters = {row["name"]: row for _path, operation in operations for row in operation.get("parameters", ())}
    worded = {name: _parameter(row, schemas) for name, row in parameters.items() if row["in"] == "query"}
    problem = operations[1][1]["responses"]["400"]["content"]["application/problem+json"]["example"]
    return DocsPage(
        tries=tries(),
        operations=tuple(_operation(path, operation) for path, operation in operations),
        filters=tuple(worded[name] for name in FILTERS),
        others=tuple(row for name, row in worded.items() if name not in FILTERS),
        objects=tuple(_object(name, schemas) for name in OBJECTS),
        faults=tuple(
            Fault(
                status, anchor, str(title), str(DETAILS.get(status, _("Wait as long as the header Retry-After says.")))
            )
            for status, (anchor, title) in KINDS.items()
        ),
        problem=_text(problem),
        limit=limit(settings.API_RATE),
    )


def tries() -> tuple[tuple[str, str], ...]:
    """Addresses that show in any browser what a program gets."""
    return (
        (_("Partnerships in Italy"), reverse("api-partnerships") + "?country=IT&labels=1"),
        (_("The matrix as it stood in 2010"), reverse("api-matrix") + "?year=2010"),
        (_("What each code means"), reverse("api-taxonomy")),
    )


def limit(rate: str) -> str:
    """How many requests are free, in words; "" where there is no limit."""
    if not rate:
        return ""
    number, _slash, period = rate.partition("/")
    words = {"s": _("second"), "m": _("minute"), "h": _("hour"), "d": _("day")}[period[0]]
    text = ngettext("%(number)s request in a %(period)s", "%(number)s requests in a %(period)s", int(number))
    return text % {"number": number, "period": words}


def _operation(path: str, operation: dict[str, Any]) -> Operation:
    content = operation["responses"]["200"]["content"]["application/json"]
    return Operation(
        path=path,
        url="" if "{" in path else path,
        anchor=operation["operationId"],
        summary=operation["summary"],
        text=operation["description"] if operation["description"] != operation["summary"] else "",
        takes=_takes([row["name"] for row in operation.get("parameters", ()) if row["in"] == "query"]),
        example=_text(content["example"]) if "example" in content else "",
    )


def _takes(names: list[str]) -> tuple[str, ...]:
    """The parameters of an address, the filters together as one."""
    filtered = [_("the filters")] if names and names[0] in FILTERS else []
    return (*filtered, *(name for name in names if name not in FILTERS))


def _parameter(row: dict[str, Any], schemas: dict[str, Any]) -> Parameter:
    name, schema = row["name"], row["schema"]
    inner = schema.get("items", schema)
    inner = schemas[inner["$ref"].rsplit("/", 1)[1]] if "$ref" in inner else inner
    codes = inner.get("enum", ())
    labels = labels_of(name)
    values = tuple((code, labels.get(code, "")) for code in codes) if name != LABELS else ()
    return Parameter(name, row["description"], _written(inner, values), values)


def _written(schema: dict[str, Any], values: tuple[Any, ...]) -> str:
    if values:
        return ngettext("%(count)s value", "%(count)s values", len(values)) % {"count": len(values)}
    if "minimum" in schema:
        return _("%(least)s to %(most)s") % {"least": schema["minimum"], "most": schema["maximum"]}
    return "1" if "enum" in schema else _("text")


def _object(name: str, schemas: dict[str, Any]) -> Object:
    properties = schemas[name]["properties"]
    fields = [
        Field(field, row.get("description", ""), _kind(row))
        for field, row in properties.items()
        if not field.endswith(("_label", "_labels"))
    ]
    return Object(name, tuple(fields))


WORDS: dict[str, str | Promise] = {
    "string": gettext_lazy("text"), "integer": gettext_lazy("number"), "boolean": gettext_lazy("true or false"),
    "object": gettext_lazy("object"), "null": "null",
}  # fmt: skip


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in a word or two."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _("code") if name.endswith("Code") else name
    if "anyOf" in schema:
        return _(" or ").join(dict.fromkeys(_kind(each) for each in schema["anyOf"] if "const" not in each))
    if "enum" in schema:
        return _("cell")
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if types == ["array"]:
        return _("list: %(kind)s") % {"kind": _kind(schema["items"])}
    return _(" or ").join(str(WORDS[each]) for each in types)


def _text(example: Any) -> str:
    return json.dumps(example, ensure_ascii=False, indent=2)
