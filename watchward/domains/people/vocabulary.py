"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see people.
    RECORD: record people and what is known of them.
    MARK: put a marker on a person.
    LINK: say that two records are the same person, or not.
    LOAD: load people from outside files.
    """

    READ = "people.read"
    RECORD = "people.record"
    MARK = "people.mark"
    LINK = "people.link"
    LOAD = "people.load"
