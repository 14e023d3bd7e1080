"""How a crime may end: the Home Office's outcome types with their first days, and the groups of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from watchward.kernel.dated import Dated, NotInForce, Version


class Outcome(StrEnum):
    """The codes of the outcomes framework."""

    CHARGED = "1"
    CHARGED_ALTERNATE = "1A"
    YOUTH_CAUTION = "2"
    YOUTH_CAUTION_ALTERNATE = "2A"
    ADULT_CAUTION = "3"
    ADULT_CAUTION_ALTERNATE = "3A"
    TAKEN_INTO_CONSIDERATION = "4"
    OFFENDER_DIED = "5"
    PENALTY_NOTICE = "6"
    DRUG_WARNING = "7"
    COMMUNITY_RESOLUTION = "8"
    NOT_IN_PUBLIC_INTEREST_CPS = "9"
    NOT_IN_PUBLIC_INTEREST_POLICE = "10"
    SUSPECT_TOO_YOUNG = "11"
    SUSPECT_TOO_ILL = "12"
    WITNESS_DEAD_OR_TOO_ILL = "13"
    NO_SUPPORT_NO_SUSPECT = "14"
    DIFFICULTIES_WITH_SUPPORT = "15"
    NO_SUPPORT_SUSPECT_NAMED = "16"
    TIME_LIMIT_EXPIRED = "17"
    NO_SUSPECT = "18"
    FRAUD_BODY = "19"
    ANOTHER_BODY = "20"
    NO_FURTHER_INVESTIGATION = "21"
    DIVERSION = "22"


class Suspect(StrEnum):
    """What an outcome says of a suspect."""

    NAMED = "named"
    NOT_IDENTIFIED = "not identified"
    NOT_SAID = "not said"


class Victim(StrEnum):
    """What an outcome says of the victim's support."""

    SUPPORTS = "supports action, or there is no victim"
    DOES_NOT = "does not support action"
    NOT_SAID = "not said"


class OutcomeGroup(StrEnum):
    """The groups in which outcomes are counted.

    The Home Office's tables count 14 and 16 together. They are kept apart here, since only 16 has a suspect.
    """

    CHARGED = "Charged or summonsed"
    TAKEN_INTO_CONSIDERATION = "Taken into consideration"
    FORMAL = "Out of court, formal"
    INFORMAL = "Out of court, informal"
    PREVENTED = "Prosecution prevented or not in the public interest"
    DIFFICULTIES_WITH_SUPPORT = "Evidential difficulties, victim supports action"
    NO_SUPPORT_SUSPECT_NAMED = "Evidential difficulties, victim does not support action, suspect named"
    NO_SUPPORT_NO_SUSPECT = "Evidential difficulties, victim does not support action, no suspect"
    NO_SUSPECT = "No suspect identified"
    FRAUD_BODY = "Filed by the national fraud body"
    ANOTHER_BODY = "Action by another body"
    NO_FURTHER_INVESTIGATION = "Further investigation not in the public interest"
    DIVERSION = "Diversion, education or intervention"
    NOT_YET = "Not yet assigned"

    @property
    def heading(self) -> str:
        """The heading under which the Home Office's tables count it: 14 and 16 share one."""
        if self in (OutcomeGroup.NO_SUPPORT_SUSPECT_NAMED, OutcomeGroup.NO_SUPPORT_NO_SUSPECT):
            return "Evidential difficulties, victim does not support action"
        return self.value


@dataclass(frozen=True)
class OutcomeType:
    """One way in which a crime may end.

    Args:
        code: of the framework.
        words: what it says.
        suspect: what it says of a suspect.
        victim: what it says of the victim's support.
    """

    code: Outcome
    words: str
    suspect: Suspect = Suspect.NAMED
    victim: Victim = Victim.NOT_SAID

    def __str__(self) -> str:
        return f"{self.code.value} {self.words}"


_O = Outcome
_FROM_2014 = (
    OutcomeType(_O.CHARGED, "Charged, summonsed or sent a postal requisition"),
    OutcomeType(_O.CHARGED_ALTERNATE, "Charged or summonsed with an alternate offence"),
    OutcomeType(_O.YOUTH_CAUTION, "Youth caution or youth conditional caution"),
    OutcomeType(_O.YOUTH_CAUTION_ALTERNATE, "Youth caution or youth conditional caution for an alternate offence"),
    OutcomeType(_O.ADULT_CAUTION, "Adult simple or conditional caution"),
    OutcomeType(_O.ADULT_CAUTION_ALTERNATE, "Adult simple or conditional caution for an alternate offence"),
    OutcomeType(_O.TAKEN_INTO_CONSIDERATION, "Taken into consideration by a court"),
    OutcomeType(_O.OFFENDER_DIED, "The offender has died"),
    OutcomeType(_O.PENALTY_NOTICE, "Penalty notice for disorder"),
    OutcomeType(_O.DRUG_WARNING, "Cannabis or khat warning"),
    OutcomeType(_O.COMMUNITY_RESOLUTION, "Community resolution"),
    OutcomeType(_O.NOT_IN_PUBLIC_INTEREST_CPS, "Prosecution not in the public interest, decided by the CPS"),
    OutcomeType(_O.NOT_IN_PUBLIC_INTEREST_POLICE, "Formal action not in the public interest, decided by the police"),
    OutcomeType(_O.SUSPECT_TOO_YOUNG, "Named suspect is below the age of criminal responsibility"),
    OutcomeType(_O.SUSPECT_TOO_ILL, "Named suspect is too ill to prosecute"),
    OutcomeType(_O.WITNESS_DEAD_OR_TOO_ILL, "Named suspect, but the victim or key witness is dead or too ill"),
    OutcomeType(
        _O.NO_SUPPORT_NO_SUSPECT,
        "Suspect not identified, and the victim does not support further action",
        Suspect.NOT_IDENTIFIED,
        Victim.DOES_NOT,
    ),
    OutcomeType(
        _O.DIFFICULTIES_WITH_SUPPORT,
        "Named suspect, the victim supports action, evidential difficulties prevent it",
        Suspect.NAMED,
        Victim.SUPPORTS,
    ),
    OutcomeType(
        _O.NO_SUPPORT_SUSPECT_NAMED,
        "Named suspect, but the victim does not support further action or has withdrawn",
        Suspect.NAMED,
        Victim.DOES_NOT,
    ),
    OutcomeType(_O.TIME_LIMIT_EXPIRED, "Suspect identified, but the time limit for prosecution has expired"),
    OutcomeType(_O.NO_SUSPECT, "Investigation complete, no suspect identified", Suspect.NOT_IDENTIFIED),
    OutcomeType(_O.FRAUD_BODY, "Filed by the national fraud body, not solved", Suspect.NOT_SAID),
)
_ANOTHER_BODY = OutcomeType(_O.ANOTHER_BODY, "Action is taken by another body or agency", Suspect.NOT_SAID)
_NO_FURTHER = OutcomeType(
    _O.NO_FURTHER_INVESTIGATION,
    "Further investigation to support formal action is not in the public interest, decided by the police",
)
_DIVERSION = OutcomeType(
    _O.DIVERSION, "Diversionary, educational or intervention activity, no formal action", Suspect.NOT_SAID
)

OUTCOMES: Dated[tuple[OutcomeType, ...]] = Dated(
    title="Outcome types",
    chosen_by="the day the outcome is recorded",
    versions=(
        Version(
            in_force=date(2014, 4, 1),
            cite="Home Office Counting Rules, General Rules, Section H; supplied by forces in full since April 2014 "
            "(Crime outcomes in England and Wales, Technical Annex)",
            value=_FROM_2014,
        ),
        Version(
            in_force=date(2015, 4, 1),
            cite="Home Office Counting Rules 2015/16, Section H: outcome 20 (first day to be confirmed)",
            value=(*_FROM_2014, _ANOTHER_BODY),
        ),
        Version(
            in_force=date(2016, 1, 1),
            cite="Home Office Counting Rules 2015/16, Section H: outcome 21 (first day to be confirmed)",
            value=(*_FROM_2014, _ANOTHER_BODY, _NO_FURTHER),
        ),
        Version(
            in_force=date(2019, 4, 1),
            cite="Home Office Counting Rules 2019/20, Section H: outcome 22",
            value=(*_FROM_2014, _ANOTHER_BODY, _NO_FURTHER, _DIVERSION),
        ),
    ),
)

_G = OutcomeGroup
_GROUPS: dict[OutcomeGroup, tuple[Outcome, ...]] = {
    _G.CHARGED: (_O.CHARGED, _O.CHARGED_ALTERNATE),
    _G.TAKEN_INTO_CONSIDERATION: (_O.TAKEN_INTO_CONSIDERATION,),
    _G.FORMAL: (
        _O.YOUTH_CAUTION, _O.YOUTH_CAUTION_ALTERNATE, _O.ADULT_CAUTION, _O.ADULT_CAUTION_ALTERNATE, _O.PENALTY_NOTICE,
    ),
    _G.INFORMAL: (_O.DRUG_WARNING, _O.COMMUNITY_RESOLUTION),
    _G.PREVENTED: (
        _O.OFFENDER_DIED, _O.NOT_IN_PUBLIC_INTEREST_CPS, _O.NOT_IN_PUBLIC_INTEREST_POLICE, _O.SUSPECT_TOO_YOUNG,
        _O.SUSPECT_TOO_ILL, _O.WITNESS_DEAD_OR_TOO_ILL, _O.TIME_LIMIT_EXPIRED,
    ),
    _G.DIFFICULTIES_WITH_SUPPORT: (_O.DIFFICULTIES_WITH_SUPPORT,),
    _G.NO_SUPPORT_SUSPECT_NAMED: (_O.NO_SUPPORT_SUSPECT_NAMED,),
    _G.NO_SUPPORT_NO_SUSPECT: (_O.NO_SUPPORT_NO_SUSPECT,),
    _G.NO_SUSPECT: (_O.NO_SUSPECT,),
    _G.FRAUD_BODY: (_O.FRAUD_BODY,),
    _G.ANOTHER_BODY: (_O.ANOTHER_BODY,),
    _G.NO_FURTHER_INVESTIGATION: (_O.NO_FURTHER_INVESTIGATION,),
    _G.DIVERSION: (_O.DIVERSION,),
}  # fmt: skip

OUTCOME_GROUPS: Dated[dict[OutcomeGroup, tuple[Outcome, ...]]] = Dated(
    title="Groups of outcomes",
    chosen_by="the day the outcome is recorded",
    policy=True,
    asks="under which group each outcome is counted",
    versions=(
        Version(
            in_force=date(2014, 4, 1),
            cite="Crime outcomes in England and Wales, tables; which outcomes count as prevented is for the force to "
            "confirm; 14 and 16 stand apart, since only 16 has a suspect",
            value=_GROUPS,
        ),
    ),
)


def outcomes_in_force(on: date) -> tuple[OutcomeType, ...]:
    """Return the outcome types that may be recorded on a day.

    Raises:
        NotInForce: before the framework.
    """
    return OUTCOMES.value_on(on)


def outcome(code: str, on: date) -> OutcomeType:
    """Return an outcome type as it stands on the day it is recorded.

    Raises:
        NotInForce: there is no such type on that day.
    """
    found = next((one for one in outcomes_in_force(on) if one.code.value == code), None)
    if found is None:
        raise NotInForce(f"No outcome type has the code {code!r} on {on}.")
    return found


def outcome_group_of(code: str, on: date) -> OutcomeGroup:
    """Return the group in which an outcome recorded on a day is counted.

    Raises:
        NotInForce: there is no such type on that day.
        Unset: the force's own edition leaves the groups open.
    """
    type_ = outcome(code, on)
    groups = OUTCOME_GROUPS.value_on(on)
    return next(group for group, codes in groups.items() if type_.code in codes)
