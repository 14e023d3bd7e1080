"""Whatever a record said, when it is disposed of no row of any table says it any more, and every figure stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import factories
from tests.domains.contact import world
from tests.domains.crimes import scenes as crimes
from tests.domains.incidents import scenes as incidents
from tests.foundation.disposing import LATER, disposed_of, figures, known, nothing_owed
from tests.foundation.sealed import Sealed
from tests.settings import TEST_HOME
from watchward.domains.contact import commands as contact
from watchward.domains.contact.vocabulary import Answer, How, Line, Typed, Which
from watchward.domains.crimes import commands as crime_commands
from watchward.domains.crimes.vocabulary import NotRecorded
from watchward.domains.incidents import commands as incident_commands
from watchward.domains.incidents.vocabulary import Element, Heard, Level, Part, Reached
from watchward.domains.people import commands as people
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.database import Embedded, Where
from watchward.foundation.ledgers import counted
from watchward.foundation.records import Record
from watchward.foundation.retention import commands, listed

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "Quorndon"
"""Stands in everything that somebody says of the record, and nowhere else."""
NUMBER = "07700 900461"
FIRST, LAST = date(2019, 6, 1), date(2019, 7, 31)


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with its key, its heads and its list of disposals in folders of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
    return Sealed(cluster, Where.of_process(TEST_HOME))


def an_incident() -> Record:
    """Make an incident with something said at every step of it: assessed, attended, rung back, risks, closed."""
    acting, boss = incidents.handler(), incidents.manager()
    who = incidents.somebody(acting, "Wilhelmina").pk
    one = incidents.incident(acting, what=f"Shouting at the {WORD}s", place_words=f"behind {WORD}'s bakery")
    van = incidents.unit().pk
    with within(acting):
        incident_commands.involve(acting, incident=one.pk, person=who, part=Part.VICTIM, words=f"a {WORD}")
        incident_commands.add_log_line(acting, incident=one.pk, words=f"{WORD} is at the window")
        heard = {element: Heard(f"{WORD}, {element.value}", Level.SOME) for element in Element}
        incident_commands.assess(acting, incident=one.pk, answers=heard)
        incident_commands.judge_risk(acting, incident=one.pk, person=who, level=Level.HIGH, words=f"{WORD} hit her")
        incident_commands.record_advice(
            acting, incident=one.pk, nurse=f"Nurse {WORD}", asked=f"Is {WORD} ill", answer=f"{WORD} is not"
        )
        incident_commands.record_recontact(acting, incident=one.pk, reached=Reached.SPOKE, words=f"{WORD} is calm")
    with within(boss):
        sent = incident_commands.send(boss, incident=one.pk, unit=van)
        incident_commands.mark_at_scene(boss, deployment=sent.pk)
        incident_commands.clear(boss, deployment=sent.pk, words=f"{WORD} gone")
        return incident_commands.close(boss, incident=one.pk, outcome=f"{WORD} was given words of advice")


def a_call() -> Record:
    """Make a call with a name, a number, an address, a log, what was typed and not sent, and a nurse who was asked."""
    acting = world.handler()
    one = world.call(acting, line=Line.NON_EMERGENCY, number=NUMBER)
    with within(acting):
        contact.add_line(acting, call=one.pk, words=f"{WORD} is kicking off again")
        contact.identify(
            acting,
            call=one.pk,
            which=Which.MENTAL_ILL_HEALTH,
            answer=Answer.YES,
            how=How.ASKED,
            words=f"{WORD} said so",
        )
        asked = contact.ask_nurse(acting, call=one.pk, asked=f"What does {WORD} need?")
        contact.answer_nurse(acting, advice=asked.pk, nurse=f"Nurse {WORD}", answer=f"{WORD} needs rest")
        contact.record_call(
            acting, call=one.pk,
            typed=Typed(
                caller=f"Kez {WORD}", place=f"8 {WORD} Walk", others=f"Dean {WORD}", draft=f"{WORD} and", what="advice",
                identified={which: Answer.NO for which in Which if which != Which.MENTAL_ILL_HEALTH},
            ),
        )  # fmt: skip
        return contact.end_call(acting, call=one.pk)


def a_report() -> Record:
    """Make a report of which no crime came, with the words of both who gave it and who decided of it."""
    made = crimes.report(what=f"{WORD} took her bicycle", by_words=f"Mrs {WORD}", place_words=f"{WORD} Street")
    desk = crimes.desk()
    with within(desk):
        crime_commands.decide_no_crime(
            desk, report=made.pk, why=next(iter(NotRecorded)), words=f"{WORD} had lent it to her sister"
        )
    return made


def a_crime() -> Record:
    """Make a crime with an outcome, its parties and its place in words."""
    with within(machinery(factories.NOW, "making what is disposed of")):
        made, boss, _one = crimes.allocated(what=f"Struck by {WORD} outside the shop", place_words=f"{WORD} Street")
        crimes.ended(made, boss, "1", suspect=crimes.suspected(made, boss))
    return made


def a_person() -> Record:
    """Make somebody with another name, a number and a marker that has ended."""
    person, acting = known(WORD), incidents.handler()
    with within(acting):
        people.add_name(acting, person=person.pk, forenames=f"Wee {WORD}", source=f"{WORD} said so")
        people.add_number(acting, person=person.pk, number=NUMBER, source=f"{WORD} said so", safe=f"Not {WORD}")
    return person


def test_no_row_of_any_table_says_it_any_more(force: Sealed) -> None:
    """History, tokens, lines and duties included; a number is an object of its own, which nothing leads from or to.

    The log verifies, every ledger balances, every measure counts what it counted, and a backup that brings one of them
    back loses it again.
    """
    makers = (an_incident, a_call, a_report, a_crime, a_person)
    records, brought_back = [make() for make in makers], [make() for make in makers]
    assert len(_saying(force, WORD)) > 15
    nothing_owed()
    force.seal()
    before = figures(FIRST, LAST)
    assert sum(figure.rows > 0 for figure in before.values()) > 10
    for record in records:
        disposed_of(record)
    engine = machinery(LATER, "disposing again")
    with within(engine):
        for entry, back in zip(listed.entries(listed.place()), brought_back, strict=True):
            assert entry.table == back._meta.db_table
            again = replace(entry, of=back.pk, reference=back.reference)
            assert commands.dispose_again(engine, entry=again) == ""
    force.seal()
    left = {table for word in (WORD, NUMBER, NUMBER[1:].replace(" ", "")) for table in _saying(force, word)}
    assert left == {"objects_telephonenumber"}
    found = force.verified()
    assert found.faults == []
    assert found.forgotten > 50
    with within(engine):
        assert [each.key for each in counted(engine) if not each.balances] == []
    now = figures(FIRST, LAST)
    assert [key for key, figure in before.items() if now[key] != figure] == []


def _saying(force: Sealed, word: str) -> list[str]:
    """Return every table of the database with rows that say a word, the history of the number itself aside."""
    tables = force.truth(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
    )
    return [
        table
        for (table,) in tables
        if force.truth(
            f'select exists (select from "{table}" t where t::text ilike %s'
            + (" and t.\"table\" <> 'objects_telephonenumber')" if table == "audit_change" else ")"),
            f"%{word}%",
        )[0][0]
    ]
