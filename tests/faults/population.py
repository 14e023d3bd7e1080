"""A few invented people in a home's own database, so that somebody can sign in: run as a process of that home."""

from __future__ import annotations

import sys
from datetime import date


def settle(count: int) -> list[str]:
    """Make the control room and so many people in it; return the ids of their accounts."""
    from watchward.foundation.access import commands, queries
    from watchward.foundation.access.context import within
    from watchward.foundation.acting import now

    since = date(2018, 7, 1)
    acting = queries.machinery(now(), "setting up a test", channel="cli")
    accounts = []
    with within(acting):
        team = commands.form_team(acting, key="control-room", name="Control room", since=since)
        for n in range(count):
            account = commands.open_account(acting, username=f"u{n}", display_name=f"Officer {n}", persona=True)
            commands.give_role(acting, account=account.pk, role="force-incident-manager", since=since)
            commands.join_team(acting, account=account.pk, team=team.number, since=since, supervises=n == 0)
            accounts.append(str(account.pk))
    return accounts


if __name__ == "__main__":
    import django

    django.setup()
    print(*settle(int(sys.argv[1])), sep="\n")
