"""Reading what is owed to victims, what they were told and what they decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from watchward.domains.crimes import queries as crimes
from watchward.domains.crimes.queries import Crime, Outcome, Party
from watchward.domains.crimes.vocabulary import Part
from watchward.domains.people import queries as people
from watchward.domains.people.queries import Summary
from watchward.domains.people.vocabulary import age_on
from watchward.domains.victims import rules
from watchward.domains.victims.models import Contact as Contact
from watchward.domains.victims.models import (
    Decision,
    Entitlement,
    Needs,
    Offer,
    Statement,
    Turn,
    Update,
)
from watchward.domains.victims.models import Plan as Plan
from watchward.domains.victims.models import Reach as Reach
from watchward.domains.victims.vocabulary import Category
from watchward.foundation import reading
from watchward.foundation.acting import Acting
from watchward.foundation.duties import queries as owed
from watchward.foundation.duties.models import Duty
from watchward.foundation.records import NotHere
from watchward.foundation.together import together
from watchward.kernel.periods import day_starts, local_day
from watchward.kernel.refusals import Refusal


def owed_the_code(acting: Acting) -> QuerySet[Party]:
    """Return the victims to whom the Code is owed: people, and organisations that have named whom one speaks to."""
    rows = crimes.victims(acting).filter(crime__reported_at__gte=day_starts(rules.COUNTED_FROM))
    return rows.exclude(person__isnull=True, contact_name="").annotate(
        officer_id=F("crime__officer_id"), given_to_id=F("crime__given_to_id"), reference=F("crime__reference")
    )


def victim(acting: Acting, *, party: UUID) -> Party:
    """Return the victim of a crime.

    Raises:
        NotHere: there is no such victim that they may see.
    """
    found = crimes.party(acting, id_=party)
    if found.part != Part.VICTIM:
        raise NotHere("no such victim")
    return found


def recorded(acting: Acting, table: type[Reach] | type[Plan], *, party: UUID) -> int:
    """Return how many times something was recorded of a victim that takes the place of what stood: its version."""
    return table.visible_to(acting).filter(party_id=party).count()


def latest_plan(acting: Acting, *, party: UUID) -> Plan | None:
    """Return how often and how a victim hears, as it was agreed last."""
    return Plan.visible_to(acting).filter(party_id=party).order_by("-at", "-id").first()


def contacts(acting: Acting, *, party: UUID) -> QuerySet[Contact]:
    """Return contact with a victim and attempts at it, latest first."""
    return Contact.visible_to(acting).filter(party_id=party).order_by("-when", "-id")


def unheard(acting: Acting) -> QuerySet[Reach]:
    """Return the victims who do not want to hear what happens, by how they are reached."""
    return Reach.visible_to(acting).filter(replaced_at__isnull=True, wants_updates=False)


def outcomes_to_tell(acting: Acting) -> QuerySet[Outcome]:
    """Return the outcomes of which a victim is told: those given to a crime with a victim who wants to hear."""
    parties = owed_the_code(acting).exclude(pk__in=unheard(acting).values("party_id"))
    rows = crimes.outcomes_given(acting).filter(crime__in=parties.values("crime_id"))
    return rows.annotate(
        officer_id=F("crime__officer_id"), given_to_id=F("crime__given_to_id"), reference=F("crime__reference")
    )


def outcomes_told(acting: Acting) -> QuerySet[Outcome]:
    """Return the outcomes of which a victim was told by contact that reached them."""
    told = Contact.visible_to(acting).filter(reached=True, outcomes__contains=[OuterRef("pk")])
    return outcomes_to_tell(acting).filter(Exists(told))


def latest_decision(acting: Acting, *, crime: UUID) -> Decision | None:
    """Return what the victim of a crime decided last."""
    rows = Decision.visible_to(acting).filter(crime_id=crime, party__ended_at__isnull=True)
    return rows.order_by("-said_on", "-at", "-id").first()


def why_not_without_victim(acting: Acting, *, crime: UUID, code: str) -> tuple[Refusal, ...]:
    """Return why an outcome that rests on the victim's decision may not be given: outcomes 14 and 16."""
    if code not in ("14", "16"):
        return ()
    cite = "Home Office Counting Rules, section H: outcomes 14 and 16"
    if crimes.victim_of(acting, crime=crime) is None:
        return (Refusal(f"Outcome {code} needs a victim, and this crime has none.", cite=cite, field="code"),)
    found = latest_decision(acting, crime=crime)
    if found is None:
        words = f"Outcome {code} needs the victim's recorded decision, in their own words."
        return (Refusal(words, cite=cite, field="victim_decision", code="no-decision"),)
    if found.supports:
        words = "The victim supports police action, by what was last recorded."
        return (Refusal(words, cite=cite, field="victim_decision", code="supports"),)
    return ()


# Enhanced rights


def _about(party: Party, crime: Crime) -> rules.About:
    """Return what decides of itself whether a victim has enhanced rights."""
    day = local_day(crime.committed_at or crime.reported_at)
    born = party.person.date_of_birth if party.person_id and party.person else None
    return rules.About(crime.offence, crime.offence_group, frozenset(crime.flags), age_on(born, day) if born else None)


def enhanced_by_itself(acting: Acting, *, party: Party) -> tuple[tuple[Category, str], ...]:
    """Return why a victim has enhanced rights whatever anybody records."""
    crime = party.crime
    return rules.enhanced_by_itself(_about(party, crime), on=local_day(crime.committed_at or crime.reported_at))


def entitled_on(acting: Acting, *, party: Party, at: datetime) -> tuple[Category, ...]:
    """Return the categories of enhanced rights that a victim had at a moment."""
    rows = Entitlement.visible_to(acting).filter(party=party, at__lte=at).exclude(ended_at__lte=at)
    return rules.categories(enhanced_by_itself(acting, party=party), [Category(row.category) for row in rows])


def is_enhanced(acting: Acting, *, party: Party, at: datetime) -> bool:
    """Return whether a victim had enhanced rights at a moment."""
    return bool(entitled_on(acting, party=party, at=at))


# The page


@dataclass(frozen=True)
class Whole:
    """One victim with all that is owed to them and was done.

    Args:
        summary: of the person, where they may be seen.
        outcomes: those of the crime that were given.
        enhanced: why they have enhanced rights, by category and words.
        duties: what is owed to them.
        officer: who investigates.
    """

    party: Party
    crime: Crime
    summary: Summary | None
    contacts: tuple[Contact, ...]
    updates: tuple[Update, ...]
    needs: tuple[Needs, ...]
    reach: Reach | None
    entitlements: tuple[Entitlement, ...]
    enhanced: tuple[tuple[Category, str], ...]
    plan: Plan | None
    turns: tuple[Turn, ...]
    statements: tuple[Statement, ...]
    offers: tuple[Offer, ...]
    decisions: tuple[Decision, ...]
    outcomes: tuple[Outcome, ...]
    interviewed: bool
    duties: tuple[Duty, ...]

    @property
    def name(self) -> str:
        """Their name, as the reader may see it."""
        if self.party.person_id is None:
            return self.party.organisation
        return self.summary.name if self.summary else "A locked record"

    @property
    def told(self) -> set[UUID]:
        """Ids of the outcomes of which they were told."""
        return {id_ for contact in self.contacts if contact.reached for id_ in contact.outcomes}

    @property
    def untold_outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of which they were not told yet."""
        return tuple(row for row in self.outcomes if row.pk not in self.told)

    @property
    def untold(self) -> tuple[Update, ...]:
        """What happened and they were not told yet."""
        return tuple(row for row in self.updates if row.told_at is None)


def whole(acting: Acting, *, party: UUID) -> Whole:
    """Return one victim with all that is owed to them, and leave the trace of opening the crime.

    Raises:
        NotHere: there is no such victim that they may see.
    """
    row = victim(acting, party=party)
    crime = row.crime
    summaries = people.summaries(acting, ids=[row.person_id] if row.person_id else [])
    reading.opened(acting, crime, shown=list(summaries))
    of = {"party_id": party}
    said, news, asked, ways, rights, plans, turns, taken, offered, decided, ended, named, owing = together(
        contacts(acting, party=party),
        Update.visible_to(acting).filter(**of).order_by("learned_at"),
        Needs.visible_to(acting).filter(**of).order_by("at"),
        Reach.visible_to(acting).filter(**of, replaced_at__isnull=True),
        Entitlement.visible_to(acting).filter(**of).order_by("at"),
        Plan.visible_to(acting).filter(**of, ended_at__isnull=True),
        Turn.visible_to(acting).filter(**of, plan__ended_at__isnull=True).order_by("number"),
        Statement.visible_to(acting).filter(**of).order_by("taken_at"),
        Offer.visible_to(acting).filter(**of).order_by("at"),
        Decision.visible_to(acting).filter(**of).order_by("said_on", "at", "id"),
        Outcome.visible_to(acting).filter(crime=crime, given_at__isnull=False).order_by("given_at"),
        crimes.parties(acting, crimes=[crime.pk]),
        owed.owed(acting).filter(reference=crime.reference, kind__startswith="victims."),
    )
    standing = [(Category(each.category), each.words) for each in rights if each.ended_at is None]
    return Whole(
        party=row,
        crime=crime,
        summary=summaries.get(row.person_id) if row.person_id else None,
        contacts=tuple(said),
        updates=tuple(news),
        needs=tuple(asked),
        reach=ways[0] if ways else None,
        entitlements=tuple(rights),
        enhanced=(*enhanced_by_itself(acting, party=row), *standing),
        plan=plans[0] if plans else None,
        turns=tuple(turns),
        statements=tuple(taken),
        offers=tuple(offered),
        decisions=tuple(decided),
        outcomes=tuple(ended),
        interviewed=any(each.part == Part.SUSPECT and each.interviewed_on for each in named),
        duties=tuple(owing),
    )


def update(acting: Acting, *, id_: UUID) -> Update:
    """Return something of which a victim is told.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Update.visible_to(acting).select_related("party", "crime").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such thing to tell")
    return found


def entitlement(acting: Acting, *, id_: UUID) -> Entitlement:
    """Return one reason of enhanced rights.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Entitlement.visible_to(acting).filter(pk=id_).first()
    if found is None:
        raise NotHere("no such entitlement")
    return found


def statement(acting: Acting, *, id_: UUID) -> Statement:
    """Return one witness statement.

    Raises:
        NotHere: there is none that they may see.
    """
    found = Statement.visible_to(acting).select_related("party", "crime").filter(pk=id_).first()
    if found is None:
        raise NotHere("no such statement")
    return found


def party_of(acting: Acting, *, kind: str, id_: UUID) -> UUID:
    """Return the victim whom something concerns: an outcome, an update, contact details, a turn or a statement.

    Raises:
        NotHere: there is none that they may see.
    """
    tables = {"update": Update, "reach": Reach, "turn": Turn, "statement": Statement}
    if kind == "outcome":
        crime = crimes.outcome(acting, id_=id_).crime_id
        found = crimes.victim_of(acting, crime=crime)
        if found is None:
            raise NotHere("the crime has no victim")
        return found.pk
    party = tables[kind].visible_to(acting).filter(pk=id_).values_list("party_id", flat=True).first()
    if party is None:
        raise NotHere("no such thing to tell")
    return party


def owed_to_victims(acting: Acting, *, teams: frozenset[int]) -> QuerySet[Duty]:
    """Return what is owed to victims by these teams, or by anybody where none are given, what is late first."""
    rows = owed.owed(acting).filter(kind__startswith="victims.")
    return rows.filter(owed_by_team_id__in=sorted(teams)) if teams else rows
