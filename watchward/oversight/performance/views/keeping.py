"""Recording changes, entering others' figures and publishing ours: the page of whoever keeps a measure."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.foundation.acting import Acting
from watchward.foundation.measures import commands
from watchward.foundation.measures import queries as measuring
from watchward.foundation.measures.commands import RECORD
from watchward.foundation.measures.declared import Measure
from watchward.foundation.measures.spans import last_months
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.forms import Form
from watchward.foundation.ui.show import show, tell
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refused
from watchward.oversight.performance.forms import ChangeForm, ComparisonForm, PublishForm, WithdrawForm
from watchward.oversight.performance.views.reading import named

TOLD = {
    "change": "The change is recorded. Charts mark it.",
    "other": "The figure is entered.",
    "publish": "Published, and frozen as it is.",
    "withdraw": "Withdrawn. It stays in the history.",
}


@door(needs=RECORD)
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Record a change, enter somebody else's figure, publish ours, or withdraw what was not so."""
    acting, which = inside(request), named(key)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    forms = _forms(request, acting, which, asked)
    if asked in forms and forms[asked].is_valid():
        try:
            _do(acting, which, asked, forms[asked].cleaned_data)
        except Refused as refused:
            forms[asked].refuse(refused.reasons)
        else:
            tell(request, TOLD[asked])
            return redirect("performance:keep", key=key)
    context = {"measure": which.title, "key": key, "forms": forms, "asked": asked}
    return show(request, "performance/keep.html", context, status=422 if asked else 200)


def _forms(request: HttpRequest, acting: Acting, which: Measure, asked: str) -> dict[str, Form]:
    year = last_months(local_day(acting.at))
    begun = {"first": year.first, "last": year.last}

    def sent(name: str) -> Any:
        return request.POST if asked == name else None

    rows = [(f"change:{row.pk}", f"Change, {row.day}: {row.words}") for row in measuring.changes(acting, key=which.key)]
    rows += [
        (f"other:{row.pk}", f"{row.who} {row.value:g}, {row.first} to {row.last}")
        for row in measuring.others_figures(acting, key=which.key)
    ]
    forms: dict[str, Form] = {
        "change": ChangeForm(sent("change"), measure=which.key, title=which.title),
        "other": ComparisonForm(sent("other"), initial={"who": "England and Wales", **begun}),
        "publish": PublishForm(sent("publish"), initial=begun),
    }
    if rows:
        forms["withdraw"] = WithdrawForm(sent("withdraw"), rows=rows)
    return forms


def _do(acting: Acting, which: Measure, asked: str, said: dict[str, Any]) -> None:
    match asked:
        case "change":
            commands.record_change(acting, **said)
        case "other":
            commands.enter_comparison(acting, measure=which.key, **said)
        case "publish":
            first: date = said["first"]
            commands.publish(acting, measure=which.key, first=first, last=said["last"])
        case "withdraw":
            kind, _, id_ = str(said["which"]).partition(":")
            if kind == "change":
                commands.withdraw_change(acting, change=UUID(id_), reason=said["reason"])
            else:
                commands.withdraw_comparison(acting, comparison=UUID(id_), reason=said["reason"])
