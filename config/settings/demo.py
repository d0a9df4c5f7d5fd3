"""`make demo`: the demo province on SQLite, short demo passwords, accounts shown on the sign-in page."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import env

DEBUG = False
DEMO = True
SITE_URL = env("SITE_URL", default=f"http://127.0.0.1:{env('PORT', default='') or 8000}")
AUTH_PASSWORD_VALIDATORS = []
# Static files straight from their sources: a demo collects nothing.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
