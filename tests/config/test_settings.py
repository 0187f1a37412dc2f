"""Settings are safe unless somebody says otherwise."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
    "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS", "SITE_URL",
]  # fmt: skip
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {NAMES}}}))
"""


def settings_with(**environment: str) -> dict[str, Any]:
    """The settings of a site with this environment. What is not given is off or the default, whatever a .env says."""
    fixed = {"DEBUG": "off", "HTTPS_ONLY": "on", "BEHIND_PROXY": "off", "ALLOWED_HOSTS": "matrix.example"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 50, "DJANGO_SETTINGS_MODULE": "config.settings",
             **fixed, **environment},
    )  # fmt: skip
    return json.loads(done.stdout)


def test_attack_39_in_production_cookies_are_bound_to_the_host_and_to_https() -> None:
    found = settings_with()

    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] > 365 * 24 * 3600
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("__Host-sessionid", "__Host-csrftoken")
    assert all(found[f"{name}_COOKIE_{flag}"] for name in ("SESSION", "CSRF") for flag in ("SECURE", "HTTPONLY"))
    assert not found["DEBUG"]


def test_attack_44_a_proxy_is_trusted_only_when_there_is_one() -> None:
    assert settings_with()["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_with(BEHIND_PROXY="on")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_the_address_of_the_site_has_no_slash_at_its_end() -> None:
    assert settings_with(SITE_URL="https://matrix.example/")["SITE_URL"] == "https://matrix.example"


def test_the_policy_allows_nothing_but_the_site_itself() -> None:
    directives = site.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert {source for sources in directives.values() for source in sources} == {"'none'", "'self'"}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL needs none of it")
@pytest.mark.django_db
def test_sqlite_writes_ahead_and_takes_its_lock_at_once() -> None:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        timeout = cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    assert (mode, timeout) == ("wal", 20_000)
    assert connection.transaction_mode == "IMMEDIATE"


def test_no_request_is_one_transaction() -> None:
    # Every GET would take the write lock of SQLite.
    assert not site.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_passwords_have_twelve_characters_at_least() -> None:
    options = {row["NAME"].rsplit(".", 1)[1]: row.get("OPTIONS", {}) for row in site.AUTH_PASSWORD_VALIDATORS}

    assert options["MinimumLengthValidator"] == {"min_length": 12}
    assert "CommonPasswordValidator" in options
