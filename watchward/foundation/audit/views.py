"""The auditor's pages: who looked, what was done and refused, how one record changed."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from watchward.foundation import reading
from watchward.foundation.access import queries as access
from watchward.foundation.access.policy import AUDIT_PERMISSION
from watchward.foundation.acting import Acting
from watchward.foundation.audit import commands as doing
from watchward.foundation.audit import pages, queries
from watchward.foundation.audit.models import CommandLog
from watchward.foundation.records import NotHere
from watchward.foundation.ui import words
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show
from watchward.kernel.refusals import Refusal, Refused

reading.called(
    {
        "audit.looks": "Who looked at what",
        "audit.commands": "What was done and refused",
        "audit.record": "How a record changed",
        "audit.erase": "How a record changed, before it is erased",
        "audit.export": "The whole log, exported as a file",
        "backups.taken": "Everything, for a backup",
        "backups.restored": "Everything, restored from a backup",
    }
)

AT_ONCE = 50
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_COPY = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
"""The number on each sheet of a printed copy."""


M = TypeVar("M", bound=Model)


def _page_of(request: HttpRequest, rows: QuerySet[M]) -> tuple[list[M], int, bool]:
    """Return one page of a log, its number, and whether there is a next one; logs are too long to be counted."""
    asked = request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    start = (number - 1) * AT_ONCE
    found = list(rows[start : start + AT_ONCE + 1])
    return found[:AT_ONCE], number, len(found) > AT_ONCE


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _asked(acting: Acting, request: HttpRequest) -> tuple[dict[str, list[str]], list[Refusal]]:
    """Return what was typed as opaque identifiers for the next page's address, and what could not be understood."""
    found: dict[str, list[str]] = {}
    wrong = []
    if record := request.POST.get("record", "").strip():
        if match := _ID.search(record):
            found["record"] = [match[0].lower()]
        elif copy := _COPY.fullmatch(record.upper()):
            found["copy"] = [copy[0]]
        else:
            wrong.append(
                Refusal(
                    "Give the record's id, paste the address of its page, or give the number of a printed copy",
                    field="record",
                )
            )
    if who := request.POST.get("who", "").strip():
        people = access.named_like(acting, typed=who)
        if people:
            found["who"] = [str(account) for account in people]
        else:
            wrong.append(Refusal("Nobody who signs in is called that", field="who"))
    if typed := request.POST.get("day", "").strip():
        day = _day(typed)
        if day:
            found["day"] = [day.isoformat()]
        else:
            wrong.append(Refusal("Give the day as 2019-07-01", field="day"))
    if outcome := request.POST.get("outcome", ""):
        found["outcome"] = [outcome]
    if request.POST.get("also"):
        found["also"] = ["1"]
    return found, wrong


def _ids(query: QueryDict, name: str) -> list[UUID]:
    return [UUID(text) for text in query.getlist(name) if _ID.fullmatch(text)]


@door(needs=AUDIT_PERMISSION)
def looks(request: HttpRequest) -> HttpResponse:
    """Show who looked at what and why; what is searched for is posted, and only identifiers stand in the address."""
    acting, wrong = inside(request), list[Refusal]()
    if request.method == "POST":
        found, wrong = _asked(acting, request)
        if not wrong:
            return redirect(f"{reverse('audit:looks')}?{urlencode(found, doseq=True)}")
    records = _ids(request.GET, "record")
    accounts = _ids(request.GET, "who")
    copies = [text for text in request.GET.getlist("copy") if _COPY.fullmatch(text)]
    rows = queries.looks_found(
        acting,
        record=records[0] if records else None,
        accounts=accounts,
        day=_day(request.GET.get("day", "")),
        copy=copies[0] if copies else "",
    )
    traces, number, more = _page_of(request, rows)
    reading.searched(acting, "audit.looks", [trace.pk for trace in traces], about=records[0] if records else None)
    context = {
        "table": pages.looks(traces),
        "wrong": wrong,
        "typed": {name: request.POST.get(name, "") for name in ("record", "who", "day")},
        "faults": {each.field: each.words for each in wrong},
        "narrowed": _narrowed(acting, request),
        **_around(request, number, more),
    }
    return show(request, "audit/looks.html", context, status=422 if wrong else 200)


@door(needs=AUDIT_PERMISSION)
def commands(request: HttpRequest) -> HttpResponse:
    """Show what was done, and what was refused, denied, not found or failed, with the reasons."""
    acting, wrong = inside(request), list[Refusal]()
    if request.method == "POST":
        found, wrong = _asked(acting, request)
        if not wrong:
            return redirect(f"{reverse('audit:commands')}?{urlencode(found, doseq=True)}")
    rows: QuerySet[CommandLog] = queries.commands_found(
        acting,
        accounts=_ids(request.GET, "who"),
        day=_day(request.GET.get("day", "")),
        outcome=request.GET.get("outcome", ""),
        by_itself="also" in request.GET,
    )
    entries, number, more = _page_of(request, rows)
    reading.searched(acting, "audit.commands", [entry.pk for entry in entries])
    context = {
        "table": pages.commands(entries),
        "wrong": wrong,
        "outcomes": ("done", *pages.NOT_DONE),
        "typed": {name: request.POST.get(name, "") for name in ("who", "day", "outcome")},
        "faults": {each.field: each.words for each in wrong},
        "also": "also" in (request.POST if request.method == "POST" else request.GET),
        "narrowed": _narrowed(acting, request),
        **_around(request, number, more),
    }
    return show(request, "audit/commands.html", context, status=422 if wrong else 200)


@door(needs=AUDIT_PERMISSION)
def record(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show how one record changed, with who changed it and by which command."""
    acting = inside(request)
    entries = queries.story(acting, record=id_)
    reading.searched(acting, "audit.record", [id_], about=id_)
    context = {
        "table": pages.history(entries),
        "name": pages.named(entries) or id_,
        "id": id_,
        "count": len(entries),
        "erased": pages.erasures(queries.erasures(acting, record=id_)),
        "may_erase": acting.may(doing.ERASE),
    }
    return show(request, "audit/record.html", context)


@door(needs=doing.ERASE, proven=True)
def erase(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Show what the history of a record holds, and forget it with a reason and the policy."""
    acting = inside(request)
    typed = {name: request.POST.get(name, "") for name in ("table", "reason", "cite")}
    wrong: tuple[Refusal, ...] = ()
    if request.method == "POST":
        try:
            doing.forget(acting, table=typed["table"], record=id_, reason=typed["reason"], cite=typed["cite"])
            return redirect("audit:record", id_=id_)
        except Refused as refused:
            wrong = refused.reasons
    pasts = queries.pasts(acting, record=id_)
    if not pasts:
        raise NotHere("no such history")
    reading.searched(acting, "audit.erase", [id_], about=id_)
    context = {"pasts": pasts, "id": id_, "typed": typed, "wrong": wrong}
    return show(request, "audit/erase.html", context, status=422 if wrong else 200)


def _narrowed(acting: Acting, request: HttpRequest) -> str:
    """Return what the page is narrowed down to, in words."""
    said = []
    if accounts := _ids(request.GET, "who"):
        said.append(", ".join(sorted(access.names_of(acting, set(accounts)).values())))
    if records := _ids(request.GET, "record"):
        said.append(f"record {records[0]}")
    said += [f"printed copy {text}" for text in request.GET.getlist("copy") if _COPY.fullmatch(text)]
    if day := _day(request.GET.get("day", "")):
        said.append(words.day_year(day))
    said += [request.GET["outcome"]] if request.GET.get("outcome") else []
    return "; ".join(said)


def _around(request: HttpRequest, number: int, more: bool) -> dict[str, object]:
    kept = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    back = f"?{urlencode([*kept, ('page', number - 1)])}" if number > 1 else ""
    return {"number": number, "back": back, "next": f"?{urlencode([*kept, ('page', number + 1)])}" if more else ""}
