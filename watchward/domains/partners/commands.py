"""Keeping the directory of partners: entries are added and ended, so that what stood on a day can be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.domains.partners import rules
from watchward.domains.partners.models import Agency, Agreement, LawfulBasis, Route, Service, ServiceCheck
from watchward.domains.partners.vocabulary import AgencyKind, ForWhom, Need, Permission, RouteKind
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import get
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if

ENTRIES: dict[str, type[Route] | type[LawfulBasis] | type[Agreement] | type[Service]] = {
    "route": Route, "basis": LawfulBasis, "agreement": Agreement, "service": Service,
}  # fmt: skip
"""What belongs to an agency, by the word that ``end_entry`` takes."""


@command(needs=Permission.RECORD)
def add_agency(acting: Acting, *, name: str, kind: AgencyKind | str, since: date, about: str = "") -> Agency:
    """Add an agency to the directory.

    Raises:
        Refused: it has no name or no kind, or is there already.
    """
    reasons = []
    if not name.strip():
        reasons.append(Refusal("Give the agency's name.", field="name"))
    if kind not in list(AgencyKind):
        reasons.append(Refusal("Choose what it is.", field="kind"))
    if Agency.visible_to(acting).filter(name__iexact=name.strip(), until__isnull=True).exists():
        reasons.append(Refusal(f"{name.strip()} is in the directory already.", field="name"))
    refuse_if(reasons)
    return Agency.objects.create(name=name.strip(), kind=AgencyKind(kind).value, about=about.strip(), since=since)


@command(needs=Permission.RECORD)
def change_agency(acting: Acting, *, agency: UUID, name: str, kind: AgencyKind | str, about: str) -> Agency:
    """Correct an agency's name, kind or what is said about it.

    Raises:
        Refused: it has no name or no kind, or another has this name.
        NotHere: there is none.
    """
    row = get(acting, Agency, agency)
    reasons = []
    if not name.strip():
        reasons.append(Refusal("Give the agency's name.", field="name"))
    if kind not in list(AgencyKind):
        reasons.append(Refusal("Choose what it is.", field="kind"))
    others = Agency.visible_to(acting).filter(name__iexact=name.strip(), until__isnull=True).exclude(pk=row.pk)
    if others.exists():
        reasons.append(Refusal(f"{name.strip()} is in the directory already.", field="name"))
    refuse_if(reasons)
    row.name, row.kind, row.about = name.strip(), AgencyKind(kind).value, about.strip()
    row.save()
    return row


@command(needs=Permission.RECORD)
def end_agency(acting: Acting, *, agency: UUID, until: date) -> Agency:
    """Take an agency out of the directory from a day; until then it is read as it was.

    Raises:
        Refused: it is out already, or would end before it began.
        NotHere: there is none.
    """
    row = get(acting, Agency, agency)
    _end(row, until)
    return row


@command(needs=Permission.RECORD)
def add_route(
    acting: Acting, *, agency: UUID, kind: RouteKind | str, words: str, to: str, since: date, hours: str = "",
    round_the_clock: bool = False,
) -> Route:  # fmt: skip
    """Add a way to reach an agency.

    Args:
        acting: who acts.
        agency: its id.
        kind: how.
        words: whom one reaches: "Emergency duty team".
        to: the number, the address or the place.
        since: from when.
        hours: when they answer.
        round_the_clock: whether they always answer.

    Raises:
        Refused: how, where to or when is missing.
        NotHere: there is no such agency.
    """
    row = get(acting, Agency, agency)
    reasons = list(rules.why_not_reach(kind=kind, to=to, hours=hours, round_the_clock=round_the_clock))
    if not words.strip():
        reasons.append(Refusal("Say whom one reaches.", field="words"))
    refuse_if(reasons)
    return Route.objects.create(
        agency=row, kind=RouteKind(kind).value, words=words.strip(), to=to.strip(), since=since,
        hours="" if round_the_clock else hours.strip(), round_the_clock=round_the_clock,
    )  # fmt: skip


@command(needs=Permission.RECORD)
def add_basis(acting: Acting, *, agency: UUID, law: str, covers: str, since: date) -> LawfulBasis:
    """Say on what law we may share with an agency, and what.

    Raises:
        Refused: the law or what it covers is missing.
        NotHere: there is no such agency.
    """
    row = get(acting, Agency, agency)
    reasons = []
    if not law.strip():
        reasons.append(Refusal("Name the law.", field="law"))
    if not covers.strip():
        reasons.append(Refusal("Say what may be shared, and for what.", field="covers"))
    refuse_if(reasons)
    return LawfulBasis.objects.create(agency=row, law=law.strip(), covers=covers.strip(), since=since)


@command(needs=Permission.RECORD)
def add_agreement(
    acting: Acting, *, agency: UUID, title: str, covers: str, since: date, review_on: date, until: date | None = None
) -> Agreement:
    """Enter an agreement on sharing with an agency.

    Raises:
        Refused: title or what it covers is missing, or its days are out of order.
        NotHere: there is no such agency.
    """
    row = get(acting, Agency, agency)
    refuse_if(rules.why_not_agree(title=title, covers=covers, since=since, review_on=review_on, until=until))
    return Agreement.objects.create(
        agency=row, title=title.strip(), covers=covers.strip(), since=since, review_on=review_on, until=until
    )


@command(needs=Permission.RECORD)
def review_agreement(acting: Acting, *, agreement: UUID, review_on: date) -> Agreement:
    """Note that an agreement was reviewed and stands, and by when it is reviewed next.

    Raises:
        Refused: it has ended, or the next review is not later than this one.
        NotHere: there is none.
    """
    row = get(acting, Agreement, agreement)
    reasons = []
    if row.until is not None and local_day(acting.at) >= row.until:
        reasons.append(Refusal("This agreement has ended."))
    if review_on <= row.review_on:
        reasons.append(Refusal("The next review must be later than this one.", field="review_on"))
    refuse_if(reasons)
    row.review_on = review_on
    row.save(update_fields=["review_on"])
    return row


@command(needs=Permission.RECORD)
def add_service(
    acting: Acting, *, agency: UUID, name: str, needs: Iterable[Need | str], how: str, since: date,
    districts: Iterable[str] = (), groups: Iterable[ForWhom | str] = (), check_on: date | None = None,
) -> Service:  # fmt: skip
    """Enter a service for people who need help.

    Args:
        acting: who acts.
        agency: whose it is.
        name: of the service.
        needs: what it helps with.
        how: how somebody comes to it, in words.
        since: from when.
        districts: codes of the districts that it serves; all when none is named.
        groups: for whom it is; everybody when none is named.
        check_on: the day on which somebody checks it again; as the force's policy says when none is named.

    Raises:
        Refused: name, needs or how is missing, or a need, district, group or day is none.
        NotHere: there is no such agency.
    """
    row = get(acting, Agency, agency)
    asked, served, whom = [str(need) for need in needs], sorted(set(districts)), [str(group) for group in groups]
    today = local_day(acting.at)
    again = rules.check_day(check_on, today=today)
    reasons = []
    if not name.strip():
        reasons.append(Refusal("Give the service's name.", field="name"))
    if not asked or any(need not in list(Need) for need in asked):
        reasons.append(Refusal("Choose what it helps with.", field="needs"))
    if not how.strip():
        reasons.append(Refusal("Say how somebody comes to it.", field="how"))
    if any(code not in DISTRICTS for code in served):
        reasons.append(Refusal("Choose districts of the force.", field="districts"))
    if any(group not in list(ForWhom) for group in whom):
        reasons.append(Refusal("Choose among children, young people and adults.", field="groups"))
    refuse_if([*reasons, *rules.why_not_check_on(again, today=today)])
    made = Service.objects.create(
        agency=row, name=name.strip(), needs=sorted(set(asked)), districts=served, how=how.strip(), since=since,
        groups=[group.value for group in ForWhom if group in whom],
    )  # fmt: skip
    _checked(acting, made, words="Entered", again=again)
    return made


@command(needs=Permission.RECORD)
def check_service(acting: Acting, *, service: UUID, words: str, check_on: date | None = None) -> ServiceCheck:
    """Record that what stands of a service was checked and is right, and when it is checked again.

    Args:
        acting: who checked it, and keeps it from now on.
        service: its id.
        words: how: "Rang them".
        check_on: the day of the next check; as the force's policy says when none is named.

    Raises:
        Refused: it does not say how, the service has ended, or the day is none.
        NotHere: there is none.
    """
    row = get(acting, Service, service)
    today = local_day(acting.at)
    again = rules.check_day(check_on, today=today)
    reasons = list(rules.why_not_check_on(again, today=today))
    if not words.strip():
        reasons.append(Refusal("Say how you checked it.", field="words"))
    if row.until is not None and today >= row.until:
        reasons.append(Refusal("This service has ended."))
    refuse_if(reasons)
    return _checked(acting, row, words=words.strip()[:200], again=again)


def _checked(acting: Acting, service: Service, *, words: str, again: date | None) -> ServiceCheck:
    """Keep that a service is right today, and that somebody looks again by a day, where one is set."""
    waits = ServiceCheck.visible_to(acting).select_for_update(of=("self",)).filter(service=service, done_at=None)
    row = waits.first() or ServiceCheck(
        service=service, keeper_id=acting.account, team_id=acting.team, set_at=acting.at
    )
    row.done_at, row.done_by_id, row.words = acting.at, acting.account, words
    row.save()
    if again is not None:
        ServiceCheck.objects.create(
            service=service, keeper_id=acting.account, team_id=acting.team, set_at=acting.at, due_on=again
        )
    return row


@command(needs=Permission.RECORD)
def end_entry(acting: Acting, *, what: str, entry: UUID, until: date) -> Route | LawfulBasis | Agreement | Service:
    """End a route, a basis, an agreement or a service on a day.

    Args:
        acting: who acts.
        what: route, basis, agreement or service.
        entry: its id.
        until: the first day on which it no longer stands.

    Raises:
        Refused: there is nothing of that name, it has ended, or would end before it began.
        NotHere: there is none.
    """
    if what not in ENTRIES:
        raise Refused(Refusal("Only a route, a basis, an agreement or a service can be ended."))
    row = get(acting, ENTRIES[what], entry)
    _end(row, until)
    return row


def _end(row: Agency | Route | LawfulBasis | Agreement | Service, until: date) -> None:
    reasons = []
    if row.until is not None:
        reasons.append(Refusal(f"This ended on {row.until:%-d %B %Y} already."))
    if until <= row.since:
        reasons.append(Refusal("It ends after it begins.", field="until"))
    refuse_if(reasons)
    row.until = until
    row.save(update_fields=["until"])
