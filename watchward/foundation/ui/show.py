"""Showing a page: its frame, its name places and what the template sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from watchward.foundation.ui.forms import Form
from watchward.kernel.refusals import Refused


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return a page in the frame of the force.

    Args:
        request: of whoever is shown it.
        template: its path, `<room>/<page>.html`.
        context: what the template sees besides `frame`; frozen pages, never records.
        status: of the answer.
    """
    frame = import_string(settings.WATCHWARD_FRAME)(request)
    text = render_to_string(template, {"frame": frame, **(context or {})}, request=request)
    response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-store"
    return response


def tell(request: HttpRequest, words: str) -> None:
    """Say once, at the top of the next page, what has just been done; never with personal data."""
    request.session["told"] = [*request.session.get("told", []), words]


def typed(
    request: HttpRequest, form: Form, *, title: str, back: str, told: str, do: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Show a form; once it is sent and the command did it, go back and say so; refused, it keeps what was typed.

    Args:
        request: of whoever types.
        form: bound to what was sent, if anything was.
        title: of the page.
        back: address of the page that it was come from.
        told: said once, on that page.
        do: the command, given what was typed.
    """
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            tell(request, told)
            return redirect(back)
    status = 422 if request.method == "POST" else 200
    return show(request, "ui/typed.html", {"form": form, "title": title, "back": back}, status=status)
