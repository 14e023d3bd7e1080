"""The frame and the clock that the invented pages share."""

from __future__ import annotations

from datetime import date, datetime
from datetime import time as clock

from django.http import HttpRequest

from watchward.foundation.ui.frame import Frame, Fresh, Place
from watchward.kernel.periods import instant


def of(request: HttpRequest) -> Frame:
    """Return the frame of whoever asks, for pages that are shown through Django."""
    return frame("Sgt Moira Lowndes", "Response A")


PLACES = ("My work", "Contact", "Solve", "Prevent", "Oversight")


def at(time: str, day: int = 1, month: int = 7, year: int = 2019) -> datetime:
    """Return the instant at which the clocks of London show this time."""
    return instant(date(year, month, day), clock.fromisoformat(time))


def frame(name: str, role: str, *, current: str = "", takes_calls: bool = False, shortcuts_on: bool = True) -> Frame:
    """Return the frame of somebody's page at 07:45."""
    places = tuple(Place(label, "#", label == current, label[0].lower()) for label in PLACES)
    rest = tuple(Place(label, "#") for label in ("Board", "Wanted", "Find a person", "Measures", "Guidance"))
    return Frame(
        now=at("07:45:30"),
        places=places,
        menu=places + rest,
        person_name=name,
        person_role=role,
        find_url="/find",
        can_take_call=takes_calls,
        take_call_url="/call",
        sign_out_url="/sign-out",
        shortcuts_url="#",
        shortcuts_on=shortcuts_on,
        goto_url="/go-to",
        new_url="/new",
        fresh=lambda: Fresh(3, ("2 late now",)),
        demo=True,
        marking="OFFICIAL-SENSITIVE",
    )
