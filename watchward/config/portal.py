"""Settings of the process that serves people outside the force, on a host of its own: WATCHWARD_PORTAL_HOSTS.

It shares no secret, no cookie and no database role with the force's own host.
"""

from __future__ import annotations

import os

from watchward.config.common import *  # noqa: F403  settings are names of a module
from watchward.config.common import HOME, ROOT, cookie, templates
from watchward.foundation.database import Where, kept_secret

SECRET_KEY = os.environ.get("WATCHWARD_PORTAL_SECRET_KEY") or kept_secret(HOME, "portal")
ALLOWED_HOSTS = (os.environ.get("WATCHWARD_PORTAL_HOSTS") or "portal.localhost").split(",")

INSTALLED_APPS = ["django.contrib.staticfiles", "csp"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "watchward.portals.front.urls"
WSGI_APPLICATION = "watchward.config.portal_wsgi.application"
DATABASES = {"default": Where.of_process(HOME).settings("portal")}
TEMPLATES = templates(ROOT / "watchward" / "portals" / "front" / "templates")
# Nobody signs in here yet; what a browser will carry is this host's own, and no table of the force's is written for it.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = cookie("watchward_portal")
