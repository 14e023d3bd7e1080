"""Laying a suspension on an account and lifting it, within a command that says who may and why."""

from __future__ import annotations

from watchward.foundation.access.models import Account, Suspension
from watchward.foundation.acting import Acting


def suspend(acting: Acting, account: Account, *, reason: str) -> None:
    """Keep an account out from the next request on, and end all that it is signed in to.

    Args:
        acting: who does it.
        account: whose.
        reason: why; not empty.
    """
    account.is_active = False
    account.sign_ins_ended += 1  # so that none goes on once they are let in again
    account.save(update_fields=["is_active", "sign_ins_ended"])
    Suspension.objects.create(account=account, reason=reason.strip(), at=acting.at, by_id=acting.account)


def lift(acting: Acting, account: Account, *, reason: str) -> None:
    """Let an account in again, and keep by whom and why what was laid on it was lifted.

    Args:
        acting: who does it.
        account: whose.
        reason: why; not empty.
    """
    account.is_active = True
    account.save(update_fields=["is_active"])
    for laid in Suspension.visible_to(acting).filter(account=account, lifted_at__isnull=True):
        laid.lifted_at, laid.lifted_by_id, laid.lift_reason = acting.at, acting.account, reason.strip()
        laid.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
