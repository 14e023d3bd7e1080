"""Making units, putting them on duty and saying where they are and who crews them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from watchward.domains.incidents.models import Crew, Unit
from watchward.domains.incidents.vocabulary import Permission, Skill, UnitState
from watchward.foundation.access.models import Account
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, get
from watchward.kernel.refusals import Refusal, refuse_if


def _unit(acting: Acting, unit: UUID) -> Unit:
    found = Unit.visible_to(acting).select_for_update().filter(pk=unit).first()
    if found is None:
        raise NotHere("no such unit")
    return found


@command(needs=Permission.RESOURCE)
def make_unit(
    acting: Acting, *, call_sign: str, area: UUID | None = None, base: int | None = None,
    skills: Collection[Skill] = (),
) -> Unit:  # fmt: skip
    """Make a unit, which is off the road until it is put on duty.

    Args:
        acting: who makes it.
        call_sign: what it answers to.
        area: the policing area that it covers.
        base: number of the team that it belongs to, which answers for the incidents that it is sent to.
        skills: what it can do that others cannot.

    Raises:
        Refused: there is no call sign, or another unit has it.
    """
    sign = call_sign.strip().upper()
    reasons = []
    if not sign:
        reasons.append(Refusal("Give its call sign.", field="call_sign"))
    elif Unit.visible_to(acting).filter(call_sign=sign).exists():
        reasons.append(Refusal(f"There is already a unit called {sign}.", field="call_sign"))
    refuse_if(reasons)
    return Unit.objects.create(
        call_sign=sign,
        area_id=area,
        base_id=base,
        skills=sorted(skills),
        state=UnitState.OFF_ROAD,
        state_since=acting.at,
    )


@command(needs=Permission.RESOURCE)
def set_unit_status(
    acting: Acting, *, unit: UUID, on_duty: bool | None = None, state: UnitState | None = None, words: str = ""
) -> Unit:
    """Put a unit on duty or off it, or take it off the road and back.

    Args:
        acting: who says so.
        unit: its id.
        on_duty: whether it is on duty; as it stands when not given.
        state: free or off the road; being sent, on the way and at scene follow from its incident.
        words: why it is off the road.

    Raises:
        Refused: it is on an incident, or the state follows from an incident.
        NotHere: there is no such unit.
    """
    row = _unit(acting, unit)
    reasons = []
    if state not in (None, UnitState.FREE, UnitState.OFF_ROAD):
        reasons.append(Refusal("Send it to an incident: this follows from that.", field="state"))
    if row.deployments.filter(cleared_at__isnull=True).exists():
        reasons.append(Refusal(f"{row.call_sign} is {row.state}. Clear it from its incident first.", field="unit"))
    refuse_if(reasons)
    if on_duty is not None:
        row.on_duty = on_duty
        state = state or (UnitState.FREE if on_duty else UnitState.OFF_ROAD)
    if state is not None:
        row.state, row.state_since, row.state_words = state, acting.at, words.strip()[:120]
    row.save()
    return row


@command(needs=Permission.ATTEND)
def place_unit(acting: Acting, *, unit: UUID, easting: int, northing: int) -> Unit:
    """Say where a unit is now.

    Args:
        acting: who says so.
        unit: its id.
        easting: metres on the national grid.
        northing: metres on the national grid.

    Raises:
        Refused: that is not on the national grid.
        NotHere: there is no such unit.
    """
    row = _unit(acting, unit)
    if not (0 <= easting < 700_000 and 0 <= northing < 1_300_000):
        refuse_if([Refusal("That is not on the national grid.", field="easting")])
    row.easting, row.northing, row.placed_at = easting, northing, acting.at
    row.save(update_fields=["easting", "northing", "placed_at"])
    return row


@command(needs=Permission.RESOURCE)
def crew(acting: Acting, *, unit: UUID, account: UUID) -> Crew:
    """Put somebody in a unit from now on; whatever unit they were in, they leave.

    Raises:
        NotHere: there is no such unit or person.
    """
    row, person = _unit(acting, unit), get(acting, Account, account)
    for before in Crew.visible_to(acting).filter(account=person, until__isnull=True):
        before.until = acting.at
        before.save(update_fields=["until"])
    return Crew.objects.create(unit=row, account=person, since=acting.at)


@command(needs=Permission.RESOURCE)
def leave_unit(acting: Acting, *, account: UUID) -> Crew:
    """Say that somebody left the unit that they were in.

    Raises:
        NotHere: they are in none.
    """
    found = Crew.visible_to(acting).filter(account_id=account, until__isnull=True).first()
    if found is None:
        raise NotHere("they crew no unit")
    found.until = acting.at
    found.save(update_fields=["until"])
    return found
