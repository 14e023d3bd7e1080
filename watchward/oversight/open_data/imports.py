"""Published files: `watchward import police-uk` and `watchward import boundaries`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from watchward.domains.offences.vocabulary import Category
from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.foundation.intake.files import Table, content_of
from watchward.foundation.intake.vocabulary import Field, FileRefused, Kind, Row
from watchward.oversight.open_data.commands import load_boundaries, load_street_crime
from watchward.oversight.open_data.rules.published import PUBLISHED_AS, month_of

STREET_FIELDS = (
    Field("crime_id", "Crime ID", (), 64),
    Field("month", "Month", (), 7),
    Field("reported_by", "Who reported it", (), 80),
    Field("falls_within", "The force that it falls within", (), 80),
    Field("longitude", "Longitude", (), 20),
    Field("latitude", "Latitude", (), 20),
    Field("location", "On or near", (), 120),
    Field("lsoa_code", "Code of the area", (), 9),
    Field("lsoa_name", "Name of the area", (), 80),
    Field("crime_type", "Category of crime", (), 40),
    Field("last_outcome_category", "Last outcome", (), 80),
    Field("context", "Context", (), 200),
)
_CATEGORIES = [category.value for category in Category]
_WEST, _SOUTH, _EAST, _NORTH = -9.0, 49.0, 2.5, 61.5
"""Degrees around the United Kingdom."""


def why_not_street_rows(rows: pl.DataFrame, options: dict[str, Any]) -> list[Row]:
    """Return why single rows are no street-level crime of this force."""
    months = {text: month_of(text) is not None for text in rows["month"].unique()}
    lat, lon = (pl.col(name).cast(pl.Float64, strict=False) for name in ("latitude", "longitude"))
    nowhere = (pl.col("latitude") == "") & (pl.col("longitude") == "")
    placed = lat.is_between(_SOUTH, _NORTH) & lon.is_between(_WEST, _EAST)
    anti_social = pl.col("crime_type") == Category.ANTI_SOCIAL.value
    checks = (
        (pl.col("falls_within") != PUBLISHED_AS, f"It is not of {PUBLISHED_AS}", "Falls within"),
        (~pl.col("month").is_in([text for text, good in months.items() if good]),
         "The month is not written as 2018-12, or nothing was published of it", "Month"),
        (~pl.col("crime_type").is_in(_CATEGORIES), "The category is none that is published", "Crime type"),
        ((pl.col("crime_id") != "") & ~pl.col("crime_id").str.contains("^[0-9a-f]{64}$"),
         "The Crime ID is not 64 figures and letters", "Crime ID"),
        (~nowhere & ~placed.fill_null(False), "The position is no place in the United Kingdom", "Latitude"),
        ((pl.col("lsoa_code") != "") & ~pl.col("lsoa_code").str.contains("^[EW]01[0-9]{6}$"),
         "The code of the area is none", "LSOA code"),
        (anti_social & (pl.col("last_outcome_category") != ""),
         "Anti-social behaviour has no outcome", "Last outcome category"),
    )  # fmt: skip
    return [Row(line, words, column) for bad, words, column in checks for line in rows.filter(bad)["@line"]]


POLICE_UK = Kind(
    key="police-uk",
    title="street-level crime as data.police.uk publishes it, a file for each month",
    fields=STREET_FIELDS,
    load=load_street_crime,
    check=why_not_street_rows,
    alike_without="crime_id",
    at_once=1_000_000,
    reconciles=True,
)
"""Two rows of anti-social behaviour that are alike are two incidents; two alike with a Crime ID are one crime."""

AREA_FIELDS = (
    Field("code", "Code of the area", (), 9),
    Field("name", "Name of the area", (), 80),
    Field("district", "Code of the district that it lies in", (), 9),
    Field("shape", "Its geometry", (), 5_000_000),
)


def read_geojson(path: Path) -> Table:
    """Return the areas of a GeoJSON file (RFC 7946), a row for each feature; a row's line is the feature's number.

    Raises:
        FileRefused: it is no GeoJSON of areas, or cut off.
    """
    content, digest = content_of(path)
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        raise FileRefused("This is no GeoJSON: it may be cut off.") from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not features:
        raise FileRefused("This file has no features.")
    rows = [_area(number, feature) for number, feature in enumerate(features, 1)]
    columns = ["outside_id", "code", "name", "district", "shape"]
    good = [row for row in rows if not isinstance(row, Row)]
    frame = pl.DataFrame(good, schema={"@line": pl.Int64, **dict.fromkeys(columns, pl.String)}, orient="row")
    return Table(columns, frame, digest, [row for row in rows if isinstance(row, Row)])


def _area(number: int, feature: object) -> tuple[int, str, str, str, str, str] | Row:
    from shapely import make_valid
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        return Row(number, "It has no properties or no geometry")
    said = [properties.get(name) for name in ("code", "name", "district")]
    if not all(isinstance(one, str) and one.strip() and "\0" not in one for one in said):
        return Row(number, "It lacks its code, its name or its district", "properties")
    code, name, district = (str(one).strip() for one in said)
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return Row(number, "It is no polygon", "geometry")
    try:
        made = shape(geometry)
        west, south, east, north = made.bounds
    except (ShapelyError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return Row(number, "Its geometry cannot be read", "geometry")
    if made.is_empty or not (_WEST <= west < east <= _EAST and _SOUTH <= south < north <= _NORTH):
        return Row(number, "It does not lie in the United Kingdom, in degrees", "geometry")
    # Rounded corners may touch. What can be told apart again is an area; a bow tie without a middle is none.
    if make_valid(made).geom_type not in ("Polygon", "MultiPolygon"):
        return Row(number, "Its borders cross", "geometry")
    return number, code, code, name, district, json.dumps(geometry, separators=(",", ":"))


def why_not_areas(rows: pl.DataFrame, options: dict[str, Any]) -> list[Row]:
    """Return why single areas are none of this force's."""
    strange = rows.filter(~pl.col("code").str.contains("^E0[15][0-9]{6}$"))["@line"]
    outside = rows.filter(~pl.col("district").is_in(list(DISTRICTS)))["@line"]
    return [
        *(Row(line, "Its code is neither that of an LSOA (E01) nor of a ward (E05)", "code") for line in strange),
        *(Row(line, "Its district is none of the force's", "district") for line in outside),
    ]


BOUNDARIES = Kind(
    key="boundaries",
    title="areas of the county, as GeoJSON with code, name and district",
    fields=AREA_FIELDS,
    load=load_boundaries,
    check=why_not_areas,
    read=read_geojson,
    at_once=1_000_000,
)
