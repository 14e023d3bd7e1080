"""How crimes end: an outcome is given or proposed and agreed, reopened, and checked by the registrar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from watchward.domains.crimes import queries, rules
from watchward.domains.crimes.commands.rows import move, of, signed, taken
from watchward.domains.crimes.models import Check, Crime, KeptCheck, Outcome, Sample
from watchward.domains.crimes.vocabulary import (
    AGREE,
    FINISH,
    PROPOSE,
    REOPEN,
    SEND_BACK,
    Demand,
    OutcomeState,
    Permission,
    Verdict,
)
from watchward.domains.offences.vocabulary import outcome as outcome_type
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere
from watchward.kernel.periods import day_ends, day_starts, local_day
from watchward.kernel.refusals import Refusal, refuse_if
from watchward.kernel.streams import Stream


@command(needs=Permission.INVESTIGATE)
def give_outcome(
    acting: Acting, *, crime: UUID, code: str, decided_on: date | None, suspect: UUID | None = None,
    said: Mapping[Demand, str] | None = None, limit_on: date | None = None, statement_on: date | None = None,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """Give a crime its outcome, or propose it where a supervisor agrees; both dates are kept.

    Args:
        acting: who gives it: this is the day on which it is recorded.
        crime: which.
        code: of the outcomes framework.
        decided_on: the day of the outcome itself.
        suspect: the part of the suspect whose outcome it is.
        said: what the outcome demands, by demand.
        limit_on: the last day on which a prosecution could begin, for outcome 17.
        statement_on: the day on which the victim's statement was taken, for the time limit of an assault.
        version: the version that was looked at.

    Raises:
        Refused: with every reason, those of higher rooms among them.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    facts, chosen = queries.ending(
        acting, crime=row, code=code, decided=decided_on, suspect=suspect, said=said or {}, limit=limit_on,
        statement=statement_on,
    )  # fmt: skip
    refuse_if(rules.why_not_end(facts))
    assert decided_on is not None  # noqa: S101 - the rules refused it otherwise
    today = local_day(acting.at)
    supervised = rules.is_supervised(code, on=today)
    demands = rules.DEMANDS[code]
    agree_by = rules.AGREE_BY.value_on(today).deadline(acting.at) if supervised else None
    move(row, PROPOSE if supervised else FINISH)
    outcome = Outcome.objects.create(
        **of(row), **signed(acting), code=code, words=outcome_type(code, today).words, decided_on=decided_on,
        state=OutcomeState.PROPOSED if supervised else OutcomeState.GIVEN,
        suspect=chosen if Demand.SUSPECT in demands else None,
        said={demand.value: (said or {}).get(demand, "").strip() for demand in demands if demand.asks},
        limit_on=limit_on if Demand.LIMIT in demands else None, agree_by=agree_by,
        given_at=None if supervised else acting.at,
    )  # fmt: skip
    if not supervised:
        _finish(acting, row, outcome)
    row.save()
    return outcome


def _finish(acting: Acting, crime: Crime, outcome: Outcome) -> None:
    crime.outcome, crime.outcome_on, crime.outcome_recorded_at = outcome.code, outcome.decided_on, acting.at


def _waiting(acting: Acting, outcome: UUID) -> tuple[Outcome, Crime]:
    found = queries.outcome(acting, id_=outcome)
    crime = taken(acting, found.crime_id)
    found.refresh_from_db()
    if found.state != OutcomeState.PROPOSED:
        refuse_if([Refusal(f"This outcome is {found.state} already.", code="wrong-state")])
    return found, crime


@command(needs=Permission.AGREE)
def agree_outcome(acting: Acting, *, outcome: UUID, words: str = "") -> Outcome:
    """Agree an outcome that somebody else proposed: the crime is finished.

    Raises:
        Refused: by whoever proposed it; it does not wait for anybody.
        NotHere: there is no such outcome.
    """
    row, crime = _waiting(acting, outcome)
    if row.by == acting.account:
        refuse_if([Refusal("Somebody else agrees what you proposed.", code="own")])
    move(crime, AGREE)
    row.state, row.given_at, row.agreed_at, row.agreed_by_id = (
        OutcomeState.GIVEN, acting.at, acting.at, acting.account,
    )  # fmt: skip
    row.agreed_words = words.strip()
    row.save()
    _finish(acting, crime, row)
    crime.save()
    return row


@command(needs=Permission.AGREE)
def send_back(acting: Acting, *, outcome: UUID, words: str) -> Outcome:
    """Send a proposed outcome back, saying what is to be done first.

    Raises:
        Refused: without words; it does not wait for anybody.
        NotHere: there is no such outcome.
    """
    row, crime = _waiting(acting, outcome)
    if len(words.split()) < 2:
        refuse_if([Refusal("Say what is to be done first.", field="words")])
    move(crime, SEND_BACK)
    row.state, row.ended_at, row.ended_words = OutcomeState.SENT_BACK, acting.at, words.strip()
    row.save()
    crime.save(update_fields=["stage"])
    return row


@command(needs=Permission.AGREE)
def reopen(acting: Acting, *, crime: UUID, words: str, version: int | None = None) -> Crime:
    """Reopen a finished crime: what was its outcome stays on the file, with why it is so no longer.

    Raises:
        Refused: without a reason; it is not finished.
        NotHere: there is no such crime.
        Stale: it was changed since it was looked at.
    """
    row = taken(acting, crime, version)
    if len(words.split()) < 2:
        refuse_if([Refusal("Say what has come to light.", field="words")])
    move(row, REOPEN)
    standing = Outcome.objects.filter(crime=row, state=OutcomeState.GIVEN).first()
    if standing is None:
        raise NotHere("it has no outcome")
    standing.state, standing.ended_at, standing.ended_words = OutcomeState.ENDED, acting.at, words.strip()
    standing.save()
    row.outcome, row.outcome_on, row.outcome_recorded_at = "", None, None
    row.save()
    return row


@command(needs=Permission.REGISTER)
def draw_sample(
    acting: Acting, *, seed: str, code: str = "", since: date, until: date, size: int
) -> Sample:  # fmt: skip
    """Draw a sample of given outcomes to be checked against their files: the same seed draws the same crimes.

    Args:
        acting: the registrar.
        seed: a word or a number, written into the sample.
        code: which outcome; all of them where it is empty.
        since: first day on which they were given.
        until: last day.
        size: how many, or all where there are not so many.

    Raises:
        Refused: no seed, no such days, or nothing to draw from.
    """
    reasons = []
    if not seed.strip():
        reasons.append(Refusal("Give a seed, so that the draw can be repeated.", field="seed"))
    if until < since:
        reasons.append(Refusal("The last day comes before the first.", field="until"))
    if not 1 <= size <= 200:
        reasons.append(Refusal("Draw between 1 and 200.", field="size"))
    refuse_if(reasons)
    pool = list(queries.sampled_from(acting, code=code, since=day_starts(since), until=day_ends(until)))
    if not pool:
        refuse_if([Refusal("No outcome was given in these days.", field="since")])
    drawn = (
        Stream(seed.strip())
        .of("outcomes", code, since.isoformat(), until.isoformat())
        .sample(pool, min(size, len(pool)))
    )
    sample = Sample.objects.create(
        **signed(acting), seed=seed.strip()[:40], code=code, since=since, until=until, size=len(drawn), among=len(pool)
    )
    due = rules.CHECK_BY.value_on(local_day(acting.at)).deadline(acting.at)
    for number, outcome in enumerate(drawn, start=1):
        Check.objects.create(sample=sample, outcome=outcome, number=number, due_at=due, **of(outcome.crime))
    return sample


@command(needs=Permission.REGISTER)
def check_outcome(acting: Acting, *, check: UUID, verdict: Verdict | None, words: str = "") -> Check:
    """Say whether a crime's file bears out its outcome.

    Raises:
        Refused: no verdict, no reason to disagree, or checked already.
        NotHere: there is no such check.
    """
    row = Check.visible_to(acting).select_for_update().filter(pk=check).first()
    if row is None:
        raise NotHere("no such check")
    reasons = []
    if row.verdict:
        reasons.append(Refusal("This was checked already."))
    if verdict is None:
        reasons.append(Refusal("Say whether you agree.", field="verdict"))
    if verdict is Verdict.DISAGREE and len(words.split()) < 3:
        reasons.append(Refusal("Say which outcome the file bears out, and why.", field="words"))
    refuse_if(reasons)
    assert verdict is not None  # noqa: S101 - refused otherwise
    row.verdict, row.words, row.checked_at, row.checked_by_id = verdict, words.strip(), acting.at, acting.account
    row.save()
    return row


@command(needs=Permission.REGISTER)
def check_n100(acting: Acting, *, decision: UUID, verdict: Verdict | None, words: str = "") -> KeptCheck:
    """Say whether a report of rape rightly stands without a crime; where it does not, a crime is to be recorded.

    Raises:
        Refused: no verdict, no reason to disagree, one's own decision, or found to be right already.
        NotHere: there is no such report.
    """
    row = queries.n100(acting, id_=decision)
    reasons = []
    if row.by == acting.account:
        reasons.append(Refusal("Somebody else checks what you decided.", code="own"))
    if queries.n100_checks(acting, decision=decision).filter(verdict=Verdict.AGREE).exists():
        reasons.append(Refusal("This was checked, and stands."))
    if verdict is None:
        reasons.append(Refusal("Say whether it rightly stands without a crime.", field="verdict"))
    if verdict is Verdict.DISAGREE and len(words.split()) < 3:
        reasons.append(Refusal("Say what is to be recorded, and why.", field="words"))
    refuse_if(reasons)
    assert verdict is not None  # noqa: S101 - refused otherwise
    return KeptCheck.objects.create(
        **signed(acting), decision=row, of=row.of, verdict=verdict, words=words.strip(), handling=row.handling,
        team_id=row.team_id,
    )  # fmt: skip
