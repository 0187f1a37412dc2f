"""Where a phase stands, in a small matrix, a tag and a sentence."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Phase
from partnerships.models.fields import Member
from partnerships.positions import LensPosition
from partnerships.presenters.words import joined
from taxonomy.cells import CELLS, cells_of
from taxonomy.cells import cell as cell_of
from taxonomy.derivation import NOBODY, OUTSIDE
from taxonomy.lenses import SECTOR, Lens


@dataclass(frozen=True)
class MiniCell:
    """A cell of the small matrix; ``state`` is "", "here", "maybe" or "was", ``label`` its words."""

    number: int
    state: str = ""
    label: str = ""


@dataclass(frozen=True)
class MiniMatrix:
    """Nine small cells, and whether the answers leave the matrix altogether."""

    caption: str
    rows: tuple[tuple[MiniCell, ...], ...]
    outside: bool = False
    nobody: bool = False


@dataclass(frozen=True)
class PositionView:
    """All that a page says about a position. ``open`` marks a set or nothing known."""

    mini: MiniMatrix
    sentence: str
    models: tuple[str, ...]
    tag: str
    open: bool


def lens_position(phase: Phase | None, lens: Lens = SECTOR, *, inferred: bool = True) -> LensPosition:
    """The position of a phase under a lens; "not placed" for no phase or an inferred one that is not to be shown."""
    if phase is None or (phase.is_inferred and not inferred):
        return LensPosition()
    prefix = "" if lens is SECTOR else f"{lens.code}_"
    return LensPosition(
        getattr(phase, f"{prefix}design"),
        getattr(phase, f"{prefix}delivery"),
        getattr(phase, f"{prefix}possible_cells"),
    )


def position_view(position: LensPosition, lens: Lens = SECTOR, *, was: Collection[int] = ()) -> PositionView:
    """Draw and word a position; ``was`` are cells of earlier phases, drawn dashed."""
    models = dict.fromkeys(_(cell_of(number).model.label) for number in position.cells) if lens is SECTOR else ()
    return PositionView(
        mini=mini_matrix(telling(position, lens), settled=position.settled, was=was),
        sentence=sentence(position, lens),
        models=tuple(models),
        tag=tag(position, lens),
        open=not position.settled,
    )


def mini_matrix(possible: Collection[Member], *, settled: bool, was: Collection[int] = ()) -> MiniMatrix:
    """Nine cells: solid where it stands, hatched where it may stand, dashed where it stood."""
    words = {"here": _("here"), "maybe": _("possible"), "was": _("earlier"), "": ""}
    rows = []
    for row in range(3):
        states = [(c.number, _state(c.number, possible, settled, was)) for c in CELLS if c.row == row]
        rows.append(tuple(MiniCell(number, state, words[state]) for number, state in states))
    return MiniMatrix(_("Position on the matrix"), tuple(rows), OUTSIDE in possible, NOBODY in possible)


def _state(number: int, possible: Collection[Member], settled: bool, was: Collection[int]) -> str:
    if number in possible:
        return "here" if settled else "maybe"
    return "was" if number in was else ""


def tag(position: LensPosition, lens: Lens = SECTOR) -> str:
    """A few words: "5 · Full Co-Production", "2, 5 or 8", "Outside the matrix", "Not placed"."""
    if not position.placed:
        return _("Not placed")
    if position.settled and lens is SECTOR:
        return f"{position.cells[0]} · {_(cell_of(position.cells[0]).model.label)}"
    if position.possible == {OUTSIDE}:
        return _("Outside the matrix")
    if position.possible == {NOBODY}:
        return _("Nobody named")
    beyond = [word for code, word in BEYOND.items() if code in telling(position, lens)]
    return joined([*position.cells, *beyond])


BEYOND = {OUTSIDE: gettext_lazy("outside"), NOBODY: gettext_lazy("nobody named")}


def telling(position: LensPosition, lens: Lens = SECTOR) -> frozenset[Member]:
    """The possibilities worth showing: none where nothing is known, and cells only where an axis is wholly open."""
    if not position.placed:
        return frozenset()
    return position.possible - BEYOND.keys() if _axis_open(position, lens) else position.possible


def _axis_open(position: LensPosition, lens: Lens) -> bool:
    """An axis of which nothing is known: all its cells are possible, so "outside" and "nobody" say nothing more."""
    product = cells_of(position.design or None, position.delivery or None, lens)
    return len(product) > 1 and product <= position.possible


def sentence(position: LensPosition, lens: Lens = SECTOR) -> str:
    """One or two sentences: who is responsible for each axis, and what is not known."""
    if not position.placed:
        return _("What is known is not enough to place it.")
    if not position.cells:
        return _("It is in hands that this matrix does not hold, such as a private company’s, or nobody is named.")
    parts = []
    if position.design:
        parts.append(_(lens.level(position.design).design_words) + ".")
    else:
        parts.append(_("Who designs it is not known for certain."))
    if position.delivery:
        parts.append(_(lens.level(position.delivery).delivery_words) + ".")
    else:
        parts.append(_("Who delivers it is not known for certain."))
    shown = telling(position, lens)
    if OUTSIDE in shown:
        parts.append(
            _("It may be wholly in other hands, such as a private company’s, which this matrix does not hold.")
        )
    if NOBODY in shown:
        parts.append(_("It may also be that nobody is named."))
    return " ".join(parts)
