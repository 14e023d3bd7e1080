"""Whatever order of commands, nothing goes that is held, too young, unfinished, alone agreed to or begun anew."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.domains.incidents import scenes
from tests.foundation.disposing import WHY, called_up, held, known, manager
from watchward.domains.incidents import commands as incidents
from watchward.domains.incidents.vocabulary import Part
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere
from watchward.foundation.retention import commands, queries
from watchward.foundation.retention.models import Disposal, Hold
from watchward.foundation.retention.rules import years_after
from watchward.kernel.refusals import Refused

STEPS: Final = ("call up", "propose", "agree", "agree oneself", "send back", "hold", "end hold", "ring", "years go by")
YEARS: Final = 4


@pytest.fixture(autouse=True)
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of disposals in a folder of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path))


class Life:
    """One record, what is done about it, and what must be true of it by the plainest telling."""

    def __init__(self) -> None:
        self.at: datetime = factories.NOW
        self.person = known()
        self.one, self.other = manager(), manager()
        self.last: date = factories.NOW.date()
        self.unfinished = self.held = False
        self.proposed_by: UUID | None = None

    def now(self, acting: Acting) -> Acting:
        """Return somebody acting at the present moment of this life."""
        return acting.at_time(self.at)

    def does(self, step: str) -> None:
        """Do one step; what refuses it changes nothing."""
        before = self.gone()
        with suppress(Refused, NotHere), transaction.atomic():
            getattr(self, step.replace(" ", "_"))()
        if self.gone() and not before:
            assert step == "agree"
            assert not self.held
            assert not self.unfinished
            assert self.at.date() >= years_after(self.last, 6)

    def gone(self) -> bool:
        """Return whether it was disposed of."""
        with within(machinery(self.at, "looking")):
            return Disposal.objects.filter(of=self.person.pk).exists()

    def call_up(self) -> None:
        called_up(self.at)

    def _review(self) -> UUID:
        with within(machinery(self.at, "looking")) as acting:
            row = queries.reviews(acting).filter(of=self.person.pk).first()
        if row is None:
            raise NotHere("no review")
        return row.pk

    def propose(self) -> None:
        review = self._review()
        with within(self.now(self.one)) as acting:
            commands.propose(acting, review=review, reason=WHY)

    def agree(self) -> None:
        review = self._review()
        with within(self.now(self.other)) as acting:
            commands.agree(acting, review=review)

    def agree_oneself(self) -> None:
        review = self._review()
        with within(self.now(self.one)) as acting:
            commands.agree(acting, review=review)

    def send_back(self) -> None:
        review = self._review()
        with within(self.now(self.other)) as acting:
            commands.send_back(acting, review=review, reason="It is still needed")

    def hold(self) -> None:
        review_on = self.at.date().replace(year=self.at.year + 1)
        held(self.now(self.one), self.person.reference, since=self.at.date(), review_on=review_on)
        self.held = True

    def end_hold(self) -> None:
        with within(self.now(self.other)) as acting:
            for hold in Hold.objects.filter(ended_at__isnull=True):
                commands.end_hold(acting, hold=hold.pk, reason="The inquiry has reported")
        self.held = False

    def ring(self) -> None:
        acting = self.now(scenes.handler())
        one = scenes.incident(acting)
        with within(acting):
            incidents.involve(acting, incident=one.pk, person=self.person.pk, part=Part.VICTIM)
        self.last, self.unfinished = self.at.date(), True

    def years_go_by(self) -> None:
        self.at = self.at.replace(year=self.at.year + YEARS)


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(STEPS), max_size=10))
def test_nothing_goes_that_must_stay(steps: list[str]) -> None:
    """By any order of calling up, proposing, agreeing, holding and ringing again, over any years."""
    with transaction.atomic():
        life = Life()
        for step in ("years go by", "years go by", "call up", *steps, "propose", "agree"):
            life.does(step)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_and_it_goes_where_nothing_stands_against_it() -> None:
    """Held and released again, sent back and proposed again: the eighth year of silence lets it go."""
    life = Life()
    for step in ("call up", "propose", "years go by", "years go by", "call up", "propose", "agree oneself", "hold",
                 "agree", "end hold", "send back", "propose"):  # fmt: skip
        life.does(step)
        assert not life.gone()
    life.does("agree")
    assert life.gone()
