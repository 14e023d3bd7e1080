"""Reading the offence list as it stood on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from watchward.domains.offences.models import HarmWeight, ListedOffence
from watchward.domains.offences.vocabulary import Category, Offence, OffenceGroup, OffenceList, Weight
from watchward.foundation.acting import Acting
from watchward.foundation.audit import queries as audit
from watchward.foundation.search.folding import folded

_OFFENCE = ("code", "words", "group", "subgroup", "category", "recordable", "since", "until")


def offence_list(acting: Acting) -> OffenceList:
    """Return the whole list with its weights, for rules to ask; two statements."""
    rows = ListedOffence.visible_to(acting).order_by("order", "code", "since").values_list(*_OFFENCE)
    weights = HarmWeight.visible_to(acting).order_by("code", "since").values_list("code", "weight", "since", "until")
    return OffenceList(tuple(_offence(*row) for row in rows), tuple(Weight(*row) for row in weights))


def edition(acting: Acting) -> int:
    """Return the number of the latest change of the list and its weights: as long as it is the same, so are they."""
    return audit.latest(acting, tables=(ListedOffence._meta.db_table, HarmWeight._meta.db_table))


def _offence(
    code: str, words: str, group: str, subgroup: str, category: str, recordable: bool, since: date, until: date | None
) -> Offence:
    return Offence(code, words, OffenceGroup(group), subgroup, Category(category), recordable, since, until)


def offence(acting: Acting, *, code: str, on: date) -> Offence:
    """Return what a code means on the day of the fact that is coded.

    Raises:
        NotListed: it means nothing then.
    """
    rows = ListedOffence.visible_to(acting).filter(code=code).values_list(*_OFFENCE)
    return OffenceList(tuple(_offence(*row) for row in rows)).offence(code, on)


def group_of(acting: Acting, *, code: str, on: date) -> OffenceGroup:
    """Return the group of a code on a day; raises as ``offence`` does."""
    return offence(acting, code=code, on=on).group


def weight_of(acting: Acting, *, code: str, on: date) -> Decimal | None:
    """Return the harm weight of a code on a day; None where the score gives none.

    Raises:
        NotListed: neither the list nor the weights have it then.
    """
    return offence_list(acting).weight_of(code, on)


def offences_on(
    acting: Acting, *, on: date, typed: str = "", group: OffenceGroup | None = None, among: OffenceList | None = None
) -> list[Offence]:
    """Return the offences that stand on a day and have these words, in the order of the list.

    Args:
        acting: who asks.
        on: the day.
        typed: words that must all stand in the code, the words, the group or the category.
        group: of this group alone.
        among: the whole list, where it has been read already.
    """
    wanted = folded(typed).split()
    return [
        row
        for row in (among or offence_list(acting)).standing(on)
        if (group is None or row.group is group) and all(word in _text(row) for word in wanted)
    ]


def _text(row: Offence) -> str:
    return folded(f"{row.code} {row.words} {row.group} {row.subgroup} {row.category}")
