"""Recording many places at once, for imports and for a population: each once, with its tokens, in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from watchward.domains.organisation import queries as organisation
from watchward.domains.places import queries
from watchward.domains.places.commands.recording import Address, understood
from watchward.domains.places.rules import addresses, geography
from watchward.domains.places.vocabulary import Permission, PositionFrom
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.commands import command
from watchward.foundation.reference.numbers import next_references
from watchward.foundation.search.tokens import tokens
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused


@dataclass(frozen=True)
class Row:
    """One place of many.

    Args:
        line: house and street; or the whole address, where neither locality nor town is given.
        locality: part of the town, or village.
        town: post town.
        postcode: in any writing.
        easting: metres, OSGB36, where the exact position is known.
        northing: metres.
        urban: whether it counts as urban; the force's setting for its ward when not given.
    """

    line: str
    locality: str = ""
    town: str = ""
    postcode: str = ""
    easting: int | None = None
    northing: int | None = None
    urban: bool | None = None


@dataclass
class Loaded:
    """What became of the rows: read = loaded + already + refused.

    Args:
        ids: the place of each row, in the order of the rows; None where it was refused.
        loaded: how many places are new.
        already: how many rows were on record, or named a place that an earlier row made.
        refused: the place in the order of each refused row, from 0, with all its reasons.
    """

    ids: list[UUID | None]
    loaded: int = 0
    already: int = 0
    refused: dict[int, tuple[Refusal, ...]] = field(default_factory=dict)


COLUMNS = (
    "id", "reference", "version", "handling", "made_at", "line", "locality", "town", "postcode", "normal", "vicinity",
    "once", "easting", "northing", "lat", "lon", "position_from", "lsoa", "ward", "district", "area_id", "urban",
    "urban_given", "handling_words",
)  # fmt: skip

_STAGE = """
drop table if exists pg_temp.places_asked, pg_temp.places_fresh, pg_temp.places_keys;
create temp table places_asked (n integer, normal text, postcode text, vicinity text) on commit drop;
create temp table places_fresh (
    id uuid, reference text, version integer, handling smallint, made_at timestamptz, line text, locality text,
    town text, postcode text, normal text, vicinity text, once text, easting integer, northing integer,
    lat double precision, lon double precision, position_from text, lsoa text, ward text, district text, area_id uuid,
    urban boolean, urban_given boolean, handling_words text
) on commit drop;
create temp table places_keys (place_id uuid, key bigint) on commit drop
"""

_STANDING = """
select distinct on (asked.n) asked.n, p.id from pg_temp.places_asked as asked
join places_place p on p.normal = asked.normal and p.handling = 0 and (
    (asked.postcode <> '' and p.postcode = asked.postcode)
    or ((asked.postcode = '' or p.postcode = '') and p.vicinity = asked.vicinity)
) order by asked.n, p.id
"""

_WRITE = f"""
insert into places_place ({", ".join(COLUMNS)}) select {", ".join(COLUMNS)} from pg_temp.places_fresh
"""  # noqa: S608 - the columns are ours

_WRITE_KEYS = """
insert into places_placetoken (id, place_id, key, handling)
select gen_random_uuid(), place_id, key, 0 from pg_temp.places_keys
"""


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"copy pg_temp.{table} ({', '.join(columns)}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


@command(needs=Permission.RECORD)
def load_places(acting: Acting, *, rows: Sequence[Row]) -> Loaded:
    """Record many places at once, each once; those on record stay as they are.

    Args:
        acting: who acts.
        rows: the places; rows that name one house are one place.

    Returns:
        The place of each row, and how many were loaded, there already and refused.
    """
    result = Loaded(ids=[None] * len(rows))
    asked: dict[int, Address] = {}
    for n, row in enumerate(rows):
        try:
            if (row.easting is None) != (row.northing is None):
                raise Refused(Refusal("Give both easting and northing, or neither.", field="easting"))
            asked[n] = understood(row.line, row.locality, row.town, row.postcode)
        except Refused as refused:
            result.refused[n] = refused.reasons
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
    _copy(
        "places_asked",
        ("n", "normal", "postcode", "vicinity"),
        ((n, one.parts.normal, one.postcode, one.vicinity) for n, one in asked.items()),
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze pg_temp.places_asked")
        cursor.execute(_STANDING)
        standing = dict(cursor.fetchall())
    fresh: dict[tuple[str, str], int] = {}
    for n, one in asked.items():
        if n in standing:
            result.ids[n] = standing[n]
            result.already += 1
            continue
        first = fresh.setdefault((one.parts.normal, one.postcode or f"|{one.vicinity}"), n)
        if first == n:
            result.ids[n] = fresh_id()
            result.loaded += 1
        else:
            result.ids[n] = result.ids[first]
            result.already += 1
    if fresh:
        _write(acting, rows, asked, sorted(fresh.values()), result)
    return result


def _write(acting: Acting, rows: Sequence[Row], asked: dict[int, Address], fresh: list[int], result: Loaded) -> None:
    before, first, _last = next_references(acting, "L", len(fresh))
    where = _where(rows, asked, fresh)
    day = local_day(acting.at)
    areas = organisation.areas_of_districts(acting, on=day)
    urban = queries.urban_wards(acting, on=day)

    def written() -> Iterable[Sequence[object]]:
        for place, n in enumerate(fresh):
            row, one, (position, here) = rows[n], asked[n], where.get(n, (None, None))
            given = PositionFrom.GIVEN if row.easting is not None else PositionFrom.POSTCODE
            area = areas.get(here.district) if here else None
            yield (
                result.ids[n], f"{before}{first + place:04d}", 1, 0, acting.at, one.line, one.locality, one.town,
                one.postcode, one.parts.normal, one.vicinity,
                addresses.once_key(one.parts.normal, one.postcode, one.vicinity),
                position.easting if position else None, position.northing if position else None,
                here.lat if here else None, here.lon if here else None, str(given) if here else "",
                here.lsoa if here else "", here.ward if here else "", here.district if here else "",
                area.pk if area else None,
                row.urban if row.urban is not None else urban.get(here.ward) if here else None,
                row.urban is not None, "",
            )  # fmt: skip

    _copy("places_fresh", COLUMNS, written())
    _copy(
        "places_keys",
        ("place_id", "key"),
        (
            (result.ids[n], key)
            for n in fresh
            for key in sorted(set(tokens("places", addresses.tokens_of(asked[n].parts, asked[n].postcode))))
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(_WRITE)
        cursor.execute(_WRITE_KEYS)


def _where(
    rows: Sequence[Row], asked: dict[int, Address], fresh: list[int]
) -> dict[int, tuple[geography.Position, geography.Whereabouts]]:
    """Return position and whereabouts of those rows that have any, each different point looked up once."""
    positions: dict[int, geography.Position] = {}
    for n in fresh:
        easting, northing = rows[n].easting, rows[n].northing
        if easting is not None and northing is not None:
            positions[n] = geography.Position(easting, northing)
        elif (known := geography.position_of(asked[n].postcode)) is not None:
            positions[n] = known
    different = list(dict.fromkeys(positions.values()))
    found = dict(zip(different, geography.whereabouts(different), strict=True))
    return {n: (position, found[position]) for n, position in positions.items()}
