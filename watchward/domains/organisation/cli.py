"""`watchward force`: a real force's start, and the codes by which its people first sign in."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from watchward.domains.organisation.vocabulary import Plan
    from watchward.foundation.acting import Acting
    from watchward.kernel.refusals import Refusal


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommands of this room."""
    force = commands.add_parser("force", help="a real force's start")
    which = force.add_subparsers(title="commands", metavar="COMMAND", required=True)
    init = which.add_parser("init", help="found the force of this home from a file; twice changes nothing")
    init.add_argument("path", type=Path, metavar="FILE.toml", help="areas, teams, first people and policies")
    init.add_argument("--check", action="store_true", help="only say what is wrong with it")
    init.add_argument("--json", action="store_true", help="one object on standard output, without codes")
    init.set_defaults(run=_init)
    code = which.add_parser("code", help="print a code that signs somebody in once, within the hour")
    code.add_argument("username", nargs="+", metavar="USERNAME")
    code.set_defaults(run=_code)


def _machinery(purpose: str) -> Acting:
    from watchward.foundation.access.queries import machinery
    from watchward.foundation.acting import now

    return machinery(now(), f"{purpose}, by whoever runs this home", channel="cli")


def _init(asked: argparse.Namespace) -> int:
    from django.utils.module_loading import autodiscover_modules

    from watchward.domains.organisation import commands, queries
    from watchward.domains.organisation.forms import read_plan
    from watchward.foundation import confirming
    from watchward.foundation.access.context import within

    plan, faults = read_plan(_text_of(asked.path))
    autodiscover_modules("vocabulary", "rules", "duties")  # the policies that may be set are those of every room
    acting = _machinery("founding the force")
    # What is refused is noted in the log, so the refusal must not leave the transaction.
    with within(acting):
        stands = queries.force(acting)
        before = stands is not None and stands.digest == plan.digest
        if not before:
            faults = _each_once(faults, commands.why_not_found(acting, plan=plan))
        if not faults and not before and not asked.check:
            commands.found(acting, plan=plan)
    _refuse(plan, faults, asked.path)
    founded = not before and not asked.check
    if founded:
        confirming.mark()
    if asked.json:
        print(json.dumps({"force": plan.name, "founded": founded, **_counts(plan)}))
        return 0
    counts = ", ".join(f"{number} {what}" for what, number in _counts(plan).items())
    said = "is founded" if founded else "stands from this file: nothing was changed" if before else "can be founded"
    print(f"{plan.name} {said}. {counts}")
    if founded:
        _hand_out([one.username for one in plan.people if "administrator" in one.roles])
        if sum("administrator" in one.roles for one in plan.people) == 1:
            print("There is one administrator: make somebody else one too, since nobody gives themselves a role.")
        if plan.policies:
            print("A force that is up on this home goes by its policies from now on.")
    return 0


def _text_of(path: Path) -> str:
    from watchward.kernel.refusals import Refused

    try:
        return path.read_text("utf-8")
    except OSError as failed:
        raise Refused(f"{path} cannot be read ({failed.strerror}).") from None
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8.") from None


def _each_once(of_form: tuple[Refusal, ...], of_rules: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    """Return all faults; where the form of a part is wrong, what follows from that is not said as well."""
    wrong = {fault.field for fault in of_form}
    return (*of_form, *(fault for fault in of_rules if not fault.field or fault.field not in wrong))


def _refuse(plan: Plan, faults: tuple[Refusal, ...], path: Path) -> None:
    from watchward.domains.organisation.forms import where_in
    from watchward.kernel.refusals import Refusal, refuse_if

    refuse_if(
        Refusal(f"{path.name}, {where_in(plan, fault.field)}: {fault.words}" if fault.field else fault.words)
        for fault in sorted(faults, key=lambda fault: plan.where.get(fault.field, 0))
    )


def _counts(plan: Plan) -> dict[str, Any]:
    return {
        "areas": len(plan.areas), "teams": len(plan.teams), "people": len(plan.people), "policies": len(plan.policies),
    }  # fmt: skip


def _code(asked: argparse.Namespace) -> int:
    _hand_out(asked.username)
    return 0


def _hand_out(usernames: list[str]) -> None:
    """Print a code for each; it stands on this terminal and nowhere else."""
    from django.conf import settings

    from watchward.foundation.access import commands, signing
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import accounts
    from watchward.foundation.acting import real_now
    from watchward.kernel.refusals import Refused

    acting = _machinery("handing out a sign-in code")
    with within(acting):
        found: dict[str, UUID] = dict(accounts(acting).filter(username__in=usernames).values_list("username", "pk"))
        if absent := [name for name in usernames if name not in found]:
            raise Refused(*(f"Nobody who may sign in is called {name}." for name in absent))
        lasts: timedelta = signing.CODE_LASTS
        codes = []
        for name in usernames:
            shown, digest = signing.fresh_code()
            commands.give_code(acting, account=found[name], digest=digest, at=real_now(), lasts=lasts)
            codes.append((name, shown))
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    host = settings.ALLOWED_HOSTS[0] + ("" if settings.SESSION_COOKIE_SECURE else f":{settings.PORT}")
    print(f"At {scheme}://{host}/sign-in/code, once, within {int(lasts.total_seconds() // 60)} minutes:")
    for name, shown in codes:
        print(f"  {name:20} {shown}")
