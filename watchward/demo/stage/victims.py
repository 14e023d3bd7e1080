"""Caring for the victims of crimes, and writing down what they decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from watchward.demo.stage.company import Company
from watchward.domains.crimes import queries as crimes
from watchward.domains.victims import commands as victims
from watchward.domains.victims.vocabulary import Method, Response, Result, Tells, Trigger, Withdraws
from watchward.kernel.periods import local_day


class Victims(Company):
    """What is done for victims."""

    def victim_of(self, crime: UUID, *, by: str) -> UUID:
        """Return the victim of a crime."""
        with self.looking(by) as acting:
            found = crimes.victim_of(acting, crime=crime)
        assert found is not None  # noqa: S101 - the stories' crimes have one
        return found.pk

    def cares(self, crime: UUID, *, by: str, to: str = "By letter, at their address", safe: str = "") -> None:
        """Ask a victim what they need and how they are reached, tell them what to expect, and offer support."""
        party, acting = self.victim_of(crime, by=by), self.of(by)
        victims.assess_needs(acting, party=party, words="Needs nothing but to hear how it goes", compensation_told=True)
        method = Method.LETTER if to.startswith("By letter") else Method.TELEPHONE
        victims.set_reach(
            acting, party=party, method=method, to=to, source="As they said", safe=safe,
            verified_on=local_day(acting.at),
        )  # fmt: skip
        self.tells(crime, "Told what to expect; agrees to be rung by the support service", by=by,
                   tells=(Tells.EXPECT, Tells.SUPPORT))  # fmt: skip

    def tells(
        self, crime: UUID, words: str, *, by: str, tells: Collection[Tells] = (), outcome: UUID | None = None,
        update: UUID | None = None, result: Result = Result.SPOKE, review: bool = False,
    ) -> None:  # fmt: skip
        """Speak to a victim, or try to."""
        victims.record_contact(
            self.of(by), party=self.victim_of(crime, by=by), method=Method.TELEPHONE, result=result, words=words,
            tells=tells, outcomes=[outcome] if outcome else [], updates=[update] if update else [], consents=True,
            told_review=review,
        )  # fmt: skip

    def notes(self, crime: UUID, trigger: Trigger, words: str, *, by: str) -> UUID:
        """Note that something happened of which the victim must be told, and return it."""
        acting = self.of(by)
        party = self.victim_of(crime, by=by)
        return victims.note_update(acting, party=party, trigger=trigger, learned_at=acting.at, words=words).pk

    def takes_statement(self, crime: UUID, response: Response, words: str = "", *, by: str) -> None:
        """Take a witness statement from a victim, and offer a personal one."""
        acting, party = self.of(by), self.victim_of(crime, by=by)
        victims.note_statement(acting, party=party, taken_at=acting.at)
        victims.offer_statement(acting, party=party, response=response, words=words)

    def withdraws(self, crime: UUID, reason: Withdraws, own_words: str, on: str, *, by: str) -> None:
        """Write down that a victim does not support police action, in their own words."""
        victims.record_decision(
            self.of(by), party=self.victim_of(crime, by=by), supports=False, reason=reason, own_words=own_words,
            said_on=date.fromisoformat(on), support_told=True,
        )  # fmt: skip
