"""What roles let people do with incidents."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see incidents and the board.
    OPEN: open an incident.
    ASSESS: assess an incident with THRIVE.
    GRADE: give another grade than the policy's.
    DISPATCH: send a unit.
    ATTEND: report on the way and at scene.
    CLOSE: close an incident, or open it again.
    HANDLE: lock or seal an incident, or open it to all again.
    RESOURCE: change units and who crews them.
    WATCH: mark what passed its target.
    LOAD: bring over incidents of an earlier system.
    """

    READ = "incidents.read"
    OPEN = "incidents.open"
    ASSESS = "incidents.assess"
    GRADE = "incidents.grade"
    DISPATCH = "incidents.dispatch"
    ATTEND = "incidents.attend"
    CLOSE = "incidents.close"
    HANDLE = "incidents.handle"
    RESOURCE = "incidents.resource"
    WATCH = "incidents.watch"
    LOAD = "incidents.load"
