"""Numbers on a map: moved apart where they would cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Pin:
    """A number on the map.

    Args:
        number: as in the table.
        x: of its middle, in units of the drawing.
        y: of its middle.
        to_x: of the point inside the area that it stands for.
        to_y: of that point.
        moved: whether it stands beside its area, so that a line must lead there.
    """

    number: int
    x: float
    y: float
    to_x: int
    to_y: int
    moved: bool


def apart(points: Sequence[tuple[int, int]], radius: float) -> tuple[Pin, ...]:
    """Return numbered pins at these points, pushed apart until none covers another.

    Args:
        points: in units of the drawing, the first being number 1.
        radius: of a pin, in the same units.
    """
    places = [[float(x), float(y)] for x, y in points]
    room = 2.15 * radius
    for _round in range(200):
        crowded = False
        for one in range(len(places)):
            for other in range(one + 1, len(places)):
                dx, dy = places[other][0] - places[one][0], places[other][1] - places[one][1]
                distance = hypot(dx, dy)
                if distance >= room:
                    continue
                crowded = True
                push = (room - distance) / 2 + room * 0.01
                if distance < room * 1e-6:
                    dx, dy, distance = 1.0, 0.3 * (other - one), hypot(1.0, 0.3 * (other - one))
                places[one][0] -= push * dx / distance
                places[one][1] -= push * dy / distance
                places[other][0] += push * dx / distance
                places[other][1] += push * dy / distance
        if not crowded:
            break
    return tuple(
        Pin(number, round(x, 1), round(y, 1), to_x, to_y, hypot(x - to_x, y - to_y) > radius)
        for number, ((x, y), (to_x, to_y)) in enumerate(zip(places, points, strict=True), 1)
    )
