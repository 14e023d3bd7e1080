"""My work, a profile and a briefing, with the frame that each person sees."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.foundation.ui_gallery.frames import at, frame
from watchward.foundation.ui.frame import Place, Shortcut
from watchward.foundation.ui.parts import (
    Button,
    Clock,
    Column,
    DutyRow,
    Evidence,
    Guess,
    Hand,
    Ledger,
    Line,
    Link,
    Mark,
    Matters,
    Row,
    Soft,
    State,
    Strong,
    Table,
)

LIST_KEYS = tuple(
    Shortcut(*each.split(" ", 1))
    for each in ["J next", "K back", "Enter open", "R do it", "G give to", "A ask", "V why: the rule", "Z undo"]
)


def _duty(state: State, due: str, asks: str, about: Any, rule: str, does: str, *, here: bool = False) -> DutyRow:
    actions = (
        Button(does, "do", "do", key="r", keys="list", small=True),
        Button("Give to", "do", "give", key="h", keys="list", small=True),
        Button("Ask", "do", "ask", key="a", keys="list", small=True),
    )
    return DutyRow(state, due, asks, "#", about, rule, actions, here)


def my_work() -> dict[str, Any]:
    """Return a sergeant's morning."""
    return {
        "frame": frame("Sgt Moira Lowndes", "Response A, Stoke North", current="My work", takes_calls=True),
        "ledger": Ledger(64, 47, 2, 15, 3, 4, 8, "Response A", "Mon 24 June", at("07:45"), 44, 2, 0, "#"),
        "late": (
            _duty(
                State("32 h late", "late"),
                "due Sat 23:14",
                "Was the risk in this domestic incident assessed?",
                ("Kerry-Ann Machin, Kilncroft Street, 28 June. ", Strong("Rang 999 again at 07:43")),
                "Force policy, DIAL within 24 hours, from 1 Jan 2019",
                "Assess now",
                here=True,
            ),
            _duty(
                State("1 day late", "late"),
                "due Sat 29 Jun",
                "Have you reviewed this release under investigation?",
                "Kyle Bagnall, burglary, PC Ostrowski. Released 1 June",
                "Force policy, review at 28 days",
                "Review",
            ),
            _duty(
                State("45 min late", "late"),
                "due 07:00",
                "Was the school told before it opened?",
                "Mason Tams, 9, Hillcrest Primary, opens 08:50. PC Ostrowski",
                "Operation Encompass, before 09:00. Own check at 07:00",
                "Send notice",
            ),
        ),
        "today": (
            _duty(
                State("10:00", "soon"),
                "2 h 15 left",
                "Is there an investigation plan?",
                "Robbery, Swan Passage, PC Dawes. Allocated Friday",
                "Force policy, plan in 3 days",
                "Review",
            ),
            _duty(
                State("12:30", "soon"),
                "4 h 45 left",
                "May this bail be extended?",
                "Lee Hulme, assault, PC Ostrowski. Bail ends 4 July",
                "PACE 1984 s 47ZD, from 3 Apr 2017. Inspector decides",
                "Recommend",
            ),
            _duty(
                State("17:00", "soon"),
                "9 h left",
                "Was she told what has happened?",
                "Kerry-Ann Machin, bank card, PC Rudge",
                "Victims’ Code 2015, 5 working days",
                "Remind PC Rudge",
            ),
        ),
        "risk": (
            _duty(
                State("Thu 4 Jul", "ok"),
                "3 days left",
                "Has the victim been asked for a personal statement?",
                ("Assault, Bell Entry. ", Strong("PC Rudge is off until Friday")),
                "Victims’ Code 2015",
                "Give to",
            ),
        ),
        "team": Table(
            (
                Column("Officer"),
                Column("Late", True),
                Column("Today", True),
                Column("Later", True),
                Column("Crimes", True),
            ),
            (
                Row(((Link("Sgt Lowndes", "#"), " ", Soft("you")), Strong("2"), "1", "1", "0")),
                Row((Link("PC Ostrowski", "#"), Strong("1"), "1", "3", "9")),
                Row(((Link("PC Rudge", "#"), " ", Soft("off to Fri")), "0", "1", "1", "7")),
                Row((Link("PC Dawes", "#"), "0", "1", "1", "6")),
            ),
            Row(("Team", "3", "4", "6", "22")),
        ),
        "released": (
            Mark("Fri", "House visit, Bell Entry: he is in prison. Sgt Lowndes"),
            Mark("Wed", "Call back, duplicate of C-190625-0388. P. Nandra"),
        ),
        "keys": LIST_KEYS,
    }


def profile() -> dict[str, Any]:
    """Return one person across the force."""
    closed = State("closed", "done")
    return {
        "frame": frame("Sgt Moira Lowndes", "Response A, Stoke North", current="Oversight"),
        "hands": (Hand("open"), Hand("locked", "1 part locked")),
        "tabs": tuple(
            Place(label, f"#{to}")
            for label, to in (
                ("Chronicle", "h-chron"),
                ("Owed", "h-owed"),
                ("Roles", "h-roles"),
                ("Same person", "h-same"),
            )
        ),
        "matters": Matters(
            (
                Strong("Repeat victim of domestic abuse."),
                " 4 contacts in 30 days, getting worse. Lives with ",
                Strong("Dean Salt"),
                " (violent, knife, 2017) and 2 children. ",
                Strong("1 thing owed to her is late."),
            )
        ),
        "lines": (
            Line(
                at("07:43"),
                "999: Dean violent, she and children upstairs",
                "#",
                beneath="Caller and victim. Immediate, SN21 sent",
                state=State("open", "soon"),
                harm=True,
                now=True,
            ),
            Line(
                at("23:14", 28, 6),
                "Banging and screaming at number 27",
                "#",
                beneath="Victim. Neighbour rang. Attended after 2 h 10 min",
                state=State("not assessed", "late"),
                harm=True,
            ),
            Line(
                at("10:02", 19, 6),
                "Phone and bank card taken by Dean Salt",
                "#",
                beneath="Victim. Crime 35/20714/19, PC Rudge",
                state=State("open", "ok"),
            ),
            Line(
                at("21:47", 6, 6), "999 hung up, rung back", "#", beneath="Caller. Said it was a mistake", state=closed
            ),
            Line(
                at("02:15", 4, 11, 2018),
                "Front door kicked in",
                "#",
                beneath="Victim. Crime 35/38120/18, outcome 18: no suspect found",
                state=closed,
            ),
            Line(
                date(2018, 9, 12),
                "Place marked: treat calls as urgent",
                beneath="Fact, until 12 Sep 2019. Harm reduction hub, Stoke North",
                state=State("stands", "ok"),
            ),
            Line(
                date(2018, 5, 30),
                "Hub meeting note",
                beneath="Locked by Stoke North hub. Opening asks why, and is reviewed next day",
                state=Hand("locked"),
            ),
        ),
        "same": Guess(
            "Kerry Anne Machen",
            "Very likely her",
            "about 97 in 100",
            "#",
            ", born 14 Mar 1988. Custody, 2016",
            evidence=(
                Evidence("strong", "Same date of birth"),
                Evidence("strong", "Name sounds the same; spelling differs by 2 letters"),
                Evidence("some", "Address then, 8 Hollybush Walk, is her mother’s"),
                Evidence("missing", "No number on the 2016 record"),
            ),
            answers=(
                Button("Join", "is", "yes", key="y", small=True),
                Button("Not her", "is", "no", key="x", small=True),
                Button("Unsure", "is", "unsure", key="u", small=True),
            ),
            follows="Joining adds 1 arrest, 2016. It can be undone.",
        ),
        "joined": Table(
            (Column("Joined"), Column("Because"), Column("By"), Column("Action", hidden=True)),
            (
                Row(("“Kez Machin”, 19 Jun call", "Number and date of birth", "P. Nandra, 19 Jun", Link("Undo", "#"))),
                Row(("K Machin, 2018 crime", "Address and date of birth", "PC Rudge, 5 Nov 2018", Link("Undo", "#"))),
            ),
            stack=True,
        ),
        "owed": (
            Mark(
                State("32 h late", "late"),
                Strong("Risk assessment (DIAL), 28 June"),
                "You. Due 29 Jun 23:14. Force policy: 24 hours",
            ),
            Mark(
                State("today 17:00", "soon"),
                Strong("Update on the bank card"),
                "PC Rudge. Victims’ Code 2015: 5 working days",
            ),
            Mark(
                State("Wed 3 Jul", "ok"), Strong("Offer to make a personal statement"), "PC Rudge. Victims’ Code 2015"
            ),
        ),
        "roles": Table(
            (Column("Role"), Column("12 months", True), Column("Ever", True)),
            (Row(("Victim", "5", "5")), Row(("Caller", "4", "6")), Row(("Witness", "0", "1"))),
        ),
        "household": (
            Mark("Partner", (Link("Dean Salt", "#"), ", 34 ", State("violent", "ok"))),
            Mark("Daughter", (Link("Ellie Machin", "#"), ", 7, Brookhouse Primary")),
            Mark("Son", (Link("Jack Salt", "#"), ", 2")),
        ),
        "looked": (
            Mark("07:45", "You, for the late risk assessment"),
            Mark("07:43", "P. Nandra, taking call C-190701-0112"),
        ),
    }


def briefing() -> dict[str, Any]:
    """Return what is behind the door."""
    return {
        "frame": frame("SN21", "", current=""),
        "clock": Clock("12 min left", "soon", 20, "Immediate, due 07:58"),
        "warnings": (
            Mark("Violent", (Strong("Dean Salt"), ", 34. Fought officers, 2017")),
            Mark("Knife", "Dean Salt carried one, 2017. None seen today"),
            Mark("Dog", "Large, loose in the yard. Use the front"),
        ),
        "lives": (
            Mark("Adult, 31", (Strong("Kerry-Ann Machin"), ", “Kez”. The caller. Left arm hurt")),
            Mark("Adult, 34", (Strong("Dean Salt"), ", her partner")),
            Mark("Child, 7", (Strong("Ellie Machin"), ", Brookhouse Primary")),
            Mark("Child, 2", Strong("Jack Salt")),
        ),
        "history": (
            Line(date(2019, 6, 28), "Screaming, heard by neighbour. Risk not assessed"),
            Line(date(2019, 6, 19), "He took her phone and bank card"),
            Line(date(2019, 6, 6), "999 hung up. “By mistake”"),
            Line(date(2018, 11, 4), "Front door kicked in, no suspect", shown="Nov 2018"),
        ),
        "ask": (
            ("Speak to her ", Strong("away from him")),
            ("See ", Strong("both children"), ", awake and upright"),
            "Has he ever put his hands round your neck?",
        ),
    }
