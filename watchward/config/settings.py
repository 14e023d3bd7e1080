"""Settings of one process, read from its environment, from WATCHWARD_HOME to WATCHWARD_LOG_FORM."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from watchward.foundation.database import Where, home_directory

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = home_directory()
ROLE = os.environ.get("WATCHWARD_ROLE", "app")
DEMO = os.environ.get("WATCHWARD_DEMO", "") == "1"
PORT = int(os.environ.get("WATCHWARD_PORT", "8000"))
DEBUG = False


def _secret(name: str) -> str:
    """Return a secret of this home, made on first use and readable by its owner only."""
    path = HOME / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(fresh, path)  # the first process to get here decides, the others read its secret
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


SECRET_KEY = os.environ.get("WATCHWARD_SECRET_KEY") or _secret("django")
HELD_FORMS_KEY = os.environ.get("WATCHWARD_HELD_KEY") or _secret("held")
ALLOWED_HOSTS = os.environ.get("WATCHWARD_HOSTS", "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
    "watchward.foundation.access",
    "watchward.foundation.audit",
    "watchward.foundation.chronicle",
    "watchward.foundation.duties",
    "watchward.foundation.measures",
    "watchward.foundation.questions",
    "watchward.foundation.linkage",
    "watchward.foundation.search",
    "watchward.foundation.intake",
    "watchward.foundation.reference",
    "watchward.foundation.markers",
    "watchward.foundation.machines",
    "watchward.foundation.ui",
    "watchward.domains.organisation",
    "watchward.domains.places",
    "watchward.domains.objects",
    "watchward.domains.people",
    "watchward.domains.partners",
    "watchward.domains.offences",
    "watchward.domains.incidents",
    "watchward.domains.contact",
    "watchward.domains.crimes",
    "watchward.domains.victims",
    "watchward.oversight.profile",
    "watchward.oversight.open_data",
    "watchward.oversight.performance",
    "watchward.oversight.looking",
    "watchward.demo",
    "watchward.config",
]

MIDDLEWARE = [
    "watchward.foundation.running.timing.timed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "watchward.foundation.ui.middleware.outage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "watchward.foundation.machines.middleware.calling",
    "watchward.foundation.access.middleware.acting",
]

ROOT_URLCONF = "watchward.config.urls"
WSGI_APPLICATION = "watchward.config.wsgi.application"
AUTH_USER_MODEL = "access.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "/sign-in"
CSRF_FAILURE_VIEW = "watchward.foundation.ui.errors.expired"

DATABASES = {"default": Where.of_process(HOME).settings(ROLE)}
TEST_RUNNER = "watchward.config.no_runner.UsePytest"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            ROOT / "watchward" / "foundation" / "ui" / "templates",
            *sorted((ROOT / "watchward").glob("*/*/templates")),
            ROOT / "watchward" / "demo" / "templates",
        ],
        "OPTIONS": {"environment": "watchward.foundation.ui.environment.environment"},
    }
]

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ROOT / "build" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "watchward.foundation.access.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SIGN_IN_IDLE_MINUTES = int(os.environ.get("WATCHWARD_IDLE_MINUTES", "30"))
SIGN_IN_HOURS = int(os.environ.get("WATCHWARD_SIGN_IN_HOURS", "12"))
# Longer than a sign-in, so that a form sent after its end is recognised and kept, and not lost with the session.
SESSION_COOKIE_AGE = 2 * SIGN_IN_HOURS * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_HTTPONLY = False  # htmx reads the token from the page, not from the cookie
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "watchward.foundation.ui.errors.expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if os.environ.get("WATCHWARD_TLS", "") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-watchward"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
else:
    SESSION_COOKIE_NAME = f"watchward_{PORT}"  # two homes on two ports of one host do not sign each other out

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 5,
    "stalled_worker_timeout": 20,
    "shutdown_graceful_timeout": 2,
    "delete_jobs": "successful",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "watchward.foundation.running.logs.Plain"},
        "json": {"()": "watchward.foundation.running.logs.Lines"},
    },
    "filters": {"outage": {"()": "watchward.foundation.ui.middleware.OutageInOneLine"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if os.environ.get("WATCHWARD_LOG_FORM", "") == "json" else "plain",
            "filters": ["outage"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("WATCHWARD_LOG", "WARNING")},
}

WATCHWARD_ROLES = "watchward.config.roles.ROLES"
WATCHWARD_FRAME = "watchward.config.navigation.frame"
WATCHWARD_API = "watchward.config.api.document"
