"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see telephone numbers.
    RECORD: record a telephone number.
    """

    READ = "objects.read"
    RECORD = "objects.record"
