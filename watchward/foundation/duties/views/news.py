"""What is new for somebody since they last looked, and what they are told at once."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.duties import commands, forms, queries
from watchward.foundation.duties.pages import news as pages
from watchward.foundation.duties.vocabulary import News
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show, tell


@door(needs=None)
def new(request: HttpRequest) -> HttpResponse:
    """Show what is new; take the word that it was seen, and what somebody wants to be told at once."""
    acting = inside(request)
    if request.POST.get("do") == "seen":
        commands.look(acting, until=_moment(request.POST.get("until", ""), acting))
        return redirect("work:new")
    row = queries.attention(acting)
    sent = request.POST.get("do") == "choose"
    form = forms.AtOnceForm(request.POST if sent else None, initial={"at_once": row.at_once})
    if sent and form.is_valid():
        commands.choose(acting, at_once=[News(each) for each in form.cleaned_data["at_once"]])
        tell(request, "Kept.")
        return redirect("work:new")
    page = pages.news(acting, queries.news(acting), since=row.looked_at)
    reading.listed(acting, "duties.news", page.duties)
    return show(request, "duties/new.html", {"page": page, "form": form}, status=422 if sent else 200)


def _moment(text: str, acting: Acting) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return acting.at
    return found if found.tzinfo is not None else acting.at
