"""Pages that say one thing: refused, not found, changed by two, away, locked, sure, sign in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.foundation.ui_gallery.frames import at, frame
from watchward.foundation.ui.frame import Persona
from watchward.foundation.ui.parts import Button, Column, Difference, Ledger, Strong, Table


@dataclass(frozen=True)
class Why:
    """A reason as the kernel gives it."""

    words: str
    cite: str = ""
    field: str = ""


REASONS = (
    Why("Only an inspector may extend this bail.", "PACE 1984 s 47ZD, from 3 April 2017"),
    Why("It ended on 27 June, 4 days ago."),
)


def alone() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return template and context of each page."""
    framed = {"frame": frame("Sgt Moira Lowndes", "Response A, Stoke North", takes_calls=True)}
    bare = {"frame": None}
    away: dict[str, Any] = {"pairs": (), "action": "/", "had_files": False}
    purposes = (
        ("call", "A call I am dealing with"),
        ("investigation", "An investigation I am on"),
        ("safety", "Somebody’s safety now"),
        ("other", "Another reason, written below"),
    )
    locked = {
        "of": "Hub meeting note, 30 May 2018",
        "locked_by": "Stoke North hub",
        "action": "/open",
        "back_url": "#",
        "purposes": purposes,
        "chosen": "",
        "typed": "",
        "wrong": "",
    }
    short = Ledger(64, 47, 2, 13, 3, 4, 6, "Response A", "Mon 24 June", at("07:45"), hidden=3, rows_url="#")
    told = {
        "frame": replace(frame("Sgt Moira Lowndes", "Response A"), told=("Bail was not changed",)),
        "reasons": REASONS,
        "ledger": short,
        "nothing": Table((Column("Condition"),), (), empty="No conditions yet"),
        "extend": Button("Extend", "do", "extend", key="s", look="go", why_not=REASONS),
    }
    return {
        "told": ("gallery/told.html", told),
        "expired": ("ui/expired.html", framed | {"action": "/save", "pairs": (("line", "Ring the bank"),)}),
        "refused": ("ui/refused.html", framed | {"reasons": REASONS, "back_url": "#"}),
        "missing": ("ui/missing.html", framed),
        "fault": ("ui/fault.html", bare | {"reference": "F-0745-31"}),
        "outage": ("ui/outage.html", bare | away),
        "outage-sent": (
            "ui/outage.html",
            bare
            | {"pairs": (("line", 'He said "<go>"'), ("line", "two\nlines")), "action": "/call", "had_files": True},
        ),
        "conflict": (
            "ui/conflict.html",
            framed
            | {
                "of": "the investigation plan of crime 35/20714/19",
                "who": "PC Rudge",
                "at": at("07:41"),
                "action": "/save",
                "keep_url": "#",
                "version": 4,
                "pairs": (("lines", "Ring the bank"),),
                "differences": (
                    Difference(
                        "Lines of enquiry",
                        "Ring the bank\nSee the neighbour at 29",
                        "Ring the bank\nAsk for CCTV of the cash machine",
                    ),
                    Difference("Risk", "High", "High"),
                    Difference("Next review", "4 July", ""),
                ),
            },
        ),
        "locked": ("ui/locked.html", framed | locked),
        "locked-wrong": (
            "ui/locked.html",
            framed | locked | {"chosen": "other", "wrong": "Say in your own words why you need it"},
        ),
        "confirm": (
            "ui/confirm.html",
            framed
            | {
                "title": "Cancel this warrant?",
                "says": ("Shane Poulson, ", Strong("fail to appear"), ", 12 May 2019."),
                "pairs": (("warrant", "7"),),
                "action": "/cancel",
                "cancel_url": "#",
                "follows": ("He is no longer circulated as wanted", "The daily check of prisons stops"),
                "button": Button("Cancel the warrant", "do", "yes", look="stop"),
            },
        ),
        "sign-in": (
            "ui/sign_in.html",
            bare
            | {
                "demo": True,
                "expired": True,
                "action": "/sign-in",
                "next_path": "/my-work",
                "personas": (
                    Persona("nandra", "Priya Nandra", "Call handler, control room", "Takes calls, opens incidents"),
                    Persona(
                        "lowndes",
                        "Sgt Moira Lowndes",
                        "Response sergeant, Stoke North",
                        "Her team’s duties, domestic abuse assessments",
                    ),
                ),
            },
        ),
        "sign-in-empty": ("ui/sign_in.html", bare | {"demo": True, "action": "/sign-in", "personas": ()}),
    }
