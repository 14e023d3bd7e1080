"""The words of this domain."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What roles let people do here.

    ADMINISTER: change areas, teams and who works where.
    """

    ADMINISTER = "organisation.administer"
