"""Writing guidance: versions are drafted, published, read and looked over; what was published never changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from watchward.foundation.access import queries as access
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.guidance import queries, rules
from watchward.foundation.guidance.models import Edition, Item, Receipt, Review
from watchward.foundation.guidance.offers import topics as declared
from watchward.foundation.guidance.rules import Draft
from watchward.foundation.guidance.vocabulary import Kind, Permission
from watchward.foundation.records import NotHere
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if

WITHDRAWN = Refusal("It was withdrawn. Begin it anew under another short name.", code="withdrawn")


@command(needs=Permission.WRITE)
def begin(
    acting: Acting, *, slug: str, kind: Kind | str, title: str, text: str, lead: str = "", groups: Sequence[str] = (),
    topics: Sequence[str] = (), owner: UUID | None = None, team: int | None = None,
) -> Item:  # fmt: skip
    """Begin a piece of guidance with the draft of its first version.

    Args:
        acting: who drafts it.
        slug: its short name in addresses; it stays for good.
        kind: what it is.
        title: its heading.
        text: what it says, in the few marks that are shown.
        lead: one line for pages where it is needed; empty for the toolkit alone.
        groups: whom it is about; everybody where none is named.
        topics: keys of what it is about.
        owner: who answers for it and looks it over; whoever drafts it where nobody is named.
        team: number of the team in which they do; that of whoever drafts it where none is named.

    Raises:
        Refused: with every reason.
    """
    taken = Item.visible_to(acting).filter(slug=slug.strip()).exists()
    draft = Draft(title.strip(), lead.strip(), text.strip(), tuple(groups), tuple(topics))
    reasons = [*rules.why_not_begin(slug=slug.strip(), kind=str(kind), taken=taken), *_why_not_draft(draft)]
    refuse_if([*reasons, *(_why_not_own(acting, owner) if owner is not None else ())])
    row = Item.objects.create(
        slug=slug.strip(), kind=Kind(kind).value, owner_id=owner or acting.account,
        team_id=team if team is not None else acting.team, made_at=acting.at,
    )  # fmt: skip
    _keep_draft(acting, row, draft, number=1)
    return row


@command(needs=Permission.WRITE)
def draft(
    acting: Acting, *, item: UUID, title: str, text: str, lead: str = "", groups: Sequence[str] = (),
    topics: Sequence[str] = (),
) -> Edition:  # fmt: skip
    """Draft the next version of a piece of guidance, or change the draft that waits.

    Raises:
        Refused: with every reason.
        NotHere: there is none.
    """
    row = _locked(acting, item)
    said = Draft(title.strip(), lead.strip(), text.strip(), tuple(groups), tuple(topics))
    refuse_if([*((WITHDRAWN,) if row.withdrawn_at else ()), *_why_not_draft(said)])
    last = Edition.visible_to(acting).filter(item=row).order_by("-number").first()
    waits = last if last is not None and last.published_at is None else None
    return _keep_draft(acting, row, said, number=(last.number if last else 0) + 1, waits=waits)


@command(needs=Permission.PUBLISH)
def publish(
    acting: Acting, *, item: UUID, changed: str = "", since: datetime | None = None, review_on: date | None = None,
    teams: Collection[int] = (), roles: Collection[str] = (),
) -> Edition:  # fmt: skip
    """Publish the draft that waits: it stands from a moment, in the place of the version before it.

    Args:
        acting: who publishes it.
        item: id of the guidance.
        changed: what it changes since the version before, in words.
        since: from when it stands; from now on where no moment is named.
        review_on: the day on which it is looked over; as the force's policy says where none is named.
        teams: numbers of the teams whose people are asked to read it.
        roles: keys of the roles whose holders are; with teams too, those of the teams who hold one of the roles.

    Raises:
        Refused: with every reason.
        NotHere: there is none.
    """
    row = _locked(acting, item)
    editions = list(Edition.visible_to(acting).filter(item=row).order_by("-number")[:2])
    fresh = editions[0] if editions and editions[0].published_at is None else None
    if row.withdrawn_at is not None or fresh is None:
        raise Refused(WITHDRAWN if row.withdrawn_at is not None else Refusal("No draft waits.", code="no-draft"))
    before = editions[1] if len(editions) > 1 else None
    stands_from = since or acting.at
    asked = queries.who_reads(acting, teams=teams, held=roles) if teams or roles else {}
    again = rules.review_day(review_on, today=local_day(acting.at))
    reasons = list(
        rules.why_not_publish(
            number=fresh.number, changed=changed.strip(), since=stands_from, at=acting.at, review_on=again,
            asks=bool(teams or roles), asked=len(asked),
        )
    )  # fmt: skip
    if before is not None and before.since is not None and stands_from < before.since:
        reasons.append(Refusal("The version before it begins to stand later than this.", field="since"))
    refuse_if(reasons)
    if before is not None:
        before.until = stands_from
        before.save(update_fields=["until"])
    fresh.changed, fresh.since = changed.strip(), stands_from
    fresh.published_at, fresh.published_by_id = acting.at, acting.account
    fresh.asks_teams, fresh.asks_roles = sorted(teams), sorted(roles)
    fresh.save()
    _ask(fresh, asked, at=stands_from)
    assert again is not None  # noqa: S101  refused above
    _review_again(acting, row, words="A new version was published", due_on=again)
    return fresh


@command(needs=Permission.PUBLISH)
def withdraw(acting: Acting, *, item: UUID, words: str) -> Item:
    """Withdraw guidance: it is shown nowhere any more, and every version of it stays readable.

    Raises:
        Refused: without saying why, or it is withdrawn already.
        NotHere: there is none.
    """
    row = _locked(acting, item)
    reasons = []
    if row.withdrawn_at is not None:
        reasons.append(Refusal("It is withdrawn already.", code="withdrawn"))
    if len(words.split()) < 2:
        reasons.append(Refusal("Say why it stands no more.", field="words"))
    refuse_if(reasons)
    last = Edition.visible_to(acting).filter(item=row, published_at__isnull=False, until__isnull=True).first()
    if last is not None and last.since is not None:
        last.until = max(acting.at, last.since)
        last.save(update_fields=["until"])
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_words = acting.at, acting.account, words.strip()[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_words"])
    return row


@command(needs=Permission.READ)
def mark_read(acting: Acting, *, edition: UUID) -> Receipt:
    """Record that one has read a version; the first time counts.

    Raises:
        Refused: it does not stand now.
        NotHere: there is no such version.
    """
    row = Edition.visible_to(acting).filter(pk=edition, published_at__isnull=False).first()
    if row is None:
        raise NotHere("no such version")
    if not Edition.visible_to(acting).filter(queries.stands(acting.at), pk=edition).exists():
        raise Refused(Refusal("This version does not stand now. Read the one that does.", code="not-standing"))
    kept = Receipt.visible_to(acting).select_for_update(of=("self",)).filter(edition=row, account_id=acting.account)
    receipt = kept.first()
    if receipt is None:
        return Receipt.objects.create(edition=row, account_id=acting.account, team_id=acting.team, read_at=acting.at)
    if receipt.read_at is None:
        receipt.read_at = acting.at
        receipt.save(update_fields=["read_at"])
    return receipt


@command(needs=Permission.WRITE)
def look_over(acting: Acting, *, review: UUID, words: str, review_on: date | None = None) -> Review:
    """Record that guidance was looked over and is still right, and when it is looked over again.

    Args:
        acting: who looked it over.
        review: id of the look that was waited for.
        words: what was looked at.
        review_on: the day of the next look; as the force's policy says where none is named.

    Returns:
        The look that is waited for next.

    Raises:
        Refused: with every reason.
        NotHere: there is none.
    """
    row = queries.review(acting, id_=review)
    item = _locked(acting, row.item_id)
    today = local_day(acting.at)
    again = rules.review_day(review_on, today=today)
    reasons = list(rules.why_not_review_on(again, today=today, since=today))
    if row.done_at is not None:
        reasons.append(Refusal("Somebody has looked it over already.", code="done"))
    if item.withdrawn_at is not None:
        reasons.append(WITHDRAWN)
    if len(words.split()) < 2:
        reasons.append(Refusal("Say what you looked at.", field="words"))
    refuse_if(reasons)
    assert again is not None  # noqa: S101  refused above
    return _review_again(acting, item, words=words.strip()[:300], due_on=again)


@command(needs=Permission.WRITE)
def hand_over(acting: Acting, *, item: UUID, owner: UUID) -> Item:
    """Let somebody else answer for guidance; what waits to be looked over goes to them, in the team they work in.

    Raises:
        Refused: it was withdrawn, they answer for it already, or no role of theirs lets them write guidance.
        NotHere: there is no such guidance.
    """
    row = _locked(acting, item)
    reasons = [*((WITHDRAWN,) if row.withdrawn_at is not None else ()), *_why_not_own(acting, owner)]
    if row.owner_id == owner:
        reasons.append(Refusal("They answer for it already.", field="owner"))
    refuse_if(reasons)
    placed = [place for place in access.places_of(acting, account=owner) if place.until is None]
    row.owner_id, row.team_id = owner, placed[0].team_id if placed else None
    row.save(update_fields=["owner", "team"])
    return row


@command(needs=Permission.PUBLISH)
def ask_newcomers(acting: Acting) -> int:
    """Ask those who came to a team or a role after it was asked to read a version; run each night.

    Returns:
        How many were asked.
    """
    asked = 0
    rows = Edition.visible_to(acting).filter(queries.stands(acting.at)).exclude(asks_teams=[], asks_roles=[])
    for row in rows:
        who = queries.who_reads(acting, teams=row.asks_teams, held=row.asks_roles)
        known = set(Receipt.visible_to(acting).filter(edition=row).values_list("account_id", flat=True))
        fresh = {account: team for account, team in who.items() if account not in known}
        _ask(row, fresh, at=acting.at)
        asked += len(fresh)
    return asked


def _locked(acting: Acting, item: UUID) -> Item:
    row = Item.visible_to(acting).select_for_update(of=("self",)).filter(pk=item).first()
    if row is None:
        raise NotHere("no such guidance")
    return row


def _why_not_own(acting: Acting, owner: UUID) -> tuple[Refusal, ...]:
    """Return why somebody cannot answer for guidance: whoever owes a look at it must be able to write."""
    if owner in queries.writers(acting):
        return ()
    return (Refusal("No role of theirs lets them write guidance.", field="owner", code="cannot-write"),)


def _why_not_draft(draft: Draft) -> tuple[Refusal, ...]:
    return rules.why_not_draft(draft, topics=declared, lost=queries.lost_links(draft.text))


def _keep_draft(acting: Acting, item: Item, draft: Draft, *, number: int, waits: Edition | None = None) -> Edition:
    row = waits or Edition(item=item, number=number)
    row.title, row.lead, row.text = draft.title, draft.lead, draft.text
    row.groups, row.topics = list(draft.groups), list(draft.topics)
    row.drafted_at, row.drafted_by_id = acting.at, acting.account
    row.save()
    return row


def _ask(edition: Edition, who: dict[UUID, int | None], *, at: datetime) -> None:
    for account, team in who.items():
        Receipt.objects.create(edition=edition, account_id=account, team_id=team, asked_at=at)


def _review_again(acting: Acting, item: Item, *, words: str, due_on: date) -> Review:
    waits = Review.visible_to(acting).select_for_update(of=("self",)).filter(item=item, done_at__isnull=True).first()
    if waits is not None:
        waits.done_at, waits.done_by_id, waits.words = acting.at, acting.account, words
        waits.save(update_fields=["done_at", "done_by", "words"])
    return Review.objects.create(item=item, set_at=acting.at, due_on=due_on)
