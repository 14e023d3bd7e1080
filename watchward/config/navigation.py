"""What stands in the bar of every page: the places, in the report's own three steps, and who is here when."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from watchward.domains.contact.vocabulary import Permission as Contact
from watchward.domains.incidents.vocabulary import Permission as Incidents
from watchward.domains.people.vocabulary import Permission as People
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting, now
from watchward.foundation.ui.frame import Frame, Place

PLACES = (
    ("My work", "work:mine", None, "/my-work/"),
    ("Contact", "incidents:board", Incidents.READ, "/incidents/"),
    ("Solve", "people:find", People.READ, "/people/"),
    ("Prevent", "partners:list", None, "/partners/"),
    ("Oversight", "work:overdue", None, "/audit/"),
)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> Frame:
    """Return the frame of a page for whoever asks for it."""
    acting: Acting | None = getattr(request, "acting", None)
    held = [roles()[key].name for key in sorted(acting.roles) if key in roles()] if acting else []
    return Frame(
        places=tuple(
            Place(label, url, request.path.startswith(prefix))
            for label, name, needs, prefix in PLACES
            if acting and (needs is None or acting.may(needs)) and (url := _url(name))
        ),
        person_name=acting.name if acting else "",
        person_role=", ".join(held[:1]).lower(),
        now=acting.at if acting else now(),
        can_take_call=bool(acting and acting.may(Contact.TAKE)),
        take_call_url=_url("contact:start"),
        find_url=_url("people:find"),
        home_url=_url("work:mine") or "/",
        sign_out_url=_url("access:sign-out"),
        shortcuts_on=bool(getattr(acting, "shortcuts", True)) if acting else False,
        demo=settings.DEMO,
        signed_in=acting is not None,
    )


