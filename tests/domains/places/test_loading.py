"""Many places are recorded at once, each once, and the search stays on its indexes."""

from __future__ import annotations

import json

import psycopg
import pytest
from django.db import connection

from tests.factories import officer
from watchward.domains.places import commands, queries
from watchward.domains.places.commands.loading import Row
from watchward.domains.places.models import Place, PlaceToken
from watchward.domains.places.rules import geography
from watchward.domains.places.vocabulary import PositionFrom
from watchward.foundation.access.context import within
from watchward.foundation.database import Embedded
from watchward.foundation.search.tokens import tokens

pytestmark = pytest.mark.django_db

STREETS = ("Kilncroft", "Hollybush", "Marl", "Bottle Kiln", "Saggar", "Jiggers", "Slip House", "Potters", "Colliery")


def _rows(count: int) -> list[Row]:
    codes = sorted(geography.postcodes())[: count // 20 + 1]
    return [
        Row(
            line=f"{n % 40 + 1} {STREETS[n // 40 % len(STREETS)]} {('Street', 'Close', 'Lane')[n // 400 % 3]}",
            locality="Burslem",
            postcode=codes[n // 20],
        )
        for n in range(count)
    ]


def test_loaded_once() -> None:
    """Rows add up: loaded, already there and refused; a second run loads nothing and names the same places."""
    handler = officer("call-handler")
    rows = [
        Row("27 Kilncroft Street", "Burslem", postcode="ST6 3AA"),
        Row("27 kilncroft st", "burslem", postcode="st63aa"),
        Row("29 Kilncroft Street", "Burslem"),
        Row("27"),
        Row("31 Kilncroft Street", "Burslem", easting=388248),
        Row("The Lock House", "Hanley", easting=388248, northing=347480, urban=True),
    ]
    with within(handler):
        on_record = commands.record_place(handler, line="29 Kilncroft Street", locality="Burslem")
        first = commands.load_places(handler, rows=rows)
        assert (first.loaded, first.already, sorted(first.refused)) == (2, 2, [3, 4])
        assert first.ids[0] == first.ids[1] is not None
        assert first.ids[2] == on_record.pk
        assert [reason.field for reason in first.refused[3]] == ["line"]
        again = commands.load_places(handler, rows=rows)
        assert (again.loaded, again.already) == (0, 4)
        assert again.ids == first.ids
        one = queries.place(handler, id_=first.ids[0])  # type: ignore[arg-type]
        assert (one.address, one.position_from, one.urban) == (
            "27 Kilncroft Street, Burslem",
            PositionFrom.POSTCODE,
            None,
        )
        assert one.lsoa.startswith("E01")
        lock = queries.place(handler, id_=first.ids[5])  # type: ignore[arg-type]
        assert (lock.position_from, lock.urban, lock.district) == (PositionFrom.GIVEN, True, "E06000021")
        # One recorded singly and one loaded are found by the same tokens.
        assert [found.place for found in queries.suggest(handler, typed="27 kilncr")] == [first.ids[0]]


def test_a_place_loaded_and_a_place_recorded_are_alike() -> None:
    """Both doors write the same row and the same tokens for the same address."""
    handler = officer("call-handler")
    said = {"line": "flat 3, 14 marl ln", "locality": "Tunstall", "town": "Stoke-on-Trent", "postcode": "ST6 5AA"}
    ours = [field.name for field in Place._meta.concrete_fields if field.name not in ("id", "reference")]
    kept = []
    for door in ("one", "many"):
        with within(handler):
            if door == "one":
                place = commands.record_place(handler, **said)  # type: ignore[arg-type]
            else:
                place = queries.place(handler, id_=commands.load_places(handler, rows=[Row(**said)]).ids[0])  # type: ignore[arg-type]
            keys = sorted(PlaceToken.visible_to(handler).filter(place=place).values_list("key", flat=True))
            kept.append(([getattr(place, name) for name in ours], keys))
            connection.set_rollback(True)
    assert kept[0] == kept[1]
    assert kept[0][1]


@pytest.mark.django_db(transaction=True)
def test_suggesting_reads_indexes_alone(cluster: Embedded) -> None:
    """As the app's own role, with thousands of places, neither tokens nor places are read from end to end."""
    handler = officer("call-handler")
    with within(handler):
        assert commands.load_places(handler, rows=_rows(4_000)).loaded == 4_000
    # What the planner knows of a table comes with its statistics, which no row of an open transaction has.
    name = connection.settings_dict["NAME"]
    with psycopg.connect(cluster.conninfo(name=name), autocommit=True) as administrator:
        administrator.execute("analyze")
    with within(handler):
        keys = tokens("places", [("number word", "27 kil"), ("number sound", "27 klnkrft"), ("word", "kilncr")])
        with connection.cursor() as cursor:
            cursor.execute("explain (format json) " + queries._BY_TOKENS, [keys, queries.AT_MOST_A_TOKEN])
            found = json.dumps(cursor.fetchone())
        having = Place.visible_to(handler).filter(queries._having(keys))
        ids = sorted(having.values_list("pk", flat=True))
        whole = having.explain(format="json")
        rows = Place.visible_to(handler).filter(pk__in=ids[:50]).select_related("area")
        places = rows.explain(format="json")
    assert ids
    assert "places_by_token" in found
    assert "Seq Scan" not in found
    assert "places_place_pkey" in places, places
    assert "places_place_pkey" in whole, whole
    assert "places_by_token" in whole, whole
    assert '"Seq Scan", "Parallel Aware": false, "Async Capable": false, "Relation Name": "places_place"' not in places
