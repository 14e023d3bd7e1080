"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    TAKE: take calls.
    READ: see contacts.
    """

    TAKE = "contact.take"
    READ = "contact.read"
