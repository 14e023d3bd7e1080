"""What stands round every page of a member of staff: who, where, when, and where else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Shortcut:
    """A key and what it does, for the strip."""

    key: str
    does: str


@dataclass(frozen=True)
class Place:
    """A place of the bar or of the menu at the foot; ``letter`` goes there once `g` was pressed, empty for none."""

    label: str
    url: str
    current: bool = False
    letter: str = ""


@dataclass(frozen=True)
class Fresh:
    """What is new for somebody: how much, and what they want to be told at once, each in a few words."""

    count: int
    at_once: tuple[str, ...] = ()


def nothing_new() -> Fresh:
    """Return that nothing is new."""
    return Fresh(0)


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as in demonstration mode: name, role ("Response sergeant, Stoke North"), what can be seen."""

    key: str
    name: str
    role: str
    sees: str = ""


@dataclass(frozen=True)
class Invitation:
    """What somebody may try, said at the top of the page where they start, with the address that puts it away."""

    words: str
    url: str


@dataclass(frozen=True)
class Frame:
    """What stands round every page of a member of staff.

    Args:
        now: the force's clock, which may be a demonstration's.
        places: of the bar; ``menu`` at the foot (the places again, and the rest).
        take_call_url: where a call handler takes a call. An address that is empty is not shown.
        fresh: what is new for whoever looks; asked for when the bar is drawn, so that a part of a page asks nothing.
        goto_url: the page of all places, which `g` opens as a list on the page itself.
        toolkit_url: a place of the menu that has an access key of its own, so that it is two keys from any page.
        told: what has just been done, said once at the top of the next page.
        invitation: what to try, on the page where they start; nothing outside a demonstration.
        marking: the protective marking, at the foot and on paper.
        print_url: where this page is asked for on paper, and ``page``, its address; empty where it is not to be had.
    """

    now: datetime
    places: tuple[Place, ...] = ()
    menu: tuple[Place, ...] = ()
    signed_in: bool = True
    person_name: str = ""
    person_role: str = ""
    can_take_call: bool = False
    take_call_url: str = ""
    find_url: str = ""
    toolkit_url: str = ""
    home_url: str = "/"
    sign_out_url: str = ""
    shortcuts_on: bool = True
    shortcuts_url: str = ""
    ways_url: str = ""
    demo: bool = False
    goto_url: str = ""
    new_url: str = ""
    fresh: Callable[[], Fresh] = nothing_new
    marking: str = ""
    print_url: str = ""
    page: str = ""
    told: tuple[str, ...] = ()
    invitation: Invitation | None = None
