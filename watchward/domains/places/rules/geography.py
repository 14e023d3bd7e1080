"""Where a place lies: postcodes, the national grid in degrees, the LSOA and the ward around a point."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parents[4] / "data"
NEAR: Final = 0.001
"""Degrees: a point this close outside every boundary (some 100 m; boundaries are generalised) takes the nearest."""


@dataclass(frozen=True)
class Position:
    """A point on the national grid.

    Args:
        easting: metres, OSGB36 (EPSG:27700).
        northing: metres.
    """

    easting: int
    northing: int


@dataclass(frozen=True)
class Zone:
    """An area with a code and a name: an LSOA or a ward, and the district that it lies in."""

    code: str
    name: str
    district: str


@dataclass(frozen=True)
class Whereabouts:
    """All that follows from a point: degrees (WGS84), LSOA of 2011, ward of 2025, district; empty outside the force."""

    lat: float
    lon: float
    lsoa: str = ""
    ward: str = ""
    ward_name: str = ""
    district: str = ""


def _text(name: str) -> str:
    return gzip.decompress((DATA / name).read_bytes()).decode()


@cache
def postcodes() -> dict[str, Position]:
    """Return the middle of every postcode of the force (OS Code-Point Open, August 2014), by its normal form."""
    rows = csv.DictReader(io.StringIO(_text("postcodes/staffordshire_postcodes.csv.gz")))
    return {_spaced(row["pc"]): Position(int(row["e"]), int(row["n"])) for row in rows}


def _spaced(code: str) -> str:
    """Return a postcode in its normal form; the file has seven letters for each, and so no space in the longer ones."""
    bare = code.replace(" ", "")
    return f"{bare[:-3]} {bare[-3:]}"


def position_of(postcode: str) -> Position | None:
    """Return the middle of a postcode in its normal form; None where it is not known."""
    return postcodes().get(postcode)


@cache
def _to_degrees() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def degrees(positions: Sequence[Position]) -> list[tuple[float, float]]:
    """Return latitude and longitude (WGS84) of points on the grid, good to about 5 m without the OSTN15 table."""
    if not positions:
        return []
    lons, lats = _to_degrees().transform([p.easting for p in positions], [p.northing for p in positions])
    return [(round(lat, 6), round(lon, 6)) for lat, lon in zip(lats, lons, strict=True)]


class _Map:
    """Boundaries of one kind, indexed."""

    def __init__(self, name: str) -> None:
        from shapely import STRtree, make_valid
        from shapely.geometry import shape

        features = json.loads(_text(name))["features"]
        self.zones = [Zone(**feature["properties"]) for feature in features]
        self.shapes = [make_valid(shape(feature["geometry"])) for feature in features]
        self.tree = STRtree(self.shapes)

    def around(self, points: Sequence[tuple[float, float]]) -> list[Zone | None]:
        """Return the zone around each point (latitude, longitude); None outside all."""
        from shapely import points as to_points

        found: list[Zone | None] = [None] * len(points)
        if not points:
            return found
        dots = to_points([(lon, lat) for lat, lon in points])
        for point, zone in zip(*self.tree.query(dots, predicate="intersects"), strict=True):
            if found[point] is None:
                found[point] = self.zones[zone]
        lost = [place for place, zone in enumerate(found) if zone is None]
        if lost:
            for place, zone in zip(*self.tree.query_nearest(dots[lost], max_distance=NEAR), strict=True):
                found[lost[place]] = self.zones[zone]
        return found


@cache
def lsoas() -> _Map:
    """Return the 687 lower layer super output areas of 2011 of the force."""
    return _Map("boundaries/lsoa11.geojson.gz")


@cache
def wards() -> _Map:
    """Return the 185 wards (2025 boundaries) of the force."""
    return _Map("boundaries/ward.geojson.gz")


def whereabouts(positions: Sequence[Position]) -> list[Whereabouts]:
    """Return all that follows from each point on the national grid."""
    points = degrees(positions)
    around = zip(points, lsoas().around(points), wards().around(points), strict=True)
    return [_described(lat, lon, lsoa, ward) for (lat, lon), lsoa, ward in around]


def _described(lat: float, lon: float, lsoa: Zone | None, ward: Zone | None) -> Whereabouts:
    return Whereabouts(
        lat=lat,
        lon=lon,
        lsoa=lsoa.code if lsoa else "",
        ward=ward.code if ward else "",
        ward_name=ward.name if ward else "",
        district=(lsoa or ward).district if lsoa or ward else "",  # type: ignore[union-attr]
    )


def ward_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these wards, by code."""
    wanted = set(codes)
    return {zone.code: zone.name for zone in wards().zones if zone.code in wanted}
