"""Areas from files: read whole or refused by feature, and drawn together with their neighbours."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.factories import machinery
from tests.oversight.open_data.files import DATA, LSOAS, area, area_file, areas
from watchward.foundation.access.context import within
from watchward.foundation.intake.vocabulary import FileRefused
from watchward.oversight.open_data import imports, queries
from watchward.oversight.open_data.models import Boundary, Outline
from watchward.oversight.open_data.rules.outlines import draw
from watchward.oversight.open_data.vocabulary import AreaKind

pytestmark = pytest.mark.django_db

BOW_TIE = {"type": "Polygon", "coordinates": [[[-2.0, 52.8], [-2.0, 52.8], [-2.0, 52.8], [-2.0, 52.8]]]}


def _with(**changed: Any) -> dict[str, Any]:
    return {**area("E01000002"), **changed}


def test_the_carried_areas_are_loaded_once() -> None:
    """687 small areas and 185 wards, each with its outline; a second load finds them all."""
    acting = machinery()
    wards = DATA / "boundaries" / "ward.geojson.gz"
    assert [(areas(acting, path).loaded, areas(acting, path).already) for path in (LSOAS, wards)] == [
        (687, 687), (185, 185),
    ]  # fmt: skip
    with within(acting):
        assert Outline.objects.count() == Boundary.objects.count() == 872
        county = queries.outlines(acting)
        cannock = queries.outlines(acting, district="E07000192")
        assert (len(county), len(cannock)) == (687, 60)
        assert len(queries.area_names(acting, kind=AreaKind.WARD)) == 185
    assert all(one.path.startswith("M") and one.path.endswith("z") for one in (*county, *cannock))
    assert all(one.box[0] <= one.x <= one.box[2] and one.box[1] <= one.y <= one.box[3] for one in county)
    assert sum(len(one.path) for one in county) < 110_000


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        (area("X01000002"), "Its code is neither that of an LSOA (E01) nor of a ward (E05)"),
        (area("E01000002", district="E09000001"), "Its district is none of the force's"),
        (area("E01000002", west=100.0), "It does not lie in the United Kingdom, in degrees"),
        (_with(geometry={"type": "Point", "coordinates": [-2, 52.8]}), "It is no polygon"),
        (_with(geometry={"type": "Polygon", "coordinates": "everywhere"}), "Its geometry cannot be read"),
        (_with(geometry={"type": "Polygon", "coordinates": []}), "It does not lie in the United Kingdom, in degrees"),
        (_with(geometry=BOW_TIE), "It does not lie in the United Kingdom, in degrees"),
        (_with(geometry=None), "It has no properties or no geometry"),
        (_with(properties={"code": "E01000002"}), "It lacks its code, its name or its district"),
        (_with(properties={"code": 7, "name": "x", "district": "y"}), "It lacks its code, its name or its district"),
        ("a text", "It has no properties or no geometry"),
    ],
)  # fmt: skip
def test_a_bad_area_refuses_the_file_by_feature(feature: Any, words: str, tmp_path: Path) -> None:
    """The second feature is named with its reason, and nothing is loaded."""
    acting = machinery()
    outcome = areas(acting, area_file(tmp_path, [area("E01000001"), feature]))
    assert (outcome.read, outcome.loaded, outcome.refused) == (2, 0, 2)
    assert [(one.line, one.words) for one in outcome.rows] == [(2, words)]
    with within(acting):
        assert not Boundary.objects.exists()


def test_an_area_on_record_with_another_shape_is_refused(tmp_path: Path) -> None:
    """A code stands for one area: a file that moves it is not silently taken."""
    acting = machinery()
    areas(acting, area_file(tmp_path, [area("E01000001")]))
    outcome = areas(acting, area_file(tmp_path, [area("E01000001", west=-1.9)]))
    assert (outcome.loaded, outcome.refused) == (0, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[1, 2]", b'{"features": []}', b'{"features": 7}', b"\xff\xfe", b"[" * 100_000,
        gzip.compress(b'{"features": [1]}', mtime=0)[:-9],
    ],
)  # fmt: skip
def test_a_file_that_is_no_geojson_is_refused_whole(content: bytes, tmp_path: Path) -> None:
    """Empty, cut off, something else, or nested to break whoever reads it."""
    path = tmp_path / "areas.geojson"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        imports.read_geojson(path)


def test_neighbours_keep_one_border() -> None:
    """A border between two areas is drawn at the same place for both, however it is simplified."""
    west, east = area("E01000001", west=-2.00), area("E01000002", west=-1.99)
    for feature, side in ((west, 1), (east, 0)):
        ring = feature["geometry"]["coordinates"][0]
        wiggle = [[-1.99 + (0.0004 if at % 2 else 0), 52.8 + at * 0.0005] for at in range(1, 20)]
        if side:
            ring[2:2] = wiggle
        else:
            ring[4:4] = wiggle[::-1]
    drawn = draw([json.dumps(one["geometry"]) for one in (west, east)])
    borders = [set(map(tuple, json.loads(one.degrees)["coordinates"][0])) for one in drawn]
    assert len(borders[0] & borders[1]) >= 2
    assert all(one.box[0] < one.box[2] for one in drawn)
