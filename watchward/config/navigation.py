"""What stands in the bar of every page: the places, in the report's own three steps, and who is here when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from watchward.demo import touring, tours
from watchward.demo.views import AWAY
from watchward.domains.contact.vocabulary import Permission as Contact
from watchward.domains.crimes.vocabulary import Permission as Crimes
from watchward.domains.incidents.vocabulary import Permission as Incidents
from watchward.domains.offences.vocabulary import Permission as Offences
from watchward.domains.people.vocabulary import Permission as People
from watchward.domains.victims.vocabulary import Permission as Victims
from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.access.queries import home_of
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting, now
from watchward.foundation.duties import queries as duties
from watchward.foundation.duties.vocabulary import DISCHARGE, SUPERVISE
from watchward.foundation.guidance.vocabulary import Permission as Guidance
from watchward.foundation.machines.vocabulary import KEEP as KEEP_CLIENTS
from watchward.foundation.measures import commands as measures
from watchward.foundation.retention.vocabulary import Permission as Retention
from watchward.foundation.running.queries import READ as RUNNING
from watchward.foundation.ui.frame import Frame, Fresh, Invitation, Place
from watchward.oversight.looking.vocabulary import Permission as Looking
from watchward.oversight.open_data.vocabulary import Permission as OpenData

PLACES: tuple[tuple[str, str, str | None, tuple[str, ...]], ...] = (
    ("My work", "work:mine", None, ("/my-work/",)),
    ("Contact", "incidents:board", Incidents.READ, ("/incidents/", "/calls/")),
    ("Solve", "crimes:list", Crimes.READ, ("/crimes/", "/victims/", "/people/", "/records/", "/offences/")),
    ("Prevent", "partners:list", None, ("/partners/", "/places/", "/toolkit/")),
    (
        "Oversight",
        "work:overdue",
        None,
        ("/oversight/", "/audit/", "/force/", "/machines/", "/running/", "/retention/"),
    ),
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
    ("Board of my teams", "work:team", SUPERVISE),
    ("New for you", "work:new", None),
    ("Hand over", "work:hand-over", DISCHARGE),
    ("Away", "work:away", None),
    ("Overdue", "work:overdue", None),
    ("Ledgers", "work:ledgers", None),
    ("Who looked", "audit:looks", AUDIT_PERMISSION),
    ("What was done", "audit:commands", AUDIT_PERMISSION),
    ("Crime map", "open_data:map", OpenData.READ),
    ("Offence list", "offences:list", Offences.READ),
    ("Unusual looking", "looking:findings", Looking.REVIEW),
    ("The force", "force:list", None),
    ("Other systems", "machines:list", KEEP_CLIENTS),
    ("Due for review", "retention:due", Retention.READ),
    ("How it runs", "running:status", RUNNING),
)


def letters(labels: Sequence[str]) -> dict[str, str]:
    """Return the letter of each place, one that stands in its words: the first of them wherever nobody has it already.

    They are given out over all the places that there are, so that a letter is the same for every role. Where more
    places than letters of theirs are left, a place has none.
    """
    found: dict[str, str] = {}
    rest = []
    for label in labels:
        first = label.removeprefix("The ").lower()[0]
        if first in found.values():
            rest.append(label)
        else:
            found[label] = first
    for label in rest:
        words = label.removeprefix("The ").lower()
        free = [each for each in words if each.isalpha() and each not in found.values()]
        found[label] = free[0] if free else ""
    return found


def _fresh(acting: Acting) -> Callable[[], Fresh]:
    """Return what asks for what is new, once a page."""

    @cache
    def ask() -> Fresh:
        if not connection.in_atomic_block or connection.needs_rollback:
            return Fresh(0)
        found = duties.fresh(acting)
        return Fresh(found.count, tuple(f"{number:,} {each.words.lower()}" for each, number in found.said_at_once))

    return ask


def _invitation(request: HttpRequest, acting: Acting) -> Invitation | None:
    """Return what somebody of a demonstration is invited to try, on the page where their role starts its day."""
    starts = request.path == _url(home_of(acting)) and request.method == "GET"
    if not starts or not (key := touring.role_of(acting)) or request.session.get(AWAY):
        return None
    return Invitation(
        f"{len(tours.TOURS[key])} things to try as {roles()[key].name.lower()}, each on a record that is there.",
        _url("demo:tour"),
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
    by_letter = letters([*(place[0] for place in PLACES), *(place[0] for place in MENU)])
    open_to = [
        (label, _url(name), starts) for label, name, needs, starts in PLACES if needs is None or acting.may(needs)
    ]
    places = tuple(
        Place(label, url, request.path.startswith(starts), by_letter[label]) for label, url, starts in open_to if url
    )
    more = tuple(
        Place(label, url, letter=by_letter[label])
        for label, name, needs in MENU
        if (needs is None or acting.may(needs)) and (url := _url(name))
    )
    if settings.DEMO and touring.role_of(acting):
        more = (*more, Place("What to try", _url("demo:tour")))
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
        goto_url=_url("access:go-to"),
        new_url=_url("work:new"),
        fresh=_fresh(acting),
        demo=settings.DEMO,
        marking="OFFICIAL-SENSITIVE",
        print_url=_url("documents:print") if request.method == "GET" else "",
        page=request.get_full_path(),
        told=tuple(told or ()),
        invitation=_invitation(request, acting) if settings.DEMO else None,
    )
