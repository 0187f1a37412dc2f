"""Pages of an import: the list, the file, and what the state of an import asks for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from exchange import importing
from exchange.faults import Fault
from exchange.files import MAX_BYTES, FileError
from exchange.forms import FEW, PartForm, UploadForm
from exchange.models import Import
from exchange.models.imports import ERROR, READ
from exchange.presenters import faults as fault_words
from exchange.presenters import import_records, import_words
from exchange.presenters import imports as presenter
from exchange.views.import_doors import bounded, find_import, for_importers, imports_of, replace_spent, waiting_for

# A spreadsheet that opens a CSV by double click takes it for UTF-8 by these bytes.
BOM = "\ufeff"


@require_safe
@for_importers
def import_list(request: HttpRequest) -> HttpResponse:
    """The person's own imports; for curators all of them."""
    curator = request.user.is_curator
    batches = imports_of(request.user).select_related("made_by")
    page = Paginator(batches, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    rows = presenter.rows(page.object_list, with_names=curator)
    context = {"rows": rows, "with_names": curator, "page": presenter.page_links(page)}
    return render(request, "import/list.html", context)


@csrf_exempt  # until ``bounded`` has looked at the size: the check reads the fields, and with them the whole file
@for_importers
@bounded
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a file and read it; what is wrong with it is said on the same page."""
    user, posted = request.user, request.method == "POST"
    waiting, homeless = waiting_for(user), user.organisation_id is None and not user.is_curator
    held_up = bool(waiting or homeless)
    sent = (request.POST, request.FILES) if posted and not held_up else ()
    form, faults = UploadForm(*sent, may_publish=user.is_curator), []
    if form.is_valid():
        batch, faults = _stage(request, form)
        if batch:
            return redirect("import", uuid=batch.uuid)
    status = 200 if not posted else 409 if held_up else 422
    context = {
        "form": form, "waiting": waiting, "homeless": homeless, "most": MAX_BYTES, "table": _table(form, faults),
        "most_mb": MAX_BYTES // 1_000_000, "contact_email": settings.CONTACT_EMAIL,
    }  # fmt: skip
    return render(request, "import/new.html", context, status=status)


def _stage(request: HttpRequest, form: UploadForm) -> tuple[Import | None, list[Fault]]:
    """Read the file into the database, in the place of one that had errors."""
    user, upload = request.user, form.cleaned_data["file"]
    publish = form.cleaned_data.get("publish", False)
    try:
        batch = importing.stage(upload.file, upload.name, by=user, own_only=not user.is_curator, publish=publish)
    except FileError as error:
        form.refuse(error.faults)
        return None, error.faults
    except importing.Refused as refusal:
        form.add_error("file", refusal)
        return None, []
    replace_spent(user, batch)
    return batch, []


def _table(form: UploadForm, faults: list[Fault]) -> dict[str, Any] | None:
    """The faults of a file that could not be read, where they are too many for the summary."""
    if len(faults) <= FEW:
        return None
    return {"rows": [fault_words.fault_row(fault) for fault in faults], "line": fault_words.line_word(form.unit)}


@require_safe
@for_importers
def import_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the comparison is; then what the file would do; then what it did."""
    batch = find_import(request.user, uuid)
    if batch.state == READ:
        context = {"batch": batch, "progress": presenter.progress(batch), "broken": presenter.is_broken(batch)}
        return render(request, "import/checking.html", context)
    form = PartForm(request.GET)
    if not form.is_valid():
        return render(request, "400.html", {"errors": form.errors["show"], "back": request.path}, status=400)
    numbers = presenter.totals(batch)
    show = form.cleaned_data["show"] or presenter.first_part(numbers)
    paginator = Paginator(import_records.staged(batch, show), settings.PAGE_SIZE)
    paginator.count = numbers.of(show)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "batch": batch, "numbers": numbers, "show": show, "tabs": presenter.tabs(numbers, show),
        "heading": presenter.heading(show), "page": presenter.page_links(page, show=show), **_shown(batch, show, page),
    }  # fmt: skip
    if presenter.is_over(batch):
        return render(request, "import/report.html", {**context, "done": import_words.outcome(batch, numbers)})
    return render(request, "import/preview.html", {**context, "outlook": import_words.outlook(batch, numbers)})


def _shown(batch: Import, show: str, page: Page) -> dict[str, Any]:
    """The records of one page: their faults, or what they change."""
    records = list(page.object_list)
    if show != ERROR:
        return {"records": import_records.record_rows(batch, records)}
    line = fault_words.line_word(fault_words.unit_of(batch.form))
    table = {"rows": import_records.fault_rows(records), "line": line, "more": import_records.more_faults(records)}
    return {"table": table}


@require_safe
@for_importers
def import_faults(request: HttpRequest, uuid: UUID) -> StreamingHttpResponse:
    """All faults of an import as a CSV file, to work through beside the sheet."""
    batch = find_import(request.user, uuid)
    lines = fault_words.fault_lines(import_records.all_faults(batch), fault_words.unit_of(batch.form))
    response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="faults.csv")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(lines: Iterator[list[str]]) -> Iterator[str]:
    yield BOM
    for line in lines:
        text = StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow(line)
        yield text.getvalue()
