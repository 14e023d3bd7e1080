"""Files of street-level crime and of areas, made for a test, and the loading of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.intake import commands as intake
from watchward.foundation.intake.vocabulary import Kind, Outcome
from watchward.kernel.refusals import Refused
from watchward.oversight.open_data import imports

DATA = Path(__file__).resolve().parents[3] / "data"
MONTHS = tuple(sorted((DATA / "police_uk").glob("*.csv.gz")))
LSOAS = DATA / "boundaries" / "lsoa11.geojson.gz"
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
FORCE = "Staffordshire Police"
UNABLE = "Unable to prosecute suspect"


def row(
    number: int | None = 1, *, month: str = "2018-12", force: str = FORCE, lsoa: str = "E01029368",
    category: str = "Burglary", outcome: str = UNABLE, lon: str = "-1.96", lat: str = "52.76", street: str = "West Way",
) -> str:  # fmt: skip
    """Return a row; without a number it has no Crime ID."""
    crime = f"{number:064x}" if number is not None else ""
    return f"{crime},{month},{force},{force},{lon},{lat},On or near {street},{lsoa},An area,{category},{outcome},"


def anti_social(*, street: str = "West Way", lsoa: str = "E01029368", month: str = "2018-12") -> str:
    """Return a row of anti-social behaviour: neither Crime ID nor outcome."""
    return row(None, category="Anti-social behaviour", outcome="", street=street, lsoa=lsoa, month=month)


def street_file(folder: Path, rows: Iterable[str], name: str = "2018-12-staffordshire-street.csv") -> Path:
    """Write a file of street-level crime."""
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def area(code: str, *, west: float = -2.0, south: float = 52.8, district: str = "E07000192") -> dict[str, Any]:
    """Return a square of some 700 m as a GeoJSON feature."""
    east, north = west + 0.01, south + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    properties = {"code": code, "name": f"Area {code[-3:]}", "district": district}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def area_file(folder: Path, features: list[Any], name: str = "areas.geojson") -> Path:
    """Write a file of areas."""
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def load(acting: Acting, path: Path, *, kind: Kind = imports.POLICE_UK, accept: bool = False) -> Outcome:
    """Load a file as the command line does: what is refused is in the outcome."""
    prepared = intake.prepare(path, kind, None)
    with within(acting):
        try:
            return intake.load_file(acting, kind=kind, prepared=prepared, accept_refusals=accept)
        except Refused as refused:
            if not prepared.outcome.rows:
                prepared.outcome.whole += [reason.words for reason in refused.reasons]
                prepared.outcome.refused = prepared.outcome.read - prepared.outcome.already
            return prepared.outcome


def areas(acting: Acting, path: Path) -> Outcome:
    """Load a file of areas."""
    return load(acting, path, kind=imports.BOUNDARIES)
