"""Reading guidance: what stands, every version of one piece, who has read it, and what a page leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import Resolver404, resolve, reverse

from watchward.foundation.access.models import Holding, Membership
from watchward.foundation.access.roles import roles
from watchward.foundation.acting import Acting
from watchward.foundation.guidance import rules
from watchward.foundation.guidance.models import Edition as Edition
from watchward.foundation.guidance.models import Item as Item
from watchward.foundation.guidance.models import Receipt as Receipt
from watchward.foundation.guidance.models import Review as Review
from watchward.foundation.guidance.offers import Wanted, topics
from watchward.foundation.guidance.text import is_own, links
from watchward.foundation.guidance.vocabulary import Fits, Group, Kind, Lead, Permission, Standing
from watchward.foundation.records import NotHere

LONG_TEXTS = ("text", "asks_teams", "asks_roles")


@dataclass(frozen=True)
class Whole:
    """One piece of guidance with its versions.

    Args:
        item: with its owner and team.
        shown: the version that is read; None where none was ever published and this person may not see a draft.
        editions: those published, latest first, with who published them.
        draft: the one that waits to be published, for whoever may write.
        mine: what is kept of this person and the version that is read.
        review: the look that is waited for.
        reviews: those that were had, latest first.
    """

    item: Item
    shown: Edition | None
    editions: tuple[Edition, ...]
    draft: Edition | None
    mine: Receipt | None
    review: Review | None
    reviews: tuple[Review, ...]


def stands(at: datetime) -> Q:
    """Return the filter of the versions that stand at a moment."""
    return Q(published_at__isnull=False, since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def standing(acting: Acting) -> QuerySet[Edition]:
    """Return the versions that stand, each with its guidance; not their texts, so that any page may ask for them."""
    return (
        Edition.visible_to(acting)
        .filter(stands(acting.at))
        .select_related("item")
        .defer(*LONG_TEXTS)
        .order_by("title", "pk")
    )


def leading(acting: Acting) -> QuerySet[Edition]:
    """Return those that stand and have a line to lead with: what a page of a record asks for."""
    return standing(acting).exclude(lead="")


def leading_as_json(acting: Acting) -> QuerySet[Any]:
    """Return the same as one column of JSON, to be asked for within another statement."""
    rows = Edition.visible_to(acting).filter(stands(acting.at)).exclude(lead="").order_by("title", "pk")
    parts = {"item": "item_id", "slug": "item__slug", "kind": "item__kind"}
    return rows.values(made=JSONObject(**parts, **{name: name for name in ("title", "lead", "topics", "groups")}))


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Standing, ...]:
    """Return versions asked for as JSON, as rules look at them."""
    return tuple(
        Standing(
            item=UUID(row["item"]),
            slug=row["slug"],
            kind=Kind(row["kind"]),
            title=row["title"],
            lead=row["lead"],
            topics=frozenset(row["topics"]),
            groups=frozenset(Group(group) for group in row["groups"]),
        )
        for row in rows
    )


def as_standing(rows: Iterable[Edition]) -> tuple[Standing, ...]:
    """Return versions as rules look at them."""
    return tuple(
        Standing(
            item=row.item_id,
            slug=row.item.slug,
            kind=Kind(row.item.kind),
            title=row.title,
            lead=row.lead,
            topics=frozenset(row.topics),
            groups=frozenset(Group(group) for group in row.groups),
        )
        for row in rows
    )


def leads(rows: Iterable[Edition] | Iterable[Standing], asked: Fits) -> tuple[Lead, ...]:
    """Return the lines that lead from a page to the guidance that fits it.

    Args:
        rows: what ``leading`` found, asked for in a statement of the page's own, or what ``from_json`` made of it.
        asked: what the page knows.
    """
    standing = [row if isinstance(row, Standing) else as_standing([row])[0] for row in rows]
    return tuple(
        Lead(one.lead, one.kind.words, reverse("guidance:one", args=[one.slug]))
        for one in rules.fitting(standing, asked)
    )


def leads_for(acting: Acting, *, asked: Fits) -> tuple[Lead, ...]:
    """Return the same, asked for in a statement of its own; none where nothing is known to ask by."""
    return leads(leading(acting), asked) if asked.topics or asked.groups else ()


def found(acting: Acting, *, wanted: Wanted, group: str = "") -> list[Edition]:
    """Return the guidance that stands and has all of these words in it, by kind and title.

    Args:
        acting: who looks.
        wanted: words and topic.
        group: whom it must be about, among others or alone; guidance for everybody is always found.
    """
    rows = standing(acting)
    for word in wanted.words:
        named = [key for key, topic in topics.items() if word in topic.words.lower()]
        spoken = Q(title__icontains=word) | Q(lead__icontains=word) | Q(text__icontains=word)
        for key in named:
            spoken |= Q(topics__contains=[key])
        rows = rows.filter(spoken)
    if wanted.topics:
        about = Q(pk__in=())
        for key in sorted(wanted.topics):
            about |= Q(topics__contains=[key])
        rows = rows.filter(about)
    if group:
        rows = rows.filter(Q(groups=[]) | Q(groups__contains=[group]))
    order = list(Kind)
    return sorted(rows, key=lambda row: (order.index(Kind(row.item.kind)), row.title))


def item(acting: Acting, *, id_: UUID) -> Item:
    """Return a piece of guidance.

    Raises:
        NotHere: there is none.
    """
    row = Item.visible_to(acting).select_related("owner", "team").filter(pk=id_).first()
    if row is None:
        raise NotHere("no such guidance")
    return row


def whole(acting: Acting, *, slug: str, number: int | None = None) -> Whole:
    """Return one piece of guidance with all its versions.

    Args:
        acting: who reads.
        slug: its stable name.
        number: of the version to read; the one that stands where none is named, else the last that did.

    Raises:
        NotHere: there is none, none of this number was published, or it was never published and this person does
            not write guidance.
    """
    one = Item.visible_to(acting).select_related("owner", "team").filter(slug=slug).first()
    if one is None:
        raise NotHere("no such guidance")
    rows = list(
        Edition.visible_to(acting).filter(item=one).select_related("published_by", "drafted_by").order_by("-number")
    )
    writes = acting.may(Permission.WRITE)
    published = tuple(row for row in rows if row.published_at is not None and (writes or _begun(row, acting.at)))
    draft = next((row for row in rows if row.published_at is None), None) if writes else None
    if number is not None:
        shown = next((row for row in published if row.number == number), None)
    else:
        shown = next((row for row in published if _begun(row, acting.at)), next(iter(published), None))
    if shown is None and (number is not None or draft is None):
        raise NotHere("no such version")
    mine = (
        Receipt.visible_to(acting).filter(edition=shown, account_id=acting.account).first()
        if shown is not None
        else None
    )
    looks = list(Review.visible_to(acting).filter(item=one).select_related("done_by").order_by("-set_at", "-pk"))
    return Whole(
        item=one,
        shown=shown,
        editions=published,
        draft=draft,
        mine=mine,
        review=next((look for look in looks if look.done_at is None), None),
        reviews=tuple(look for look in looks if look.done_at is not None),
    )


def _begun(row: Edition, at: datetime) -> bool:
    return row.since is not None and row.since <= at


def drafts(acting: Acting) -> QuerySet[Edition]:
    """Return the versions that wait to be published, oldest first."""
    rows = Edition.visible_to(acting).filter(published_at__isnull=True, item__withdrawn_at__isnull=True)
    return rows.select_related("item", "drafted_by").order_by("drafted_at", "pk")


def withdrawn(acting: Acting) -> QuerySet[Item]:
    """Return what was withdrawn, latest first."""
    return Item.visible_to(acting).filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "slug")


def to_read(acting: Acting) -> QuerySet[Receipt]:
    """Return what this person was asked to read and has not, longest ago first."""
    rows = Receipt.visible_to(acting).filter(account_id=acting.account, asked_at__isnull=False, read_at__isnull=True)
    return rows.filter(_stands_of_edition(acting.at)).select_related("edition__item").order_by("asked_at", "pk")


def _stands_of_edition(at: datetime) -> Q:
    begun = Q(edition__since__lte=at)
    return begun & (Q(edition__until__isnull=True) | Q(edition__until__gt=at))


def readers(acting: Acting, *, edition: UUID) -> list[Receipt]:
    """Return everybody who was asked to read a version or has read it: those who have not come first, by name."""
    rows = Receipt.visible_to(acting).filter(edition_id=edition).select_related("account", "team")
    return sorted(rows, key=lambda row: (row.read_at is not None, row.account.display_name))


def receipt(acting: Acting, *, id_: UUID) -> Receipt:
    """Return what is kept of somebody and a version.

    Raises:
        NotHere: there is nothing.
    """
    row = Receipt.visible_to(acting).select_related("edition__item").filter(pk=id_).first()
    if row is None:
        raise NotHere("no such receipt")
    return row


def review(acting: Acting, *, id_: UUID) -> Review:
    """Return a look that is waited for, or was had.

    Raises:
        NotHere: there is none.
    """
    row = Review.visible_to(acting).select_related("item__owner").filter(pk=id_).first()
    if row is None:
        raise NotHere("no such review")
    return row


def writers(acting: Acting) -> dict[UUID, str]:
    """Return who may write guidance today, and so answer for it: names by account, by name."""
    keys = [role.key for role in roles().values() if Permission.WRITE in role.permissions]
    rows = Holding.visible_to(acting).filter(until__isnull=True, role__in=keys, account__is_active=True)
    return dict(rows.order_by("account__display_name").values_list("account_id", "account__display_name"))


def who_reads(acting: Acting, *, teams: Collection[int], held: Collection[str]) -> dict[UUID, int | None]:
    """Return who works in these teams and holds these roles today, with the team in which they are asked.

    Args:
        acting: who asks.
        teams: numbers of teams; of no team in particular where there are none.
        held: keys of roles; of no role in particular where there are none.
    """
    placed = list(
        Membership.visible_to(acting)
        .filter(until__isnull=True, account__is_active=True, account__machine=False)
        .order_by("-since", "team__number")
        .values_list("team__number", "account_id")
    )
    holders = (
        Holding.visible_to(acting)
        .filter(until__isnull=True, role__in=list(held), account__is_active=True, account__machine=False)
        .values_list("role", "account_id")
    )
    named = rules.who_reads(members=placed, holders=holders, teams=teams, roles=held)
    first: dict[UUID, int | None] = dict.fromkeys(sorted(named, key=str))
    for team, account in placed:
        if account in first and first[account] is None and (not teams or team in teams):
            first[account] = team
    return first


def lost_links(text: str) -> tuple[str, ...]:
    """Return the addresses in a text that lead to no page of the force."""
    return tuple(address for address in links(text) if not _is_page(address))


def _is_page(address: str) -> bool:
    if not is_own(address) or address.startswith("/api/"):
        return False
    try:
        resolve(address.partition("#")[0])
    except Resolver404:
        return False
    return True
