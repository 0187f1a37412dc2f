"""What each field of the complete record means, for the data dictionary.

A field that the flat record has too is explained once, with its column. A test holds this table against the shape.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.formats.columns import COLUMNS

Meanings = Mapping[str, str | Promise]
_OF_COLUMNS = {column.name: column.meaning for column in COLUMNS}


def _as_in_the_table(*names: str) -> dict[str, str | Promise]:
    return {name: _OF_COLUMNS[name] for name in names}


DOCUMENT: Meanings = {
    "format": _("The name and number of this form. A later form gets another number."),
    "licence": _("Under which licence the data may be used."),
    "selection": _("Where filters were set: which, on which day, and how many partnerships met them. Not read."),
    "codes": _("Where words were asked for: what each code means. Not read."),
    "sources": _("Every source that the partnerships lean on, each once."),
    "organisations": _("Every organisation of the register that takes part in one of the partnerships, each once."),
    "partnerships": _("The partnerships, in the order of their codes."),
}
PARTNERSHIP: Meanings = {
    **_as_in_the_table(
        "partnership_id", "title", "aliases", "unit", "part_of", "summary", "countries", "nation", "place",
        "service_areas", "tags", "vehicle", "risk", "level", "nature", "effect", "interaction", "stages",
        "design_approach", "last_confirmed",
    ),
    "narrative": _("More about it, as Markdown."),
    "nature_basis": _("What “individual or collective” was judged by."),
    "reached": _("Whether people themselves take part, or organisations only."),
    "definition": _("The definition of co-production that the record follows."),
    "partners": _("Who takes part."),
    "phases": _("The stretches of the partnership, in its own order."),
    "statements": _("What sources say about where it stands."),
    "evidence": _("Places in sources that support the record."),
    "assessments": _("Assessments that people have handed in, without names."),
    "checklists": _("What was done in a phase, item by item. Checklists never move a cell."),
    "case_study": _("The story that curators tell; null where there is none."),
    "seed_rows": _("In the bundled library only: the rows of the audited table that a case comes from. Not read."),
}  # fmt: skip
PARTNER: Meanings = {
    "kind": _("What kind of party it is."),
    "name": _("The name of the organisation or group; empty where the source names none."),
    "lead": _("Whether it leads."),
    "roles": _("What it does besides; never counted for the position."),
    "hybrid": _("Whether it is a body between the sectors, such as a company that a council owns."),
    "note": _("What else there is to say, such as why a body between the sectors counts as its kind."),
    "organisation": _("The code of the organisation, where the register has it."),
}
PHASE: Meanings = {
    **_as_in_the_table(
        "planned", "design", "delivery", "possible_cells", "professional_design", "professional_delivery",
        "professional_possible_cells", "certainty", "confidence",
    ),
    "name": _("The name of the phase. “As described” where nobody divided the partnership into phases."),
    "order": _OF_COLUMNS["phase_order"],
    "starts": _OF_COLUMNS["phase_starts"],
    "ends": _OF_COLUMNS["phase_ends"],
    "reason": _("What an inferred position was inferred from."),
    "rationale": _("Why the phase stands where it stands."),
}  # fmt: skip
STATEMENT: Meanings = {
    **_as_in_the_table("hedge", "perspective", "reading"),
    "phase": _("The name of the phase that it is about; empty where it is about the partnership as a whole."),
    "source": _("The code of the source that says so."),
    "place": _OF_COLUMNS["source_locator"],
    "kind": _OF_COLUMNS["statement_kind"],
    "basis": _("What the cells rest on: the source’s own words, its label, or the class that the case belongs to."),
    "lens": _OF_COLUMNS["stated_lens"],
    "label": _OF_COLUMNS["stated_model"],
    "cells": _("The cells that the source gives."),
    "from_cells": _("Of a movement: the cells before."),
    "to_cells": _("Of a movement: the cells after."),
    "design": _OF_COLUMNS["stated_design"],
    "delivery": _OF_COLUMNS["stated_delivery"],
    "paraphrase": _("What the source says, in the register’s own words."),
    "adopted": _("Whether the position of the phase rests on this statement."),
}
EVIDENCE: Meanings = {
    "phase": STATEMENT["phase"],
    "source": _("The code of the source."),
    "place": _OF_COLUMNS["source_locator"],
    "grade": _("What kind of evidence it is, A to D; empty where nobody has graded it."),
    "supports": _("Which parts of the record it supports."),
    "note": _("What stands there, in the register’s own words."),
}
ASSESSMENT: Meanings = {
    "phase": _("The name of the phase that was assessed."),
    "perspective": _("Whose view it is. No name is kept in the data."),
    "by_invitation": _("Whether it was given by invitation, without an account."),
    "method": _("Whether the questions were answered, or the two responsibilities stated directly."),
    "design": _("Who is responsible for design, stated directly. Empty: not known, or questions were answered."),
    "delivery": _("Who is responsible for delivery, stated directly. Empty: not known, or questions were answered."),
    "reason": _("What a direct assessment rests on."),
    "answers": _("The answers: for each question of the codebook, what each kind of party did."),
    "codebook": _("The version of the codebook under which it was made."),
    "comment": _("What the assessor adds."),
    "submitted": _("The day on which it was handed in."),
    "adopted": _("Whether the position of the phase rests on this assessment."),
}
CHECKLIST_ITEM: Meanings = {
    "phase": _("The name of the phase in which it was done or not."),
    "item": _("The item of a checklist."),
    "answer": _("Whether it was done; “not known” where somebody looked in vain."),
    "starts": _("From when, known to the year, the month or the day."),
    "ends": _("The last year, month or day."),
    "source": _("The code of the source that says so; may be empty."),
    "place": _OF_COLUMNS["source_locator"],
    "note": _("What else there is to say."),
}
CASE_STUDY: Meanings = {
    "headline": _("The headline."),
    "body": _("The story, as Markdown."),
    "lessons": _("What the case teaches."),
    "featured": _("Whether it is shown on the first page."),
}
LESSON: Meanings = {"theme": _("The theme."), "text": _("The lesson.")}
SOURCE: Meanings = {
    "slug": _("The code of the source: the last part of its address on this site."),
    "authors": _("Who wrote it."),
    "title": _("What it is called."),
    "publisher": _("Who published it, or in which journal it appeared."),
    "kind": _("What kind of source it is."),
    "year": _("The year in which it appeared."),
    "url": _("Its web address."),
    "doi": _("Its DOI."),
    "archived_url": _("The address of a copy in an archive."),
    "accessed": _("The day on which somebody looked at it."),
    "reference": _("The full reference."),
}
ORGANISATION: Meanings = {
    "slug": _("The code of the organisation: the last part of its address on this site."),
    "name": _("What it is called."),
    "kind": _("What kind of party it is."),
    "country": _("Where it is, as an ISO 3166-1 code of two letters."),
    "scheme": _("The register that its number is from, such as GB-CHC for the charity register."),
    "identifier": _("Its number in that register."),
    "website": _("Its web address."),
}
