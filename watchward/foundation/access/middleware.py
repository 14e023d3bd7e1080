"""One transaction around each request, with who acts told to the database; the innermost middleware."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from psycopg.pq import TransactionStatus

from watchward.foundation.access import signing
from watchward.foundation.access.commands import sign_out
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import acting_as
from watchward.foundation.acting import Acting, now
from watchward.foundation.commands import Note, failures, write_note
from watchward.foundation.records import NotHere


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware: load who acts, open the transaction, and keep the record of failures if it rolls back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = failures.set([])
        request.acting = None  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                account = _signed_in(request)
                if account is None:
                    response = get_response(request)
                else:
                    with within(account, savepoint=False) as told:
                        request.acting = told  # type: ignore[attr-defined]
                        response = get_response(request)
                if response.streaming:
                    raise RuntimeError("a page that streams would be read outside its transaction")
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                elif _broken():
                    raise DatabaseError("a statement failed and the page went on as if it had not")
            _write_again(failures.get())
            return response
        finally:
            failures.reset(token)

    return middleware


def _broken() -> bool:
    """Return whether a statement failed: PostgreSQL would answer the commit with a rollback, and say nothing."""
    held = connection.connection
    return held is not None and held.info.transaction_status == TransactionStatus.INERROR


def _signed_in(request: HttpRequest) -> Acting | None:
    calls_as: Callable[[], Acting | None] | None = getattr(request, "calls_as", None)
    if calls_as is not None:  # another system, which has proved who it is; it has no session
        return calls_as()
    account, why_ended = signing.going_on(request)
    if account is None:
        return None
    at = now()
    try:
        acting = acting_as(account, at=at, day_of=at)
    except NotHere:
        request.session.flush()  # disabled since: the sign-in ends everywhere
        return None
    if signing.is_over(request, acting):
        with within(acting):
            sign_out(acting.for_purpose("signed out: all their sign-ins were ended"))
        request.session.flush()
        return None
    if not why_ended:
        return acting
    with within(acting):
        sign_out(acting.for_purpose(why_ended))
    signing.expire(request)
    return None


def _write_again(notes: list[Note]) -> None:
    """Write failures whose first record was rolled back with the request."""
    for note in notes:
        with transaction.atomic():
            write_note(note)
