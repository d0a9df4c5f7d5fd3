"""Every setting, read from the environment and safe with nothing set: SQLite, no debug, strict headers.

The other modules of this package hold only what differs from here.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.node_files import NODE_FILES  # noqa: F401  read by config.finders

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
DEMO = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where uploads, issued papers and the default database live; outside the web root.
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "data")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "portal",
    "news",
    "awards",
    "meetings",
    "blocs",
    "documents",
    "accounts",
    "common",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "import_export",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "common.middleware.PlainRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "common.middleware.ActorMiddleware",
    "common.kept.LoginRequiredKeepingForms",
    "simple_history.middleware.HistoryRequestMiddleware",
    "accounts.middleware.MustChangePassword",
    "common.middleware.DomainErrorMiddleware",
    "documents.middleware.TooLargeMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
                "portal.context_processors.workplace",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # Without IMMEDIATE two writing processes run into "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in attempts are counted in the cache, so all worker processes must share it.
# Room for many names: a full cache throws rows away, and with them the wrong passwords it has counted.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
if redis_url := env("REDIS_URL", default=""):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}}

# Long work is done at once where there is no worker; production hands it to `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm", "change_password": "accounts.forms.PasswordChangeForm"}
# Five wrong passwords lock the account name for fifteen minutes (SEC-4).
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/900s/key", "change_password": "10/m/user"}
ACCOUNT_PREVENT_ENUMERATION = True
# How many proxies stand in front and add to X-Forwarded-For; without one the header is whatever the visitor writes.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.finders.NodeModulesFinder",
]
NODE_MODULES = BASE_DIR / "node_modules"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Uploads are never served from here by the web server: each goes through a view that checks the right to see it.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/khong-truy-cap-truc-tiep/"
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_LIMIT_PAPER = env.int("UPLOAD_LIMIT_PAPER", default=20 * 1024 * 1024)
UPLOAD_PAGES_PAPER = env.int("UPLOAD_PAGES_PAPER", default=300)
UPLOAD_LIMIT_PICTURE = env.int("UPLOAD_LIMIT_PICTURE", default=15 * 1024 * 1024)
UPLOAD_LIMIT_SHEET = env.int("UPLOAD_LIMIT_SHEET", default=10 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# An office session ends after a working half-day without use.
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=4 * 3600)
SESSION_SAVE_EVERY_REQUEST = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"

SITE_NAME = env("SITE_NAME", default="Khối thi đua")
# Printed in the QR code of every issued paper, so it must be the address that the public uses.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
SITE_OWNER = env("SITE_OWNER", default="Hội đồng Thi đua - Khen thưởng tỉnh")
SITE_SUPPORT = env("SITE_SUPPORT", default="")

# Letters about signing go through the mail server of EMAIL_URL; on a server without it, through the machine's own.
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="khoi-thi-dua@localhost")
# Days before the deadline of a covenant on which units are reminded, and how often after it (F20).
REMINDER_DAYS = env.list("REMINDER_DAYS", cast=int, default=[7, 3, 1])
REMINDER_LATE_DAYS = env.int("REMINDER_LATE_DAYS", default=3)

# Papers are drawn in a process of their own with these limits (documents/engine/process.py).
PAPER_SECONDS = env.int("PAPER_SECONDS", default=20)
PAPER_BACKGROUND_SECONDS = env.int("PAPER_BACKGROUND_SECONDS", default=600)
PAPER_MEMORY_MB = env.int("PAPER_MEMORY_MB", default=1536)
PAPER_IN_PROCESS = False
# So many workers share one batch of papers; for so many days what they made can be fetched.
PAPER_BATCH_LANES = env.int("PAPER_BATCH_LANES", default=2)
PAPER_BATCH_DAYS = env.int("PAPER_BATCH_DAYS", default=30)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # They say hello at every start and report every step of every paper.
    "loggers": {name: {"level": "WARNING"} for name in ("pikepdf", "weasyprint.progress", "fontTools", "PIL")},
}
