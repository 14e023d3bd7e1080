"""Offences of the list as it stands on the day a crime is recorded, each with its weight."""

from __future__ import annotations

from datetime import date

from watchward.domains.crimes.vocabulary import Offence
from watchward.domains.offences import queries as listed
from watchward.domains.offences.vocabulary import Offence as Listed
from watchward.domains.offences.vocabulary import OffenceList
from watchward.foundation.acting import Acting


def offence(acting: Acting, *, code: str, on: date) -> Offence | None:
    """Return the offence under which a crime may be recorded on a day; None where the list has none such."""
    return next((row for row in offences(acting, on=on) if row.code == code), None)


def offences(acting: Acting, *, on: date) -> list[Offence]:
    """Return the offences under which a crime may be recorded on a day, in the order of the list."""
    whole = listed.offence_list(acting)
    return [_weighed(row, whole, on) for row in whole.standing(on, recordable=True)]


def _weighed(row: Listed, whole: OffenceList, on: date) -> Offence:
    weight = whole.weight_of(row.code, on)
    return Offence(row.code, row.words, row.group, row.subgroup, float(weight) if weight is not None else None)
