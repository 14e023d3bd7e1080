"""Drawing areas: simplified together, so that neighbours keep one border, and written as SVG paths."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

UNIT: Final = 20
"""Metres of a unit of the drawing."""

FAR: Final = 120
"""Metres by which a border may be moved where the whole county is drawn: about a pixel."""

NEAR: Final = 25
"""The same where one district fills the drawing."""


@dataclass(frozen=True)
class Drawn:
    """An area as it is drawn; see ``Outlined`` for the units.

    Args:
        far: path for the whole county.
        near: path for a district.
        degrees: GeoJSON geometry of ``near``, four decimals.
        x: of a point inside.
        y: of that point.
        box: left, top, right, bottom.
    """

    far: str
    near: str
    degrees: str
    x: int
    y: int
    box: tuple[int, int, int, int]


def draw(shapes: Sequence[str]) -> list[Drawn]:
    """Return how areas are drawn, simplified together (coverage simplification, GEOS).

    Args:
        shapes: GeoJSON geometries in degrees (WGS84), polygons that may touch and do not overlap.
    """
    import shapely
    from pyproj import Transformer
    from shapely.geometry import shape

    if not shapes:
        return []
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)

    def moved(geometry: Any, by: Any) -> Any:
        return shapely.transform(geometry, lambda pairs: _pairs(by.transform(pairs[:, 0], pairs[:, 1])))

    grid = [moved(shapely.make_valid(shape(json.loads(one))), to_grid) for one in shapes]
    far = shapely.coverage_simplify(grid, FAR)
    near = shapely.coverage_simplify(grid, NEAR)
    found = []
    for whole, coarse, fine in zip(grid, far, near, strict=True):
        inside = shapely.point_on_surface(fine)
        left, bottom, right, top = whole.bounds
        found.append(
            Drawn(
                far=_path(coarse),
                near=_path(fine),
                degrees=_geojson(moved(fine, to_degrees)),
                x=round(inside.x / UNIT),
                y=round(-inside.y / UNIT),
                box=(round(left / UNIT), round(-top / UNIT), round(right / UNIT), round(-bottom / UNIT)),
            )
        )
    return found


def _pairs(columns: Any) -> Any:
    import numpy

    return numpy.column_stack(columns)


def _path(geometry: Any) -> str:
    written = []
    for polygon in getattr(geometry, "geoms", [geometry]):
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(round(x / UNIT), round(-y / UNIT)) for x, y in ring.coords][:-1]
            (x, y), steps = points[0], []
            for here, there in pairwise(points):
                step = (there[0] - here[0], there[1] - here[1])
                if step != (0, 0):
                    steps.append(f"{step[0]},{step[1]}")
            written.append(f"M{x},{y}l{' '.join(steps)}z" if steps else "")
    return "".join(written)


def _geojson(geometry: Any) -> str:
    from shapely.geometry import mapping

    def rounded(part: Any) -> Any:
        return [round(part[0], 4), round(part[1], 4)] if isinstance(part[0], float) else [rounded(one) for one in part]

    made = mapping(geometry)
    return json.dumps({"type": made["type"], "coordinates": rounded(made["coordinates"])}, separators=(",", ":"))
