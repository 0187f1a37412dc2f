"""Forms for signing in and for passwords: Django's own, in the register's words."""

import logging
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.links import set_password_link
from accounts.models import User

log = logging.getLogger(__name__)

NEW_PASSWORD_HELP = _("At least 12 characters. Three or four words that only you would put together are easy to keep.")


def _password(label: Any, missing: Any, *, new: bool = True, help_text: Any = "") -> forms.CharField:
    """A password as typed: spaces count, and password managers know whether it is a new one."""
    autocomplete = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class SignInForm(auth_forms.AuthenticationForm):
    """E-mail address and password. One message for an unknown address, a wrong password and a closed account."""

    username = auth_forms.UsernameField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _password(_("Password"), _("Enter your password."), new=False)

    error_messages = {
        "invalid_login": _("No account has this e-mail address with this password. Check both and try again."),
        "inactive": _("No account has this e-mail address with this password. Check both and try again."),
    }


class ResetForm(forms.Form):
    """Asks where to send a link for a new password. Whether an account has the address is never told."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one you sign in with."),
        max_length=254,
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Write the e-mail address in full, like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )

    def save(self, **options: Any) -> None:
        """Send the link. Called by Django's view, whose options (host of the request, templates) are not used."""
        for user in self._users():
            context = {"user": user, "link": set_password_link(user), "days": settings.PASSWORD_RESET_TIMEOUT // 86_400}
            subject = render_to_string("accounts/password_reset_subject.txt", context)
            body = render_to_string("accounts/password_reset_email.txt", context)
            try:
                send_mail(" ".join(subject.split()), body, None, [user.email])
            except OSError:  # SMTPException among them; an error page would tell that the account exists
                log.exception("The mail for a new password could not be sent (user %s).", user.pk)

    def _users(self) -> Iterator[User]:
        """Open accounts with this address, also those that wait for their first password.

        The mail goes to the address on record, and only where that is the typed one letter for letter, so that no
        look-alike in Unicode can fetch somebody's link.
        """
        typed = self.cleaned_data["email"].casefold()
        for user in User.objects.filter(email__iexact=typed, is_active=True):
            if user.email.casefold() == typed:
                yield user


class SetPasswordForm(auth_forms.SetPasswordForm):
    """A new password, twice. What is wrong with it stands beside the first of the two."""

    error_messages = {"password_mismatch": _("The two passwords are not the same.")}

    new_password1 = _password(_("New password"), _("Choose a password."), help_text=NEW_PASSWORD_HELP)
    new_password2 = _password(_("New password again"), _("Type the new password again."))

    def clean(self) -> dict[str, Any]:
        """Compare both, then hold the password against the rules of the settings."""
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password1")
        return self.cleaned_data


class ChangePasswordForm(SetPasswordForm, auth_forms.PasswordChangeForm):
    """The present password, then a new one."""

    error_messages = {
        **SetPasswordForm.error_messages,
        "password_incorrect": _("This is not your present password."),
    }

    old_password = _password(_("Present password"), _("Enter your present password."), new=False)
