"""Links that people receive from the register. They carry the configured address, never the host of a request."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User


def set_password_link(user: User) -> str:
    """The whole address of the page on which ``user`` chooses a password.

    It works once, for ``settings.PASSWORD_RESET_TIMEOUT`` seconds, and stops working when the password, the e-mail
    address or the last sign-in of the account changes (Django's token of the password reset).
    """
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("account-set-password", args=[uid, default_token_generator.make_token(user)])
    return f"{settings.SITE_URL}{path}"
