"""Loading published data: rows of street-level crime, areas, and the outlines that follow from them."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import connection

from watchward.domains.offences.vocabulary import Category
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.intake.bulk import stage
from watchward.kernel.refusals import Refusal, Refused
from watchward.oversight.open_data.models import Boundary, Outline, StreetCrime
from watchward.oversight.open_data.rules.outlines import draw
from watchward.oversight.open_data.vocabulary import OPEN, UNABLE, AreaKind, Permission

_STREET = """
insert into open_data_streetcrime (id, crime_id, month, category, outcome, lsoa, location, lat, lon)
select record, crime_id, month, category, outcome, lsoa, location, lat, lon from pg_temp.street_rows
"""

_COUNTED = """
insert into open_data_streetcount (id, month, lsoa, category, crimes, unable, open, with_outcome)
select gen_random_uuid(), month, lsoa, category, count(*), count(*) filter (where outcome = %(unable)s),
       count(*) filter (where category <> %(no_outcome)s and (outcome = any(%(open)s) or outcome = '')),
       count(*) filter (where category <> %(no_outcome)s)
from pg_temp.street_rows group by month, lsoa, category
"""


@command(needs=Permission.LOAD)
def load_street_crime(
    acting: Acting, *, rows: pl.DataFrame, source: str = "", options: dict[str, Any] | None = None
) -> int:
    """Load rows of street-level crime; a month is loaded from one file, whole.

    Args:
        acting: who loads.
        rows: fresh rows with `record` and the fields of the kind `police-uk`.
        source: where they come from; the publisher is always the same.
        options: words of the mapping file; none bear on the writing.

    Raises:
        Refused: a month is loaded already and these rows are not among its own: another edition of it.
    """
    if not rows.height:
        return 0
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
    months = written["month"].unique().sort().to_list()
    there = StreetCrime.visible_to(acting).filter(month__in=months).values_list("month", flat=True)
    stand = sorted(set(there.order_by().distinct()))
    if stand:
        raise Refused(
            *(
                Refusal(
                    f"{month:%B %Y} is loaded already, and {(written['month'] == month).sum():,} of this file's rows"
                    " of it stand not among those: it is another edition of that month.",
                    code="month-loaded",
                )
                for month in stand
            )
        )
    degrees = [pl.when(pl.col(name) == "").then(None).otherwise(pl.col(name)).alias(name) for name in ("lat", "lon")]
    stage(
        "street_rows", written.with_columns(degrees),
        types={"record": "uuid", "lat": "double precision", "lon": "double precision"},
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STREET)
        told: dict[str, Any] = {"unable": UNABLE, "no_outcome": Category.ANTI_SOCIAL.value, "open": sorted(OPEN)}
        cursor.execute(_COUNTED, told)
    return rows.height


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
