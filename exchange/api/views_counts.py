"""Counts of a selection, and the theory behind them."""

from rest_framework.request import Request
from rest_framework.response import Response

from exchange.api import description
from exchange.api.asked import SELECTION
from exchange.api.base import ApiView, DataView
from exchange.api.counts import matrix_counts, transition_counts
from exchange.api.theory import theory
from partnerships.selection import select


class MatrixView(DataView):
    """The matrix in numbers."""

    takes = SELECTION

    @description.matrix
    def get(self, request: Request) -> Response:
        """Answer how many stand where, and how many are left out and why."""
        return Response(matrix_counts(select(request.GET)))


class TransitionsView(DataView):
    """Moves between cells in numbers."""

    takes = SELECTION

    @description.transitions
    def get(self, request: Request) -> Response:
        """Answer how many went from where to where."""
        return Response(transition_counts(select(request.GET)))


class TaxonomyView(ApiView):
    """The codebook and the lists of codes."""

    @description.taxonomy
    def get(self, request: Request) -> Response:
        """Answer all of it: it is the same for every request."""
        return Response(theory())
