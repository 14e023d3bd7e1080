"""What unusual looking hangs on the giving of roles and teams: nobody gives out accounts and reviews who looked."""

from __future__ import annotations

from uuid import UUID

from watchward.foundation.access import commands as access
from watchward.foundation.access.models import Holding, Membership, Team
from watchward.foundation.access.roles import permissions_of
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Gate
from watchward.kernel.refusals import Refusal
from watchward.oversight.looking.vocabulary import TEAM, Permission

APART = "Who administers accounts neither answers for unusual looks nor reviews them"


def _may(acting: Acting, account: UUID) -> frozenset[str]:
    held = Holding.visible_to(acting).filter(account_id=account, until__isnull=True)
    return permissions_of(held.values_list("role", flat=True))


def why_not_join(acting: Acting, *, account: UUID, team: int, **_: object) -> tuple[Refusal, ...]:
    """Return why somebody may not join a team: it answers for unusual looks, and they administer accounts."""
    answers = Team.visible_to(acting).filter(number=team, key=TEAM).exists()
    if answers and access.ADMINISTER in _may(acting, account):
        return (Refusal(f"{APART}: end their role first, or choose another team.", field="team"),)
    return ()


def why_not_give(acting: Acting, *, account: UUID, role: str, **_: object) -> tuple[Refusal, ...]:
    """Return why somebody may not be given a role: with what they are already, they would see who looked at whom."""
    gives = permissions_of([role])
    if access.ADMINISTER in gives:
        here = Membership.visible_to(acting).filter(account_id=account, team__key=TEAM, until__isnull=True)
        apart = Permission.REVIEW in gives | _may(acting, account) or here.exists()
    else:
        apart = Permission.REVIEW in gives and access.ADMINISTER in _may(acting, account)
    return (Refusal(f"{APART}.", field="role"),) if apart else ()


JOINS = Gate(on=access.join_team, why_not=why_not_join, says=APART)
GIVES = Gate(on=access.give_role, why_not=why_not_give, says=APART)
