"""Who may cancel a recorded crime, on what evidence, and who may say that it was another crime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from watchward.domains.crimes.rules.recording import LISTED_ASSAULTS
from watchward.domains.crimes.vocabulary import CANCEL, LIFE, Cancel, Stage
from watchward.kernel.refusals import Refusal

CITE = "Home Office Counting Rules, General Rules C: cancelled crimes"
RAPE = "Home Office Counting Rules: a recorded rape is cancelled by the force crime registrar alone"


@dataclass(frozen=True)
class Cancelling:
    """What stands when somebody wants to cancel a crime.

    Args:
        stage: where it stands.
        code: under which letter.
        words: the evidence.
        rape: whether it is recorded as rape.
        registrar: whether the force crime registrar asks.
        offence: its code.
        recorded: the day it was recorded.
        took_part: whether whoever asks recorded it, investigates it or supervises those who do.
        other: whether the crime of which it is part is named.
        force: the other force, where it happened elsewhere.
    """

    stage: Stage
    code: Cancel | None
    words: str
    rape: bool
    registrar: bool
    offence: str
    recorded: date
    took_part: bool
    other: bool = False
    force: str = ""


def why_not_cancel(facts: Cancelling) -> tuple[Refusal, ...]:
    """Return every reason why this person may not cancel this crime like this."""
    if reasons := LIFE.why_not(facts.stage, CANCEL):
        return reasons
    found = list(why_not_decide(facts))
    if facts.code is None:
        found.append(Refusal("Choose under which letter it is cancelled.", cite=CITE, field="code"))
    if len(facts.words.split()) < 3:
        found.append(Refusal("Write down the evidence.", cite=CITE, field="words"))
    if facts.code is Cancel.C3 and not facts.other:
        found.append(Refusal("Name the crime of which it is part.", cite=CITE, field="other"))
    if facts.code is Cancel.C1 and not facts.force.strip():
        found.append(Refusal("Name the force that was told.", cite=CITE, field="force"))
    if facts.code is Cancel.C5 and facts.offence not in LISTED_ASSAULTS.value_on(facts.recorded):
        found.append(Refusal("Self-defence cancels listed assaults only.", cite=CITE, field="code"))
    return tuple(found)


def why_not_decide(facts: Cancelling) -> tuple[Refusal, ...]:
    """Return why this person may not decide on it at all, before anything is typed."""
    found = []
    if facts.rape and not facts.registrar:
        found.append(Refusal("Only the force crime registrar cancels a recorded rape.", cite=RAPE, code="rape"))
    if facts.took_part:
        found.append(
            Refusal("Whoever recorded or investigates a crime does not cancel it.", cite=CITE, code="not-independent")
        )
    return tuple(found)


@dataclass(frozen=True)
class Reclassifying:
    """What stands when somebody says that a crime was another one.

    Args:
        stage: where it stands.
        same: whether it is recorded as that already.
        known: whether the other offence stands in the list of the day it was recorded.
        words: why.
        leaves_rape: whether it would no longer be rape.
        registrar: whether the force crime registrar asks.
    """

    stage: Stage
    same: bool
    known: bool
    words: str
    leaves_rape: bool
    registrar: bool


def why_not_reclassify(facts: Reclassifying) -> tuple[Refusal, ...]:
    """Return every reason why a crime may not be reclassified like this."""
    found: list[Refusal] = []
    if facts.stage is Stage.CANCELLED:
        found.append(Refusal("It is cancelled."))
    if not facts.known:
        found.append(Refusal("Choose an offence of the list as it stood when it was recorded.", field="offence"))
    elif facts.same:
        found.append(Refusal("It is recorded as that already.", field="offence"))
    if len(facts.words.split()) < 2:
        found.append(Refusal("Say what showed that it was another crime.", field="words"))
    if facts.leaves_rape and not facts.registrar:
        words = "Only the force crime registrar says that a recorded rape was another crime."
        found.append(Refusal(words, cite=RAPE, field="offence", code="rape"))
    return tuple(found)
