"""For pytest: fast password hashing, own folders, memory cache per process."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, INSTALLED_APPS, MIDDLEWARE, env

SECRET_KEY = "chi-dung-khi-kiem-thu-khong-phai-bi-mat-0123456789"  # noqa: S105  tests only
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="khoi-thi-dua-media-"))
LOGGING = {"version": 1, "disable_existing_loggers": False}
# A page that asks the database once per row is an error.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
# An act locks its bloc-year (select_for_update); a meeting that elects two units does the act twice.
ZEAL_ALLOWLIST = [{"model": "blocs.BlocYear", "field": "get()"}]
# Nothing is collected for tests, so there is no folder to read at start.
WHITENOISE_AUTOREFRESH = True
# What WeasyPrint complains about in a printed paper fails the test.
PAPER_WARNINGS_ARE_ERRORS = True
# No process beside each test process; tests/documents/test_process.py starts one.
PAPER_IN_PROCESS = True
# A migrated PostgreSQL database that the test databases are copied from, instead of migrating each (scripts/run_tests.py).
DATABASES["default"]["TEST"] = {"TEMPLATE": env("TEST_TEMPLATE", default=None)}
