"""What is kept from others, what is owed about it, and what the machinery does."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.apps import apps

from watchward.demo.calendar import moment
from watchward.demo.stage.company import Company
from watchward.domains.incidents import commands as incidents
from watchward.domains.people import commands as people
from watchward.domains.people import queries as known
from watchward.domains.places import commands as places
from watchward.foundation import reading
from watchward.foundation.access import absences
from watchward.foundation.duties import commands as duties
from watchward.foundation.duties import queries as owed
from watchward.foundation.linkage.vocabulary import Asked
from watchward.foundation.records import Handling, Record


class Upkeep(Company):
    """What is done about locked and sealed records, duties and what is late."""

    def keep_as(self, person: UUID, handling: int, reason: str, *, by: str) -> None:
        """Lock or seal somebody's record for one's own team."""
        acting = self.of(by)
        people.keep_as(acting, person=person, handling=handling, reason=reason, team=acting.team)

    def keep_place_as(self, place: UUID, handling: int, reason: str, *, by: str) -> None:
        """Lock or seal a place for one's own team."""
        places.set_handling(self.of(by), place=place, handling=Handling(handling), reason=reason)

    def opens_locked(self, person: UUID, reason: str, *, by: str) -> UUID:
        """Open somebody's locked record, saying why."""
        table: type[Record] = apps.get_model("people", "Person")
        return reading.open_locked(self.of(by), table=table, record=person, reason=reason).pk

    def reviews_opening(self, opening: UUID, finding: str, *, by: str) -> None:
        """Review why a locked record was opened."""
        reading.review_opening(self.of(by), opening=opening, finding=finding)

    def asks_for(self, by: str, name: str, born: str, *, how: str) -> None:
        """Ask for somebody by name and date of birth; only the keepers of a sealed record that fits are told."""
        asked = Asked(name=name, date_of_birth=date.fromisoformat(born))
        people.alert_keepers(self.of(by), asked=asked, how=how)

    def releases(self, kind: str, about: UUID, reason: str, *, by: str) -> None:
        """Release somebody from a duty about a record, saying why."""
        with self.looking(by) as acting:
            duty = owed.owed(acting).get(kind=kind, about=about).pk
        duties.release(acting, duty=duty, reason=reason)

    def is_away(self, who: str, kind: str, since: str, until: str, *, by: str, cover: str) -> None:
        """Record that somebody will be away, and who stands in for them."""
        accounts = self.cast.accounts
        absences.record(
            self.of(by), account=accounts[who], kind=kind, since_at=moment(since), until_at=moment(until),
            cover=accounts[cover],
        )  # fmt: skip

    def hands_over(self, giver: str, *, to: str, most: int, by: str, words: str) -> UUID:
        """Hand over what is due first of what somebody and their teams hold, to be accepted by a time."""
        with self.looking(giver) as acting:
            found = owed.to_hand_over(acting, of=acting.supervises)
            chosen = list(found.values_list("pk", flat=True)[:most])
        return duties.hand_over(acting, duties=chosen, words=words, accept_by=moment(by), to=self.cast.accounts[to]).pk

    def gives_on(self, giver: str, *, to: str, kind: str, most: int, why: str) -> None:
        """Give what is due first of a kind, with nobody named for it in somebody's teams, to one of them."""
        with self.looking(giver) as acting:
            found = owed.to_move(acting, teams=acting.supervises, person=None, team=None, until=None)
            chosen = list(found.filter(kind=kind).values_list("pk", flat=True)[:most])
        duties.reassign(acting, duties=chosen, reason=why, to=self.cast.accounts[to])

    def takes_over(self, hand_over: UUID, *, by: str) -> None:
        """Accept what was handed over."""
        duties.accept(self.of(by), hand_over=hand_over)

    def watches(self) -> None:
        """Notice what passed its target, and send up what is late."""
        acting = self.machinery()
        incidents.watch(acting)
        duties.escalate(acting)

    def sees_what_went_up(self, by: str) -> None:
        """See what went up to somebody."""
        with self.looking(by) as acting:
            gone = list(owed.gone_up_to(acting).values_list("pk", flat=True))
        for one in gone:
            duties.see_escalation(acting, escalation=one)

    def sees_asks(self, *, by: str) -> None:
        """See who asked for what fits a sealed record of one's own team."""
        with self.looking(by) as acting:
            asks = list(known.asks_unseen(acting).values_list("pk", flat=True))
        for ask in asks:
            people.see_ask(acting, ask=ask)
