"""Telephone numbers that reach nobody: Ofcom's numbers for drama, and how they are shared out."""

from __future__ import annotations

from typing import Final

from watchward.kernel.streams import Stream

MOBILES: Final = range(7700900000, 7700901000)
LANDLINES: Final = range(1632960000, 1632961000)
"""Ofcom's numbers for television and radio drama: a thousand mobiles, and a thousand landlines of no area."""

STORY_MOBILES: Final = range(7700900400, 7700900500)
STORY_LANDLINES: Final = range(1632960100, 1632960200)
"""Kept for the told stories: nobody of the crowd has one, so that what a story says of a number is all there is."""


class Numbers:
    """Shares out the numbers in an order of its own.

    There are 900 of each for the crowd. The first 900 households with a landline have one each, and the first 900
    people with a mobile; after that they come round again, as real numbers that were given up do.
    """

    def __init__(self, seed: Stream) -> None:
        stream = seed.of("numbers")
        self._mobiles = stream.of("mobiles").shuffle([one for one in MOBILES if one not in STORY_MOBILES])
        self._landlines = stream.of("landlines").shuffle([one for one in LANDLINES if one not in STORY_LANDLINES])
        self._given = {"mobile": 0, "landline": 0}

    def mobile(self) -> str:
        """Return the next mobile number, as people write it."""
        number = self._mobiles[self._next("mobile") % len(self._mobiles)]
        return f"0{number // 1_000_000} {number % 1_000_000:06d}"

    def landline(self) -> str:
        """Return the next landline number, as people write it."""
        number = self._landlines[self._next("landline") % len(self._landlines)]
        return f"0{number // 1_000_000} {number % 1_000_000:06d}"

    def _next(self, kind: str) -> int:
        given = self._given[kind]
        self._given[kind] = given + 1
        return given
