"""What the settings of every process have in common: the force's own host, and the hosts of people outside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from watchward.foundation.database import home_directory

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = home_directory()
PORT = int(os.environ.get("WATCHWARD_PORT") or "8000")
TLS = os.environ.get("WATCHWARD_TLS", "") == "1"
DEBUG = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "watchward.config.no_runner.UsePytest"


def templates(*rooms: Path) -> list[dict[str, Any]]:
    """Return the one engine, which finds the frame of every page and the pages of these rooms."""
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "APP_DIRS": False,
            "DIRS": [ROOT / "watchward" / "foundation" / "ui" / "templates", *rooms],
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

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
CSRF_USE_SESSIONS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None

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
    "root": {"handlers": ["console"], "level": os.environ.get("WATCHWARD_LOG") or "WARNING"},
}


def cookie(name: str) -> str:
    """Return what a cookie is called: of this host alone behind TLS, otherwise told apart by the home's port."""
    return f"__Host-{name}" if TLS else f"{name}_{PORT}"
