"""What can be taken away as SVG or PNG, by the name in its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from partnerships.pictures.drawing import Drawing
from partnerships.presenters import chart_tasks, charts, matrix_drawing, trajectories
from partnerships.selection import Selection

DRAWINGS: Mapping[str, Callable[[Selection], Drawing]] = MappingProxyType(
    {
        "matrix": matrix_drawing.drawing,
        "trajectories": trajectories.drawing,
        "by-year": charts.by_year,
        "by-country": charts.by_country,
        "by-area": charts.by_area,
        "by-model": charts.by_model,
        "by-task": chart_tasks.by_task,
    }
)
# The address of the page that shows each; the others stand on the page of charts.
PAGES = MappingProxyType({"matrix": "matrix", "trajectories": "trajectories"})


def page_of(name: str) -> str:
    """The name of the address of the page that shows a drawing."""
    return PAGES.get(name, "charts")
