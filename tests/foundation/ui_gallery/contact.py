"""A busy 999 call and a quiet 101 call."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.foundation.ui_gallery.frames import at, frame
from watchward.foundation.ui.frame import Shortcut
from watchward.foundation.ui.parts import (
    Button,
    Evidence,
    Grade,
    Guess,
    Hand,
    Ident,
    Line,
    Link,
    LogLine,
    Mark,
    Matters,
    Soft,
    Spark,
    State,
    Strong,
    ThriveRow,
    Tick,
    Trend,
)

LEVELS = (("none", "None"), ("some", "Some"), ("high", "High"))
KEYS = "C caller,P place,W what,L log,Y her,X not her,U unsure,I identify,"
KEYS += "T THRIVE,G another grade,A advice,S open incident,N new call"


def answers(her: str) -> tuple[Button, ...]:
    """Return the three answers in their fixed order."""
    return (
        Button(f"That is {her}", "is", "yes", key="y"),
        Button(f"Not {her}", "is", "no", key="x"),
        Button("Unsure", "is", "unsure", key="u"),
    )


def busy() -> dict[str, Any]:
    """Return a call that must be answered fast."""
    return {
        "frame": frame("Priya Nandra", "call handler", current="Contact"),
        "call": {
            "kind": "999 call",
            "where": "Kilncroft Street, Burslem",
            "reference": "C-190701-0112",
            "since": at("07:43:47"),
            "rang": at("07:43:41"),
            "answered": "6 s",
            "saved": at("07:44:58"),
        },
        "matters": Matters(
            (
                Strong("4th contact in 30 days, getting worse."),
                " Dean Salt lives here: ",
                Strong("violent, carried a knife"),
                " (2017). ",
                Strong("2 children"),
                " in the house. Place marked ",
                Strong("treat as urgent"),
                ". Risk assessment of Friday ",
                Strong("still not done"),
                ".",
            )
        ),
        "actions": (
            Button("New call", "do", "new", key="n", small=True, form="call"),
            Button("Open incident, grade 1", "do", "open", key="s", look="go", form="call"),
        ),
        "fields": (
            (
                "number",
                "Number",
                "",
                "07700 900417",
                (Strong("Known. Ask before ringing back:"), " he has taken her phone before."),
            ),
            ("caller", "Caller", "C", "Kez Machin", ""),
            (
                "place",
                "Place",
                "P",
                "27 Kilncroft Street, Burslem",
                (Strong("Found."), " ST6, Stoke North. Urban, 15 min. Not ", Strong("Kilncroft Close"), ", Tunstall?"),
            ),
            ("people", "Others", "", "Dean Salt", (Strong("Almost certain:"), " Dean Salt, 34, lives here.")),
        ),
        "kinds": ("Domestic: violence, happening now", "Domestic: no violence"),
        "typing": "Shouting on the stairs",
        "log": (
            LogLine(at("07:44:51"), "Yes or no only from now. Weapon seen? No."),
            LogLine(at("07:44:40"), "Advice given: leave the line open", automatic=True),
            LogLine(at("07:44:29"), "With Ellie and Jack in the back bedroom. Door does not lock."),
            LogLine(at("07:44:12"), "Pushed her into the door. Left arm hurts, can move it. No ambulance wanted."),
            LogLine(at("07:43:58"), "Dean has been drinking all night. Downstairs now."),
            LogLine(at("07:43:49"), "Whispering. “He’s kicking off again.”"),
            LogLine(at("07:43:42"), "Number recognised before answering: Kerry-Ann Machin, likely", automatic=True),
        ),
        "typed_at": at("07:44:40"),
        "guesses": (
            Guess(
                "Kerry-Ann Machin",
                "Very likely her",
                "about 94 in 100",
                "#",
                ", 31",
                "born 14 Mar 1988",
                "Her or someone she lives with: almost certain.",
                (
                    Evidence("strong", "Number she used on 6 and 19 June"),
                    Evidence("strong", "Lives at 27 Kilncroft Street since Feb 2018"),
                    Evidence("some", "“Kez” is a name she has given before"),
                    Evidence("against", "Her mother rang once on this number, 9 Jan 2019"),
                    Evidence("not_asked", "Date of birth"),
                ),
                answers("her"),
            ),
            Guess(
                "Denise Machin",
                "Unlikely",
                "about 4 in 100",
                "#",
                ", 58, her mother",
                evidence=(
                    Evidence("some", "Same number once, same surname"),
                    Evidence("against", "Lives at 8 Hollybush Walk, Leek; never called “Kez”"),
                ),
            ),
        ),
        "locked": Hand("locked"),
        "marks": (
            Mark("Warning", (Strong("Dean Salt"), ": violent, carried a knife. 2017, review 3 Aug")),
            Mark("Place", "Treat calls as urgent, until 12 Sep 2019"),
            Mark("Children", "Ellie, 7 (Brookhouse Primary). Jack, 2"),
            Mark("Orders", "None in force", quiet=True),
        ),
        "trend": Trend(
            (
                Strong("4 in 30 days"),
                ", 4 in 90, 7 in a year. ",
                Strong("Rising:"),
                " at the earlier rate, chance gives this about once in 800.",
            ),
            Spark(
                (0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 3, 1),
                "Contacts a month, July 2018 to July 2019: none to 1 until May, then 3 in June and 1 today",
            ),
        ),
        "lines": (
            Line(
                at("23:14", 28, 6),
                "Banging and screaming, heard by neighbour",
                "#",
                "Fri 28 Jun",
                "Delayed, attended after 2 h 10 min. No offence disclosed",
                State("not assessed", "late"),
                harm=True,
            ),
            Line(
                at("10:02", 19, 6),
                "He has taken her phone and bank card",
                shown="Wed 19 Jun",
                state=State("open crime"),
            ),
            Line(
                at("21:47", 6, 6),
                "999 hung up. Rang back: “by mistake”",
                shown="Thu 6 Jun",
                state=State("closed", "done"),
            ),
            Line(date(2019, 3, 12), "Argument, domestic. Standard risk", state=State("closed", "done")),
            Line(
                date(2018, 11, 4),
                "Front door kicked in. She was the victim",
                shown="4 Nov 2018",
                state=State("no suspect", "done"),
            ),
        ),
        "owed": (
            Mark(
                State("32 h late", "late"),
                ("Risk assessment (DIAL) of 28 June. Sgt Lowndes ", Soft("told again 06:00")),
            ),
            Mark(State("today 17:00", "soon"), "Update on the stolen bank card. PC Rudge"),
        ),
        "grade": Grade(
            "Suggested: 1 Immediate",
            ("At scene by ", Strong("07:58"), ": 15 min, urban, from when it rang."),
            (
                "Violence now, and he is still there",
                "Children in the house",
                "Getting worse, risk of Friday not assessed",
            ),
            "Force grading policy, 1 Apr 2019, rules 1.2, 1.4 and 2.1",
            (Button("Another grade, say why", "grade", "other", key="g", small=True),),
        ),
        "idents": (
            Ident("rv", "Repeat victim", "yes", "Recognised: victim 4 times in 12 months", key="i"),
            Ident("da", "Domestic abuse", "yes", "Asked, and recognised: 3 reports in 12 months"),
            Ident(
                "mh",
                "Mental ill health",
                None,
                "Nothing recorded.",
                (Strong("When safe:"), " “Is anyone there unwell or taking medication?”"),
            ),
        ),
        "thrive": (
            ThriveRow("threat", "Threat", "He is in the house, shouting, on the stairs", "high", LEVELS, "t"),
            ThriveRow("harm", "Harm", "Pushed into door, arm hurts", "some", LEVELS),
            ThriveRow("risk", "Risk", levels=LEVELS),
            ThriveRow("investigate", "Investigate", levels=LEVELS),
            ThriveRow("vulnerable", "Vulnerable", "2 children with her; money and phone taken before", "high", LEVELS),
            ThriveRow("engage", "Engage", levels=LEVELS),
        ),
        "advice": (
            Tick("advice", "1", "Leave the line open. Put the phone down out of sight", True, "said 07:44", "a"),
            Tick("advice", "2", "Stay where there is a way out, away from the kitchen"),
            Tick("advice", "3", "If you can leave with the children safely, go to a neighbour"),
            Tick("advice", "4", "Do not tell him police are coming"),
        ),
        "keys": tuple(Shortcut(*each.split(" ", 1)) for each in KEYS.split(",")),
        "open_locked": Link("Open it and say why", "#"),
    }


def quiet() -> dict[str, Any]:
    """Return a routine call: no red, no yellow, no heavy bar."""
    calm = busy()
    calm.update(
        call={
            "kind": "101 call",
            "where": "found bicycle",
            "reference": "C-190701-0114",
            "since": at("07:43:51"),
            "rang": at("07:43:22"),
            "answered": "29 s",
            "saved": at("07:44:56"),
        },
        matters=Matters("2nd contact in a year, not rising. No markers, nothing owed.", calm=True),
        actions=(
            Button("New call", "do", "new", key="n", small=True, form="call"),
            Button("Finish, no visit", "do", "finish", key="s", look="go", form="call"),
        ),
        fields=(
            ("number", "Number", "", "01632 960288", (Strong("Known."), " One contact, Oct 2018.")),
            ("caller", "Caller", "C", "Brian Copestake", ""),
            (
                "place",
                "Place",
                "P",
                "Mosspit Allotments, Stafford",
                (Strong("Found."), " ST17, Stafford. No previous incidents in a year."),
            ),
            ("people", "Others", "", "", ""),
        ),
        kinds=("Property: found",),
        typing="",
        log=(
            LogLine(at("07:44:30"), "No children about. Caller has taken it home, 3 Larkhill Rise."),
            LogLine(at("07:43:58"), "Found a child’s bike on the verge, red, 16-inch, looks new."),
        ),
        typed_at=at("07:44:10"),
        guesses=(
            Guess(
                "Brian Copestake",
                "Likely him",
                "about 88 in 100",
                "#",
                ", 67",
                "born 2 Feb 1952",
                "Him or someone he lives with: almost certain.",
                (
                    Evidence("strong", "Number he gave in Oct 2018"),
                    Evidence("some", "Same full name; 2 others in the county have it"),
                    Evidence("not_asked", "Date of birth"),
                ),
                answers("him"),
            ),
        ),
        locked=None,
        marks=(),
        trend=None,
        lines=(
            Line(
                date(2018, 10, 15),
                "Fallen tree across Larkhill Rise",
                shown="15 Oct 2018",
                state=State("closed", "done"),
            ),
        ),
        owed=(),
        grade=Grade(
            "Suggested: 4 No visit",
            "Front counter to collect, by appointment.",
            (),
            "Force grading policy, 1 Apr 2019, rule 4.3: found property, no threat",
            (Button("Another grade, say why", "grade", "other", key="g", small=True),),
        ),
        idents=(
            Ident("rv", "Repeat victim", "no", "Recognised: not a victim since 1 Jul 2018", key="i"),
            Ident("da", "Domestic abuse", "no", "Recognised: no report"),
            Ident("mh", "Mental ill health", "no", "Asked 07:44"),
        ),
        thrive=(),
        advice=(),
    )
    return calm
