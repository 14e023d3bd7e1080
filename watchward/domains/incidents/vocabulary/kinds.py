"""What an incident is and who had a part in it."""

from __future__ import annotations

from enum import StrEnum


class Qualifier(StrEnum):
    """What an incident also is, beside its category; it counts demand and carries duties."""

    DOMESTIC_ABUSE = "domestic-abuse"
    MENTAL_ILL_HEALTH = "mental-ill-health"
    VULNERABLE = "vulnerable"
    REPEAT_VICTIM = "repeat-victim"
    CHILD = "child"
    HATE = "hate"
    WEAPON = "weapon"
    ALCOHOL = "alcohol"
    DRUGS = "drugs"
    HONOUR = "honour-based"

    @property
    def label(self) -> str:
        """Its words."""
        return self.value.replace("-", " ").capitalize()


class Group(StrEnum):
    """The four groups of the National Standard for Incident Recording, and crime beside them."""

    TRANSPORT = "Transport"
    ANTISOCIAL = "Anti-social behaviour"
    WELFARE = "Public safety and welfare"
    CRIME = "Crime"
    ADMINISTRATION = "Administration"


class Kind(StrEnum):
    """What an incident is: its opening code, and its closing code once it is known better."""

    COLLISION_INJURY = "collision-injury"
    COLLISION_DAMAGE = "collision-damage"
    ROAD_OBSTRUCTION = "road-obstruction"
    ASB_PERSONAL = "asb-personal"
    ASB_NUISANCE = "asb-nuisance"
    ASB_ENVIRONMENTAL = "asb-environmental"
    CONCERN = "concern"
    MISSING = "missing"
    DOMESTIC = "domestic"
    MENTAL_HEALTH = "mental-health"
    SUDDEN_DEATH = "sudden-death"
    SUSPICIOUS = "suspicious"
    CALL_CUT_OFF = "call-cut-off"
    ALARM = "alarm"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    ROBBERY = "robbery"
    BURGLARY = "burglary"
    THEFT = "theft"
    VEHICLE = "vehicle"
    DAMAGE = "damage"
    FRAUD = "fraud"
    OTHER_CRIME = "other-crime"
    ADVICE = "advice"
    COMPLAINT = "complaint"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        """Its words."""
        return _KINDS[self][0]

    @property
    def group(self) -> Group:
        """The group it counts in."""
        return _KINDS[self][1]


_KINDS: dict[Kind, tuple[str, Group]] = {
    Kind.COLLISION_INJURY: ("Collision, somebody hurt", Group.TRANSPORT),
    Kind.COLLISION_DAMAGE: ("Collision, damage only", Group.TRANSPORT),
    Kind.ROAD_OBSTRUCTION: ("Road blocked or dangerous", Group.TRANSPORT),
    Kind.ASB_PERSONAL: ("Anti-social behaviour aimed at somebody", Group.ANTISOCIAL),
    Kind.ASB_NUISANCE: ("Nuisance in the neighbourhood", Group.ANTISOCIAL),
    Kind.ASB_ENVIRONMENTAL: ("Anti-social behaviour that spoils a place", Group.ANTISOCIAL),
    Kind.CONCERN: ("Concern for somebody's safety", Group.WELFARE),
    Kind.MISSING: ("Missing person", Group.WELFARE),
    Kind.DOMESTIC: ("Domestic incident", Group.WELFARE),
    Kind.MENTAL_HEALTH: ("Mental health crisis", Group.WELFARE),
    Kind.SUDDEN_DEATH: ("Sudden death", Group.WELFARE),
    Kind.SUSPICIOUS: ("Something suspicious", Group.WELFARE),
    Kind.CALL_CUT_OFF: ("Call cut off", Group.WELFARE),
    Kind.ALARM: ("Alarm", Group.WELFARE),
    Kind.VIOLENCE: ("Violence against somebody", Group.CRIME),
    Kind.SEXUAL: ("Sexual offence", Group.CRIME),
    Kind.ROBBERY: ("Robbery", Group.CRIME),
    Kind.BURGLARY: ("Burglary", Group.CRIME),
    Kind.THEFT: ("Theft", Group.CRIME),
    Kind.VEHICLE: ("Vehicle taken or broken into", Group.CRIME),
    Kind.DAMAGE: ("Criminal damage", Group.CRIME),
    Kind.FRAUD: ("Fraud", Group.CRIME),
    Kind.OTHER_CRIME: ("Other crime", Group.CRIME),
    Kind.ADVICE: ("Advice asked for", Group.ADMINISTRATION),
    Kind.COMPLAINT: ("Complaint", Group.ADMINISTRATION),
    Kind.DUPLICATE: ("Already reported", Group.ADMINISTRATION),
}


class Part(StrEnum):
    """What part somebody had in an incident."""

    CALLER = "caller"
    VICTIM = "victim"
    SUSPECT = "suspect"
    WITNESS = "witness"
    CONCERN = "concern is for"
    CHILD = "child there"
    OTHER = "there"


SAME_EVENT = "incident:"
"""Begins the flag of a line of the chronicle that names the incident of which it tells: the two are one event."""
