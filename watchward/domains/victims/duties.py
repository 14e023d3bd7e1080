"""What is owed to victims: what they need, how they are reached, and that they are told in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from watchward.domains.crimes.queries import Crime, Outcome, Party
from watchward.domains.crimes.vocabulary import OPEN, Part
from watchward.domains.offences.vocabulary import Flag
from watchward.domains.victims import queries, rules
from watchward.domains.victims.models import Contact, Entitlement, Needs, Plan, Reach, Statement, Turn, Update
from watchward.domains.victims.vocabulary import Tells, Trigger
from watchward.foundation.access.models import Team
from watchward.foundation.access.owners import Owed, SupervisorOf
from watchward.foundation.access.queries import machinery
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import About, Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.kernel.periods import local_day

CRIME_DESK = "crime-desk"
"""Key of the team that cares for victims until somebody investigates."""


class _Investigator:
    """Whoever investigates the crime, within their team; the crime desk until somebody does."""

    def of(self, acting: Acting, record: object) -> Owed:
        team = getattr(record, "given_to_id", None)
        if team is None:
            team = Team.visible_to(acting).filter(key=CRIME_DESK).values_list("number", flat=True).first()
            return Owed(team)
        return Owed(team, getattr(record, "officer_id", None))


UP = (Step(timedelta(days=1), SupervisorOf("owed_by_team_id")),)
WITH_CRIME = Follows(Crime, "parties__pk")


def _subject(party: Party) -> Sequence[About]:
    return [About("person", party.person_id, Part.VICTIM)] if party.person_id else []


def _said(party: Party) -> str:
    return (
        f"{party.person.name if party.person_id and party.person else party.organisation}. {party.crime.offence_words}"
    )


def _harm(party: Party) -> int:
    return 2 if Flag.DOMESTIC_ABUSE in party.crime.flags else 1


def _victims(acting: Acting) -> QuerySet[Party]:
    return queries.owed_the_code(acting)


def _told(acting: Acting, tells: Tells) -> QuerySet[Party]:
    rows = Contact.visible_to(acting).filter(reached=True, tells__contains=[tells.value])
    return _victims(acting).filter(pk__in=rows.values("party_id"))


def _by_code(trigger: Trigger, learned: datetime, party: Party) -> Due:
    return due_by(
        trigger, learned, queries.is_enhanced(machinery(learned, "what the Code owes"), party=party, at=learned)
    )


def due_by(trigger: Trigger, learned: datetime, enhanced: bool) -> Due:
    """Return by when a victim must be told of an event, for those with enhanced rights or the others."""
    by, version = rules.tell_by(trigger, learned, enhanced=enhanced)
    return Due(learned, by, version.cite, version.in_force)


# What every victim is asked and told from the first report

_OF_PARTY = (WITH_CRIME,)


def _asked_by(party: Party) -> Due:
    return Due.under(rules.NEEDS_BY, party.at)


NEEDS = DutyKind(
    key="victims.needs",
    asks="Has this victim been asked what they need?",
    about=Party,
    population=_victims,
    met=lambda acting: _victims(acting).filter(pk__in=Needs.visible_to(acting).values("party_id")),
    due=_asked_by,
    owed_by=_Investigator(),
    says=_said,
    rules=(rules.NEEDS_BY,),
    subjects=_subject,
    harm=_harm,
    follows=(*_OF_PARTY, Follows(Needs, "party_id")),
    escalates=UP,
    released="The crime was cancelled, or they no longer have this part",
    verb="Ask them",
    promised=True,
    url="victims:needs",
)

REACHED = DutyKind(
    key="victims.reach",
    asks="Is it recorded how this victim is reached safely?",
    about=Party,
    population=_victims,
    met=lambda acting: _victims(acting).filter(pk__in=Reach.visible_to(acting).values("party_id")),
    due=_asked_by,
    owed_by=_Investigator(),
    says=_said,
    rules=(rules.NEEDS_BY,),
    subjects=_subject,
    harm=_harm,
    follows=(*_OF_PARTY, Follows(Reach, "party_id")),
    escalates=UP,
    released="The crime was cancelled, or they no longer have this part",
    verb="Record it",
    promised=True,
    url="victims:reach",
)

EXPECT = DutyKind(
    key="victims.expect",
    asks="Has this victim been told in writing what to expect?",
    about=Party,
    population=_victims,
    met=lambda acting: _told(acting, Tells.EXPECT),
    due=lambda party: _by_code(Trigger.EXPECT, party.crime.reported_at, party),
    owed_by=_Investigator(),
    says=_said,
    rules=(rules.TIMERS,),
    subjects=_subject,
    harm=_harm,
    follows=(*_OF_PARTY, Follows(Contact, "party_id"), Follows(Entitlement, "party_id")),
    escalates=UP,
    released="The crime was cancelled, or they no longer have this part",
    verb="Record contact",
    promised=True,
    url="victims:contact",
)

SUPPORT = DutyKind(
    key="victims.support",
    asks="Has this victim been referred to support, or said no?",
    about=Party,
    population=_victims,
    met=lambda acting: _victims(acting).filter(pk__in=_referred(acting)),
    due=lambda party: _by_code(Trigger.SUPPORT, party.crime.reported_at, party),
    owed_by=_Investigator(),
    says=_said,
    rules=(rules.TIMERS,),
    subjects=_subject,
    harm=_harm,
    follows=(*_OF_PARTY, Follows(Contact, "party_id"), Follows(Entitlement, "party_id")),
    escalates=UP,
    released="The crime was cancelled, or they no longer have this part",
    verb="Record contact",
    promised=True,
    url="victims:contact",
)


def _referred(acting: Acting) -> QuerySet[Contact, object]:
    """Return the victims who were referred, or who were reached and said no."""
    answered = Q(tells__contains=[Tells.SUPPORT.value]) | Q(consents=False)
    return Contact.visible_to(acting).filter(answered, reached=True).values("party_id")


# What happens in the case


def _outcome_victim(outcome: Outcome) -> Party | None:
    return next((p for p in outcome.crime.parties.all() if p.part == Part.VICTIM and p.ended_at is None), None)


def _outcomes(acting: Acting) -> QuerySet[Outcome]:
    return queries.outcomes_to_tell(acting).prefetch_related("crime__parties__person")


def _outcome_due(outcome: Outcome) -> Due:
    party = _outcome_victim(outcome)
    learned = outcome.given_at
    assert party is not None  # noqa: S101 - the population has only crimes with a victim
    assert learned is not None  # noqa: S101 - and outcomes that were given
    return _by_code(rules.trigger_of(outcome.code), learned, party)


def _outcome_subject(outcome: Outcome) -> Sequence[About]:
    party = _outcome_victim(outcome)
    return _subject(party) if party else ()


TELL_OUTCOME = DutyKind(
    key="victims.tell-outcome",
    asks="Has the victim been told how it ended, and why?",
    about=Outcome,
    population=_outcomes,
    met=queries.outcomes_told,
    due=_outcome_due,
    owed_by=_Investigator(),
    says=lambda outcome: f"Outcome {outcome.code}, {outcome.words}. {outcome.crime.offence_words}",
    rules=(rules.TIMERS, rules.REVIEW),
    subjects=_outcome_subject,
    harm=lambda outcome: 2 if Flag.DOMESTIC_ABUSE in outcome.crime.flags else 1,
    follows=(Follows(Contact, "crime__outcomes__pk"), Follows(Reach, "crime__outcomes__pk"),
             Follows(Entitlement, "crime__outcomes__pk"),
             Follows(Crime, "outcomes__pk")),
    escalates=UP,
    released="The crime was cancelled, or they do not want to hear",
    verb="Tell them",
    promised=True,
    url="victims:tell-outcome",
)  # fmt: skip


def _updates(acting: Acting) -> QuerySet[Update]:
    wants = ~Q(party_id__in=queries.unheard(acting).values("party_id"))
    standing = Q(party_id__in=_victims(acting).values("pk"))
    rows = Update.visible_to(acting).filter(Q(told_at__isnull=False) | (wants & standing))
    return rows.select_related("party__person", "crime", "party__crime").annotate(
        officer_id=F("crime__officer_id"), given_to_id=F("crime__given_to_id"), reference=F("crime__reference")
    )


TELL = DutyKind(
    key="victims.tell",
    asks="Has the victim been told what happened?",
    about=Update,
    population=_updates,
    met=lambda acting: Update.visible_to(acting).filter(told_at__isnull=False),
    due=lambda update: _by_code(Trigger(update.trigger), update.learned_at, update.party),
    owed_by=_Investigator(),
    says=lambda update: f"{Trigger(update.trigger).label}. {_said(update.party)}",
    rules=(rules.TIMERS,),
    subjects=lambda update: _subject(update.party),
    harm=lambda update: _harm(update.party),
    follows=(
        Follows(Crime, "parties__victim_update__pk"),
        Follows(Reach, "party__victim_update__pk"),
        Follows(Entitlement, "party__victim_update__pk"),
    ),
    escalates=UP,
    released="The crime was cancelled, or they do not want to hear",
    verb="Tell them",
    promised=True,
    url="victims:tell",
)


# How they are reached, how often, and the personal statement


def _reaches(acting: Acting) -> QuerySet[Reach]:
    standing = Q(crime__stage__in=OPEN) & Q(party_id__in=_victims(acting).values("pk"))
    rows = Reach.visible_to(acting).filter(Q(replaced_at__isnull=False) | standing)
    return rows.select_related("party__person", "party__crime").annotate(
        officer_id=F("crime__officer_id"), given_to_id=F("crime__given_to_id"), reference=F("crime__reference")
    )


def _fresh(reach: Reach) -> Due:
    version = rules.FRESH.on(reach.verified_on)
    arose = reach.at
    by = version.value.deadline(arose) - (local_day(arose) - reach.verified_on)
    return Due(arose, max(by, arose), version.cite, version.in_force)


REFRESH = DutyKind(
    key="victims.reach-again",
    asks="Are these contact details still right, and still safe?",
    about=Reach,
    population=_reaches,
    met=lambda acting: Reach.visible_to(acting).filter(replaced_at__isnull=False),
    due=_fresh,
    owed_by=_Investigator(),
    says=lambda reach: _said(reach.party),
    rules=(rules.FRESH,),
    subjects=lambda reach: _subject(reach.party),
    follows=(Follows(Crime, "parties__victim_reach__pk"),),
    escalates=UP,
    released="The crime is no longer investigated",
    verb="Ask again",
    promised=True,
    url="victims:reach-again",
)


def _turns(acting: Acting) -> QuerySet[Turn]:
    standing = Q(plan__ended_at__isnull=True, crime__stage__in=OPEN)
    wants = ~Q(party_id__in=queries.unheard(acting).values("party_id"))
    rows = Turn.visible_to(acting).filter(Q(contact__isnull=False) | (standing & wants))
    return rows.select_related("plan", "party__person", "party__crime").annotate(
        officer_id=F("crime__officer_id"), given_to_id=F("crime__given_to_id"), reference=F("crime__reference")
    )


PLAN = DutyKind(
    key="victims.plan",
    asks="Has the victim heard as was agreed with them?",
    about=Turn,
    population=_turns,
    met=lambda acting: Turn.visible_to(acting).filter(contact__isnull=False),
    due=lambda turn: Due(turn.at, turn.due_at, f"Contact plan agreed with the victim, every {turn.plan.every} days",
                         local_day(turn.plan.at)),
    owed_by=_Investigator(),
    says=lambda turn: _said(turn.party),
    subjects=lambda turn: _subject(turn.party),
    harm=lambda turn: _harm(turn.party),
    follows=(Follows(Plan, "turns__pk"), Follows(Reach, "party__victim_turn__pk"),
             Follows(Crime, "parties__victim_turn__pk")),
    escalates=UP,
    released="Another plan was agreed, the case ended, or they do not want to hear",
    verb="Record contact",
    promised=True,
    url="victims:turn",
)  # fmt: skip


def _statements(acting: Acting) -> QuerySet[Statement]:
    return (
        Statement.visible_to(acting)
        .select_related("party__person", "party__crime")
        .annotate(
            officer_id=F("crime__officer_id"), given_to_id=F("crime__given_to_id"), reference=F("crime__reference")
        )
    )


OFFER = DutyKind(
    key="victims.offer-statement",
    asks="Has the victim been offered a personal statement?",
    about=Statement,
    population=_statements,
    met=lambda acting: Statement.visible_to(acting).filter(offer__isnull=False),
    due=lambda statement: Due.under(rules.OFFER_BY, statement.taken_at),
    owed_by=_Investigator(),
    says=lambda statement: _said(statement.party),
    rules=(rules.OFFER_BY,),
    subjects=lambda statement: _subject(statement.party),
    harm=lambda statement: _harm(statement.party),
    escalates=UP,
    verb="Offer it",
    promised=True,
    url="victims:offer-for",
)
