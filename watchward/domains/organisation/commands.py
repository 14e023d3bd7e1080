"""Forming areas and saying who works where: each from a day, so that the force can be seen as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from watchward.domains.organisation.models import Area, Coverage
from watchward.domains.organisation.vocabulary import Permission
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import get
from watchward.kernel.refusals import Refusal, refuse_if


@command(needs=Permission.ADMINISTER)
def open_area(acting: Acting, *, key: str, name: str, districts: Iterable[str], since: date) -> Area:
    """Open a local policing area over some districts, from a day.

    A district that another area covers passes to this one on that day.

    Args:
        acting: who acts.
        key: stable short name.
        name: as people say it.
        districts: codes of local authority districts.
        since: its first day.

    Raises:
        Refused: the key is taken, there is no name or no district, or a district came to its area on that day or later.
    """
    codes = sorted(set(districts))
    reasons = []
    if Area.visible_to(acting).filter(key=key, until__isnull=True).exists():
        reasons.append(Refusal(f"There is already an area called {key}.", field="key"))
    if not name.strip():
        reasons.append(Refusal("Give the area a name.", field="name"))
    if not codes:
        reasons.append(Refusal("Choose the districts that it covers.", field="districts"))
    covered = Coverage.visible_to(acting).select_for_update(of=("self",)).filter(district__in=codes, until__isnull=True)
    covered_now = list(covered.select_related("area"))
    reasons += [
        Refusal(f"{row.area.name} covers {row.district} from {row.since:%-d %B %Y}.", field="districts")
        for row in covered_now
        if row.since >= since
    ]
    refuse_if(reasons)
    for row in covered_now:
        row.until = since
        row.save(update_fields=["until"])
    area = Area.objects.create(key=key, name=name.strip(), since=since)
    Coverage.objects.bulk_create(Coverage(area=area, district=code, since=since) for code in codes)
    return area


@command(needs=Permission.ADMINISTER)
def close_area(acting: Acting, *, area: UUID, until: date) -> Area:
    """Close an area on a day; what it covered is covered by none from then on.

    Raises:
        Refused: it is closed already, or would close before it opened.
        NotHere: there is none.
    """
    row = get(acting, Area, area)
    reasons = []
    if row.until is not None:
        reasons.append(Refusal(f"{row.name} closed on {row.until:%-d %B %Y} already."))
    if until <= row.since:
        reasons.append(Refusal("An area closes after it opened.", field="until"))
    refuse_if(reasons)
    for covers in Coverage.visible_to(acting).filter(area=row, until__isnull=True):
        covers.until = max(until, date.fromordinal(covers.since.toordinal() + 1))
        covers.save(update_fields=["until"])
    row.until = until
    row.save(update_fields=["until"])
    return row
