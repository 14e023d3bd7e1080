"""Settings of one process, read from its environment, from WATCHWARD_HOME to WATCHWARD_LOG_FORM."""

from __future__ import annotations

import os

from watchward.config.common import *  # noqa: F403  settings are names of a module
from watchward.config.common import HOME, ROOT, cookie, templates
from watchward.config.outside import outside_sign_in
from watchward.foundation.database import Where, kept_secret

ROLE = os.environ.get("WATCHWARD_ROLE", "app")
DEMO = os.environ.get("WATCHWARD_DEMO", "") == "1"
SECRET_KEY = os.environ.get("WATCHWARD_SECRET_KEY") or kept_secret(HOME, "django")
HELD_FORMS_KEY = os.environ.get("WATCHWARD_HELD_KEY") or kept_secret(HOME, "held")
WAYS_IN_KEY = os.environ.get("WATCHWARD_WAYS_KEY") or kept_secret(HOME, "ways")
ALLOWED_HOSTS = (os.environ.get("WATCHWARD_HOSTS") or "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "watchward.foundation.retention",
    "watchward.foundation.guidance",
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
    "allauth.account.middleware.AccountMiddleware",
    "watchward.foundation.machines.middleware.calling",
    "watchward.foundation.access.middleware.acting",
]

TELEMETRY = frozenset(filter(None, map(str.strip, os.environ.get("WATCHWARD_TELEMETRY", "").split(","))))
if "otlp" in TELEMETRY:
    MIDDLEWARE.insert(0, "watchward.foundation.running.telemetry.traced")

ROOT_URLCONF = "watchward.config.urls"
WSGI_APPLICATION = "watchward.config.wsgi.application"
AUTH_USER_MODEL = "access.Account"
# Allauth speaks the protocols; what is kept is ours (foundation/access), so none of its tables is made.
MIGRATION_MODULES: dict[str, None] = {"account": None, "mfa": None, "socialaccount": None}
MFA_ADAPTER = "watchward.foundation.access.ceremonies.Party"
SOCIALACCOUNT_ADAPTER = "watchward.foundation.access.outside.Configured"
OUTSIDE_SIGN_IN = outside_sign_in(os.environ)
LOGIN_URL = "/sign-in"

DATABASES = {"default": Where.of_process(HOME).settings(ROLE)}

TEMPLATES = templates(
    *sorted(path for path in (ROOT / "watchward").glob("*/*/templates") if path.parts[-3] != "portals"),
    ROOT / "watchward" / "demo" / "templates",
)

SESSION_ENGINE = "watchward.foundation.access.sessions"
SESSION_COOKIE_NAME = cookie("watchward")  # two homes on two ports of one host do not sign each other out
SIGN_IN_IDLE_MINUTES = int(os.environ.get("WATCHWARD_IDLE_MINUTES") or "30")
SIGN_IN_HOURS = int(os.environ.get("WATCHWARD_SIGN_IN_HOURS") or "12")
PROVEN_MINUTES = int(os.environ.get("WATCHWARD_PROVEN_MINUTES") or "10")
# Longer than a sign-in, so that a form sent after its end is recognised and kept, and not lost with the session.
SESSION_COOKIE_AGE = 2 * SIGN_IN_HOURS * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_FAILURE_VIEW = "watchward.foundation.ui.errors.expired"

PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 5,
    "stalled_worker_timeout": 20,
    "shutdown_graceful_timeout": 2,
    "delete_jobs": "successful",
}

WATCHWARD_ROLES = "watchward.config.roles.ROLES"
WATCHWARD_FRAME = "watchward.config.navigation.frame"
WATCHWARD_API = "watchward.config.api.document"
