"""How the database goes about recognising somebody among many, as the app and under row-level security."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.domains.people import world
from watchward.domains.people import commands, queries
from watchward.domains.people.models import ContactNumber, Person, PersonToken
from watchward.domains.people.queries import recognition
from watchward.domains.people.queries.records import homes_seen
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.database import Embedded
from watchward.foundation.intake.bulk import ids
from watchward.foundation.linkage.keys import WEIGHTS, lookups
from watchward.foundation.linkage.vocabulary import Asked, Recognition
from watchward.kernel.streams import Stream

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20_000
FIRST = ("Ann", "Ben", "Cara", "Dan", "Eve", "Finn", "Gita", "Hugh", "Iris", "Jan", "Kerry", "Lee", "Mina", "Noor")
SYLLABLES = ("bar", "cor", "den", "fal", "gor", "hal", "kem", "lor", "mar", "nor", "pel", "ros", "sol", "tor", "wen")


def invented(count: int) -> pl.DataFrame:
    """Return rows of invented people, the same each time."""
    chance = Stream("people")
    surnames = [f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}" for _ in range(count)]
    return pl.DataFrame(
        {
            "record": ids(count, factories.NOW),
            "forenames": [chance.choice(FIRST) for _ in range(count)],
            "surname": [surname.title() for surname in surnames],
            "name": [""] * count,
            "known_as": [""] * count,
            "sex": ["F"] * count,
            "date_of_birth": [date(1940, 1, 1) + timedelta(days=chance.integer(0, 25_000)) for _ in range(count)],
            "number": [f"0770090{n:04d}" if n < 10_000 else "" for n in range(count)],
            "email": [""] * count,
            "line": [f"{chance.integer(1, 90)} {chance.choice(SYLLABLES)} Street" for _ in range(count)],
            "town": ["Stafford"] * count,
            "postcode": [
                f"ST{chance.integer(1, 30)} {chance.integer(1, 9)}A{chance.choice('BCDEF')}" for _ in range(count)
            ],
        }
    )


@pytest.fixture
def crowd(transactional_db: None, cluster: Embedded) -> Iterator[tuple[Acting, pl.DataFrame]]:
    """Twenty thousand people on record, and a call handler who asks."""
    machine = factories.machinery()
    rows = invented(MANY)
    with within(machine):
        commands.load_people(machine, rows=rows, source="invented")
    # What the planner knows of a table comes with its statistics, which no row of an open transaction has.
    with psycopg.connect(cluster.conninfo(name=connection.settings_dict["NAME"]), autocommit=True) as administrator:
        administrator.execute("analyze")
    asking = world.handler()
    with within(asking):
        yield asking, rows


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return every node of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def explained(sql: str, params: Any = None) -> list[dict[str, Any]]:
    """Return the nodes of the plan of a statement, where reading a table through is the last resort.

    Rows of this very transaction have no statistics yet, so the choice would be chance; what must hold is that the
    policy of the rows leaves the index its condition.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain (format json) {sql}", params)
        row = cursor.fetchone()
    found = row[0] if not isinstance(row[0], str) else json.loads(row[0])
    return list(nodes(found[0]["Plan"]))


ASKS = (
    Asked(name="Kerry Barcorden", date_of_birth=date(1971, 6, 24), number="07700900123"),
    Asked(name="Kerry Barcorden", address="12 bar Street, ST4 5AB"),
    Asked(number="+447700900123"),
)


def test_many_people_are_searched_by_index_alone(crowd: tuple[Acting, pl.DataFrame]) -> None:
    """As ww_app, whom row-level security binds: no table is read through, and the statements stay few.

    One test, since the crowd takes longer than the looking.
    """
    acting, rows = crowd
    with connection.cursor() as cursor:
        cursor.execute("select current_user, count(*) from people_person")
        assert cursor.fetchone() == ("ww_app", MANY)
    _tokens_are_looked_up_by_their_index(acting)
    _fields_are_read_by_their_index(acting, rows["record"][:60].to_list())
    _statements_stay_few(acting, rows.row(5, named=True))
    assert PersonToken.objects.count() / MANY <= 20  # of one first name, an address and a number


def _tokens_are_looked_up_by_their_index(acting: Acting) -> None:
    for asked in ASKS:
        looked_up = lookups(recognition.prepared(acting, asked=asked))
        found = explained(
            recognition._HOLDERS,
            {"keys": [one.token for one in looked_up], "weights": [WEIGHTS[one.kind] for one in looked_up],
             "limit": 200, "fetched": 60},
        )  # fmt: skip
        reads = [node for node in found if node.get("Relation Name")]
        assert {node["Relation Name"] for node in reads} == {"people_persontoken"}
        assert {node.get("Index Name") for node in reads} == {"people_by_token"}
        assert {node["Node Type"] for node in reads} <= {"Index Only Scan", "Index Scan"}


def _fields_are_read_by_their_index(acting: Acting, some: list[str]) -> None:
    for queryset in (
        Person.visible_to(acting).filter(pk__in=some),
        ContactNumber.visible_to(acting).filter(person_id__in=some),
        homes_seen(acting).filter(person_id__in=some),
    ):
        sql, params = queryset.query.sql_with_params()
        found = explained(sql, params)
        assert "Seq Scan" not in {node["Node Type"] for node in found}, queryset.model
        assert [node for node in found if some[0] in node.get("Index Cond", "")], queryset.model


def _statements_stay_few(acting: Acting, row: dict[str, Any]) -> None:
    """Number, tokens, fields, decisions, relationships and the trace: never one for each candidate."""
    name = f"{row['forenames']} {row['surname']}"
    one, few = asked_counting(acting, Asked(name=name, date_of_birth=row["date_of_birth"]))
    assert str(one.candidates[0].person) == row["record"]
    many, more = asked_counting(acting, Asked(address=f"{row['line']}, {row['postcode']}", name=row["surname"]))
    assert many.candidates
    assert max(few, more) <= 6


def asked_counting(acting: Acting, asked: Asked) -> tuple[Recognition, int]:
    """Ask, and return how many statements it took."""
    with CaptureQueriesContext(connection) as ran:
        found = queries.recognise(acting, asked=asked)
    return found, len(ran)
