"""On a developer's machine: debug pages, the component gallery at /ui/, a key of no value."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEBUG = True
SECRET_KEY = "chi-dung-khi-phat-trien-khong-phai-bi-mat"  # noqa: S105  development only
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
# Letters stand in the terminal.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
