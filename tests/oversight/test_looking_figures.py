"""How many of the looks that are none of somebody's business are found, and how many findings are false."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from watchward.demo.snooping import HIDDEN, PLANTED, Snoop, Truth, simulated
from watchward.foundation.linkage.addresses import taken_apart
from watchward.oversight.looking import rules
from watchward.oversight.looking.vocabulary import Home, Look, Reader, Subject, Unusual


def home_of(line: str, postcode: str) -> Home:
    """Return an address in parts, as the queries take it apart."""
    parts = taken_apart(line, postcode)
    return Home(parts.house, parts.street, parts.postcode)


def facts(truth: Truth) -> tuple[list[Look], dict[object, Reader], dict[object, Subject]]:
    """Return what the rules are given of a simulated population: never what a look was truly for."""
    readers: dict[object, Reader] = {
        worker.account: Reader(
            worker.account,
            worker.person.forenames.split()[0].casefold(),
            worker.person.surname.casefold(),
            worker.role,
            home_of(worker.household.address.line, worker.household.address.postcode),
        )
        for worker in truth.workers
    }
    subjects: dict[object, Subject] = {
        id_: Subject(
            id_,
            frozenset({(person.forenames.split()[0].casefold(), person.surname.casefold())}),
            (home_of(home.address.line, home.address.postcode),),
            "somebody well known" if id_ in truth.well_known else "",
        )
        for id_, (person, home) in truth.people.items()
    }
    looks = [Look(each.id, each.at, each.account, each.person, each.task) for each in truth.glances]
    return looks, readers, subjects


def found_in(truth: Truth) -> list[Unusual]:
    """Return what the rules find: pairs over the whole period, and how many week by week."""
    looks, readers, subjects = facts(truth)
    found = rules.unusual(looks, readers, subjects, truth.surnames)  # type: ignore[arg-type]
    begins = looks[0].at
    weeks: dict[int, list[Look]] = {}
    for look in looks:
        weeks.setdefault((look.at - begins) // timedelta(days=7), []).append(look)
    for week in weeks.values():
        found += rules.volumes(week, readers)  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="module")
def truth() -> Truth:
    """Half a year of eighty people's looks."""
    return simulated()


def test_how_many_are_found_and_how_many_findings_are_false(truth: Truth) -> None:
    """Of what can be told from the traces at least nine in ten are found; at most four in ten findings are false."""
    found = found_in(truth)
    pairs = {(each.account, each.person) for each in found}
    true = pairs & set(truth.snooping)
    ways = Counter(truth.snooping.values())
    caught = Counter(truth.snooping[pair] for pair in true)
    tellable = {pair for pair, way in truth.snooping.items() if way not in HIDDEN}
    precision = len(true) / len(pairs)
    recall, whole = len(true & tellable) / len(tellable), len(true) / len(truth.snooping)
    idle = sum(1 for glance in truth.glances if not glance.task)
    print(
        f"\n{len(truth.glances):,} looks of {len(truth.workers)} people in six months, {idle:,} with no task in the "
        f"traces; {len(truth.snooping)} kinds of snooping planted; {len(pairs)} findings, {len(true)} of them right: "
        f"precision {precision:.2f}; found {recall:.2f} of what leaves something to be told by, {whole:.2f} of all"
    )
    for way in Snoop:
        print(f"  {way:32} {caught[way]:>2} of {ways[way]:>2} found")
    by_reason = Counter((each.grounds[0].reason, (each.account, each.person) in truth.snooping) for each in found)
    for (reason, right), count in sorted(by_reason.items()):
        print(f"  {reason:24} {'right' if right else 'false':6} {count}")
    assert recall >= 0.9
    assert precision >= 0.6
    assert {way for way in Snoop if way not in HIDDEN and caught[way] == 0} == set()


def test_nothing_planted_nothing_but_chance(truth: Truth) -> None:
    """Without any snooping, half a year of eighty people's right looks gives few findings to ask about."""
    only_work = Truth(truth.workers, truth.people, truth.well_known, [], {})
    planted = {pair[0] for pair, way in truth.snooping.items() if way is Snoop.TRAWL}
    only_work.glances = [
        glance
        for glance in truth.glances
        if (glance.account, glance.person) not in truth.snooping and glance.account not in planted
    ]
    found = found_in(only_work)
    a_month = len(found) / 6
    print(f"\n{len(found)} findings where nobody snooped: {a_month:.1f} a month")
    assert a_month <= 12


def test_as_many_are_planted_as_is_said(truth: Truth) -> None:
    """Each way is there, nearly as often as it says: two of them may fall on the same pair."""
    ways = Counter(truth.snooping.values())
    for way, count in PLANTED.items():
        assert count - 3 <= ways[way] <= count, way
