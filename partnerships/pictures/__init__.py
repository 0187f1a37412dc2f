"""Drawings: what can be taken away as SVG or PNG, by the name in its address.

Each is a function from a selection to a ``Drawing``. The modules are imported on use: they draw what presenters count,
and presenters in turn show drawings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from partnerships.pictures.drawing import Drawing
    from partnerships.selection import Selection


def _by(path: str) -> Callable[[Selection], Drawing]:
    def draw(selection: Selection) -> Drawing:
        return import_string(path)(selection)

    return draw


DRAWINGS: dict[str, Callable[[Selection], Drawing]] = {
    "matrix": _by("partnerships.pictures.matrix.drawing"),
    "trajectories": _by("partnerships.presenters.trajectories.drawing"),
    "by-year": _by("partnerships.presenters.charts.by_year"),
    "by-country": _by("partnerships.presenters.charts.by_country"),
    "by-area": _by("partnerships.presenters.charts.by_area"),
    "by-model": _by("partnerships.presenters.charts.by_model"),
    "by-task": _by("partnerships.presenters.chart_tasks.by_task"),
}
# The address of the page that shows each; the others stand on the page of charts.
PAGES = {"matrix": "matrix", "trajectories": "trajectories"}


def page_of(name: str) -> str:
    """The name of the address of the page that shows a drawing."""
    return PAGES.get(name, "charts")
