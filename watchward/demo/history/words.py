"""The few words in which an earlier system kept things. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from watchward.domains.crimes.vocabulary import Demand
from watchward.domains.incidents.vocabulary import Kind
from watchward.domains.victims.vocabulary import Withdraws

WHAT: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.COLLISION_INJURY: ("Two cars, one driver hurt", "Cyclist knocked off at the lights"),
    Kind.COLLISION_DAMAGE: ("Two vans, nobody hurt", "Car into a wall"),
    Kind.ROAD_OBSTRUCTION: ("Tree across the lane", "Broken-down lorry on the bend", "Cattle on the road"),
    Kind.ASB_PERSONAL: ("Same boys shout at her window", "Neighbour bangs on the wall on purpose"),
    Kind.ASB_NUISANCE: ("Off-road motorbikes", "Music in the street", "Football against the garage doors"),
    Kind.ASB_ENVIRONMENTAL: ("Rubbish set alight", "Needles on the playing field"),
    Kind.CONCERN: ("Not seen for some days", "Sounded confused on the telephone", "Door open, nobody answers"),
    Kind.MISSING: ("Not back from school", "Left the ward", "Did not come home"),
    Kind.DOMESTIC: ("Argument heard through the wall", "He will not leave", "Pushed, and her telephone taken"),
    Kind.MENTAL_HEALTH: ("Says that she will harm herself", "Talks to people who are not there"),
    Kind.SUDDEN_DEATH: ("Found by the carer in the morning", "Found by a neighbour"),
    Kind.SUSPICIOUS: ("Tries the doors of cars", "Man photographs the sheds", "Torch in the empty works"),
    Kind.CALL_CUT_OFF: ("Line open, shouting, then nothing", "Silent call"),
    Kind.ALARM: ("Intruder alarm, keyholder informed", "Panic alarm at the counter"),
    Kind.VIOLENCE: ("Punched outside", "Pushed to the ground", "Kicked by two men"),
    Kind.SEXUAL: ("Reports a sexual offence",),
    Kind.ROBBERY: ("Bag taken with force", "Telephone taken under threat"),
    Kind.BURGLARY: ("Back door forced", "Shed broken into", "Window smashed, drawers searched"),
    Kind.THEFT: ("Parcel taken from the step", "Goods carried out past the till", "Purse gone from a trolley"),
    Kind.VEHICLE: ("Tools gone from a van", "Car gone from the drive", "Number plates taken"),
    Kind.DAMAGE: ("Tyres slashed", "Paint on the shutter", "Greenhouse broken"),
    Kind.FRAUD: ("Paid for work that was never done",),
    Kind.OTHER_CRIME: ("Smell of cannabis and many callers", "Shouted at and threatened", "Knife seen"),
    Kind.ADVICE: ("Asks what to do about a lodger", "Asks about a found dog"),
    Kind.COMPLAINT: ("Unhappy with how long it took",),
    Kind.DUPLICATE: ("Already reported",),
}
WENT: Final = ("Seen and advised", "Area searched, nobody found", "Details taken, nothing more to do today",
               "Parties spoken to and parted")  # fmt: skip
NOBODY_WENT: Final = ("Caller rang back: no longer needed", "Settled on the telephone with the caller's agreement")
BY_TELEPHONE: Final = ("Advice given on the telephone", "Passed to the council", "Dealt with on the telephone")
LATE: Final = "The report came through another department first"

SAID: Final[Mapping[str, Mapping[Demand, str]]] = {
    "1": {Demand.CHARGED_HOW: "Charged at the custody suite"},
    "3": {Demand.ADMISSION: "Admitted in interview, on the recording"},
    "6": {Demand.RATIONALE: "Penalty notice given and accepted"},
    "7": {Demand.RATIONALE: "Small amount, warned and seized"},
    "8": {Demand.CONSULTED: "Agreed with it", Demand.ADMISSION: "Admitted to the officer, in the notebook"},
    "10": {Demand.RATIONALE: "Minor, and no need to take it further"},
    "14": {Demand.RATIONALE: "Nobody can be named without a statement"},
    "15": {Demand.RATIONALE: "One word against another and no other evidence"},
    "16": {Demand.RATIONALE: "No case without the victim's evidence"},
    "18": {Demand.RATIONALE: "No witness, no camera, no forensic trace"},
    "20": {Demand.AGENCY: "Council enforcement, by their own reference"},
    "21": {Demand.RATIONALE: "Nothing further would serve the victim"},
}
OWN_WORDS: Final[Mapping[Withdraws, str]] = {
    Withdraws.REPRISAL: "He would only come back and do worse",
    Withdraws.RELATIONSHIP: "We are back together and I want to leave it",
    Withdraws.FAMILY: "I do not want the children to go through it",
    Withdraws.MOVED_ON: "I just want to put it all behind me",
    Withdraws.NOT_PROSECUTED: "I only wanted it to stop, not a court case",
    Withdraws.COURT: "I could not stand up in a court and say it",
    Withdraws.DELAY: "It has gone on for far too long now",
    Withdraws.CONFIDENCE: "Nothing would come of it anyway, would it",
    Withdraws.SETTLED: "They have paid for it and said sorry",
}
