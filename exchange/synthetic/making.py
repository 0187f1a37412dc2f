"""One synthetic partnership at a time: the record with all that belongs to it, in rows that nobody has saved yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Model
from django.utils.text import slugify

from exchange.synthetic import words
from exchange.synthetic.chance import Chance
from exchange.synthetic.claims import CELL_WEIGHTS, Claims
from exchange.synthetic.places import COUNTRIES, PLACES
from exchange.synthetic.pools import Pools, named
from exchange.synthetic.prose import Prose
from exchange.synthetic.timelines import timeline
from partnerships.models import CaseStudy, ChecklistItem, Evidence, Lesson, Partner, Partnership, Phase, Source
from partnerships.models.partnership import CHANGES_REQUESTED, DRAFT, PUBLISHED, SUBMITTED, WITHDRAWN
from taxonomy import vocabulary
from taxonomy.service_areas import AREAS

STATUSES = {PUBLISHED: 91.5, DRAFT: 5, SUBMITTED: 2, CHANGES_REQUESTED: 0.5, WITHDRAWN: 1}
UNITS = {
    "case": 70, "programme": 12, "component": 8, "class": 3, "vehicle": 2, "country_pattern": 2, "illustration": 2,
    "reference": 1,
}  # fmt: skip
# The first register opened on this day, as far as synthetic ones are concerned.
OPENED = datetime(2022, 1, 1, tzinfo=UTC)
DAYS_OPEN = 1400


@dataclass
class Made:
    """A partnership and the rows that belong to it. ``part`` asks for a programme to be part of."""

    partnership: Partnership
    part: bool = False
    partners: list[Partner] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    claims: list[Model] = field(default_factory=list)
    rest: list[Model] = field(default_factory=list)


def make(seed: int, number: int, pools: Pools) -> Made:
    """The partnership of this number in the register of this seed. The first one has all that a record can have."""
    chance = Chance(seed, "partnership", number, sure=number == 1)
    country = chance.skewed(COUNTRIES)
    nation, places = chance.one_of(PLACES[country])
    place = chance.skewed(places)
    rare = number <= words.RARE_AMONG and number % words.RARE_EVERY == 1
    prose = Prose(chance, chance.skewed(words.AREAS), place)
    partnership = _own(chance, prose, country, mark=f"({words.TAG} {seed}-{number})", rare=rare)
    partnership.nation = nation if partnership.countries else ""
    made = Made(partnership, part=number != 1 and partnership.unit != "programme" and chance.sometimes(0.04))
    made.partners = _partners(chance, partnership, country, place, pools)
    made.phases = timeline(chance)
    sources = chance.several(pools.sources_for(country), 4)
    for phase in made.phases:
        phase.partnership = partnership
    _claim(chance, made, sources)
    made.rest += _evidence(chance, made, sources)
    made.rest += _checklist(chance, made.phases)
    if partnership.status == PUBLISHED and chance.sometimes(0.03):
        made.rest += _study(chance, partnership, prose)
    return made


def _own(chance: Chance, prose: Prose, country: str, *, mark: str, rare: bool) -> Partnership:
    """The partnership itself; every optional field is empty now and then."""
    partnership = Partnership(
        uuid=chance.uuid(),
        title=f"{prose.title} {mark}",
        aliases=[f"{prose.what} {prose.place}"] if chance.sometimes(0.1) else [],
        summary=prose.summary(rare=rare) if rare or chance.share() < 0.97 else "",
        narrative=prose.narrative() if chance.sometimes(0.35) else "",
        unit="case" if chance.sure else chance.weighted(UNITS),
        countries=_countries(chance, country),
        place=prose.place if chance.sometimes(0.85) else "",
        service_areas=_areas(chance, prose.area),
        tags=[words.TAG, *(chance.several(words.TAGS, 2) if chance.sometimes(0.3) else ())],
        **_dimensions(chance),
    )  # fmt: skip
    return _with_status(chance, partnership)


def _countries(chance: Chance, country: str) -> list[str]:
    drawn = chance.share()
    if drawn < 0.03:
        return []
    second = chance.skewed(COUNTRIES)
    return [country, second] if drawn > 0.95 and second != country else [country]


def _areas(chance: Chance, area: str) -> list[str]:
    """Mostly one group of COFOG, sometimes its division only, a second one, or none."""
    drawn = chance.share()
    if drawn < 0.04:
        return []
    own = area[:2] if drawn < 0.16 else area
    second = chance.one_of(AREAS.codes)
    return [own, second] if drawn > 0.78 and second != own else [own]


def _dimensions(chance: Chance) -> dict[str, object]:
    """The optional dimensions, each stated for some of the records only."""
    natures = chance.several(vocabulary.NATURES.codes, 2) if chance.sometimes(0.5) else []
    return {
        "vehicle": chance.maybe(0.3, vocabulary.VEHICLES.codes),
        "risk": chance.maybe(0.2, vocabulary.RISK_CARRIERS.codes),
        "level": chance.maybe(0.45, vocabulary.LEVELS_OF_POWER.codes),
        "nature": natures,
        "nature_basis": chance.maybe(0.7, vocabulary.NATURE_BASES.codes) if natures else "",
        "effect": chance.maybe(0.4, vocabulary.EFFECTS.codes),
        "interaction": chance.maybe(0.4, vocabulary.INTERACTIONS.codes),
        "stages": chance.several(vocabulary.STAGES.codes, 3) if chance.sometimes(0.55) else [],
        "design_approach": chance.maybe(0.25, vocabulary.DESIGN_APPROACHES.codes),
        "reached": chance.maybe(0.6, vocabulary.REACHED.codes),
        "definition": chance.maybe(0.15, vocabulary.DEFINITIONS.codes),
    }


def _with_status(chance: Chance, partnership: Partnership) -> Partnership:
    """A status, with the dates and the address that belong to it."""
    status = PUBLISHED if chance.sure else chance.weighted(STATUSES)
    published = OPENED + timedelta(days=chance.number(40, DAYS_OPEN), minutes=chance.number(0, 1439))
    partnership.status = status
    if status != DRAFT:
        partnership.submitted_at = published - timedelta(days=chance.number(1, 30))
    if status in (PUBLISHED, WITHDRAWN):
        partnership.published_at = published
        partnership.slug = slugify(partnership.title)[:120]
    if status == CHANGES_REQUESTED:
        partnership.curator_note = "Who takes part?"
    if chance.sometimes(0.4):
        partnership.last_confirmed = (published + timedelta(days=chance.number(0, 200))).date()
    return partnership


def _partners(chance: Chance, partnership: Partnership, country: str, place: str, pools: Pools) -> list[Partner]:
    """A public body in nearly every one, and mostly somebody of the other side; each name once."""
    kinds = ["public"] if chance.share() < 0.95 else []
    kinds += chance.several(("third_sector", "citizens", "community"), 2) if chance.share() < 0.95 or not kinds else []
    kinds += [kind for kind, share in (("public", 0.3), ("private", 0.12), ("other", 0.12)) if chance.sometimes(share)]
    found: dict[tuple[str, str], Partner] = {}
    for kind in kinds:
        shared = pools.organisations.get((country, kind), [])
        organisation = chance.leaning(shared) if shared and chance.sometimes(0.6) else None
        name = organisation.name if organisation else named(chance, kind, place)
        found[kind, name] = Partner(
            partnership=partnership, organisation=organisation, kind=kind, name=name, lead=not found,
            roles=chance.several(vocabulary.ROLES.codes, 2) if chance.sometimes(0.25) else [],
            hybrid=chance.share() < 0.03,
        )  # fmt: skip
    if partnership.status not in (PUBLISHED, WITHDRAWN):
        partnership.organisation = next((p.organisation for p in found.values() if p.organisation), None)
    return list(found.values())


def _claim(chance: Chance, made: Made, sources: list[Source]) -> None:
    partnership = made.partnership
    claims = Claims(
        chance,
        kinds=tuple(partner.kind for partner in made.partners),
        sources=sources,
        published=partnership.published_at or OPENED + timedelta(days=DAYS_OPEN),
    )
    if partnership.published_at:
        claims.place(made.phases)
    else:
        claims.draft(made.phases, handed_in=partnership.status == SUBMITTED)
    if chance.sometimes(0.03):
        claims.movement(chance.weighted(CELL_WEIGHTS))
    for statement in claims.statements:
        statement.partnership = partnership
    made.claims = [*claims.statements, *claims.assessments]


def _evidence(chance: Chance, made: Made, sources: list[Source]) -> list[Model]:
    return [
        Evidence(
            partnership=made.partnership,
            phase=chance.one_of(made.phases) if chance.sometimes(0.5) else None,
            source=source,
            place=chance.one_of(words.PLACES_IN_SOURCES).format(number=chance.number(1, 90)),
            grade=chance.maybe(0.8, vocabulary.GRADES.codes),
            supports=chance.several(vocabulary.SUPPORTS.codes, 2),
        )
        for source in sources
        if chance.sometimes(0.7)
    ]


def _checklist(chance: Chance, phases: list[Phase]) -> list[Model]:
    """A few items that somebody looked for in the last phase."""
    if not chance.sometimes(0.04):
        return []
    return [
        ChecklistItem(phase=phases[-1], item=item, answer=chance.skewed(vocabulary.CHECKLIST_ANSWERS.codes))
        for item in chance.several(vocabulary.CHECKLIST_ITEMS.codes, 8)
    ]


def _study(chance: Chance, partnership: Partnership, prose: Prose) -> list[Model]:
    study = CaseStudy(
        partnership=partnership, headline=prose.headline(), body=prose.narrative(), featured=chance.share() < 0.1
    )
    themes = chance.several(vocabulary.LESSON_THEMES.codes, 4)
    return [study, *(Lesson(case_study=study, theme=theme, text=chance.one_of(words.LESSONS)) for theme in themes)]
