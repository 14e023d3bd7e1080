"""The toolkit over a year: guidance is published, read by most, looked over in time and late; services are checked."""

from __future__ import annotations

from datetime import date
from typing import Final

from watchward.demo.directory import PARTNERS
from watchward.demo.force import POSTS
from watchward.demo.play import Beats
from watchward.demo.stage import Stage
from watchward.demo.telling import Answers, Ends, Told
from watchward.demo.toolkit import (
    CHILD_IN_HOME,
    CHILD_IN_HOME_AGAIN,
    LATE,
    LOOKED_OVER,
    OTHERS,
    TAUGHT,
    WITHDRAWN,
    Piece,
)
from watchward.domains.partners import commands as partners
from watchward.domains.partners import queries as directory
from watchward.foundation.guidance import commands, queries
from watchward.kernel.periods import local_day

LEAD: Final = "calder"
ASKED_TEAMS: Final = ("response-a", "response-b")
READ_IT: Final = ("lowe", "sillitoe", "wain", "birks", "forrester", "bagguley")
"""Who has read of the child in the home by 1 July; others of the two teams, PC Dhillon among them, have not yet."""
TAUGHT_TEAMS: Final = ("control-room",)
TAUGHT_TO: Final = ("bhatt", "colclough", "tranter")
"""Who has read what the reviews taught, of the control room; the fortnight of the others is over."""
AGAIN_BY: Final = date(2019, 12, 2)
LATE_BY: Final = date(2019, 6, 21)
"""By when the service that nobody has rung since is checked again."""


def _people(teams: tuple[str, ...]) -> int:
    return sum(post.team in teams for post in POSTS)


def tell(s: Stage) -> Beats:
    """Publish everything in its time, have it read and looked over, withdraw one, and check every service."""
    for piece in sorted((CHILD_IN_HOME, WITHDRAWN, LATE, LOOKED_OVER, *OTHERS), key=lambda one: one.published):
        yield piece.published
        _publish(s, piece)
        if piece is TAUGHT:
            for minute, username in enumerate(TAUGHT_TO):
                yield f"2019-05-14 08:{10 + 5 * minute}"
                _read(s, username, piece)
    yield "2019-06-03 15:00"
    commands.withdraw(
        s.of(LEAD), item=_found(s, LEAD, WITHDRAWN).item.pk, words="The toolkit on the telephone took its place"
    )
    yield "2019-06-04 14:00"
    _check_services(s)
    yield "2019-06-20 09:30"
    waits = _found(s, LEAD, LOOKED_OVER).review
    assert waits is not None  # noqa: S101  it was published
    commands.look_over(
        s.of(LEAD), review=waits.pk, words="Read it with adult social care: nothing has changed",
        review_on=date(2020, 6, 19),
    )  # fmt: skip
    yield "2019-06-24 10:00"
    item = _found(s, LEAD, CHILD_IN_HOME).item.pk
    commands.draft(
        s.of(LEAD), item=item, title=CHILD_IN_HOME.title, lead=CHILD_IN_HOME.lead, text=CHILD_IN_HOME_AGAIN,
        groups=CHILD_IN_HOME.groups, topics=CHILD_IN_HOME.topics,
    )  # fmt: skip
    commands.publish(
        s.of(LEAD), item=item, changed="Says what to do about a baby who cannot tell you",
        review_on=date(2020, 6, 22), teams=[s.cast.teams[team] for team in ASKED_TEAMS],
    )  # fmt: skip
    for day, username in enumerate(READ_IT):
        yield f"2019-06-{25 + day // 2} {13 + 4 * (day % 2)}:20"
        _read(s, username, CHILD_IN_HOME)
    yield "2019-06-28 16:00"
    commands.begin(
        s.of(LEAD), slug="modern-slavery", kind="policy", title="Modern slavery: first signs",
        text="- Who speaks for whom?\n- Who holds the papers?\n- Where do they sleep?", topics=("Modern slavery",),
    )  # fmt: skip


def _publish(s: Stage, piece: Piece) -> None:
    made = commands.begin(
        s.of(LEAD), slug=piece.slug, kind=piece.kind, title=piece.title, lead=piece.lead, text=piece.text,
        groups=piece.groups, topics=piece.topics,
    )  # fmt: skip
    commands.publish(
        s.of(LEAD), item=made.pk, review_on=date.fromisoformat(piece.review_on),
        teams=[s.cast.teams[team] for team in TAUGHT_TEAMS] if piece is TAUGHT else (),
    )  # fmt: skip


def _found(s: Stage, username: str, piece: Piece) -> queries.Whole:
    with s.looking(username) as acting:
        return queries.whole(acting, slug=piece.slug)


def _read(s: Stage, username: str, piece: Piece) -> None:
    shown = _found(s, username, piece).shown
    assert shown is not None  # noqa: S101  it was published
    commands.mark_read(s.of(username), edition=shown.pk)


def _check_services(s: Stage) -> None:
    acting = s.of(LEAD)
    with s.looking(LEAD):
        services = directory.services(acting, on=local_day(acting.at))
    for at, service in enumerate(services):
        partners.check_service(
            acting, service=service.pk, words="Rang them", check_on=LATE_BY if at == 0 else AGAIN_BY
        )  # fmt: skip


_SERVICES = sum(bool(partner.needs) for partner in PARTNERS)

TOLD = Told(
    "A toolkit that is read and looked over",
    tell,
    Answers(
        duties={
            # Of one the next version took its place, one was looked over; each of them waits for its next look.
            "guidance.review": Ends(met=2, open=len(OTHERS) + 3, released=1),
            "guidance.read": Ends(
                met=len(READ_IT) + len(TAUGHT_TO),
                open=_people(ASKED_TEAMS) + _people(TAUGHT_TEAMS) - len(READ_IT) - len(TAUGHT_TO),
            ),
            "partners.service-check": Ends(open=_SERVICES),
        },
    ),
)
"""On the morning of 1 July one review and one check are late, and some have not read what they were asked to."""
