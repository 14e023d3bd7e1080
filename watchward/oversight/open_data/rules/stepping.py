"""Steps of a map: which class an area's number falls into, with fewer than five always the lowest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FEW: Final = 5
"""Fewer crimes than these are one class, whatever they weigh."""

_SHARES: Final = (0.40, 0.68, 0.88, 0.97)
"""Parts of the areas that stay below each further step: few areas stand out, so that the dark ones mean something."""


@dataclass(frozen=True)
class Steps:
    """Classes of a map.

    Args:
        begins: the least number of each class above the lowest, rising.
    """

    begins: tuple[int, ...]

    def class_of(self, number: float, *, crimes: int) -> int:
        """Return the class, from 0, of an area.

        Args:
            number: what is shown of it.
            crimes: how many rows stand behind that; fewer than five are class 0.
        """
        if crimes < FEW:
            return 0
        return sum(1 for least in self.begins if number >= least) or 1

    def words(self) -> tuple[str, ...]:
        """Return what each class means, lowest first."""
        pairs = zip(self.begins, (*self.begins[1:], None), strict=True)
        written = [f"{least:,} or more" if after is None else _between(least, after - 1) for least, after in pairs]
        return ("none or fewer than 5", *written)


def _between(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _round(value: float) -> int:
    """Return a number that people count in: one, two or five in the first figures, or a multiple of five."""
    if value < 30:
        return max(1, round(value / 5) * 5)
    power = 10 ** (len(str(int(value))) - 1)
    return int(round(value / power * 2) * power / 2)


def steps_of(numbers: Iterable[float], *, least: int = FEW) -> Steps:
    """Return the steps for areas' numbers: the first begins at ``least``, at most four more rise to the highest.

    Args:
        numbers: of areas that are not in the lowest class.
        least: where the first class above the lowest begins.
    """
    ordered = sorted(number for number in numbers if number >= least)
    begins = [least]
    for share in _SHARES:
        if not ordered:
            break
        begin = _round(ordered[min(len(ordered) - 1, int(share * len(ordered)))])
        if begin > begins[-1] and begin <= ordered[-1]:
            begins.append(begin)
    return Steps(tuple(begins))
