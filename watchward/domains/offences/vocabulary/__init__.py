"""The words of this domain: offences and their groups, how a crime may end, what may be flagged; all by date."""

from watchward.domains.offences.vocabulary.flags import FLAGS, FURTHER_FLAGS, Flag, flags_in_force
from watchward.domains.offences.vocabulary.listed import (
    Category,
    NotListed,
    Offence,
    OffenceGroup,
    OffenceList,
    Permission,
    Weight,
)
from watchward.domains.offences.vocabulary.outcomes import (
    OUTCOME_GROUPS,
    OUTCOMES,
    Outcome,
    OutcomeGroup,
    OutcomeType,
    Suspect,
    Victim,
    outcome,
    outcome_group_of,
    outcomes_in_force,
)

__all__ = [
    "FLAGS",
    "FURTHER_FLAGS",
    "OUTCOMES",
    "OUTCOME_GROUPS",
    "Category",
    "Flag",
    "NotListed",
    "Offence",
    "OffenceGroup",
    "OffenceList",
    "Outcome",
    "OutcomeGroup",
    "OutcomeType",
    "Permission",
    "Suspect",
    "Victim",
    "Weight",
    "flags_in_force",
    "outcome",
    "outcome_group_of",
    "outcomes_in_force",
]
