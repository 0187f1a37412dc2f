"""The settings of the tests: the site's own, in an environment that is the same on every machine.

Values set here win over a local ``.env``, which must not decide whether a test passes. Only ``DATABASE_URL`` may
come from outside: with it the same tests run on PostgreSQL.
"""

import os

os.environ.update(
    SECRET_KEY="a-fixed-key-for-tests-only",
    DEBUG="off",
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    CSRF_TRUSTED_ORIGINS="",
    SITE_URL="https://matrix.example",
    HTTPS_ONLY="off",
    BEHIND_PROXY="off",
    EMAIL_URL="memorymail://",
    DEFAULT_FROM_EMAIL="register@matrix.example",
    CONTACT_EMAIL="contact@matrix.example",
    TIME_ZONE="Europe/London",
    STATIC_MANIFEST="off",
    API_RATE="",
)
# Never opened: SQLite tests get a file of their own (see conftest.py). A name that said "in memory" here would make
# the live server share one connection with the tests, across threads.
os.environ.setdefault("DATABASE_URL", "sqlite:///not-for-tests.sqlite3")

from config.settings import *  # noqa: F403  the environment above must stand before the settings read it

# The default hasher is slow by design; tests sign in hundreds of times with passwords that protect nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files come from where they are written, so that no test needs a `collectstatic` before it.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Each request of the live server ends its connection, as nobody waits for the next one.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
