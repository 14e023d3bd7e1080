"""Roles and what they may do: the table itself is the force's, named by the setting WATCHWARD_ROLES."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Role:
    """A role that people hold.

    Args:
        key: stable name.
        name: as people say it.
        permissions: what it lets them do.
        home: name of the URL that it starts its day on.
    """

    key: str
    name: str
    permissions: frozenset[str]
    home: str = "work:mine"


@cache
def roles() -> dict[str, Role]:
    """Return the force's roles by key."""
    table: tuple[Role, ...] = import_string(settings.WATCHWARD_ROLES)
    return {role.key: role for role in table}


def permissions_of(keys: Iterable[str]) -> frozenset[str]:
    """Return what these roles may do together; a role that no longer exists gives nothing."""
    known = roles()
    return frozenset(p for key in keys if key in known for p in known[key].permissions)


@cache
def every_permission() -> frozenset[str]:
    """Return every permission that some role gives: what the force's own machinery may do."""
    return permissions_of(roles())
