"""What roles let people do with crimes."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see crimes.
    REPORT: write down a report that came by another way than a call.
    RECORD: decide whether a crime is recorded.
    INVESTIGATE: name those involved, correct what it is, propose an outcome.
    ALLOCATE: give a crime to a team and an officer.
    AGREE: agree an outcome that somebody proposed, or reopen a crime.
    CANCEL: cancel a recorded crime, as a designated decision maker.
    REGISTER: act as the force crime registrar: rape, and the check of outcomes.
    LOAD: bring over crimes of an earlier system.
    """

    READ = "crimes.read"
    REPORT = "crimes.report"
    RECORD = "crimes.record"
    INVESTIGATE = "crimes.investigate"
    ALLOCATE = "crimes.allocate"
    AGREE = "crimes.agree"
    CANCEL = "crimes.cancel"
    REGISTER = "crimes.register"
    LOAD = "crimes.load"
