"""Signing in and out, and passwords: Django's own views with our forms, templates and names."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import forms

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


class SignIn(views.LoginView):
    """Sign in; afterwards to ``next`` where that is a page of this site, else to the person's work.

    That is the queue for curators, and the partnerships of their organisation for everybody else.
    """

    template_name = "accounts/login.html"
    authentication_form = forms.SignInForm
    extra_context = {"contact_email": settings.CONTACT_EMAIL}

    def get_redirect_url(self) -> str:
        """Django checks that ``next`` stays on this site; signing in again or out is no place to go either."""
        url = super().get_redirect_url()
        return "" if urlsplit(url).path in {reverse("account-login"), reverse("account-logout")} else url

    def get_default_redirect_url(self) -> str:
        """Where somebody goes who asked for no page."""
        if not self.request.user.is_curator:
            return super().get_default_redirect_url()
        return f"{reverse('admin:partnerships_partnership_changelist')}?status=submitted"


class SetPassword(views.PasswordResetConfirmView):
    """Where the link of a new account and of a password reset leads. A used or old link says what to do."""

    template_name = "accounts/set_password.html"
    form_class = forms.SetPasswordForm
    success_url = reverse_lazy("account-set-password-done")
    extra_context = {"contact_email": settings.CONTACT_EMAIL}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 410 (gone) to a link that no longer works."""
        response = super().dispatch(request, *args, **kwargs)
        if not self.validlink and response.status_code == 200:
            response.status_code = 410
        return response


sign_in = reads_and_posts(SignIn.as_view())
sign_out = require_POST(views.LogoutView.as_view())

set_password = reads_and_posts(SetPassword.as_view())
set_password_done = require_safe(
    views.PasswordResetCompleteView.as_view(template_name="accounts/set_password_done.html")
)

password_change = reads_and_posts(
    views.PasswordChangeView.as_view(
        template_name="accounts/password_change.html",
        form_class=forms.ChangePasswordForm,
        success_url=reverse_lazy("account-password-change-done"),
    )
)
password_change_done = require_safe(
    views.PasswordChangeDoneView.as_view(template_name="accounts/password_change_done.html")
)

password_reset = reads_and_posts(
    views.PasswordResetView.as_view(
        template_name="accounts/password_reset.html",
        form_class=forms.ResetForm,
        success_url=reverse_lazy("account-password-reset-done"),
        extra_context={"contact_email": settings.CONTACT_EMAIL},
    )
)
password_reset_done = require_safe(
    views.PasswordResetDoneView.as_view(
        template_name="accounts/password_reset_done.html", extra_context={"contact_email": settings.CONTACT_EMAIL}
    )
)
