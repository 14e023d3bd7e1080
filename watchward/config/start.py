"""What must be true of the database before a process of ours begins its work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Final

from django.conf import settings

from watchward.foundation import confirming
from watchward.foundation.database import DatabaseRefused, refuse_privileged_role
from watchward.kernel.dated import confirm
from watchward.kernel.editions import Unreadable


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


SEES = """
select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
and case relkind when 'S' then has_sequence_privilege(oid, 'usage, select, update')
    else has_table_privilege(oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege(oid, 'select, insert, update, references') end
"""


def refuse_portal_that_sees() -> None:
    """Refuse to serve people outside the force in a role that has a right to any table.

    Django must have been set up.

    Raises DatabaseRefused.
    """
    from django.db import connections

    connection = connections["default"]
    refuse_privileged_role(connection, "portal")
    with connection.cursor() as cursor:
        cursor.execute(SEES)
        (seen,) = cursor.fetchone()
    connection.close()
    if seen:
        raise DatabaseRefused(f"The portal's database role has rights on {seen} tables, and must have none.")


_ALONE: Final = Lock()
_taken_up: list[confirming.Mark | None] = [None]
"""The confirming up to which this process has taken up the force's policies."""


def keep_up_policies() -> None:
    """Take up what the force has confirmed since, if it has; otherwise this looks at one file and at nothing else.

    Raises:
        DatabaseRefused: a policy cannot be read.
        django.db.DatabaseError: the database is away; the next call tries again.
    """
    if confirming.marked() == _taken_up[0]:
        return
    with _ALONE:
        if confirming.marked() != _taken_up[0]:
            take_up_policies()


def take_up_policies() -> None:
    """Let what the force has confirmed of its policies stand in this process.

    Django must have been set up, and the database be fit.

    Raises:
        DatabaseRefused: a policy cannot be read any more: nothing is worked out from another in its place.
    """
    from django.utils.module_loading import autodiscover_modules

    from watchward.domains.organisation import queries
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    mark = confirming.marked()  # before they are read: what is confirmed meanwhile is taken up the next time
    with within(machinery(now(), "taking up the force's policies", channel="cli")) as acting:
        if queries.has_confirmed(acting):
            autodiscover_modules("vocabulary", "rules", "duties")  # a table is known once its module is
            try:
                confirm(queries.confirmed(acting))
            except (Unreadable, ValueError) as wrong:
                raise DatabaseRefused(f"What the force confirmed of its policies cannot be read: {wrong}.") from None
    _taken_up[0] = mark


def watchers() -> Callable[[dict[str, Any], Any], Iterable[bytes] | None]:
    """Return what answers whoever watches over the force's own host: health, and metrics where they are asked for."""
    from watchward.foundation.running import health

    if "prometheus" not in settings.TELEMETRY:
        return health.answer
    from watchward.foundation.running import metrics

    return lambda environ, start: health.answer(environ, start) or metrics.answer(environ, start)


def begin_telemetry(process: str) -> None:
    """Begin to tell a collector how long things take, where the settings ask for it.

    Args:
        process: web or worker.
    """
    if "otlp" in settings.TELEMETRY:
        from watchward.foundation.running import telemetry

        telemetry.begin(process)
