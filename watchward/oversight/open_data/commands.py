"""Loading published data: rows of street-level crime, areas, and the outlines that follow from them."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import connection

from watchward.domains.offences.vocabulary import Category
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.intake.bulk import stage
from watchward.foundation.intake.vocabulary import Taken
from watchward.kernel.refusals import refuse_if
from watchward.oversight.open_data.models import Boundary, MonthEdition, Outline
from watchward.oversight.open_data.rules.editions import Compared, why_not_edition
from watchward.oversight.open_data.rules.outlines import draw
from watchward.oversight.open_data.vocabulary import OPEN, UNABLE, AreaKind, Permission

_ALIKE = "crime_id, month, category, outcome, lsoa, location, coalesce(lat, 999), coalesce(lon, 999)"
"""What makes two published rows the same: all that is kept of them. A position is never 999 degrees."""

# Of rows that are alike the first of the file is the first that stands, and so on: they are incidents of their own.
_COMPARED = f"""
create temp table street_compared on commit drop as
with file as (
    select *, coalesce(lat, 999) as at_lat, coalesce(lon, 999) as at_lon,
           row_number() over (partition by {_ALIKE} order by record) as n
    from pg_temp.street_rows
), stands as (
    select *, coalesce(lat, 999) as at_lat, coalesce(lon, 999) as at_lon,
           row_number() over (partition by {_ALIKE} order by id) as n
    from open_data_streetcrime where month = any(%s) and ended is null
)
select coalesce(f.month, s.month) as month, f.record, s.id, f.crime_id as said, s.crime_id as stood
from file f full join stands s
  on (f.crime_id, f.month, f.category, f.outcome, f.lsoa, f.location, f.at_lat, f.at_lon, f.n)
   = (s.crime_id, s.month, s.category, s.outcome, s.lsoa, s.location, s.at_lat, s.at_lon, s.n)
"""  # noqa: S608 - no value in it

# A Crime ID whose row is fresh where another of it is gone has changed; as many as pair up.
_SUMS = """
select month, count(*) filter (where record is not null and id is not null),
       count(*) filter (where id is null), count(*) filter (where record is null),
       coalesce((
           select sum(least(fresh, gone)) from (
               select count(*) filter (where id is null) as fresh, count(*) filter (where record is null) as gone
               from pg_temp.street_compared c
               where c.month = o.month and coalesce(c.said, c.stood) <> '' and (c.id is null or c.record is null)
               group by coalesce(c.said, c.stood)
           ) each
       ), 0)
from pg_temp.street_compared o group by month order by month
"""

_ENDED = """
update open_data_streetcrime s set ended = %s from pg_temp.street_compared c
where c.id = s.id and c.record is null and c.month = %s
"""

_STREET = """
insert into open_data_streetcrime (id, crime_id, month, category, outcome, lsoa, location, lat, lon, edition)
select r.record, r.crime_id, r.month, r.category, r.outcome, r.lsoa, r.location, r.lat, r.lon, %s
from pg_temp.street_rows r join pg_temp.street_compared c on c.record = r.record
where c.id is null and r.month = %s
"""

# Of the rows that stand, when another edition has taken the place of one.
_COUNTED = """
insert into open_data_streetcount (id, month, lsoa, category, crimes, unable, open, with_outcome)
select gen_random_uuid(), month, lsoa, category, count(*), count(*) filter (where outcome = %(unable)s),
       count(*) filter (where category <> %(no_outcome)s and (outcome = any(%(open)s) or outcome = '')),
       count(*) filter (where category <> %(no_outcome)s)
from open_data_streetcrime where month = %(month)s and ended is null group by month, lsoa, category
"""


@command(needs=Permission.LOAD)
def load_street_crime(
    acting: Acting, *, rows: pl.DataFrame, source: str = "", options: dict[str, Any] | None = None
) -> Taken:
    """Load rows of street-level crime; a later edition of a month takes the place of the one before, which is kept.

    Args:
        acting: who loads.
        rows: all rows of a file with `record` and the fields of the kind `police-uk`.
        source: where they come from; the publisher is always the same.
        options: words of the mapping file; none bear on the writing.

    Raises:
        Refused: a month's rows are so few beside those that stand that the file must have been cut off.
    """
    if not rows.height:
        return Taken()
    written = rows.select(
        "record",
        "crime_id",
        pl.concat_str(pl.col("month"), pl.lit("-01")).str.to_date().alias("month"),
        pl.col("crime_type").alias("category"),
        pl.col("last_outcome_category").alias("outcome"),
        pl.col("lsoa_code").alias("lsoa"),
        "location",
        pl.col("latitude").alias("lat"),
        pl.col("longitude").alias("lon"),
    )
    degrees = [pl.when(pl.col(name) == "").then(None).otherwise(pl.col(name)).alias(name) for name in ("lat", "lon")]
    stage(
        "street_rows", written.with_columns(degrees),
        types={"record": "uuid", "lat": "double precision", "lon": "double precision"},
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("analyze pg_temp.street_rows")
        cursor.execute("drop table if exists pg_temp.street_compared")
        cursor.execute(_COMPARED, [written["month"].unique().to_list()])
        cursor.execute(_SUMS)
        found = [Compared(*row) for row in cursor.fetchall()]
        refuse_if(why_not_edition(found))
        told: dict[str, Any] = {"unable": UNABLE, "no_outcome": Category.ANTI_SOCIAL.value, "open": sorted(OPEN)}
        for one in found:
            if one.fresh or one.gone:
                number = MonthEdition.objects.filter(month=one.month).count() + 1
                if number == 1 and one.stood:
                    number = 2  # loaded before editions were counted
                cursor.execute(_ENDED, [number, one.month])
                cursor.execute(_STREET, [number, one.month])
                cursor.execute("delete from open_data_streetcount where month = %s", [one.month])
                cursor.execute(_COUNTED, {**told, "month": one.month})
                MonthEdition.objects.create(
                    month=one.month, number=number, rows=one.rows, same=one.same, changed=one.changed,
                    added=one.added, gone=one.left, at=acting.at, by_name=acting.name[:120],
                )  # fmt: skip
    return Taken(sum(one.same for one in found), tuple(one.said for one in found if one.said))


@command(needs=Permission.LOAD)
def load_boundaries(
    acting: Acting, *, rows: pl.DataFrame, source: str = "", options: dict[str, Any] | None = None
) -> int:
    """Load areas, and draw every area of their kind anew with its neighbours.

    Args:
        acting: who loads.
        rows: fresh rows with `record` and the fields of the kind `boundaries`.
        source: where they come from.
        options: words of the mapping file; none bear on the writing.
    """
    made = [
        Boundary(
            id=row["record"], kind=kind_of(row["code"]).value, code=row["code"], name=row["name"],
            district=row["district"], shape=row["shape"],
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    Boundary.objects.bulk_create(made, batch_size=500)
    for kind in sorted({boundary.kind for boundary in made}):
        outline(acting, kind=AreaKind(kind))
    return len(made)


@command(needs=Permission.LOAD)
def outline(acting: Acting, *, kind: AreaKind) -> int:
    """Draw every area of a kind anew from its boundary, and say how many there are."""
    areas = list(Boundary.visible_to(acting).filter(kind=kind.value).order_by("code"))
    drawn = draw([area.shape for area in areas])
    Outline.visible_to(acting).filter(kind=kind.value).delete()
    Outline.objects.bulk_create(
        [
            Outline(
                kind=kind.value, code=area.code, name=area.name, district=area.district, far=one.far, near=one.near,
                degrees=one.degrees, x=one.x, y=one.y, left=one.box[0], top=one.box[1], right=one.box[2],
                bottom=one.box[3],
            )
            for area, one in zip(areas, drawn, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    return len(areas)


def kind_of(code: str) -> AreaKind:
    """Return what an area is by the beginning of its code: E01 a lower layer super output area, E05 a ward."""
    return AreaKind.WARD if code.startswith("E05") else AreaKind.LSOA
