"""What to ask and see on arrival, by what an incident also is: the force's own guidance, as dated data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from watchward.domains.incidents.vocabulary import Qualifier
from watchward.kernel.dated import Dated, Version

Prompts = dict[Qualifier, tuple[str, ...]]

ARRIVAL: Dated[Prompts] = Dated(
    title="What to ask and see on arrival",
    chosen_by="the day of arrival",
    policy=True,
    asks="what officers ask and see on arrival, for each kind of vulnerability",
    versions=(
        Version(
            in_force=date(2017, 4, 1),
            cite="Force guidance on arrival, 1 April 2017",
            value={
                Qualifier.DOMESTIC_ABUSE: (
                    "Speak to each of them away from the other",
                    "Ask whether anybody put hands round their neck",
                    "Ask who has their phone, keys and money now",
                    "Do the risk assessment here",
                ),
                Qualifier.CHILD: ("See every child, awake and upright", "Hear each child in their own words"),
                Qualifier.MENTAL_ILL_HEALTH: (
                    "Ask what helped before, and who knows them",
                    "Ask for advice by telephone before any detention",
                ),
                Qualifier.VULNERABLE: ("See how they live: food, heat, medication", "Ask who looks in on them"),
                Qualifier.REPEAT_VICTIM: ("Say what was done last time, and ask what has changed",),
                Qualifier.WEAPON: ("Ask where it is now before anything else",),
                Qualifier.HATE: ("Ask why they think they were chosen, and record it in their words",),
            },
        ),
    ),
)


def to_ask(qualifiers: Collection[Qualifier], *, on: date) -> tuple[str, ...]:
    """Return what to ask and see for an incident that is also these things, each once, in the guidance's order."""
    guidance = ARRIVAL.value_on(on)
    return tuple(dict.fromkeys(words for kind, prompts in guidance.items() if kind in qualifiers for words in prompts))
