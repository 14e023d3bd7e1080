"""Forming areas and saying who works where: each from a day, so that the force can be seen as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from watchward.domains.organisation import rules
from watchward.domains.organisation.models import (
    Accreditation,
    Area,
    Coverage,
    Establishment,
    Officer,
    Training,
)
from watchward.domains.organisation.vocabulary import Function, Permission, Portfolio, Rank
from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import NotHere, get
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if


@command(needs=Permission.ADMINISTER)
def open_area(acting: Acting, *, key: str, name: str, districts: Iterable[str], since: date) -> Area:
    """Open a local policing area over some districts, from a day.

    A district that another area covers passes to this one on that day.

    Args:
        acting: who acts.
        key: stable short name.
        name: as people say it.
        districts: codes of local authority districts.
        since: its first day.

    Raises:
        Refused: the key is taken, there is no name or no district, or a district came to its area on that day or later.
    """
    codes = sorted(set(districts))
    reasons = []
    if Area.visible_to(acting).filter(key=key, until__isnull=True).exists():
        reasons.append(Refusal(f"There is already an area called {key}.", field="key"))
    if not name.strip():
        reasons.append(Refusal("Give the area a name.", field="name"))
    if not codes:
        reasons.append(Refusal("Choose the districts that it covers.", field="districts"))
    covered = Coverage.visible_to(acting).select_for_update(of=("self",)).filter(district__in=codes, until__isnull=True)
    covered_now = list(covered.select_related("area"))
    reasons += [
        Refusal(f"{row.area.name} covers {row.district} from {row.since:%-d %B %Y}.", field="districts")
        for row in covered_now
        if row.since >= since
    ]
    refuse_if(reasons)
    for row in covered_now:
        row.until = since
        row.save(update_fields=["until"])
    area = Area.objects.create(key=key, name=name.strip(), since=since)
    Coverage.objects.bulk_create(Coverage(area=area, district=code, since=since) for code in codes)
    return area


@command(needs=Permission.ADMINISTER)
def close_area(acting: Acting, *, area: UUID, until: date) -> Area:
    """Close an area on a day; what it covered is covered by none from then on.

    Raises:
        Refused: it is closed already, or would close before it opened.
        NotHere: there is none.
    """
    row = get(acting, Area, area)
    reasons = []
    if row.until is not None:
        reasons.append(Refusal(f"{row.name} closed on {row.until:%-d %B %Y} already."))
    if until <= row.since:
        reasons.append(Refusal("An area closes after it opened.", field="until"))
    refuse_if(reasons)
    for covers in Coverage.visible_to(acting).filter(area=row, until__isnull=True):
        covers.until = max(until, date.fromordinal(covers.since.toordinal() + 1))
        covers.save(update_fields=["until"])
    row.until = until
    row.save(update_fields=["until"])
    return row


@command(needs=Permission.ADMINISTER)
def establish_team(
    acting: Acting, *, team: int, function: Function | str, posts: int, since: date, area: UUID | None = None
) -> Establishment:
    """Say what a team is for, which area it serves and how many posts it has, from a day.

    What stood before ends on that day, so that figures of either model stay with their own days.

    Raises:
        Refused: it is established from that day or a later one already, or there is no such function.
        NotHere: there is no such team or area.
    """
    if not access.teams(acting).filter(number=team).exists():
        raise NotHere(f"no team {team}")
    served = get(acting, Area, area) if area is not None else None
    stands = Establishment.visible_to(acting).select_for_update().filter(team__number=team, until__isnull=True).first()
    reasons = []
    if function not in list(Function):
        reasons.append(Refusal("Choose what the team is for.", field="function"))
    if posts < 0:
        reasons.append(Refusal("A team has no posts or more.", field="posts"))
    if stands is not None and stands.since >= since:
        reasons.append(Refusal(f"It is established from {stands.since:%-d %B %Y} already.", field="since"))
    refuse_if(reasons)
    if stands is not None:
        stands.until = since
        stands.save(update_fields=["until"])
    return Establishment.objects.create(
        team_id=team, function=Function(function).value, area=served, posts=posts, since=since
    )


@command(needs=Permission.ADMINISTER)
def post_officer(
    acting: Acting, *, account: UUID, collar_number: str, rank: Rank | str, since: date, post: str = "",
    area: UUID | None = None,
) -> Officer:  # fmt: skip
    """Give somebody their collar number, rank, post and area, from a day; what they held before ends on it.

    Raises:
        Refused: the number is another's, the rank is none, or they hold a post from that day or a later one.
        NotHere: there is no such account or area.
    """
    access.account(acting, id_=account)
    served = get(acting, Area, area) if area is not None else None
    number = collar_number.strip()
    held = list(Officer.visible_to(acting).select_for_update().filter(account_id=account))
    spans = [rules.Span(row.since, row.until) for row in held]
    reasons = list(rules.why_not_post(collar_number=number, since=since, standing=spans))
    if rank not in list(Rank):
        reasons.append(Refusal("Choose a rank.", field="rank"))
    theirs = Officer.visible_to(acting).filter(Q(until__isnull=True) | Q(until__gt=since), collar_number=number)
    if number and theirs.exclude(account_id=account).exists():
        reasons.append(Refusal(f"Collar number {number} is somebody else's.", field="collar_number"))
    refuse_if(reasons)
    for row in held:
        if row.until is None or row.until > since:
            row.until = since
            row.save(update_fields=["until"])
    return Officer.objects.create(
        account_id=account, collar_number=number, rank=Rank(rank).value, post=post.strip(), area=served, since=since
    )


@command(needs=Permission.ADMINISTER)
def end_post(acting: Acting, *, account: UUID, until: date) -> Officer:
    """End the post that somebody holds.

    Raises:
        Refused: they hold none, or it would end before it began.
    """
    row = Officer.visible_to(acting).select_for_update().filter(account_id=account, until__isnull=True).first()
    if row is None:
        raise Refused(Refusal("They hold no post."))
    if until <= row.since:
        raise Refused(Refusal("A post ends after it began.", field="until"))
    row.until = until
    row.save(update_fields=["until"])
    return row


@command(needs=Permission.ADMINISTER)
def enter_training(
    acting: Acting, *, account: UUID, course: str, passed_on: date, expires_on: date | None = None
) -> Training:
    """Enter a course that somebody passed, with the day on which it no longer counts.

    Args:
        acting: who acts.
        account: whose.
        course: key of a course of ``rules.COURSES``.
        passed_on: the day on which it was passed.
        expires_on: as on the certificate; from the force's policy when not given, and never where it has none.

    Raises:
        Refused: there is no such course, the day is to come, or it is entered already.
        NotHere: there is no such account.
    """
    access.account(acting, id_=account)
    today = local_day(acting.at)
    reasons = list(rules.why_not_train(course=course, passed_on=passed_on, expires=expires_on, today=today))
    if Training.visible_to(acting).filter(account_id=account, course=course, passed_on=passed_on).exists():
        reasons.append(Refusal("This is entered already.", field="passed_on"))
    refuse_if(reasons)
    counts = rules.expires_on(course, passed_on=passed_on, asked=expires_on)
    return Training.objects.create(account_id=account, course=course, passed_on=passed_on, expires_on=counts)


@command(needs=Permission.ADMINISTER)
def enter_accreditation(
    acting: Acting, *, account: UUID, scheme: str, portfolio: Portfolio | str, since: date,
    expires_on: date | None = None,
) -> Accreditation:  # fmt: skip
    """Enter how far somebody is with an accreditation; entering it again moves it on.

    Raises:
        Refused: there is no such scheme, or it would expire before it starts.
        NotHere: there is no such account.
    """
    access.account(acting, id_=account)
    reasons = []
    if scheme not in rules.SCHEMES:
        reasons.append(Refusal("Choose an accreditation.", field="scheme"))
    if portfolio not in list(Portfolio):
        reasons.append(Refusal("Say whether it is in progress or held.", field="portfolio"))
    if expires_on is not None and expires_on <= since:
        reasons.append(Refusal("It must expire after it starts.", field="expires_on"))
    refuse_if(reasons)
    row = Accreditation.visible_to(acting).select_for_update().filter(account_id=account, scheme=scheme).first()
    row = row or Accreditation(account_id=account, scheme=scheme)
    row.portfolio, row.since, row.expires_on = Portfolio(portfolio).value, since, expires_on
    row.save()
    return row
