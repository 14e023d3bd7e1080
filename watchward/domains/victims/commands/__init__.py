"""Writing: contact with victims, what they must be told, what they need and what they decide."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from watchward.domains.crimes import queries as crimes
from watchward.domains.crimes.queries import Party
from watchward.domains.offences.vocabulary import Flag, OffenceGroup
from watchward.domains.victims import queries, rules
from watchward.domains.victims.commands.bringing import bring_victims as bring_victims
from watchward.domains.victims.models import (
    Contact,
    Decision,
    Entitlement,
    Needs,
    Offer,
    Plan,
    Reach,
    Statement,
    Turn,
    Update,
)
from watchward.domains.victims.vocabulary import (
    NOTED,
    Category,
    Method,
    Permission,
    Response,
    Result,
    Tells,
    Trigger,
    Withdraws,
)
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import Stale
from watchward.kernel.periods import Days, local_day
from watchward.kernel.refusals import Refusal, refuse_if


def _of(acting: Acting, party: Party) -> dict[str, Any]:
    crime = party.crime
    return {
        "party": party, "crime": crime, "handling": crime.handling, "team_id": crime.team_id, "at": acting.at,
        "by": acting.account, "by_name": acting.name,
    }  # fmt: skip


@command(needs=Permission.CARE)
def record_contact(
    acting: Acting, *, party: UUID, method: Method, result: Result | None, words: str, when: datetime | None = None,
    tells: Collection[Tells] = (), outcomes: Collection[UUID] = (), updates: Collection[UUID] = (),
    consents: bool | None = None, told_review: bool = False,
) -> Contact:  # fmt: skip
    """Record contact with a victim, or an attempt; only contact that reached them keeps a promise.

    Args:
        acting: who made it.
        party: the victim.
        method: how.
        result: what became of it.
        words: what was said, or what was tried.
        when: when it was; now when not given.
        tells: what they were told beside the case.
        outcomes: of which outcomes they were told.
        updates: of what else that happened.
        consents: whether they agreed to be referred.
        told_review: whether they were told that they may ask for a review.

    Raises:
        Refused: with every reason.
        NotHere: there is no such victim, outcome or update.
    """
    row = queries.victim(acting, party=party)
    told = [crimes.outcome(acting, id_=id_) for id_ in outcomes]
    news = [queries.update(acting, id_=id_) for id_ in updates]
    interviewed = any(each.interviewed_on for each in crimes.parties(acting, crimes=[row.crime_id]))
    review = any(rules.may_review(each.code, decided=each.decided_on, interviewed=interviewed) for each in told)
    crime = row.crime
    facts = rules.Contacting(
        result=result, words=words, when=when or acting.at, at=acting.at, tells=tells, news=len(told) + len(news),
        consents=consents, review=review, told_review=told_review,
        asks_consent=Flag.DOMESTIC_ABUSE in crime.flags or crime.offence_group == OffenceGroup.SEXUAL
        or crime.offence_subgroup == "Homicide",
    )  # fmt: skip
    reasons = list(rules.why_not_contact(facts))
    strange = [each for each in told if each.crime_id != row.crime_id] + [n for n in news if n.party_id != row.pk]
    if strange:
        reasons.append(Refusal("That belongs to another crime.", field="told"))
    refuse_if(reasons)
    assert result is not None  # noqa: S101 - the rules refused it otherwise
    made = Contact.objects.create(
        **_of(acting, row), when=when or acting.at, method=method, result=result, reached=result.is_contact,
        tells=sorted(each.value for each in tells), outcomes=[each.pk for each in told], consents=consents,
        told_review=told_review and review, words=words.strip(),
    )  # fmt: skip
    for each in news:
        each.told_at, each.contact = made.when, made
        each.save(update_fields=["told_at", "contact"])
    if made.reached:
        _turn(acting, row, made)
    return made


def _turn(acting: Acting, party: Party, contact: Contact) -> None:
    """Keep the turn of the plan that waits, and begin the next from this contact."""
    waiting = Turn.visible_to(acting).filter(party=party, plan__ended_at__isnull=True, contact__isnull=True).first()
    if waiting is not None:
        waiting.contact = contact
        waiting.save(update_fields=["contact"])
        _next_turn(acting, party, waiting.plan, waiting.number + 1, contact.when)


def _next_turn(acting: Acting, party: Party, plan: Plan, number: int, since: datetime) -> Turn:
    due = Days(plan.every).deadline(since)
    return Turn.objects.create(**_of(acting, party), plan=plan, number=number, due_at=max(due, acting.at))


@command(needs=Permission.CARE)
def note_update(acting: Acting, *, party: UUID, trigger: Trigger, learned_at: datetime, words: str = "") -> Update:
    """Note that something happened in the case of which the victim must be told; the clock starts now it is known.

    Args:
        acting: who notes it.
        party: the victim.
        trigger: what happened.
        learned_at: when the force learned of it.
        words: what, in more words.

    Raises:
        Refused: it has not happened yet, or follows from the crime's own outcome.
        NotHere: there is no such victim.
    """
    row = queries.victim(acting, party=party)
    reasons = []
    if learned_at > acting.at:
        reasons.append(Refusal("Note it once it is known.", field="learned_at"))
    if trigger not in NOTED:
        reasons.append(Refusal("The crime's own outcome says this.", field="trigger"))
    refuse_if(reasons)
    return Update.objects.create(**_of(acting, row), trigger=trigger, learned_at=learned_at, words=words.strip())


@command(needs=Permission.CARE)
def assess_needs(
    acting: Acting, *, party: UUID, words: str, interpreter: str = "", same_sex_officer: bool = False,
    restorative_offered: bool = False, compensation_told: bool = False,
) -> Needs:  # fmt: skip
    """Record what a victim needs; asking again makes another record, and the first is never overwritten.

    Raises:
        Refused: it says nothing.
        NotHere: there is no such victim.
    """
    row = queries.victim(acting, party=party)
    if len(words.split()) < 2:
        refuse_if([Refusal("Write down what they need, or that they need nothing.", field="words")])
    return Needs.objects.create(
        **_of(acting, row), words=words.strip(), interpreter=interpreter.strip()[:80],
        same_sex_officer=same_sex_officer, restorative_offered=restorative_offered,
        compensation_told=compensation_told,
    )  # fmt: skip


@command(needs=Permission.CARE)
def set_reach(
    acting: Acting, *, party: UUID, method: Method, to: str, source: str, safe: str = "", verified_on: date,
    wants_updates: bool = True, version: int | None = None,
) -> Reach:  # fmt: skip
    """Record how a victim is reached safely, from whom it is known and when it was verified.

    Args:
        acting: who records it.
        party: the victim.
        method: how they want to be reached.
        to: the number or address.
        source: who gave it.
        safe: what must not be done, or when.
        verified_on: the day on which it was last verified.
        wants_updates: whether they want to hear what happens.
        version: how many times it had been recorded when somebody looked.

    Raises:
        Refused: no number or address, nobody who gave it, or a day to come.
        NotHere: there is no such victim.
        Stale: somebody else recorded it since.
    """
    row = queries.victim(acting, party=party)
    if version not in (None, queries.recorded(acting, Reach, party=party)):
        raise Stale(row.crime)
    reasons = []
    if not to.strip():
        reasons.append(Refusal("Give the number or address.", field="to"))
    if not source.strip():
        reasons.append(Refusal("Say who gave it.", field="source"))
    if verified_on > local_day(acting.at):
        reasons.append(Refusal("It cannot have been verified in the future.", field="verified_on"))
    refuse_if(reasons)
    before = Reach.visible_to(acting).filter(party=row, replaced_at__isnull=True).select_for_update().first()
    if before is not None:
        before.replaced_at = acting.at
        before.save(update_fields=["replaced_at"])
    return Reach.objects.create(
        **_of(acting, row), method=method, to=to.strip()[:200], source=source.strip()[:120],
        safe=safe.strip()[:300], verified_on=verified_on, wants_updates=wants_updates,
    )  # fmt: skip


@command(needs=Permission.CARE)
def entitle(acting: Acting, *, party: UUID, category: Category, words: str) -> Entitlement:
    """Record that a victim has enhanced rights, and why, from now.

    Raises:
        Refused: without a reason, or recorded already.
        NotHere: there is no such victim.
    """
    row = queries.victim(acting, party=party)
    reasons = []
    if len(words.split()) < 2:
        reasons.append(Refusal("Say why.", field="words"))
    if Entitlement.visible_to(acting).filter(party=row, category=category, ended_at__isnull=True).exists():
        reasons.append(Refusal(f"That is recorded: {category.value}.", field="category"))
    refuse_if(reasons)
    return Entitlement.objects.create(**_of(acting, row), category=category, words=words.strip())


@command(needs=Permission.CARE)
def end_entitlement(acting: Acting, *, entitlement: UUID, words: str) -> Entitlement:
    """Record that a reason of enhanced rights no longer holds, and why.

    Raises:
        Refused: without a reason, or ended already.
        NotHere: there is none.
    """
    row = queries.entitlement(acting, id_=entitlement)
    reasons = []
    if len(words.split()) < 2:
        reasons.append(Refusal("Say why it no longer holds.", field="words"))
    if row.ended_at is not None:
        reasons.append(Refusal("It has ended already."))
    refuse_if(reasons)
    row.ended_at, row.ended_words = acting.at, words.strip()
    row.save(update_fields=["ended_at", "ended_words"])
    return row


@command(needs=Permission.CARE)
def agree_plan(
    acting: Acting, *, party: UUID, every: int, method: Method, words: str = "", version: int | None = None
) -> Plan:
    """Agree with a victim how often and how they hear; the plan before it ends.

    Args:
        acting: who agreed it.
        party: the victim.
        every: days.
        method: how they want to hear.
        words: what else was agreed.
        version: how many plans had been agreed when somebody looked.

    Raises:
        Refused: never, or less than once a year.
        NotHere: there is no such victim.
        Stale: somebody else agreed one since.
    """
    row = queries.victim(acting, party=party)
    if version not in (None, queries.recorded(acting, Plan, party=party)):
        raise Stale(row.crime)
    if not 1 <= every <= 365:
        refuse_if([Refusal("Agree between every day and once a year.", field="every")])
    for before in Plan.visible_to(acting).filter(party=row, ended_at__isnull=True).select_for_update():
        before.ended_at = acting.at
        before.save(update_fields=["ended_at"])
    plan = Plan.objects.create(**_of(acting, row), every=every, method=method, words=words.strip()[:300])
    _next_turn(acting, row, plan, 1, acting.at)
    return plan


@command(needs=Permission.CARE)
def note_statement(acting: Acting, *, party: UUID, taken_at: datetime) -> Statement:
    """Note that a witness statement was taken from a victim: a personal statement is to be offered.

    Raises:
        Refused: it is to come.
        NotHere: there is no such victim.
    """
    row = queries.victim(acting, party=party)
    if taken_at > acting.at:
        refuse_if([Refusal("Note a statement once it is taken.", field="taken_at")])
    offered = Offer.visible_to(acting).filter(party=row).order_by("-at").first()
    return Statement.objects.create(**_of(acting, row), taken_at=taken_at, offer=offered)


@command(needs=Permission.CARE)
def offer_statement(acting: Acting, *, party: UUID, response: Response | None, words: str = "") -> Offer:
    """Record that a victim personal statement was offered, and what they answered.

    Raises:
        Refused: no answer; declined or put off without a word.
        NotHere: there is no such victim.
    """
    row = queries.victim(acting, party=party)
    refuse_if(rules.why_not_offer(response=response, words=words))
    assert response is not None  # noqa: S101 - the rules refused it otherwise
    made = Offer.objects.create(**_of(acting, row), response=response, words=words.strip())
    for waiting in Statement.visible_to(acting).filter(party=row, offer__isnull=True):
        waiting.offer = made
        waiting.save(update_fields=["offer"])
    return made


@command(needs=Permission.CARE)
def record_decision(
    acting: Acting, *, party: UUID, supports: bool | None, reason: Withdraws | None = None, own_words: str = "",
    said_on: date | None, support_told: bool = False,
) -> Decision:  # fmt: skip
    """Record whether a victim supports police action; who does not has their reason and own words kept.

    Args:
        acting: who heard it.
        party: the victim.
        supports: whether they do.
        reason: why not, to be counted.
        own_words: what they said.
        said_on: when.
        support_told: whether they were told of the support there is.

    Raises:
        Refused: with every reason.
        NotHere: there is no such victim.
    """
    row = queries.victim(acting, party=party)
    facts = rules.Deciding(supports, reason, own_words, said_on, local_day(acting.at), support_told)
    refuse_if(rules.why_not_decide(facts))
    assert supports is not None  # noqa: S101 - the rules refused it otherwise
    assert said_on is not None  # noqa: S101
    return Decision.objects.create(
        **_of(acting, row), supports=supports, reason="" if supports or reason is None else reason,
        own_words=own_words.strip(), said_on=said_on, support_told=support_told,
    )  # fmt: skip
