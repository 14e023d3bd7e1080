"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    READ: see the directory of partners.
    RECORD: keep the directory of partners.
    """

    READ = "partners.read"
    RECORD = "partners.record"
