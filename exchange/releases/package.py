"""``datapackage.json``: the files of a release and the columns of the table, after Frictionless Data Package.

https://specs.frictionlessdata.io/data-package/ and /table-schema/ (version 1, which version 2 of the standard reads
too). The table has no primary key: a partnership has a row for each statement about each phase. Lists are texts with
``|`` between, which the standard has no type for, so a pattern says which codes they may hold.
"""

from __future__ import annotations

import re
from typing import Any

from exchange.dictionary import FORMS
from exchange.dictionary import codes as codes_of
from exchange.formats.columns import COLUMNS
from exchange.formats.notation import escape
from exchange.formats.values import CELLS, CODES, DATE, NUMBER, YES, YES_NO, Column
from exchange.formats.values import NO as NO_
from exchange.releases.about import About
from partnerships.models.fields import MEMBERS

REQUIRED = {"partnership_id", "title", "unit"}
A_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def datapackage(about: About, files: list[dict[str, Any]]) -> dict[str, Any]:
    """The package of a release. ``files`` are the data files with their size and SHA-256."""
    return {
        "profile": "data-package",
        "name": "co-production-matrix",
        "id": about.url,
        "title": about.title,
        "description": about.abstract,
        "homepage": about.url,
        "version": str(about.number),
        "created": about.made,
        "keywords": list(about.keywords),
        "licenses": [{"name": about.licence_code, "title": about.licence, "path": about.licence_url}],
        "contributors": [{"title": about.author, "role": "publisher"}],
        "sources": [{"title": about.register, "path": about.site}],
        "resources": [_resource(file) for file in files],
    }


def _resource(file: dict[str, Any]) -> dict[str, Any]:
    stem, ending = file["name"].rsplit(".", 1)
    resource = {
        "name": stem if ending == "csv" else f"{stem}-{ending}",
        "path": file["name"],
        "description": str(file["about"]),
        "format": ending,
        "mediatype": MEDIA[ending],
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
    }
    if ending != "csv":
        return {"profile": "data-resource", "type": "json" if ending == "json" else "file", **resource}
    dialect = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True}
    table = {"profile": "tabular-data-resource", "type": "table", "encoding": "utf-8", "dialect": dialect}
    return {**resource, **table, "schema": schema()}


def schema() -> dict[str, Any]:
    """The table schema of the flat record."""
    part_of = {"fields": "part_of", "reference": {"resource": "", "fields": "partnership_id"}}
    return {"fields": [_field(column) for column in COLUMNS], "missingValues": [""], "foreignKeys": [part_of]}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "title": column.name, "description": _words(column)}
    if column.form == NUMBER:
        field["type"] = "integer"
    elif column.form == YES_NO:
        field |= {"type": "boolean", "trueValues": [YES], "falseValues": [NO_]}
    elif column.name == "last_confirmed":
        field |= {"type": "date", "format": "default"}
    else:
        field["type"] = "string"
    if constraints := _constraints(column):
        field["constraints"] = constraints
    return field


def _words(column: Column) -> str:
    """Meaning and form: the standard has no place of its own for how lists are written."""
    return f"{column.meaning} ({FORMS[column.form]})"


def _constraints(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"required": True} if column.name in REQUIRED else {}
    codes = [code for name in column.codes for code, _label in codes_of(name)]
    if codes and column.form == CODES:
        found["pattern"] = _list_of(escape(code) for code in codes)
    elif column.form == CELLS:
        found["pattern"] = _cells(column)
    elif codes and column.name != "partners":
        found["enum"] = list(dict.fromkeys(codes))
    elif column.form == DATE and column.name != "last_confirmed":
        found["pattern"] = A_DATE
    return found


def _list_of(codes: Any) -> str:
    one = f"({'|'.join(re.escape(code) for code in codes)})"
    return rf"{one}(\|{one})*"


def _cells(column: Column) -> str:
    cells = _list_of(str(member) for member in MEMBERS)
    return rf"{cells}(>{cells})?" if column.name == "stated_cells" else cells
