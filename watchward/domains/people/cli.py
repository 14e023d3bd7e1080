"""`watchward recognise`: who somebody might be, asked from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchward.domains.people.queries import Summary
    from watchward.foundation.linkage.vocabulary import Asked, Recognition

FIELDS = {
    "name": "name", "number": "number", "phone": "number", "telephone": "number", "date of birth": "date_of_birth",
    "born": "date_of_birth", "dob": "date_of_birth", "address": "address", "postcode": "postcode",
    "reference": "reference",
}  # fmt: skip
"""What a line may begin with, and what it gives."""

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    recognise = commands.add_parser("recognise", help="who somebody might be")
    which = recognise.add_subparsers(metavar="WHAT", required=True)
    ask = which.add_parser(
        "ask",
        help="reads lines such as `name: Kerry Sharples` from standard input and says who this might be",
        epilog=f"Lines: {', '.join(sorted(FIELDS))}.",
    )
    ask.add_argument("--as", dest="username", metavar="USERNAME", help="ask as this account")
    ask.add_argument("--purpose", default="", help="why; it stands in the trace")
    ask.add_argument("--json", action="store_true", help="one object on standard output")
    ask.set_defaults(run=_ask)


def asked_of(lines: Iterable[str]) -> Asked:
    """Return what `field: value` lines ask.

    Raises:
        Refused: with every line that means nothing.
    """
    from watchward.foundation.linkage.vocabulary import Asked
    from watchward.kernel.refusals import Refusal, refuse_if

    found: dict[str, Any] = {}
    reasons: list[Refusal] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        field = FIELDS.get(name.strip().casefold().replace("_", " "))
        if not colon or field is None:
            reasons.append(Refusal(f"Line {number} begins with none of: {', '.join(sorted(FIELDS))}."))
            continue
        given: Any = value.strip()
        if field == "date_of_birth" and given:
            given = _day(given)
            if given is None:
                reasons.append(Refusal(f"Line {number}: write the date as 1988-03-09 or 09/03/1988."))
        if given:
            found[field] = given
    refuse_if(reasons)
    postcode = found.pop("postcode", "")
    if postcode:
        found["address"] = f"{found.get('address', '')}, {postcode}".strip(", ")
    asked = Asked(**found)
    refuse_if((Refusal("Nothing was asked: give a name, a number, a date of birth or an address."),) * asked.empty)
    return asked


def _day(text: str) -> date | None:
    for pattern in DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _ask(asked: argparse.Namespace) -> int:
    from watchward.domains.people import commands, queries
    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import accounts, acting_as, machinery
    from watchward.foundation.acting import now
    from watchward.kernel.refusals import Refused

    question = asked_of(sys.stdin)
    purpose = asked.purpose or "asked from the command line"
    acting = machinery(now(), f"{purpose}, by whoever runs this home", channel="cli")
    with within(acting):
        if asked.username:
            account = accounts(acting).filter(username=asked.username).first()
            if account is None:
                raise Refused(f"There is no account {asked.username}.")
            acting = acting_as(account.pk, at=now(), day_of=now(), purpose=purpose, channel="cli")
    with within(acting):
        commands.alert_keepers(acting, asked=question, how="asked from the command line")
        found = queries.recognise(acting, asked=question)
        people = queries.summaries(acting, ids=[one.person for one in found.candidates])
    if asked.json:
        print(json.dumps(shape(found, people)))
    else:
        _say(found, people)
    return 0


def shape(found: Recognition, people: dict[Any, Summary]) -> dict[str, Any]:
    """Return a recognition for machines."""
    return {
        "candidates": [
            {
                "id": str(one.person),
                "reference": people[one.person].reference,
                "name": people[one.person].name,
                "standing": str(one.standing),
                "probability": one.probability,
                "fits": one.fits,
                "household": one.household,
                "evidence": [
                    {"strength": str(line.strength), "field": line.field, "words": line.words} for line in one.evidence
                ],
                "same_as": [str(other) for other in one.same_as],
            }
            for one in found.candidates
        ],
        "locked": found.locked,
        "too_many": list(found.too_many),
        "at": found.at.isoformat(),
    }


def _say(found: Recognition, people: dict[Any, Summary]) -> None:
    for one in found.candidates:
        who = people[one.person]
        born = f", born {who.born.day} {who.born:%B %Y}" if who.born else ""
        print(f"{one.standing}: {who.name}, {who.reference}. {who.age_words}{born}")
        if one.household:
            print(f"  This is {one.who}")
        for line in one.evidence:
            print(f"  {line.strength.value + ':':11} {line.words}")
    if not found.candidates:
        print("Nobody fits")
    if found.locked:
        print(f"{found.locked} more {'is' if found.locked == 1 else 'are'} locked")
    if found.too_many:
        print(f"Too many people have {', '.join(found.too_many)}: say more")
