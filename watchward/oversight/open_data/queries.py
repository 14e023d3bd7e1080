"""Reading published data: months, counts by area, outlines."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Case, Count, F, FloatField, QuerySet, Sum, Value, When

from watchward.domains.offences import queries as offences
from watchward.domains.offences.vocabulary import Category
from watchward.foundation.acting import Acting
from watchward.foundation.records import Guarded
from watchward.oversight.open_data.models import MonthEdition, Outline, StreetCount, StreetCrime
from watchward.oversight.open_data.rules.weighing import weight_of_categories
from watchward.oversight.open_data.vocabulary import AreaKind, Cell, EditionLoaded, MonthLoaded, Outlined

T = TypeVar("T")
_kept: dict[Hashable, object] = {}
"""What was counted of published rows, by the newest of them: they are the same for everybody who may see them, and
change only when a file is loaded, which makes a newer one."""

MOST_KEPT = 128


def _standing(acting: Acting) -> QuerySet[StreetCrime]:
    """Return the published rows of the latest edition of each month."""
    return StreetCrime.visible_to(acting).filter(ended__isnull=True)


def counted(acting: Acting, key: Hashable, work: Callable[[], T]) -> T:
    """Return what was worked out before of the published rows and areas as they now are, or work it out.

    Args:
        acting: who asks; all of it is the same for everybody who may see the rows.
        key: what it is, and of what.
        work: works it out.
    """
    return _once((_newest(acting, MonthEdition, StreetCrime, Outline), key), work)


def _once(key: Hashable, work: Callable[[], T]) -> T:
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = work()
    return cast(T, _kept[key])


def _newest(acting: Acting, *tables: type[Guarded]) -> frozenset[UUID]:
    """Return the latest record of each of these tables, in one statement."""
    first, *others = (table.visible_to(acting).order_by("-pk").values_list("pk", flat=True)[:1] for table in tables)
    return frozenset(first.union(*others) if others else first)


def months(acting: Acting) -> list[MonthLoaded]:
    """Return the months that are loaded, oldest first, with how finished each is."""
    rows = (
        StreetCount.visible_to(acting)
        .values_list("month")
        .annotate(rows=Sum("crimes"), with_outcomes=Sum("with_outcome"), still_open=Sum("open"))
        .order_by("month")
    )
    return counted(acting, "months", lambda: [MonthLoaded(*row) for row in rows])


def cells(
    acting: Acting,
    *,
    since: date,
    until: date,
    category: Category | None = None,
    weights: Mapping[Category, Decimal] | None = None,
) -> list[Cell]:
    """Return every row published of these months, counted by area code and month; rows without an area are among them.

    Args:
        acting: who asks.
        since: first month.
        until: last month.
        category: of this category alone.
        weights: of categories, where harm is asked for.
    """
    rows = StreetCount.visible_to(acting).filter(month__gte=since, month__lte=until)
    rows = rows.filter(category=category.value) if category is not None else rows
    weighed = Case(
        *(When(category=one.value, then=Value(float(weight))) for one, weight in (weights or {}).items()),
        default=Value(0.0),
        output_field=FloatField(),
    )
    summed = rows.values_list("lsoa", "month").annotate(
        rows=Sum("crimes"),
        unables=Sum("unable"),
        still_open=Sum("open"),
        with_outcomes=Sum("with_outcome"),
        **({"harm": Sum(weighed * F("crimes"), output_field=FloatField())} if weights else {}),
    )
    key = ("cells", since, until, category, tuple(sorted((weights or {}).items())))
    return counted(acting, key, lambda: [Cell(*row) for row in summed.order_by("lsoa", "month")])


def editions(acting: Acting, *, month: date) -> list[MonthEdition]:
    """Return the editions of a month that were loaded, first to last."""
    return list(MonthEdition.visible_to(acting).filter(month=month).order_by("number"))


def editions_counted(acting: Acting, *, since: date, until: date) -> dict[date, EditionLoaded]:
    """Return the latest edition of each of these months, by month; one loaded before editions were kept is absent."""
    rows = MonthEdition.visible_to(acting).filter(month__gte=since, month__lte=until).order_by("month", "number")
    columns = rows.values_list("month", "number", "at", "rows", "same", "changed", "added", "gone")
    return counted(acting, ("editions", since, until), lambda: {row[0]: EditionLoaded(*row) for row in columns})


def repeats(acting: Acting, *, since: date, until: date) -> int:
    """Return how many rows of these months bear the Crime ID of another row of them; each is counted as published."""
    rows = _standing(acting).filter(month__gte=since, month__lte=until).exclude(crime_id="")
    found = rows.values("crime_id").annotate(several=Count("pk")).filter(several__gt=1)
    return counted(acting, ("repeats", since, until), lambda: sum(int(row["several"]) - 1 for row in found))


def outlines(acting: Acting, *, kind: AreaKind = AreaKind.LSOA, district: str = "") -> list[Outlined]:
    """Return the outlines of the county's areas, or of one district's in greater detail, by name."""
    rows = Outline.visible_to(acting).filter(kind=kind.value)
    rows = rows.filter(district=district) if district else rows
    rows = rows.annotate(path=F("near") if district else F("far")).order_by("name")
    columns = rows.values_list("code", "name", "district", "path", "x", "y", "left", "top", "right", "bottom")
    return counted(acting, ("outlines", kind, district), lambda: [Outlined(*row[:6], (row[6:10])) for row in columns])


def area_names(acting: Acting, *, kind: AreaKind = AreaKind.LSOA) -> dict[str, tuple[str, str]]:
    """Return name and district of every area of the county, by code."""
    rows = Outline.visible_to(acting).filter(kind=kind.value).values_list("code", "name", "district")
    return counted(acting, ("names", kind), lambda: {code: (name, district) for code, name, district in rows})


@dataclass(frozen=True)
class Packed:
    """A file that is sent again and again.

    Args:
        tag: what tells it from any other.
        text: the file.
        gzipped: the same, compressed.
    """

    tag: str
    text: bytes
    gzipped: bytes


def geometries(acting: Acting, *, kind: AreaKind = AreaKind.LSOA) -> Packed:
    """Return the areas of the county as GeoJSON (RFC 7946), each with its code."""
    rows = Outline.visible_to(acting).filter(kind=kind.value).order_by("code").values_list("code", "degrees")

    def pack() -> Packed:
        features = ",".join(
            f'{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{degrees}}}' for code, degrees in rows
        )
        text = f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()
        return Packed(hashlib.sha256(text).hexdigest()[:32], text, gzip.compress(text, mtime=0))

    return _once((_newest(acting, Outline), "geometries", kind), pack)


def weights(acting: Acting, *, on: date) -> dict[Category, Decimal]:
    """Return the mean harm weight of each street-level category on a day."""
    return _once(
        ("weights", offences.edition(acting), on), lambda: weight_of_categories(offences.offence_list(acting), on)
    )
