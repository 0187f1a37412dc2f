"""Between a stored draft and what the officer's form shows and gives.

``Values`` are answers as they are typed: a text for each field, a list of codes for each group of boxes. The same shape
fills the form, stands on the check page, and is compared where two people saved one draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from accounts.models import User
from accounts.roles import Role
from partnerships import dates
from partnerships.forms.choices import UNKNOWN
from partnerships.forms.fields import NamedPartner
from partnerships.models import Assessment, Partner, Partnership, Phase
from partnerships.presenters import words
from partnerships.search import fold
from taxonomy.questions import PARTY_KINDS
from taxonomy.service_areas import AREAS, DIVISIONS, division_of

if TYPE_CHECKING:
    from partnerships.forms.draft import PartnershipForm

Values = Mapping[str, Any]

# The name of a stage that nobody named; the form shows it as a blank.
ONLY_PHASE = "As described"
PLAIN_FIELDS = ("title", "unit", "nation", "place", "summary", "vehicle", "risk")
VIEW_OF_KIND = {
    "public": "public_body",
    "third_sector": "third_sector",
    "community": "users_or_community",
    "citizens": "users_or_community",
}


def starting_values(user: User) -> Values:
    """What a new form shows: the likeliest kind of thing, and what the person's organisation makes likely."""
    organisation = user.organisation
    view = VIEW_OF_KIND.get(organisation.kind, "") if organisation else ""
    return {
        "unit": "case",
        "country": str(organisation.country) if organisation else "",
        "perspective": "researcher" if Role.RESEARCHER in user.roles else view,
        "planned": "actual",
    }


def stored(draft: Partnership) -> tuple[Phase | None, Assessment | None]:
    """The phase that the form speaks of, the first, and the latest assessment of it."""
    phase = min(draft.phases.all(), key=lambda phase: phase.order, default=None)
    return phase, max(phase.assessments.all(), key=lambda claim: claim.pk, default=None) if phase else None


def other_phases(draft: Partnership) -> tuple[str, ...]:
    """Names of the phases that the form does not speak of; its own phase must not take one of them."""
    own, _claim = stored(draft)
    return tuple(phase.name for phase in draft.phases.all() if phase != own)


def values_of(draft: Partnership) -> Values:
    """A stored draft as the form shows it."""
    phase, claim = stored(draft)
    return {
        **{name: getattr(draft, name) for name in PLAIN_FIELDS},
        "country": draft.countries[0] if draft.countries else "",
        "other_countries": "\n".join(words.country(code) for code in draft.countries[1:]),
        "aliases": "\n".join(draft.aliases),
        "tags": "\n".join(draft.tags),
        **_areas(draft.service_areas),
        **_partners(draft),
        **_stage(phase),
        **_claim(claim),
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
    return {"kinds": [kind.code for kind in PARTY_KINDS if kind.code in present], **names, "leads": "\n".join(leads)}


def _written(row: Partner) -> str:
    """A partner's name. Who leads is a question of its own; only a leading partner without a name keeps the mark."""
    return row.name or str(NamedPartner("", row.lead))


def _stage(phase: Phase | None) -> Values:
    if phase is None:
        return {"phase": "", "starts": "", "ends": "", "planned": "actual"}
    return {
        "phase": "" if phase.name == ONLY_PHASE else phase.name,
        "starts": dates.write(phase.starts, phase.starts_precision),
        "ends": dates.write(phase.ends, phase.ends_precision),
        "planned": "planned" if phase.planned else "actual",
    }


def _claim(claim: Assessment | None) -> Values:
    """A responsibility that is not stated is "not known", unless the officer has not come to it yet."""
    if claim is None:
        return {"design": "", "delivery": "", "reason": "", "perspective": ""}
    unanswered = claim.result.get("unanswered", [])
    return {
        **{axis: getattr(claim, axis) or ("" if axis in unanswered else UNKNOWN) for axis in ("design", "delivery")},
        "reason": claim.reason,
        "perspective": claim.perspective,
    }


def taken_over(typed: Values, opened: Values, saved: Values) -> Values:
    """What was typed; where that is what the form was opened with, what somebody else has saved since."""
    return {
        name: saved.get(name, value) if _plain(value) == _plain(opened.get(name)) else value
        for name, value in typed.items()
    }


def _plain(value: Any) -> list[str]:
    """An answer without the marks of its way through a browser: line ends, the order of ticks."""
    return sorted(value) if isinstance(value, list) else str(value or "").split()


# ---- What a form gives to ``actions.save_draft`` -------------------------------------------------


def arguments(form: PartnershipForm, present: Values) -> dict[str, Any]:
    """The form's answers in the shape of the record. What could not be read stays as ``present`` has it."""
    return {
        "fields": _fields(form.cleaned_data),
        "partners": _partner_rows(form.cleaned_data, present),
        "phase": _phase_fields(form.cleaned_data),
        "claim": _claim_fields({**present, **form.cleaned_data}),
    }


def _fields(clean: Values) -> dict[str, Any]:
    fields = {name: clean[name] for name in (*PLAIN_FIELDS, "aliases", "tags") if name in clean}
    if {"country", "other_countries"} <= clean.keys():
        fields["countries"] = list(dict.fromkeys(filter(None, [clean["country"], *clean["other_countries"]])))
    groups = [f"groups_{division}" for division in DIVISIONS.codes]
    if {"areas", *groups} <= clean.keys():
        chosen = {*clean["areas"], *(code for name in groups for code in clean[name])}
        # A group brings its division along, as everywhere in the register.
        chosen |= {division_of(code) for code in chosen}
        fields["service_areas"] = [code for code in AREAS.codes if code in chosen]
    return fields


def _partner_rows(clean: Values, present: Values) -> list[dict[str, Any]]:
    rows = []
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
    return rows


def _as_partners(text: str) -> list[NamedPartner]:
    return [NamedPartner(line.lstrip("* "), line.startswith("*")) for line in text.splitlines() if line]


def _phase_fields(clean: Values) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "phase" in clean:
        fields["name"] = clean["phase"] or ONLY_PHASE
    if "planned" in clean:
        fields["planned"] = clean["planned"] == "planned"
    # One date beside an old other one could turn the stage round.
    if {"starts", "ends"} <= clean.keys():
        fields["starts"], fields["starts_precision"] = clean["starts"]
        fields["ends"], fields["ends_precision"] = clean["ends"]
    return fields


def _claim_fields(values: Values) -> dict[str, Any]:
    axes = {axis: values.get(axis, "") for axis in ("design", "delivery")}
    return {
        **{axis: "" if code == UNKNOWN else code for axis, code in axes.items()},
        "perspective": values.get("perspective", ""),
        "reason": values.get("reason", ""),
        "unanswered": [axis for axis, code in axes.items() if not code],
    }
