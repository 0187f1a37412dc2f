"""The answers as JSON Schema: made from the shape of the complete record, so that the two cannot drift apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from exchange import meanings
from exchange.api.coded import LEVELS_OF, NESTED, OBJECTS, choices, coded, lists_in
from exchange.formats import shape
from exchange.meanings import Meanings
from partnerships.models.fields import MEMBERS
from taxonomy.answers import KIND_CODES
from taxonomy.questions import TASKS

Schema = dict[str, Any]
MEANINGS: Mapping[str, Meanings] = {
    "Partnership": meanings.PARTNERSHIP, "Partner": meanings.PARTNER, "Phase": meanings.PHASE,
    "Statement": meanings.STATEMENT, "Evidence": meanings.EVIDENCE, "Assessment": meanings.ASSESSMENT,
    "ChecklistItem": meanings.CHECKLIST_ITEM, "CaseStudy": meanings.CASE_STUDY, "Lesson": meanings.LESSON,
    "Source": meanings.SOURCE, "Organisation": meanings.ORGANISATION,
}  # fmt: skip
# In the bundled library only.
NOT_ANSWERED = {"seed_rows"}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ADDRESS: Schema = {"type": "string", "format": "uri"}
CELL: Schema = {"type": "integer", "minimum": 1, "maximum": 9}
CELL_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1, "maximum": 9}


def ref(name: str) -> Schema:
    """A reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def said(schema: Schema, description: object) -> Schema:
    """A schema with its meaning in words."""
    return {**schema, "description": str(description)}


def array(items: Schema) -> Schema:
    """A list of values of one schema."""
    return {"type": "array", "items": items}


def record(properties: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object of which all ``properties`` are always there, the ``optional`` ones sometimes, and nothing else."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


# ---- Codes ---------------------------------------------------------------------------------------------------------


def code_name(vocabulary: str) -> str:
    """What the component of a vocabulary is called: ``RiskCarriersCode`` for ``RISK_CARRIERS``."""
    return "".join(part.title() for part in vocabulary.split("_")) + "Code"


def code_lists() -> dict[str, Schema]:
    """A component for each vocabulary: its codes, and what they mean."""
    return {
        code_name(name): {
            "type": "string",
            "enum": [code for code, _label in choices(name)],
            "description": "\n".join(f"- `{code}`: {label}" for code, label in choices(name)),
        }
        for name in lists_in(OBJECTS)
    }


def one_code(*vocabularies: str) -> Schema:
    """A code of one of these vocabularies, or "" for not stated."""
    return {"anyOf": [*(ref(code_name(name)) for name in vocabularies), {"const": ""}]}


# ---- Objects of the record -------------------------------------------------------------------------------------------


def objects() -> dict[str, Schema]:
    """The objects of the complete record, with what is derived."""
    found = {name: _object(name) for name in OBJECTS}
    _add(found["Phase"], _derived())
    for name in ("Partnership", "Organisation", "Source"):
        _add(found[name], {
            "url" if name == "Partnership" else "page_url": said(ADDRESS, _("Its page on this site.")),
            "api_url": said(ADDRESS, _("This record in the API.")),
        })  # fmt: skip
    for name in ("Organisation", "Source"):
        _add(found[name], {"partnerships": said(array(TEXT), _("The codes of the published partnerships behind it."))})
    found |= {"PhaseOfPartnership": _of_partnership(found["Phase"], {})}
    words = _("What the rule of that codebook made of the answers; empty where responsibilities were stated directly.")
    result = {"result": said({"type": "object"}, words)}
    found |= {"AssessmentOfPartnership": _of_partnership(found["Assessment"], result)}
    return found


def _object(name: str) -> Schema:
    fields, _model = OBJECTS[name]
    codes = coded(name)
    properties, labels = {}, {}
    for field, kind in fields.of.items():
        if field in NOT_ANSWERED:
            continue
        value = _coded_value(name, field, kind, codes) or _value(name, field, kind)
        properties[field] = said(value, MEANINGS[name][field])
        if field in codes or _is_level(name, field):
            labels |= _label(field, isinstance(kind, shape.ListOf))
    return record(properties, labels)


def _is_level(name: str, field: str) -> bool:
    return name == "Statement" and field in ("design", "delivery")


def _coded_value(name: str, field: str, kind: Any, codes: Mapping[str, str]) -> Schema | None:
    if _is_level(name, field):
        return one_code(*LEVELS_OF.values())
    if field not in codes:
        return None
    return array(ref(code_name(codes[field]))) if isinstance(kind, shape.ListOf) else one_code(codes[field])


def _label(field: str, several: bool) -> dict[str, Schema]:
    if several:
        return {f"{field}_labels": said(array(TEXT), _("The labels of these codes. Only with labels=1."))}
    return {f"{field}_label": said(TEXT, _("The label of this code. Only with labels=1."))}


def _value(name: str, field: str, kind: Any) -> Schema:
    if field in NESTED:
        inner = ref(NESTED[field])
        return array(inner) if isinstance(kind, shape.ListOf) else {"anyOf": [inner, {"type": "null"}]}
    if isinstance(kind, shape.ListOf):
        return array(_value(name, field, kind.item))
    if (name, field) == ("Assessment", "answers"):
        return _answers()
    return dict(PLAIN[kind.types, kind.empty])


PLAIN: dict[tuple[tuple[type, ...], bool], Schema] = {
    ((str,), False): TEXT,
    ((int,), False): {"type": "integer"},
    ((int,), True): {"type": ["integer", "null"]},
    ((bool,), False): FLAG,
    ((dict,), False): {"type": "object"},
    ((int, str), False): {"enum": list(MEMBERS)},
}


def _answers() -> Schema:
    """By task and by kind of party; a task that does not apply has "na" in place of an object."""
    kinds = {"type": "object", "propertyNames": {"enum": list(KIND_CODES)}, "additionalProperties": TEXT}
    return {
        "type": "object",
        "propertyNames": {"enum": [task.code for task in TASKS]},
        "additionalProperties": {"anyOf": [kinds, {"const": "na"}]},
    }


def _derived() -> dict[str, Schema]:
    return {
        "current": said(FLAG, _("Whether the matrix shows the partnership at this phase.")),
        "cell": said(CELL_OR_NULL, _("The cell, where both responsibilities are known: 3 × delivery + design + 1.")),
        "model": said(one_code("MODELS"), _("The model, where all possible cells bear the same label.")),
        "professional_cell": said(CELL_OR_NULL, _("The cell in the professional lens.")),
    }


def _add(schema: Schema, properties: Mapping[str, Schema]) -> None:
    schema["properties"] = {**schema["properties"], **properties}
    schema["required"] = [*schema["required"], *properties]
    if "model" in properties:
        schema["properties"] |= _label("model", several=False)


def _of_partnership(schema: Schema, more: Mapping[str, Schema]) -> Schema:
    """An object on its own: with the partnership that it belongs to."""
    whole = {**schema, "properties": {"partnership": ref("PartnershipReference"), **schema["properties"]}}
    _add(whole, more)
    whole["required"] = ["partnership", *whole["required"]]
    return whole
