"""Every URL of the force's own host, room by room: a room with pages has a `urls.py` and stands here."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, re_path

from watchward.config.api import absent, api, openapi

ROOMS = (
    ("", "watchward.foundation.access"),
    ("", "watchward.foundation.ui"),
    ("", "watchward.foundation.documents"),
    ("running/", "watchward.foundation.running"),
    ("tour/", "watchward.demo"),
    ("my-work/", "watchward.foundation.duties"),
    ("audit/", "watchward.foundation.audit"),
    ("toolkit/", "watchward.foundation.guidance"),
    ("calls/", "watchward.domains.contact"),
    ("incidents/", "watchward.domains.incidents"),
    ("crimes/", "watchward.domains.crimes"),
    ("victims/", "watchward.domains.victims"),
    ("people/", "watchward.domains.people"),
    ("places/", "watchward.domains.places"),
    ("numbers/", "watchward.domains.objects"),
    ("partners/", "watchward.domains.partners"),
    ("offences/", "watchward.domains.offences"),
    ("force/", "watchward.domains.organisation"),
    ("machines/", "watchward.foundation.machines"),
    ("retention/", "watchward.foundation.retention"),
    ("records/", "watchward.oversight.profile"),
    ("oversight/", "watchward.oversight.open_data"),
    ("oversight/performance/", "watchward.oversight.performance"),
    ("oversight/looking/", "watchward.oversight.looking"),
)

urlpatterns: list[URLPattern | URLResolver]
urlpatterns = [path(prefix, include(f"{room}.urls")) for prefix, room in ROOMS if find_spec(f"{room}.urls")]
urlpatterns += [
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    re_path("^api/(?P<rest>.*)$", absent),
]

handler400 = "watchward.foundation.ui.errors.not_understood"
handler403 = "watchward.foundation.ui.errors.forbidden"
handler404 = "watchward.foundation.ui.errors.not_found"
handler500 = "watchward.foundation.ui.errors.failed"
