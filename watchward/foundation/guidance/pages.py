"""What the toolkit, one piece of guidance and the page of its readers show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from watchward.foundation.acting import Acting
from watchward.foundation.guidance.forms import Asked
from watchward.foundation.guidance.offers import Shelf, topics
from watchward.foundation.guidance.queries import Edition, Item, Receipt, Review, Whole
from watchward.foundation.guidance.rules import REVIEW
from watchward.foundation.guidance.text import Block, taken_apart
from watchward.foundation.guidance.vocabulary import Group, Kind, Permission
from watchward.foundation.ui import words
from watchward.foundation.ui.parts import Column, Link, Mark, Row, Said, Soft, State, Strong, Table
from watchward.kernel.periods import local_day

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """Guidance of one kind, or what another room has, with where all of that is."""

    key: str
    title: str
    marks: tuple[Mark, ...]
    empty: str = ""
    more: Link | None = None


@dataclass(frozen=True)
class ToolkitPage:
    """The toolkit.

    Args:
        asked: what it is narrowed down to.
        note: how much was found.
        sections: guidance by kind.
        shelves: what other rooms have: services.
        to_read: what this person was asked to read.
        drafts: what waits to be published, for whoever writes.
    """

    asked: Asked
    note: str
    topics: Pairs
    groups: Pairs
    sections: tuple[Section, ...]
    shelves: tuple[Section, ...]
    to_read: tuple[Mark, ...]
    drafts: tuple[Mark, ...]
    withdrawn: tuple[Mark, ...]
    may_write: bool


def toolkit_page(
    acting: Acting, asked: Asked, rows: Sequence[Edition], *, shelves: Iterable[tuple[Shelf, tuple[Mark, ...]]],
    to_read: Iterable[Receipt], drafts: Iterable[Edition], withdrawn: Iterable[Item],
) -> ToolkitPage:  # fmt: skip
    """Return the toolkit as it is narrowed down."""
    sections = tuple(
        Section(kind.value, kind.many, marks)
        for kind in Kind
        if (marks := tuple(_found(row) for row in rows if row.item.kind == kind.value))
    )
    return ToolkitPage(
        asked=asked,
        note=words.counted(len(rows), "piece") + ("" if asked.nothing else " found"),
        topics=tuple((topic.key, topic.words) for topic in topics.values()),
        groups=tuple((group.value, group.words) for group in Group),
        sections=sections,
        shelves=tuple(
            Section(shelf.key, shelf.title, marks, shelf.empty, Link(shelf.page[1], reverse(shelf.page[0])))
            for shelf, marks in shelves
        ),
        to_read=tuple(_to_read(acting, row) for row in to_read),
        drafts=tuple(_draft(row) for row in drafts),
        withdrawn=tuple(
            Mark(f"Until {words.day_year(row.withdrawn_at)}", Link(row.slug, _one(row.slug)), row.withdrawn_words)
            for row in withdrawn
            if row.withdrawn_at is not None
        ),
        may_write=acting.may(Permission.WRITE),
    )


def _one(slug: str) -> str:
    return reverse("guidance:one", args=[slug])


def _found(row: Edition) -> Mark:
    beneath = ". ".join(part for part in (row.lead, _about(row)) if part)
    return Mark(_groups(row), Link(row.title, _one(row.item.slug)), beneath)


def _about(row: Edition) -> str:
    named = [topics[key].words for key in row.topics if key in topics]
    return words.listed(named)


def _groups(row: Edition) -> str:
    named = [group.words for group in Group if group.value in row.groups]
    return words.listed([named[0], *(name.lower() for name in named[1:])]) if named else "Everybody"


def _to_read(acting: Acting, row: Receipt) -> Mark:
    asked = row.asked_at or acting.at
    return Mark(
        State("To read", "soon"), Link(row.edition.title, _one(row.edition.item.slug)),
        f"Asked {words.recent(asked, acting.at)}",
    )  # fmt: skip


def _draft(row: Edition) -> Mark:
    by = f"Version {row.number}, {row.drafted_by.display_name}, {words.day_year(row.drafted_at)}"
    return Mark("Draft", Link(row.title, _one(row.item.slug)), by)


@dataclass(frozen=True)
class ItemPage:
    """One piece of guidance.

    Args:
        edition: id of the version that is read; empty where there is only a draft.
        state: how that version stands.
        blocks: what it says, taken apart.
        facts: whom and what it is about, who answers for it, when it is looked over.
        read: when this person said that they have read this version; ``may_read`` that they may say so now.
        versions: every version published, latest first.
        services: what other rooms have for its topics.
        actions: what this person may do with it, as words and addresses.
        readers: where whoever publishes sees who has read it.
    """

    slug: str
    title: str
    kind: str
    edition: str
    state: State
    note: str
    blocks: tuple[Block, ...]
    facts: tuple[Mark, ...]
    read: str
    may_read: bool
    asked: str
    versions: tuple[Mark, ...]
    reviews: tuple[Mark, ...]
    services: tuple[Section, ...]
    actions: tuple[Link, ...]
    draft: str


def item_page(acting: Acting, found: Whole, *, services: Iterable[tuple[Shelf, tuple[Mark, ...]]]) -> ItemPage:
    """Return one piece of guidance, or its draft where nothing was published."""
    row = found.shown or found.draft
    assert row is not None  # noqa: S101  the query raises before
    is_standing = found.shown is not None and _stands(found.shown, acting.at)
    mine = found.mine
    return ItemPage(
        slug=found.item.slug,
        title=row.title,
        kind=Kind(found.item.kind).words,
        edition=str(found.shown.pk) if found.shown is not None else "",
        state=_state(row, acting.at),
        note=_note(found, row, acting.at),
        blocks=taken_apart(row.text),
        facts=tuple(_facts(acting, found, row)),
        read=words.moment(mine.read_at) if mine is not None and mine.read_at is not None else "",
        may_read=is_standing and acting.may(Permission.READ) and (mine is None or mine.read_at is None),
        asked=words.recent(mine.asked_at, acting.at) if mine is not None and mine.asked_at is not None else "",
        versions=tuple(_version(each, found.item.slug, acting.at) for each in found.editions),
        reviews=tuple(_looked(each) for each in found.reviews),
        services=tuple(Section(shelf.key, shelf.title, marks) for shelf, marks in services if marks),
        actions=tuple(_actions(acting, found)),
        draft=f"Version {found.draft.number} is drafted and waits to be published" if found.draft else "",
    )


def _stands(row: Edition, at: datetime) -> bool:
    return row.since is not None and row.since <= at and (row.until is None or row.until > at)


def _state(row: Edition, at: datetime) -> State:
    if row.since is None:
        return State("Draft", "soon")
    if row.since > at:
        return State(f"Stands from {words.moment(row.since)}", "soon")
    return State("Stands", "ok") if _stands(row, at) else State("Stands no more", "done")


def _note(found: Whole, row: Edition, at: datetime) -> str:
    if found.item.withdrawn_at is not None:
        return f"Withdrawn {words.day_year(found.item.withdrawn_at)}: {found.item.withdrawn_words}"
    if row.until is not None and row.until <= at:
        return "A later version has taken its place"
    return ""


def _facts(acting: Acting, found: Whole, row: Edition) -> Iterable[Mark]:
    yield Mark("About", _groups(row))
    if row.topics:
        yield Mark("Topics", _about(row))
    if row.since is not None:
        until = f" to {words.day_year(row.until)}" if row.until is not None else ""
        yield Mark(f"Version {row.number}", f"From {words.day_year(row.since)}{until}", row.changed)
    team = f", {found.item.team.name}" if found.item.team is not None else ""
    yield Mark("Answers for it", f"{found.item.owner.display_name}{team}")
    if found.review is not None and found.item.withdrawn_at is None:
        yield Mark("Looked over", _review_due(acting, found.review))


def _review_due(acting: Acting, review: Review) -> Said:
    late = review.due_on < local_day(acting.at)
    by = words.day_year(review.due_on)
    return (State("Late", "late"), f" by {by}") if late else f"By {by}"


def _version(row: Edition, slug: str, at: datetime) -> Mark:
    by = row.published_by.display_name if row.published_by is not None else ""
    changed = row.changed or "The first version"
    since = row.since or row.drafted_at
    address = reverse("guidance:version", args=[slug, row.number])
    said = (Link(f"Version {row.number}", address), f", from {words.day_year(since)}, {by}")
    return Mark(_state(row, at) if _stands(row, at) else f"{row.number}", said, changed)


def _looked(review: Review) -> Mark:
    by = review.done_by.display_name if review.done_by is not None else ""
    return Mark(words.day_year(review.done_at or review.set_at), review.words, by)


def _actions(acting: Acting, found: Whole) -> Iterable[Link]:
    slug, stands = found.item.slug, found.item.withdrawn_at is None
    if acting.may(Permission.WRITE) and stands:
        yield Link("Change the draft" if found.draft else "Draft a new version", reverse("guidance:draft", args=[slug]))
    if acting.may(Permission.PUBLISH) and found.draft is not None and stands:
        yield Link("Publish the draft", reverse("guidance:publish", args=[slug]))
    if acting.may(Permission.PUBLISH) and found.shown is not None:
        yield Link("Who has read it", reverse("guidance:readers", args=[slug]))
    if acting.may(Permission.WRITE) and found.review is not None and stands:
        yield Link("Look it over", reverse("guidance:review", args=[found.review.pk]))
    if acting.may(Permission.WRITE) and stands:
        yield Link("Let somebody else answer for it", reverse("guidance:hand-over", args=[slug]))
    if acting.may(Permission.PUBLISH) and found.editions and stands:
        yield Link("Withdraw it", reverse("guidance:withdraw", args=[slug]))


@dataclass(frozen=True)
class ReadersPage:
    """Who has read a version.

    Args:
        share: of those asked, how many have read it, with what that is counted of.
        waiting: those who were asked and have not; ``read`` those who have.
    """

    slug: str
    title: str
    number: int
    share: Said
    waiting: Table
    read: Table


def readers_page(acting: Acting, found: Whole, rows: Sequence[Receipt]) -> ReadersPage:
    """Return who has read the version that is shown, and who was asked and has not yet."""
    assert found.shown is not None  # noqa: S101  the view asks for nothing else
    asked = [row for row in rows if row.asked_at is not None]
    done = [row for row in asked if row.read_at is not None]
    others = sum(1 for row in rows if row.asked_at is None)
    said: tuple[Any, ...] = ("Nobody was asked to read it. ",)
    if asked:
        part = round(100 * len(done) / len(asked))
        of = (
            f"{len(done)} of {words.counted(len(asked), 'person', 'people')} asked to read version {found.shown.number}"
        )
        said = (Strong(f"{part}% have read it"), f": {of}, up to {words.moment(acting.at)}. ")
    if others:
        said = (*said, f"{words.counted(others, 'person', 'people')} more read it unasked.")
    columns = (Column("Who"), Column("Team"), Column("Asked"))
    waiting = tuple(_reader(row, None) for row in asked if row.read_at is None)
    read = tuple(_reader(row, row.read_at) for row in rows if row.read_at is not None)
    return ReadersPage(
        slug=found.item.slug,
        title=found.shown.title,
        number=found.shown.number,
        share=said,
        waiting=Table(columns, waiting, caption="Asked and not read yet", stack=True, empty="Nobody"),
        read=Table((*columns, Column("Read")), read, caption="Read", stack=True, empty="Nobody yet"),
    )


def _reader(row: Receipt, read_at: datetime | None) -> Row:
    asked: Said = words.day_year(row.asked_at) if row.asked_at is not None else Soft("not asked")
    cells: tuple[Said, ...] = (row.account.display_name, row.team.name if row.team else Soft("no team"), asked)
    return Row((*cells, words.moment(read_at)) if read_at is not None else cells)


def unset(acting: Acting) -> str:
    """Return what the force has not set about guidance, in words; empty where it has."""
    return "" if REVIEW.is_set_on(local_day(acting.at)) else REVIEW.asks
