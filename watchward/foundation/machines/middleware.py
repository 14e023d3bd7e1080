"""Calls of other systems: who calls is proved and counted before the transaction of the call begins."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from watchward.foundation.acting import Acting, now, real_now
from watchward.foundation.machines.answers import as_problem, problem
from watchward.foundation.machines.queries import Caller, caller
from watchward.foundation.machines.secrets import read_token

ROOT = "/api/"
LEFT = "RateLimit-Remaining"


def calling(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware: a client proves who it is by its token alone, never by a session.

    Its call is counted in a statement of its own, so that no call waits for another to end and one that is rolled back
    is counted too. What is then refused by Django itself is answered as machines read it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return get_response(request)
        token = read_token(request.headers.get("Authorization", ""))
        known = caller(token, at=now(), real=real_now()) if token else None
        if known is not None and known.calls > known.a_minute:
            wait = 60 - int(real_now().timestamp()) % 60
            words = f"This client may call {known.a_minute} times a minute. Ask again in {wait} seconds."
            answer = problem(429, words)
            answer["Retry-After"] = str(wait)
            return answer
        request.calls_as = _whoever(known)  # type: ignore[attr-defined]
        answer = as_problem(get_response(request))
        answer["Cache-Control"] = "no-store"
        if known is not None:
            answer[LEFT] = str(known.a_minute - known.calls)
        return answer

    return middleware


def _whoever(known: Caller | None) -> Callable[[], Acting | None]:
    return lambda: known.acting(now()) if known is not None else None
