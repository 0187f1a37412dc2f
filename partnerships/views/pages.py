"""Pages that explain the site, the form to report a mistake, and what machines ask for."""

import logging
from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.forms.report import ReportForm
from partnerships.models import Source

log = logging.getLogger(__name__)

NOT_FOR_ROBOTS = (
    "/admin/", "/accounts/", "/my/", "/report/", "/pictures/", "/embed/", "/partnerships/new/", "/partnerships/*/edit/",
    "/data/imports/",
)  # fmt: skip

# Named on the accessibility page; a gap leaves the list when it is closed.
KNOWN_GAPS = (
    gettext_lazy("No screen-reader user has tried the site yet."),
    gettext_lazy(
        "In the curators’ workplace, sources and organisations are typed with suggestions from the browser; how screen "
        "readers announce these has not been tried."
    ),
    gettext_lazy("In the curators’ workplace, the form of a long record has some two hundred fields, folded in parts."),
)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the register is, its sources, licence and limits."""
    used = Source.objects.used().order_by("authors", "publisher", "title")
    theory = Source.objects.unused().order_by("authors", "title")
    return render(request, "pages/about.html", {"used": used, "theory": theory})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html", {"contact": settings.CONTACT_EMAIL, "gaps": KNOWN_GAPS})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice."""
    return render(request, "pages/privacy.html", {"contact": settings.CONTACT_EMAIL})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a mistake: a short form that mails the curators."""
    form = ReportForm(request.POST or None, initial={"about": request.GET.get("about", "")[:200].replace("\x00", "")})
    if request.method == "POST" and form.is_valid():
        if _send_report(form.cleaned_data):
            messages.success(request, _("Thank you. The curators have your report."))
            return redirect("matrix")
        form.add_error(None, _("The report could not be sent just now. Please try again, or write to us by e-mail."))
    status = 422 if form.errors else 200
    return render(request, "pages/report.html", {"form": form, "contact": settings.CONTACT_EMAIL}, status=status)


def _send_report(data: Mapping[str, str]) -> bool:
    """Mail a report to the curators; False where the mail server does not take it, so that nothing typed is lost."""
    try:
        EmailMessage(
            subject=_("Mistake reported: %(about)s") % {"about": data["about"] or _("the site")},
            body=data["message"],
            to=[settings.CONTACT_EMAIL],
            reply_to=[data["email"]] if data["email"] else [],
        ).send()
    except OSError:  # SMTPException is one
        log.exception("A report could not be mailed.")
        return False
    return True


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process is alive; no database is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read the public pages; keep them out of the rest, and from drawing every choice of filters."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        # Filters can be combined without end; all that is published is reached by leafing through the list.
        "Disallow: /*?",
        f"Allow: {reverse('partnership-list')}?page=",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")
