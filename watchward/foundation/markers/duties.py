"""What every room's markers owe: a look by a day, and the approval of somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from watchward.foundation.access.owners import AnotherSupervisor, SupervisorOf
from watchward.foundation.acting import Acting
from watchward.foundation.chronicle.kinds import Follows
from watchward.foundation.duties.kinds import Due, DutyKind, Step
from watchward.foundation.markers.room import Room
from watchward.kernel.periods import day_ends, local_day


def review_duty(room: Room[Any]) -> DutyKind:
    """Return the duty to look at a marker again by its day."""

    def population(acting: Acting) -> QuerySet[Any]:
        """Return every look that was had, and those that wait while their marker stands."""
        rows: QuerySet[Any] = room.looks.visible_to(acting)
        return rows.filter(Q(done_at__isnull=False) | Q(marker__ended_at__isnull=True)).select_related(
            f"marker__{room.subject}"
        )

    def done(acting: Acting) -> QuerySet[Any]:
        rows: QuerySet[Any] = room.looks.visible_to(acting)
        return rows.filter(done_at__isnull=False)

    def due(look: Any) -> Due:
        version = room.review.standing_on(local_day(look.arose_at))
        return Due(arose=look.arose_at, by=day_ends(look.due_on), cite=version.cite, since=version.in_force)

    return DutyKind(
        key=f"{room.app}.marker-review",
        asks=room.asks,
        about=room.looks,
        population=population,
        met=done,
        due=due,
        owed_by=SupervisorOf(),
        says=lambda look: _says(room, look.marker),
        rules=(room.review,),
        # No subjects: the marker itself stands in the chronicle with its day, and a second line would only crowd it.
        harm=lambda look: room.kind(look.marker).weight,
        follows=(Follows(room.markers, "reviews__pk"),),
        escalates=(Step(timedelta(days=7), SupervisorOf("owed_by_team_id")),),
        released="The marker was ended before it was looked at again",
        verb="Review",
        url=f"{room.app}:review",
    )


def approval_duty(room: Room[Any]) -> DutyKind:
    """Return the duty of a supervisor who did not put it up to approve a marker or to end it."""

    def population(acting: Acting) -> QuerySet[Any]:
        """Return every marker that was approved, and those that wait for it while they stand."""
        rows: QuerySet[Any] = room.markers.visible_to(acting)
        return rows.filter(Q(approver__isnull=False) | Q(ended_at__isnull=True)).select_related(room.subject)

    def approved(acting: Acting) -> QuerySet[Any]:
        rows: QuerySet[Any] = room.markers.visible_to(acting)
        return rows.filter(approver__isnull=False)

    def due(marker: Any) -> Due:
        version = room.approval.on(local_day(marker.since))
        return Due(marker.since, version.value.deadline(marker.since), version.cite, version.in_force)

    return DutyKind(
        key=f"{room.app}.marker-approval",
        asks="Do you approve this marker, which somebody else put up?",
        about=room.markers,
        population=population,
        met=approved,
        due=due,
        owed_by=AnotherSupervisor("author_id"),
        says=lambda marker: _says(room, marker),
        rules=(room.approval,),
        harm=lambda marker: room.kind(marker).weight,
        escalates=(Step(timedelta(days=1), AnotherSupervisor("author_id", above=1)),),
        released="The marker was ended before anybody approved it",
        verb="Approve",
        url=f"{room.app}:marker",
    )


def _says(room: Room[Any], marker: Any) -> str:
    return f"{room.kind(marker).says} {room.called(marker)}: {marker.words}"
