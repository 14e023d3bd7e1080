"""Nothing is lost: every answered call owes its two duties, and every call that concerns somebody has its line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import factories
from tests.domains.contact import world
from watchward.domains.contact import commands
from watchward.domains.contact.vocabulary import Answer, Line, Which
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.chronicle.models import Line as Told
from watchward.foundation.commands import command
from watchward.foundation.duties.models import Duty
from watchward.foundation.ledgers import Balance, ledgers

pytestmark = pytest.mark.django_db

KEYS = ("duties.contact.identify", "duties.contact.complete", "chronicle.contact.call")


def counted() -> dict[str, Balance]:
    """Return the ledgers of contact, counted by the machinery."""
    machinery = factories.machinery()
    with within(machinery), as_engine(machinery) as engine:
        return {key: ledgers[key](engine) for key in KEYS}


def test_the_ledgers_of_contact_balance() -> None:
    """One done, one begun, one that rang off, one of a number withheld: each is accounted for."""
    acting = world.handler()
    done = world.whole(acting, world.call(acting, number=world.NUMBER))
    world.call(acting, number="07700 900555")
    world.call(acting)
    with within(acting):
        commands.record_abandoned(
            acting, line=Line.EMERGENCY, number="07700 900556", rang_at=world.NOW - timedelta(seconds=9),
            ended_at=world.NOW,
        )  # fmt: skip
        for which in Which:
            commands.identify(acting, call=done.pk, which=which, answer=Answer.NO)
    found = counted()
    assert all(balance.balances for balance in found.values()), found
    for key in KEYS[:2]:
        assert (found[key].population, found[key].discharged, found[key].open) == (3, 1, 2)
    assert (found[KEYS[2]].population, found[KEYS[2]].discharged) == (3, 3)


def test_a_ledger_that_lost_a_row_does_not_balance() -> None:
    """A duty and a line taken away behind the engine's back are counted as missing."""
    acting = world.handler()
    one = world.call(acting, number=world.NUMBER)
    machinery = factories.machinery()
    with within(machinery), as_engine(machinery):

        @command(needs=None)
        def lose(_acting: object) -> None:
            Duty.objects.filter(kind="contact.identify", about=one.pk).delete()
            Told.objects.filter(kind="contact.call", source=one.pk).delete()

        lose(machinery)
    found = counted()
    assert found["duties.contact.identify"].faults == ("1 missing",)
    assert not found["chronicle.contact.call"].balances
    assert found["duties.contact.complete"].balances
