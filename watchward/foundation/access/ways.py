"""What somebody proves themselves by: made, used once or often, and ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from watchward.foundation.access import ceremonies, tries
from watchward.foundation.access.ceremonies import NewPasskey, Unproven
from watchward.foundation.access.commands import ADMINISTER
from watchward.foundation.access.context import as_engine
from watchward.foundation.access.models import Account, KnownDevice, OutsideIdentity, WayIn, WrongTry
from watchward.foundation.access.outside import Identity
from watchward.foundation.access.tries import Source
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command, current
from watchward.foundation.records import NotHere, get
from watchward.kernel.refusals import Refusal, Refused, refuse_if

Kind = WayIn.Kind

NOT_A_PASSKEY = Refusal("This passkey does not sign anybody in here.", code="unproven")
NOT_THE_CODES = Refusal("The user name and the two codes do not belong together, or a code was used before.")
NOT_THE_CODE = Refusal("This is not the code that your app shows now, or it was used before.", field="code")
NOT_PROVEN_OUTSIDE = Refusal("What came back does not prove who you are. Try again.", code="unproven")
NOT_KNOWN_OUTSIDE = Refusal("Nobody here goes by that sign-in. An administrator sets up your account.")


def standing(acting: Acting) -> QuerySet[WayIn]:
    """Return what somebody proves themselves by today: their own, unless the machinery asks."""
    return WayIn.visible_to(acting).filter(ended_at__isnull=True)


def own(acting: Acting) -> list[WayIn]:
    """Return one's own passkeys and app, and the recovery codes that are left."""
    found = standing(acting).filter(account_id=acting.account)
    return list(found.exclude(kind=Kind.RECOVERY, used_at__isnull=False).order_by("made_at", "pk"))


@command(needs=None)
def keep_passkey(acting: Acting, *, name: str, made: NewPasskey, at: datetime) -> WayIn:
    """Keep a passkey of one's own.

    Args:
        acting: whose.
        name: by which they know it again.
        made: as the ceremony gave it.
        at: true time.

    Raises:
        Refused: an invented person needs none, it has no name, or this passkey is kept already.
    """
    refuse_if(_why_not_prove(acting))
    if not name.strip():
        raise Refused(Refusal("Give it a name by which you know it again.", field="name"))
    with as_engine(acting, command=str(current().id)) as engine:
        if WayIn.visible_to(engine).filter(handle=made.handle).exists():
            raise Refused(Refusal("This passkey was used here before. Make a new one.", field="name"))
        return WayIn.objects.create(
            account_id=acting.account, kind=Kind.PASSKEY, name=name.strip()[:60], handle=made.handle,
            public=made.public, count=made.count, made_at=at,
        )  # fmt: skip


@command(needs=None)
def keep_app(acting: Acting, *, secret: str, code: str, at: datetime) -> WayIn:
    """Keep an authenticator app of one's own, once it shows the right code; an earlier one ends.

    Args:
        acting: whose.
        secret: base32, as the app read it.
        code: as the app shows it.
        at: true time.

    Raises:
        Refused: it is not the code, or an invented person needs none.
    """
    refuse_if(_why_not_prove(acting))
    step = ceremonies.step_of(secret, code, at=at, after=0)
    if step is None:
        raise Refused(NOT_THE_CODE)
    standing(acting).filter(account_id=acting.account, kind=Kind.APP).update(ended_at=at)
    return WayIn.objects.create(
        account_id=acting.account, kind=Kind.APP, name="Authenticator app", secret=ceremonies.sealed(secret),
        count=step, made_at=at,
    )  # fmt: skip


@command(needs=None)
def keep_recovery_codes(acting: Acting, *, digests: list[str], at: datetime) -> list[WayIn]:
    """Keep new recovery codes; those from before are worth nothing any more.

    Args:
        acting: whose.
        digests: SHA-256 of each, hexadecimal; the codes are shown once and kept nowhere.
        at: true time.

    Raises:
        Refused: an invented person needs none.
    """
    refuse_if(_why_not_prove(acting))
    standing(acting).filter(account_id=acting.account, kind=Kind.RECOVERY).update(ended_at=at)
    made = [
        WayIn(account_id=acting.account, kind=Kind.RECOVERY, name="Recovery code", secret=digest, made_at=at)
        for digest in digests
    ]
    return WayIn.objects.bulk_create(made)


def _why_not_prove(acting: Acting) -> list[Refusal]:
    """Somebody invented is whoever chooses them: what proved them would outlive the demonstration."""
    return [Refusal("An invented person has nothing to prove.")] if get(acting, Account, acting.account).persona else []


@command(needs=None)
def end_way(acting: Acting, *, way: UUID, at: datetime) -> WayIn:
    """End one of one's own ways in; what is used up or ended stays on record.

    Raises:
        NotHere: it is not one's own, or has ended.
    """
    row = standing(acting).filter(account_id=acting.account, pk=way).exclude(kind=Kind.RECOVERY).first()
    if row is None:
        raise NotHere("no such way in")
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    return row


@command(needs=ADMINISTER)
def end_all(acting: Acting, *, account: UUID, at: datetime) -> int:
    """End everything that somebody else proves themselves by, and every sign-in of theirs: it was lost or stolen.

    Args:
        acting: who acts.
        account: whose.
        at: true time.

    Returns:
        How many passkeys, apps and unused recovery codes ended.

    Raises:
        Refused: it is oneself, who ends them one by one.
        NotHere: there is no such account.
    """
    row = get(acting, Account, account)
    if account == acting.account:
        raise Refused(Refusal("Your own you end on the page How you sign in.", code="oneself"))
    row.sign_ins_ended += 1
    row.save(update_fields=["sign_ins_ended"])
    with as_engine(acting, command=str(current().id)) as engine:
        KnownDevice.visible_to(engine).filter(account=row).delete()
        used_up = Q(kind=Kind.RECOVERY, used_at__isnull=False)
        return standing(engine).filter(~used_up, account=row).update(ended_at=at)


Check = Callable[[WayIn], int]
"""Checks an answer against a passkey and returns its count; raises Unproven."""


@command(needs=None)
def show_passkey(acting: Acting, *, handle: str, check: Check, at: datetime, of: UUID | None = None) -> UUID:
    """Take the answer of a passkey, and say whose it is.

    Args:
        acting: the machinery where nobody has signed in yet, or whoever proves again that it is they.
        handle: which passkey the answer names.
        check: the ceremony's.
        at: true time.
        of: whose it must be, where somebody is signed in.

    Raises:
        Refused: it proves nobody who may sign in; the same words for each reason.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        found = standing(engine).select_for_update(of=("self",)).select_related("account").filter(handle=handle)
        row = found.filter(kind=Kind.PASSKEY, account__is_active=True, account__persona=False).first()
        if row is None or (of is not None and row.account_id != of):
            raise Refused(NOT_A_PASSKEY)
        try:
            count = check(row)
        except Unproven:
            raise Refused(NOT_A_PASSKEY) from None
        if (count or row.count) and count <= row.count:  # WebAuthn 6.1.1: a copy of it has been used
            raise Refused(NOT_A_PASSKEY)
        row.count, row.used_at = count, at
        row.save(update_fields=["count", "used_at"])
        return row.account_id


@command(needs=None)
def show_app_code(acting: Acting, *, code: str, at: datetime) -> None:
    """Prove again, by the code of one's app, that it is oneself.

    Raises:
        Refused: it is not the code, was used before, or too many were wrong.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        refuse_if(tries.why_not_prove(engine, account=acting.account, at=at))
        if not _takes_app_code(engine, acting.account, code, at):
            raise Refused(NOT_THE_CODE)


def _takes_app_code(engine: Acting, account: UUID, code: str, at: datetime) -> bool:
    row = standing(engine).select_for_update().filter(account_id=account, kind=Kind.APP).first()
    if row is None:
        return False
    try:
        step = ceremonies.step_of(ceremonies.unsealed(row.secret), code, at=at, after=row.count)
    except Unproven:  # kept under another home's key, which a restore makes anew
        return False
    if step is None:
        return False
    row.count, row.used_at = step, at
    row.save(update_fields=["count", "used_at"])
    return True


@command(needs=None)
def recover(acting: Acting, *, username: str, code: str, digest: str, source: Source, at: datetime) -> UUID:
    """Let somebody in who has lost their passkey: a recovery code, which is used up, and the code of their app.

    Args:
        acting: the machinery: nobody has signed in yet.
        username: whose.
        code: as their app shows it.
        digest: SHA-256 of the recovery code, hexadecimal.
        source: from where.
        at: true time.

    Raises:
        Refused: they do not belong together, or too many were wrong; the same words whether there is such a person.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        account = (
            Account.visible_to(engine).filter(username=username, is_active=True, persona=False, machine=False).first()
        )
        refuse_if(tries.why_not_try(engine, account=account.pk if account else None, source=source, at=at))
        if account is None:
            raise Refused(NOT_THE_CODES)
        left = standing(engine).select_for_update().filter(account=account, kind=Kind.RECOVERY, used_at__isnull=True)
        row = left.filter(secret=digest).first()
        if row is None or not _takes_app_code(engine, account.pk, code, at):
            raise Refused(NOT_THE_CODES)
        row.used_at = at
        row.save(update_fields=["used_at"])
        return account.pk


@command(needs=None)
def note_wrong(acting: Acting, *, username: str, account: UUID | None, way: str, source: Source, at: datetime) -> None:
    """Count a wrong try.

    Args:
        acting: the machinery.
        username: whom it was said to be, where a name was typed; a name that nobody has is not kept.
        account: whom it was tried for, where that is known.
        way: code, app or recovery.
        source: from where.
        at: true time.
    """
    with as_engine(acting, command=str(current().id)) as engine:
        if account is None and username:
            account = Account.visible_to(engine).filter(username=username).values_list("pk", flat=True).first()
        WrongTry.objects.create(account_id=account, way=way, source=source.address, device=source.device, at=at)


@command(needs=None)
def come_from_outside(acting: Acting, *, identity: Identity | None, at: datetime) -> UUID:
    """Say who somebody is whom the force's identity provider has let in, and bind the two the first time.

    Args:
        acting: the machinery: nobody has signed in yet.
        identity: as the provider signed it; None where what it sent proves nothing, which the log keeps as well.
        at: true time.

    Raises:
        Refused: it proves nothing, nobody goes by it here, they are disabled, or the account is bound to somebody else.
    """
    if identity is None:
        raise Refused(NOT_PROVEN_OUTSIDE)
    with as_engine(acting, command=str(current().id)) as engine:
        bound = OutsideIdentity.visible_to(engine).select_related("account").filter(issuer=identity.issuer)
        known = bound.filter(subject=identity.subject).first()
        found = Account.visible_to(engine).filter(username=identity.username) if identity.username else None
        account = known.account if known else found.first() if found is not None else None
        if account is None or not account.is_active or account.persona or account.machine:
            raise Refused(NOT_KNOWN_OUTSIDE)
        if known is None:
            if bound.filter(account=account).exists():
                raise Refused(NOT_KNOWN_OUTSIDE)
            OutsideIdentity.objects.create(
                account=account, issuer=identity.issuer, subject=identity.subject, made_at=at
            )
        return account.pk
