"""What stands in the bar of every page: the places, in the report's own three steps, and who is here when."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from watchward.domains.contact.vocabulary import Permission as Contact
from watchward.domains.crimes.vocabulary import Permission as Crimes
from watchward.domains.incidents.vocabulary import Permission as Incidents
from watchward.domains.offences.vocabulary import Permission as Offences
from watchward.domains.people.vocabulary import Permission as People
from watchward.domains.victims.vocabulary import Permission as Victims
from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting, now
from watchward.foundation.guidance.vocabulary import Permission as Guidance
from watchward.foundation.machines.vocabulary import KEEP as KEEP_CLIENTS
from watchward.foundation.measures import commands as measures
from watchward.foundation.running.queries import READ as RUNNING
from watchward.foundation.ui.frame import Frame, Place
from watchward.oversight.looking.vocabulary import Permission as Looking
from watchward.oversight.open_data.vocabulary import Permission as OpenData

PLACES: tuple[tuple[str, str, str | None, tuple[str, ...]], ...] = (
    ("My work", "work:mine", None, ("/my-work/",)),
    ("Contact", "incidents:board", Incidents.READ, ("/incidents/", "/calls/")),
    ("Solve", "crimes:list", Crimes.READ, ("/crimes/", "/victims/", "/people/", "/records/", "/offences/")),
    ("Prevent", "partners:list", None, ("/partners/", "/places/", "/toolkit/")),
    ("Oversight", "work:overdue", None, ("/oversight/", "/audit/", "/force/", "/machines/", "/running/")),
)
"""Label, page, the permission that it takes, and the beginnings of the URLs that belong to it."""

MENU: tuple[tuple[str, str, str | None], ...] = (
    ("Toolkit", "guidance:toolkit", Guidance.READ),
    ("Calls", "contact:list", Contact.READ),
    ("Crimes to record", "crimes:queue", Crimes.RECORD),
    ("Crime registrar", "crimes:registrar", Crimes.REGISTER),
    ("Owed to victims", "victims:list", Victims.READ),
    ("People", "people:find", People.READ),
    ("Performance", "performance:dashboard", measures.READ),
    ("The report's figures", "performance:figures", measures.READ),
    ("Overdue", "work:overdue", None),
    ("Ledgers", "work:ledgers", None),
    ("Who looked", "audit:looks", AUDIT_PERMISSION),
    ("What was done", "audit:commands", AUDIT_PERMISSION),
    ("Crime map", "open_data:map", OpenData.READ),
    ("Offence list", "offences:list", Offences.READ),
    ("Unusual looking", "looking:findings", Looking.REVIEW),
    ("The force", "force:list", None),
    ("Other systems", "machines:list", KEEP_CLIENTS),
    ("How it runs", "running:status", RUNNING),
)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> Frame:
    """Return the frame of a page for whoever asks for it."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return Frame(now=now(), demo=settings.DEMO, shortcuts_on=False, signed_in=False)
    held = [roles()[key].name.lower() for key in sorted(acting.roles) if key in roles()]
    open_to = [
        (label, _url(name), starts) for label, name, needs, starts in PLACES if needs is None or acting.may(needs)
    ]
    places = tuple(Place(label, url, request.path.startswith(starts)) for label, url, starts in open_to if url)
    more = tuple(
        Place(label, url) for label, name, needs in MENU if (needs is None or acting.may(needs)) and (url := _url(name))
    )
    told = request.session.pop("told", None) if hasattr(request, "session") else None
    return Frame(
        now=acting.at,
        places=places,
        menu=(*places, *more),
        person_name=acting.name,
        person_role=", ".join(held[:1]),
        can_take_call=acting.may(Contact.TAKE),
        take_call_url=_url("contact:start") if acting.may(Contact.TAKE) else "",
        find_url=_url("people:find") if acting.may(People.READ) else "",
        toolkit_url=_url("guidance:toolkit") if acting.may(Guidance.READ) else "",
        sign_out_url=_url("access:sign-out"),
        shortcuts_on=acting.shortcuts,
        shortcuts_url=_url("access:shortcuts"),
        ways_url=_url("access:ways"),
        demo=settings.DEMO,
        marking="OFFICIAL-SENSITIVE",
        print_url=_url("documents:print") if request.method == "GET" else "",
        page=request.get_full_path(),
        told=tuple(told or ()),
    )
