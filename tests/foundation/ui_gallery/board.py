"""The board of the control room."""

from __future__ import annotations

from typing import Any

from tests.foundation.ui_gallery.frames import frame
from watchward.foundation.ui.parts import BoardRow, Clock, Column, Mark, Row, State, Strong, Sum, Table


def _row(words: str, tone: Any, share: int, due: str, where: str, what: Any, who: Any, more: str) -> BoardRow:
    return BoardRow(Clock(words, tone, share, due), where, "#", what, who, more)


def board() -> dict[str, Any]:
    """Return the control room's board."""
    number = [Column(each, True) for each in ("Free", "Going", "There", "Off road")]
    return {
        "frame": frame("Insp Ruth Adeyemi", "force incident manager", current="Contact", takes_calls=True),
        "sums": (
            Sum("4", "Immediate open", (State("1 over", "late"), State("2 in 15 min", "soon"))),
            Sum("9", "Priority open", (State("2 over", "late"), State("2 in 15 min", "soon"))),
            Sum("4", "Delayed", (State("2 to re-assess", "late"),)),
            Sum("4", "No unit sent", more="oldest 1 h 25"),
            Sum("0 + 3", "999 + 101 waiting", (State("No surge", "ok"),)),
        ),
        "immediate": (
            _row(
                "8 min over",
                "late",
                100,
                "due 07:37",
                "Wharf Bridge, Stone",
                "Mental ill health. Re-assessed 07:38",
                "ST11, 2 min away",
                "sent 07:24",
            ),
            _row(
                "6 min left",
                "soon",
                70,
                "due 07:51",
                "Longmoor Island, Uttoxeter",
                "Crash, one trapped. Rural",
                "EM04, 5 min away",
                "sent 07:33",
            ),
            _row(
                "13 min left",
                "soon",
                13,
                "due 07:58",
                "27 Kilncroft Street, Burslem",
                "Domestic, violence now, 2 children",
                "SN21, 6 min away",
                "sent 07:45",
            ),
        ),
        "delayed": (
            _row(
                "25 min late",
                "late",
                100,
                "owed 07:20",
                "6 Ashlar Close, Tamworth",
                (Strong("High harm."), " Domestic, he has left. Never re-assessed, not rung back"),
                Strong("No unit"),
                "nearest TW08, free 08:05",
            ),
            _row(
                "5 min late",
                "late",
                100,
                "owed 07:40",
                "Heath House, Leek",
                (Strong("High harm."), " Missing, 14. Re-assessed and carer rung 07:10"),
                "MO02, searching",
                "sent 06:31",
            ),
            _row(
                "16 min left",
                "ok",
                47,
                "owed 08:01",
                "31 Osier Bank, Burton",
                (Strong("Medium harm."), " Domestic, by phone at her wish. Re-assessed 07:31"),
                "J. Brindley",
                "rings her 08:00",
            ),
        ),
        "priority": (
            _row(
                "7 min left",
                "soon",
                88,
                "due 07:52",
                "Cinder Path, Hednesford",
                "Neighbour with a hammer, has gone in",
                "CK07, 4 min away",
                "sent 07:38",
            ),
            _row(
                "13 min left",
                "soon",
                78,
                "due 07:58",
                "Market Arcade, Cannock",
                "Shopkeeper threatened",
                Strong("No unit"),
                "nearest CK03, 9 min away",
            ),
        ),
        "no_unit": Table(
            (Column("Age"), Column("Incident"), Column("Grade")),
            (
                Row(("1 h 25", "Ashlar Close, Tamworth", "Priority")),
                Row(("47 min", "Market Arcade, Cannock", "Priority")),
                Row(("14 min", "Shed break, Lichfield", "Priority")),
                Row(("6 min", "Cattle on road, Eccleshall", "Priority")),
            ),
            bare=True,
        ),
        "units": Table(
            (Column("Area"), *number),
            (
                Row(("Stoke", "2", "1", "3", "1")),
                Row(("Newcastle, Moorlands", "1", "1", "2", "0")),
                Row(("Stafford, South Staffs", "2", "1", "1", "1")),
                Row(("Cannock, Lichfield", "1", "1", "2", "0")),
                Row((("Tamworth ", State("none free", "soon")), Strong("0"), "0", "2", "1")),
                Row(("Burton, Uttoxeter", "1", "1", "1", "0")),
            ),
            Row(("Force", "7", "5", "11", "3")),
        ),
        "triage": (
            Mark("North", (State("Off duty", "ok"), " On at ", Strong("16:00"), ", until 02:00 Tue")),
            Mark("South", State("No car", "ok")),
            Mark("Advice", ("Nurse on the line ", Strong("now"), ": 01632 960150")),
        ),
        "room": Table(
            (Column("Role"), Column("In", True), Column("Need", True), Column("Could", True)),
            (
                Row(("999", "5", "4", "8")),
                Row(("101", "6", "6", "11")),
                Row(("Dispatch", "7", "7", "9")),
                Row((("Triage desk ", State("1 short", "soon")), Strong("1"), "2", "4")),
            ),
        ),
    }
