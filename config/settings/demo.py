"""`make demo`: the demo province on SQLite, short demo passwords, accounts shown on the sign-in page."""

from config.settings.dev import *  # noqa: F403

DEBUG = False
DEMO = True
AUTH_PASSWORD_VALIDATORS = []
# Static files straight from their sources: a demo collects nothing.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
