"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see places.
    RECORD: record an address.
    MARK: mark a place.
    """

    READ = "places.read"
    RECORD = "places.record"
    MARK = "places.mark"
