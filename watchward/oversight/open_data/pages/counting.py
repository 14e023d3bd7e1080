"""What is asked of the map, and every row counted where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from watchward.domains.offences.vocabulary import Category
from watchward.oversight.open_data.rules.published import SOURCES, WEIGHT_SOURCES
from watchward.oversight.open_data.rules.stepping import FEW
from watchward.oversight.open_data.vocabulary import UNABLE, Cell, MonthLoaded


@dataclass(frozen=True)
class Asked:
    """What the map is narrowed down to; nothing personal.

    Args:
        since: first month.
        until: last month.
        category: of crime; all when None.
        district: its code; the whole county when empty.
        harm: weigh each category by its harm.
        everything: list every area and not only the first.
    """

    since: date
    until: date
    category: Category | None = None
    district: str = ""
    harm: bool = False
    everything: bool = False

    def query(self, **changed: str) -> str:
        """Return the same as a query string, with some of it changed."""
        said = {
            "crime": self.category.value if self.category else "", "from": f"{self.since:%Y-%m}",
            "to": f"{self.until:%Y-%m}", "district": self.district, "by": "harm" if self.harm else "",
            "all": "yes" if self.everything else "", **changed,
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})


@dataclass
class Area:
    """What is counted of one area."""

    code: str
    name: str
    crimes: int = 0
    unable: int = 0
    open: int = 0
    with_outcome: int = 0
    harm: float = 0.0
    by_month: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, cell: Cell) -> None:
        """Count a cell in."""
        self.crimes += cell.crimes
        self.unable += cell.unable
        self.open += cell.open
        self.with_outcome += cell.with_outcome
        self.harm += cell.harm
        self.by_month[cell.month] += cell.crimes

    def share(self) -> str:
        """Return the share with the publisher's outcome; a dash where fewer than five could have one."""
        return f"{100 * self.unable / self.with_outcome:.0f} %" if self.with_outcome >= FEW else "–"


@dataclass(frozen=True)
class Counted:
    """Cells counted by area, and those of no area of the map.

    Args:
        areas: of the map, highest first.
        elsewhere: rows in the other districts.
        nowhere: rows without an area.
        outside: rows in areas outside the force.
    """

    areas: tuple[Area, ...]
    elsewhere: int
    nowhere: int
    outside: int

    @property
    def read(self) -> int:
        """Return every row read."""
        return sum(area.crimes for area in self.areas) + self.elsewhere + self.nowhere + self.outside


def count(cells: Iterable[Cell], names: Mapping[str, tuple[str, str]], asked: Asked) -> Counted:
    """Return what stands in each area of the map, every other row being counted where it belongs.

    Args:
        cells: of the months and categories asked for.
        names: name and district of every area of the county, by code.
        asked: which district, and whether harm decides the order.
    """
    areas = {
        code: Area(code, name)
        for code, (name, district) in names.items()
        if not asked.district or district == asked.district
    }
    elsewhere = nowhere = outside = 0
    for cell in cells:
        if cell.lsoa in areas:
            areas[cell.lsoa].add(cell)
        elif not cell.lsoa:
            nowhere += cell.crimes
        elif cell.lsoa in names:
            elsewhere += cell.crimes
        else:
            outside += cell.crimes
    ordered = sorted(areas.values(), key=lambda area: (-measured(area, asked), -area.crimes, area.name))
    return Counted(tuple(ordered), elsewhere, nowhere, outside)


def measured(area: Area, asked: Asked) -> float:
    """Return the number by which an area is shaded and stands in order."""
    return area.harm if asked.harm else area.crimes


def csv_rows(
    counted: Counted, asked: Asked, loaded: Sequence[MonthLoaded], editions: Iterable[str] = ()
) -> tuple[list[str], list[list[object]]]:
    """Return the table of every area as columns and rows, with what has no area and each month's edition at its end."""
    months = [one.month for one in loaded if asked.since <= one.month <= asked.until]
    columns = ["Area code", "Area", *(f"{month:%Y-%m}" for month in months), "Rows", UNABLE, "Still open",
               "Rows that can have an outcome"]  # fmt: skip
    if asked.harm:
        columns.append("Harm, days of sentence, approximate")
    rows: list[list[object]] = [
        [area.code, area.name, *(area.by_month.get(month, 0) for month in months), area.crimes, area.unable, area.open,
         area.with_outcome, *([round(area.harm, 1)] if asked.harm else [])]
        for area in counted.areas
    ]  # fmt: skip
    blank = [""] * len(months)
    for words, number in (
        ("In the other districts", counted.elsewhere), ("With no area", counted.nowhere),
        ("Outside the force", counted.outside),
    ):  # fmt: skip
        rows.append(["", words, *blank, number, "", "", "", *([""] if asked.harm else [])])
    rows += [["", said] for said in editions]
    rows.append(["", " ".join((*SOURCES, *(WEIGHT_SOURCES if asked.harm else ())))])
    return columns, rows
