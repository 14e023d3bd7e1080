"""What must be true of the database before a process of ours begins its work."""

from __future__ import annotations

from watchward.foundation.database import DatabaseRefused, refuse_privileged_role


def refuse_unfit_database() -> None:
    """Refuse to begin on a role that row-level security would not bind, or on tables that are not as the models say.

    Django must have been set up.

    Raises DatabaseRefused.
    """
    from django.db import connections

    from watchward.foundation.access.sync import what_is_missing

    refuse_privileged_role(connections["default"])
    if missing := what_is_missing():
        raise DatabaseRefused(
            f"The database is not up to date ({len(missing)} of its tables or functions). Run `watchward migrate`."
        )
