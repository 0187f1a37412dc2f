"""Which fields the record has, in its order. A field of a model that is not named here is not public."""

from typing import Any

Record = dict[str, Any]

OWN_FIELDS = (
    "title", "aliases", "unit", "summary", "narrative", "countries", "nation", "place", "service_areas", "tags",
    "vehicle", "risk", "level", "nature", "nature_basis", "effect", "interaction", "stages", "design_approach",
    "reached", "definition",
)  # fmt: skip
PARTNER_FIELDS = ("kind", "name", "lead", "roles", "hybrid", "note")
PHASE_FIELDS = ("name", "order", "planned", "certainty", "confidence", "reason", "rationale")
STATEMENT_FIELDS = (
    "place", "kind", "basis", "lens", "label", "cells", "from_cells", "to_cells", "design", "delivery", "hedge",
    "perspective", "reading", "paraphrase",
)  # fmt: skip
CELL_FIELDS = ("cells", "from_cells", "to_cells")
EVIDENCE_FIELDS = ("place", "grade", "supports", "note")
ASSESSMENT_FIELDS = (
    "perspective", "by_invitation", "method", "design", "delivery", "reason", "answers", "codebook", "comment",
)  # fmt: skip
CHECKLIST_FIELDS = ("item", "answer", "place", "note")
SOURCE_FIELDS = ("slug", "authors", "title", "year", "publisher", "kind", "url", "doi", "archived_url", "reference")
ORGANISATION_FIELDS = ("slug", "name", "kind", "country", "scheme", "identifier", "website")
PARTS = ("partners", "phases", "statements", "evidence", "assessments", "checklists", "case_study")
KEYS = ("partnership_id", *OWN_FIELDS, "part_of", *PARTS, "last_confirmed")
