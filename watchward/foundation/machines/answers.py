"""What a call is answered that was not carried out: a problem of RFC 9457 with every reason, and nothing more."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from watchward.foundation.commands import Denied
from watchward.foundation.records import NotHere, Stale
from watchward.foundation.ui.middleware import is_away
from watchward.kernel.refusals import Refusal, Refused

log = logging.getLogger(__name__)

TITLES = {
    400: "The call cannot be read",
    401: "Say who calls",
    403: "This client may not do this",
    404: "There is no such thing here",
    405: "Not by this method",
    409: "Refused",
    413: "Too large",
    415: "Send JSON",
    422: "What was sent is not right",
    429: "Too many calls",
    500: "A fault of ours",
}

PROBLEM = "application/problem+json"


class Mistyped(Refused):
    """What was sent is not of the form that was asked for: answered 422 and not as a refusal."""


def problem(status: int, detail: str = "", *, reasons: Iterable[Refusal] = (), **more: Any) -> HttpResponse:
    """Return a problem as machines read it.

    Args:
        status: of the answer.
        detail: in words, where the title does not say all.
        reasons: every reason, each with its field and its citation.
        more: further members.
    """
    told: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "Not done"), "status": status}
    if detail:
        told["detail"] = detail
    given = [{"words": r.words, "field": r.field, "cite": r.cite, "code": r.code} for r in reasons]
    if given:
        told["reasons"] = given
    answer = HttpResponse(json.dumps({**told, **more}), status=status, content_type=PROBLEM)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="watchward"'
    answer["Cache-Control"] = "no-store"
    return answer


def as_problem(answer: HttpResponse) -> HttpResponse:
    """Return an answer that is a page of ours, or Django's own, as a problem; what is JSON already is left."""
    if answer.status_code < 400 or "json" in answer.get("Content-Type", ""):
        return answer
    made = problem(answer.status_code)
    for name in ("Allow", "Retry-After"):
        if answer.has_header(name):
            made[name] = answer[name]
    return made


def say_problems(api: NinjaAPI) -> None:
    """Let this root answer every refusal, fault and absence as a problem."""
    api.add_exception_handler(AuthenticationError, lambda request, exc: problem(401))
    api.add_exception_handler(Denied, lambda request, exc: problem(403))
    api.add_exception_handler(Stale, _stale)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(NotHere, lambda request, exc: problem(404))
    api.add_exception_handler(Http404, lambda request, exc: problem(404))
    api.add_exception_handler(ValidationError, _mistyped)
    api.add_exception_handler(HttpError, lambda request, exc: problem(exc.status_code, str(exc)))
    api.add_exception_handler(Exception, _failed)


def _refused(_request: HttpRequest, refused: Any) -> HttpResponse:
    wrong = isinstance(refused, Mistyped) or any(reason.code == "key-reused" for reason in refused.reasons)
    return problem(422 if wrong else 409, reasons=refused.reasons)


def _stale(request: HttpRequest, stale: Any) -> HttpResponse:
    """Answer with both versions: what was sent, on which version, and the record as it stands."""
    shows = getattr(request, "stands", None)
    try:
        sent = json.loads(request.body or b"null")
    except ValueError:  # read already, or no JSON: then what was sent is known to whoever sent it
        sent = None
    stands: dict[str, Any] = {"id": str(stale.record.pk), "version": stale.record.version}
    if shows is not None:
        stands["record"] = json.loads(json.dumps(shows(request.acting, stale.record).dict(), cls=NinjaJSONEncoder))  # type: ignore[attr-defined]
    yours = {"version": request.headers.get("If-Match", ""), "sent": sent}
    answer = problem(409, reasons=stale.reasons, yours=yours, stands=stands)
    answer["ETag"] = f'"{stale.record.version}"'
    return answer


def _mistyped(_request: HttpRequest, exc: Any) -> HttpResponse:
    reasons = []
    for fault in exc.errors:
        place = [str(part) for part in fault.get("loc", ()) if part not in ("body", "query", "path", "data", "payload")]
        reasons.append(Refusal(str(fault.get("msg") or "Not right."), field=".".join(place), code=str(fault["type"])))
    return problem(422, reasons=reasons)


def _failed(_request: HttpRequest, fault: Any) -> HttpResponse:
    if is_away(fault):
        raise fault
    # The type and the trace alone: messages of unexpected errors may hold personal data.
    log.error("a call failed: %s", type(fault).__name__, exc_info=fault)
    return problem(500, "Nothing of this call was kept. It is in the log.")
