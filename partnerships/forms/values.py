"""Between a stored draft and what the officer's form shows and gives.

``Values`` are answers as they are typed: a text for each field, a list of codes for each group of boxes. The same shape
fills the form, stands on the check page, and is compared where two people saved one draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from accounts.models import User
from partnerships import dates
from partnerships.forms.fields import NamedPartner
from partnerships.forms.steps import ROLE_FIELDS
from partnerships.models import Partner, Partnership, Phase
from partnerships.models.phase import UNNAMED
from partnerships.presenters import words
from partnerships.search import fold
from taxonomy.questions import PARTY_KINDS
from taxonomy.service_areas import AREAS, DIVISIONS, division_of

if TYPE_CHECKING:
    from partnerships.forms.draft import PartnershipForm

Values = Mapping[str, Any]

PLAIN_FIELDS = ("title", "unit", "nation", "place", "summary", "vehicle", "risk")


def starting_values(user: User) -> Values:
    """What a new form shows: the likeliest kind of thing, where the person's organisation is."""
    organisation = user.organisation
    return {"unit": "case", "country": str(organisation.country) if organisation else "", **stage_values(None)}


def first_phase(draft: Partnership) -> Phase | None:
    """The phase that the form speaks of."""
    return min(draft.phases.all(), key=lambda phase: phase.order, default=None)


def other_phases(draft: Partnership, phase: Phase | None) -> tuple[str, ...]:
    """Names of a draft's phases but for this one, which must not take one of them."""
    return tuple(other.name for other in draft.phases.all() if other != phase)


def values_of(draft: Partnership) -> Values:
    """A stored draft as the form shows it.

    Besides the form's fields: ``countries``, the codes as stored, and ``parties``, the key, kind and name of each
    partner, whose key stands in the names of the fields on what the partner does besides.
    """
    return {
        **{name: getattr(draft, name) for name in PLAIN_FIELDS},
        "countries": list(draft.countries),
        "country": draft.countries[0] if draft.countries else "",
        "other_countries": "\n".join(words.country(code) for code in draft.countries[1:]),
        "aliases": "\n".join(draft.aliases),
        "tags": "\n".join(draft.tags),
        **_areas(draft.service_areas),
        **_partners(draft),
        **stage_values(first_phase(draft)),
    }


def _areas(codes: list[str]) -> Values:
    ticked = {division_of(code) for code in codes}
    groups = {f"groups_{division}": [c for c in codes if c.startswith(f"{division}.")] for division in DIVISIONS.codes}
    return {"areas": [code for code in DIVISIONS.codes if code in ticked], **groups}


def _partners(draft: Partnership) -> Values:
    rows = sorted(draft.partners.all(), key=lambda partner: partner.pk)
    present = {partner.kind for partner in rows}
    names = {
        f"names_{kind.code}": "\n".join(filter(None, (_written(row) for row in rows if row.kind == kind.code)))
        for kind in PARTY_KINDS
    }
    leads = dict.fromkeys(row.name for row in rows if row.lead and row.name)
    besides = {f"{name}_{row.pk}": getattr(row, name) for row in rows for name in ROLE_FIELDS}
    return {
        "kinds": [kind.code for kind in PARTY_KINDS if kind.code in present],
        **names,
        "leads": "\n".join(leads),
        "parties": [[str(row.pk), row.kind, row.name] for row in rows],
        **besides,
    }


def _written(row: Partner) -> str:
    """A partner's name. Who leads is a question of its own; only a leading partner without a name keeps the mark."""
    return row.name or str(NamedPartner("", row.lead))


def stage_values(phase: Phase | None) -> Values:
    """A stage as a form shows it; "phase" is its name, which is missing where there is no stage yet."""
    if phase is None:
        return {"planned": "actual"}
    return {
        "phase": "" if phase.name == UNNAMED else phase.name,
        "starts": dates.write(phase.starts, phase.starts_precision),
        "ends": dates.write(phase.ends, phase.ends_precision),
        "planned": "planned" if phase.planned else "actual",
    }


def taken_over(typed: Values, opened: Values, saved: Values) -> Values:
    """What was typed; where that is what the form was opened with, what somebody else has saved since."""
    return {
        name: saved.get(name, value) if _plain(value) == _plain(opened.get(name)) else value
        for name, value in typed.items()
    }


def untouched(names: Iterable[str], opened: Values, saved: Values) -> bool:
    """Whether what a form was opened with still stands under these names."""
    return all(_plain(opened.get(name)) == _plain(saved.get(name)) for name in names)


def _plain(value: Any) -> list[str]:
    """An answer without the marks of its way through a browser: line ends, the order of ticks."""
    return sorted(value) if isinstance(value, list) else str(value or "").split()


# ---- What a form gives to ``actions.save_draft`` -------------------------------------------------


def arguments(form: PartnershipForm, present: Values) -> dict[str, Any]:
    """The form's answers in the shape of the record. What could not be read stays as ``present`` has it.

    So does what a step of the form does not ask.
    """
    clean = form.cleaned_data
    named = "phase" in present or "phase" in clean
    return {
        "fields": {**_fields(clean), **_countries(form, present)},
        "partners": _partner_rows(clean, present),
        "phase": {**({} if named else {"name": UNNAMED}), **phase_fields(clean)},
    }


def _fields(clean: Values) -> dict[str, Any]:
    fields = {name: clean[name] for name in (*PLAIN_FIELDS, "aliases", "tags") if name in clean}
    groups = [f"groups_{division}" for division in DIVISIONS.codes]
    if {"areas", *groups} <= clean.keys():
        chosen = {*clean["areas"], *(code for name in groups for code in clean[name])}
        # A group brings its division along, as everywhere in the register.
        chosen |= {division_of(code) for code in chosen}
        fields["service_areas"] = [code for code in AREAS.codes if code in chosen]
    return fields


def _countries(form: PartnershipForm, present: Values) -> dict[str, list[str]]:
    """The country and the others are one list, which two steps ask for."""
    clean, asked = form.cleaned_data, {"country", "other_countries"} & form.fields.keys()
    if not asked or not asked <= clean.keys():
        return {}
    before = list(present.get("countries", []))
    first = [clean["country"]] if "country" in clean else before[:1]
    others = clean["other_countries"] if "other_countries" in clean else before[1:]
    return {"countries": list(dict.fromkeys(filter(None, [*first, *others])))}


def _partner_rows(clean: Values, present: Values) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    before = present.get("kinds", [])
    leading = {fold(name) for name in clean.get("leads", present.get("leads", "").splitlines())}
    for kind in PARTY_KINDS:
        name = f"names_{kind.code}"
        if kind.code not in (*clean.get("kinds", before), *(before if name not in clean else ())):
            continue
        named = clean[name] if name in clean else _as_partners(present.get(name, ""))
        rows += [
            {"kind": kind.code, "name": p.name, "lead": p.lead or fold(p.name) in leading}
            for p in named or [NamedPartner("")]
        ]
    return _with_roles(rows, clean, present)


def _as_partners(text: str) -> list[NamedPartner]:
    return [NamedPartner(line.lstrip("* "), line.startswith("*")) for line in text.splitlines() if line]


def _with_roles(rows: list[dict[str, Any]], clean: Values, present: Values) -> list[dict[str, Any]]:
    """Put what each partner does besides to it, where that was asked; what was not asked is not spoken of."""
    keys = {(kind, name): key for key, kind, name in present.get("parties", [])}
    for row in rows:
        key = keys.get((row["kind"], row["name"]))
        row |= {name: clean[f"{name}_{key}"] for name in ROLE_FIELDS if key and f"{name}_{key}" in clean}
    for kind in PARTY_KINDS:
        new = [row for row in rows if row["kind"] == kind.code and (kind.code, row["name"]) not in keys]
        wanted = {row["name"] for row in rows if row["kind"] == kind.code}
        gone = [key for (code, name), key in keys.items() if code == kind.code and name not in wanted]
        if len(new) == len(gone) == 1:
            # One name went and one came: the same partner under a better name.
            new[0].update({name: present[f"{name}_{gone[0]}"] for name in ROLE_FIELDS})
    return rows


def phase_fields(clean: Values) -> dict[str, Any]:
    """What a form says of a stage, in the shape of the record."""
    fields: dict[str, Any] = {}
    if "phase" in clean:
        fields["name"] = clean["phase"] or UNNAMED
    if "planned" in clean:
        fields["planned"] = clean["planned"] == "planned"
    # One date beside an old other one could turn the stage round.
    if {"starts", "ends"} <= clean.keys():
        fields["starts"], fields["starts_precision"] = clean["starts"]
        fields["ends"], fields["ends_precision"] = clean["ends"]
    return fields
