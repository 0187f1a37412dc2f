"""The sentences of an explanation, one translatable template for each shape of sentence.

Actors are names of partners or, where nobody is named, words for the kind. Every verb is one that
reads the same after "Hill Council" and after "citizens", so that no sentence has to know which.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.presenters.words import joined
from taxonomy.axes import Axis
from taxonomy.cells import NUMBERS
from taxonomy.derivation import NOBODY, OUTSIDE, Placement
from taxonomy.explanation import AxisReason, HingeOutcome, Missing, Part, SideReason
from taxonomy.lenses import Lens
from taxonomy.questions import Task

# Names that are written out; beyond these the rest is a number.
NAMED = 2

KINDS = {
    "public": gettext_lazy("the public sector"),
    "third_sector": gettext_lazy("third sector organisations"),
    "community": gettext_lazy("community groups"),
    "citizens": gettext_lazy("citizens"),
    "private": gettext_lazy("private firms"),
    "other": gettext_lazy("other partners"),
}

SETTLED = {
    (Axis.DESIGN, "public"): gettext_lazy("Design lies with the public sector"),
    (Axis.DESIGN, "shared"): gettext_lazy("Design is shared"),
    (Axis.DESIGN, "citizens_or_third_sector"): gettext_lazy("Design lies with citizens or the third sector"),
    (Axis.DESIGN, "professionals"): gettext_lazy("Design lies with paid staff"),
    (Axis.DESIGN, "users_or_community"): gettext_lazy("Design lies with users or the community"),
    (Axis.DELIVERY, "public"): gettext_lazy("Delivery lies with the public sector"),
    (Axis.DELIVERY, "shared"): gettext_lazy("Delivery is shared"),
    (Axis.DELIVERY, "citizens_or_third_sector"): gettext_lazy("Delivery lies with citizens or the third sector"),
    (Axis.DELIVERY, "professionals"): gettext_lazy("Delivery lies with paid staff"),
    (Axis.DELIVERY, "users_or_community"): gettext_lazy("Delivery lies with users or the community"),
}
OPEN = {
    Axis.DESIGN: gettext_lazy("Design is not settled"),
    Axis.DELIVERY: gettext_lazy("Delivery is not settled"),
}
BEYOND = {
    Axis.DESIGN: gettext_lazy("Design lies outside the matrix"),
    Axis.DELIVERY: gettext_lazy("Delivery lies outside the matrix"),
}
NONE_NAMED = {
    Axis.DESIGN: gettext_lazy("Nobody is named for design"),
    Axis.DELIVERY: gettext_lazy("Nobody is named for delivery"),
}
UNANSWERED = {
    Axis.DESIGN: gettext_lazy("No question about design is answered yet."),
    Axis.DELIVERY: gettext_lazy("No question about delivery is answered yet."),
}
INAPPLICABLE = {
    Axis.DESIGN: gettext_lazy("Nobody is named for design, since none of its questions applies."),
    Axis.DELIVERY: gettext_lazy("Nobody is named for delivery, since none of its questions applies."),
}
LED = {
    Axis.DESIGN: gettext_lazy("%(actor)s led on %(led)s"),
    Axis.DELIVERY: gettext_lazy("%(actor)s led %(led)s"),
}
TOGETHER = {
    Axis.DESIGN: gettext_lazy("%(actor)s decided together on %(together)s"),
    Axis.DELIVERY: gettext_lazy("%(actor)s did %(together)s with others"),
}
LED_AND_TOGETHER = {
    Axis.DESIGN: gettext_lazy("%(actor)s led on %(led)s and decided together on %(together)s"),
    Axis.DELIVERY: gettext_lazy("%(actor)s led %(led)s and did %(together)s with others"),
}
ASKED = {
    Axis.DESIGN: gettext_lazy("Telling or asking %(actor)s about %(topics)s is not deciding."),
    Axis.DELIVERY: gettext_lazy("Use or occasional help by %(actor)s (%(topics)s) is not delivering."),
}
HINGES = {
    (Axis.DESIGN, "asked"): gettext_lazy("If %(actor)s had only been asked about %(topic)s, %(then)s."),
    (Axis.DESIGN, "together"): gettext_lazy("If %(actor)s had decided together on %(topic)s, %(then)s."),
    (Axis.DELIVERY, "asked"): gettext_lazy("If %(actor)s had only helped now and then with %(topic)s, %(then)s."),
    (Axis.DELIVERY, "together"): gettext_lazy("If %(actor)s had done %(topic)s with others, %(then)s."),
}
QUESTIONS = {
    Axis.DESIGN: gettext_lazy("Did %(actor)s decide on %(topic)s, alone or with others?"),
    Axis.DELIVERY: gettext_lazy("Did %(actor)s do %(topic)s, alone or with others?"),
}


@dataclass(frozen=True)
class Speaker:
    """Who and what the sentences are about: names of partners by kind, and the tasks of the codebook."""

    names: Mapping[str, Sequence[str]]
    tasks: Mapping[str, Task]

    def actor(self, kinds: Iterable[str], *, starts: bool = False) -> str:
        """Name the partners of these kinds; ``starts`` for the first words of a sentence."""
        words = [word for kind in kinds for word in self._partners(kind)]
        text = joined(words, last=_("and"))
        # A name keeps the capitals its owner gives it.
        return capfirst(text) if starts and words and words[0] in set(map(str, KINDS.values())) else text

    def _partners(self, kind: str) -> list[str]:
        names = [name for name in self.names.get(kind, ()) if name]
        if not names:
            return [str(KINDS[kind])]
        rest = len(names) - NAMED
        if rest < 1:
            return names
        return [*names[:NAMED], ngettext("%(count)d other", "%(count)d others", rest) % {"count": rest}]

    def topics(self, tasks: Iterable[str], *, of: Sequence[str] = ()) -> str:
        """Name tasks inside a sentence; ``of`` are those that apply: where there are several, all need no list."""
        named = tuple(tasks)
        if len(named) > 1 and named == tuple(of):
            return _("all of it")
        return joined([_(self.tasks[task].topic) for task in named], last=_("and"))


# ---- A sentence or two on an axis --------------------------------------------------------------------------------


def axis_words(reason: AxisReason, speaker: Speaker) -> str:
    """Who is responsible on an axis and the answers that decide it, or what keeps it open."""
    if not reason.applies:
        return str(INAPPLICABLE[reason.axis])
    if is_untouched(reason):
        return str(UNANSWERED[reason.axis])
    clauses = "; ".join(_done(reason, side, speaker) for side in _deciding(reason) if side.done)
    head = _head(reason)
    sentences = [_("%(head)s: %(clauses)s.") % {"head": head, "clauses": clauses} if clauses else f"{head}."]
    sentences += [_short_of(reason, side, speaker) for side in reason.sides[:2] if side.holds is False]
    sentences.append(_not_known(reason, speaker))
    return " ".join(filter(None, sentences))


def is_untouched(reason: AxisReason) -> bool:
    """Whether there are questions on the axis and none of them has an answer."""
    return bool(reason.applies) and reason.unanswered == reason.applies


def _head(reason: AxisReason) -> str:
    """What comes out, in a few words."""
    if reason.settled:
        return str(SETTLED[reason.axis, reason.levels[0]])
    if reason.levels or (reason.outside and reason.nobody):
        return str(OPEN[reason.axis])
    return str((BEYOND if reason.outside else NONE_NAMED)[reason.axis])


def _deciding(reason: AxisReason) -> tuple[SideReason, ...]:
    """The sides whose doings are told: those that hold the axis, or may hold it."""
    first, second, neither = reason.sides
    sides = (first, second, neither) if reason.outside else (first, second)
    return tuple(side for side in sides if side.holds is not False)


def _done(reason: AxisReason, side: SideReason, speaker: Speaker) -> str:
    """What a side did, kinds that did the same in one clause."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for kind in dict.fromkeys(part.kind for part in side.done):
        own = [part for part in side.done if part.kind == kind]
        alike.setdefault((_tasks(own, "led"), _tasks(own, "together")), []).append(kind)
    return "; ".join(_clause(reason, kinds, *levels, speaker) for levels, kinds in alike.items())


def _tasks(parts: Iterable[Part], level: str) -> tuple[str, ...]:
    return tuple(part.task for part in parts if part.level == level)


def _clause(
    reason: AxisReason, kinds: list[str], led: tuple[str, ...], together: tuple[str, ...], speaker: Speaker
) -> str:
    template = (LED_AND_TOGETHER if led and together else LED if led else TOGETHER)[reason.axis]
    return str(template) % {
        "actor": speaker.actor(kinds),
        "led": speaker.topics(led, of=reason.applies),
        "together": speaker.topics(together, of=reason.applies),
    }


def _short_of(reason: AxisReason, side: SideReason, speaker: Speaker) -> str:
    """Why a side that took some part does not hold the axis; "" for one that took none."""
    if side.surely:
        kinds = dict.fromkeys(part.kind for part in side.done)
        return _("%(actor)s did %(done)d of %(all)d deciding tasks (%(topics)s); %(needed)d are needed.") % {
            "actor": speaker.actor(kinds, starts=True),
            "done": len(side.surely),
            "all": len(reason.applies),
            "topics": speaker.topics(side.surely),
            "needed": reason.needed,
        }
    if side.asked:
        return str(ASKED[reason.axis]) % {
            "actor": speaker.actor(dict.fromkeys(part.kind for part in side.asked)),
            "topics": speaker.topics(dict.fromkeys(part.task for part in side.asked)),
        }
    return ""


def _not_known(reason: AxisReason, speaker: Speaker) -> str:
    """The answers that keep an axis open; "" where nothing does."""
    open_sides = [side for side in _deciding(reason) if side.holds is None]
    unknown: dict[str, list[str]] = {}
    for side in open_sides:
        for part in side.unknown:
            if part.task in side.open:
                unknown.setdefault(part.kind, []).append(part.task)
    items = [
        _("%(topics)s (%(actor)s)") % {"topics": speaker.topics(tasks), "actor": speaker.actor([kind])}
        for kind, tasks in unknown.items()
    ]
    if open_sides and reason.unanswered:
        items.append(speaker.topics(reason.unanswered))
    return _("Not known: %(items)s.") % {"items": "; ".join(items)} if items else ""


# ---- What would change it, and what is missing -------------------------------------------------------------------


def where(outcome: Placement) -> str:
    """A set of outcomes inside a sentence: "cell 7", "cell 1 or 4", "outside the matrix"."""
    telling = outcome.telling
    if telling >= NUMBERS:
        return _("any cell")
    cells = sorted(member for member in telling if isinstance(member, int))
    parts = [_("cell %(numbers)s") % {"numbers": joined(cells)}] if cells else []
    parts += [_("outside the matrix")] if OUTSIDE in telling else []
    parts += [_("nobody named")] if NOBODY in telling else []
    return joined(parts)


def hinge_words(found: HingeOutcome, speaker: Speaker) -> str:
    """What would come out if one party had only been asked, or had taken part instead."""
    hinge, task = found.hinge, speaker.tasks[found.hinge.task]
    return str(HINGES[task.axis, hinge.to_level]) % {
        "actor": speaker.actor([hinge.kind]),
        "topic": _(task.topic),
        "then": _then(found.outcome),
    }


def _then(outcome: Placement) -> str:
    """The second half of "if ..., ..."."""
    if outcome.possible == {NOBODY}:
        return _("nobody would be named")
    certain = len(outcome.possible) == 1
    return (_("this would be %(where)s") if certain else _("this could be %(where)s")) % {"where": where(outcome)}


def missing_words(missing: Missing, lens: Lens, speaker: Speaker, *, jointly: bool) -> str:
    """Ask for what is not known and say what each answer would give, unless one alone gives nothing new."""
    task = speaker.tasks[missing.task]
    if missing.kind is None:
        question, answers = _(task.question), _by_side(missing, lens)
    else:
        question = str(QUESTIONS[task.axis]) % {"actor": speaker.actor([missing.kind]), "topic": _(task.topic)}
        did, did_not = (_hedged(way.outcome) for way in missing.ways)
        answers = _("If so, %(yes)s; if not, %(no)s.") % {"yes": did, "no": did_not}
    return question if jointly else f"{question} {answers}"


def _hedged(outcome: Placement) -> str:
    """Where it would be; "perhaps" where more is possible than the words name."""
    found = where(outcome)
    return found if outcome.telling == outcome.possible else _("perhaps %(where)s") % {"where": found}


def _by_side(missing: Missing, lens: Lens) -> str:
    """What comes out for the first side, both, and the second."""
    first, both, second = (_hedged(way.outcome) for way in missing.ways[:3])
    return _("%(first_side)s: %(first)s. Both: %(both)s. %(second_side)s: %(second)s.") % {
        "first_side": _(lens.levels[0].name),
        "first": first,
        "both": both,
        "second_side": _(lens.levels[2].name),
        "second": second,
    }
