"""The data page: every way in and out, and what the data means; the dictionary as a file too."""

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from exchange.dictionary import code_lists, entries, part_entries, table
from exchange.formats.complete import FORMAT, LICENCE
from exchange.formats.flat import BYTE_ORDER_MARK
from exchange.models import Release
from exchange.releases.pages import row_of
from partnerships.models import Partnership
from partnerships.presenters.cards import found
from partnerships.presenters.citation import cite_selection
from partnerships.presenters.metadata import of_data_page
from partnerships.selection import select


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """Downloads, the other ways to the data, and the data dictionary."""
    count = Partnership.objects.published().count()
    release = Release.objects.defer("changes", "files").first()
    context = {
        "found": found(count),
        "release": row_of(release) if release else None,
        "cite": cite_selection(select(QueryDict()), count, timezone.localdate()),
        "entries": entries(),
        "parts": part_entries(),
        "code_lists": code_lists(),
        "format": FORMAT,
        "licence": LICENCE,
        "metadata": of_data_page(),
    }
    return render(request, "data/index.html", context)


@require_safe
def dictionary_file(request: HttpRequest) -> HttpResponse:
    """The data dictionary as a table: the columns first, then the fields of the complete record."""
    lines = StringIO()
    csv.writer(lines, quoting=csv.QUOTE_ALL).writerows(table())
    response = HttpResponse(BYTE_ORDER_MARK + lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="dictionary.csv")
    response["X-Content-Type-Options"] = "nosniff"
    return response
