"""What those whom an incident is about may need help with, by what it is: how guidance and services are found."""

from __future__ import annotations

from collections.abc import Iterable

from watchward.domains.incidents.vocabulary.grades import Sign
from watchward.domains.incidents.vocabulary.kinds import Kind, Qualifier
from watchward.domains.partners.vocabulary import Need

_OF_KINDS: dict[Kind, tuple[Need, ...]] = {
    Kind.DOMESTIC: (Need.DOMESTIC_ABUSE,),
    Kind.MENTAL_HEALTH: (Need.MENTAL_HEALTH,),
    Kind.SEXUAL: (Need.SEXUAL_VIOLENCE,),
    Kind.MISSING: (Need.MISSING,),
    Kind.FRAUD: (Need.FRAUD,),
}
_OF_QUALIFIERS: dict[Qualifier, tuple[Need, ...]] = {
    Qualifier.DOMESTIC_ABUSE: (Need.DOMESTIC_ABUSE,),
    Qualifier.HONOUR: (Need.DOMESTIC_ABUSE,),
    Qualifier.MENTAL_ILL_HEALTH: (Need.MENTAL_HEALTH,),
    Qualifier.VULNERABLE: (Need.ADULT_AT_RISK,),
    Qualifier.CHILD: (Need.CHILD_AT_RISK,),
    Qualifier.HATE: (Need.HATE,),
    Qualifier.ALCOHOL: (Need.DRUGS_AND_ALCOHOL,),
    Qualifier.DRUGS: (Need.DRUGS_AND_ALCOHOL,),
}
_OF_SIGNS: dict[Sign, tuple[Need, ...]] = {
    Sign.CHILD_THERE: (Need.CHILD_AT_RISK,),
    Sign.CHILD_AT_RISK: (Need.CHILD_AT_RISK,),
    Sign.DOMESTIC_ABUSE: (Need.DOMESTIC_ABUSE,),
    Sign.VULNERABLE: (Need.ADULT_AT_RISK,),
    Sign.MENTAL_CRISIS: (Need.MENTAL_HEALTH, Need.SUICIDE),
    Sign.MISSING_HIGH_RISK: (Need.MISSING,),
    Sign.HATE: (Need.HATE,),
}

CHILDREN = frozenset({Need.CHILD_AT_RISK})
"""Needs that say that a child is there."""


def needs_of(
    *, kind: Kind | None = None, qualifiers: Iterable[Qualifier] = (), signs: Iterable[Sign] = ()
) -> frozenset[Need]:
    """Return what those whom something is about may need help with.

    Args:
        kind: what the incident is, where it is known.
        qualifiers: what it also is.
        signs: what is so.
    """
    found = set(_OF_KINDS.get(kind, ()) if kind is not None else ())
    found |= {need for qualifier in qualifiers for need in _OF_QUALIFIERS.get(qualifier, ())}
    found |= {need for sign in signs for need in _OF_SIGNS.get(sign, ())}
    return frozenset(found)
