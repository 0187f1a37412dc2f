"""Pages of an import: the list, the file, and what the state of an import asks for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from exchange import importing
from exchange.faults import Fault
from exchange.files import MAX_BYTES, FileError
from exchange.forms import PartForm, UploadForm
from exchange.models import Import
from exchange.models.imports import APPLIED, ERROR, READ
from exchange.presenters import faults as fault_words
from exchange.presenters import import_emptied, import_records, import_tasks, import_words
from exchange.presenters import import_faults as faults_of
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
        form.refuse()
        return None, error.faults
    except importing.Refused as refusal:
        form.add_error("file", refusal)
        return None, []
    replace_spent(user, batch)
    return batch, []


def _table(form: UploadForm, faults: list[Fault]) -> fault_words.FaultTable | None:
    """The faults of a file that could not be read."""
    return fault_words.fault_table((("", fault) for fault in faults), form.unit) if faults else None


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
    context = {"batch": batch, "numbers": numbers, "show": show, "tabs": presenter.tabs(numbers, show)}
    context |= _faulty(batch, numbers) if show == ERROR else _records(request, batch, numbers, show)
    if presenter.is_over(batch):
        return render(request, "import/report.html", {**context, **_done(request, batch, numbers)})
    return render(request, "import/preview.html", {**context, **_to_confirm(batch, numbers)})


def _records(request: HttpRequest, batch: Import, numbers: presenter.Totals, show: str) -> dict[str, Any]:
    """The records of one page with what they change."""
    paginator = Paginator(import_records.staged(batch, show), settings.PAGE_SIZE)
    paginator.count = numbers.shown(show)
    page = paginator.get_page(request.GET.get("page"))
    return {
        "heading": presenter.heading(show, numbers), "page": presenter.page_links(page, show=show),
        "number": page.number, "records": import_records.record_rows(batch, page.object_list, request.user),
    }  # fmt: skip


def _faulty(batch: Import, numbers: presenter.Totals) -> dict[str, Any]:
    """The first faults of the file; the others are in a file of their own."""
    table = faults_of.table(batch)
    return {"heading": presenter.heading(ERROR, numbers, table.count), "table": table}


def _to_confirm(batch: Import, numbers: presenter.Totals) -> dict[str, Any]:
    """What confirming does, if nothing is wrong."""
    if numbers.errors:
        return {}
    return {
        "outlook": import_words.outlook(batch, numbers), "left": import_words.still_to_do(batch, numbers.new),
        "emptying": import_emptied.emptying(batch) if numbers.changed or numbers.proposed else None,
    }  # fmt: skip


def _done(request: HttpRequest, batch: Import, numbers: presenter.Totals) -> dict[str, Any]:
    """What was done, and which of the drafts still have to be handed in."""
    drafts = import_tasks.open_records(batch).count() if batch.state == APPLIED else 0
    complete = len(import_tasks.complete_drafts(batch, request.user)) if drafts else 0
    return {
        "done": import_words.outcome(batch, numbers), "left": import_words.still_to_do(batch, drafts),
        "hand_in": import_words.hand_in(complete),
    }  # fmt: skip


@require_safe
@for_importers
def import_faults(request: HttpRequest, uuid: UUID) -> StreamingHttpResponse:
    """All faults of an import as a CSV file, to work through beside the sheet."""
    batch = find_import(request.user, uuid)
    lines = fault_words.fault_lines(faults_of.all_faults(batch), fault_words.unit_of(batch.form))
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
