"""The real open data that goes with the demonstration: the county's areas and three months of street-level crime."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from watchward.demo.calendar import moment
from watchward.foundation.acting import Acting
from watchward.foundation.database.home import ROOT
from watchward.foundation.intake import commands as intake
from watchward.foundation.intake.vocabulary import Kind
from watchward.oversight.open_data.imports import BOUNDARIES, POLICE_UK

AT: Final = moment("2019-03-01 09:00")
"""When an analyst loaded it: December is published in February."""

_DATA: Final = ROOT / "data"
FILES: Final[tuple[tuple[Kind, Path], ...]] = (
    (BOUNDARIES, _DATA / "boundaries" / "lsoa11.geojson.gz"),
    (BOUNDARIES, _DATA / "boundaries" / "ward.geojson.gz"),
    *((POLICE_UK, path) for path in sorted((_DATA / "police_uk").glob("*.csv.gz"))),
)


def load(acting: Acting, *, step: Callable[[], None]) -> None:
    """Load every file as the command line does; none is refused.

    Args:
        acting: the machinery.
        step: called after each file.

    Raises:
        Refused: a row was; then nothing of the chapter stands.
    """
    for kind, path in FILES:
        intake.load_file(acting, kind=kind, prepared=intake.prepare(path, kind, None))
        step()
