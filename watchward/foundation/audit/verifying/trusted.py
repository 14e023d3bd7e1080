"""Which heads are believed: those of the database and of every copy, held against each other and against the key."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from watchward.foundation.audit.heads import Signed
from watchward.foundation.audit.second_place import Kept
from watchward.foundation.audit.vocabulary import SECOND_PLACE, Fault, Kind

SIGNATURES = 2_000
"""How many signatures are checked, the latest: each signs the hash of the head before it, and so all before."""


@dataclass
class Trusted:
    """The heads that are believed, by number, and what does not hold among their copies.

    Args:
        heads: in their order.
        not_yet_there: how many of the database's last heads are not yet in the second place.
        faults: what does not hold.
    """

    heads: dict[int, Signed] = field(default_factory=dict)
    not_yet_there: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def last(self) -> Signed | None:
        """The last of them."""
        return self.heads[max(self.heads)] if self.heads else None

    def fault(self, kind: Kind, table: str, record: object, at: str = "") -> None:
        """Note what does not hold."""
        self.faults.append(Fault(table, str(record), kind, at))


def trust(ours: Mapping[int, Signed], copies: Sequence[Kept], keys: Collection[str]) -> Trusted:
    """Return which heads are believed.

    Args:
        ours: the database's, by number.
        copies: the second place first, then copies that somebody kept elsewhere.
        keys: the public keys that are known.
    """
    found = Trusted()
    last_kept = copies[0].last if copies else 0
    for number in range(1, max([*ours, *(copy.last for copy in copies)], default=0) + 1):
        here, others = ours.get(number), [copy.heads.get(number) for copy in copies]
        believed = _believed(here, others, keys)
        if believed is None:
            found.fault(Kind.REMOVED, "audit_head", number)
            continue
        found.heads[number] = believed
        if here is not None and here != believed:
            found.fault(Kind.ALTERED, "audit_head", number, believed.head.at)
        for at, other in enumerate(others):
            if other is None and at == 0:
                if number > last_kept:
                    found.not_yet_there += 1
                else:
                    found.fault(Kind.REMOVED, SECOND_PLACE, f"head {number}", believed.head.at)
            elif other is not None and other != believed:
                found.fault(Kind.ALTERED, SECOND_PLACE, f"head {number}", believed.head.at)
    _missing(found, ours)
    for copy in copies:
        for name, line, _what in copy.wrong:
            found.fault(Kind.ALTERED, SECOND_PLACE, f"{name} line {line}")
        for resumed, key in copy.resumed:
            if key not in keys:
                found.fault(Kind.FORGED, SECOND_PLACE, f"statement after head {resumed.after}", resumed.at)
    _signatures(found, keys)
    return found


def _believed(here: Signed | None, others: Sequence[Signed | None], keys: Collection[str]) -> Signed | None:
    """Return the copy that holds: one that is signed with a known key, the one kept outside before our own."""
    there = [each for each in (*others, here) if each is not None]
    if len(set(there)) == 1:
        return there[0]
    return next((each for each in there if each.holds(keys)), there[0] if there else None)


def _missing(found: Trusted, ours: Mapping[int, Signed]) -> None:
    """Name the heads that the database lacks: one by one, or the end that was cut as a whole."""
    last = max(ours, default=0)
    for number, signed in found.heads.items():
        if number not in ours and number < last:
            found.fault(Kind.REMOVED, "audit_head", number, signed.head.at)
    end = [number for number in found.heads if number > last]
    if end:
        found.fault(Kind.CUT, "audit_head", _span(end[0], end[-1]), found.heads[end[0]].head.at)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _signatures(found: Trusted, keys: Collection[str]) -> None:
    """Hold every head's key against those known, its link to the one before, and the latest signatures."""
    latest = max(found.heads, default=0)
    before: Signed | None = None
    for number, signed in found.heads.items():
        known = signed.key in keys and (number <= latest - SIGNATURES or signed.holds(keys))
        if not known:
            found.fault(Kind.FORGED, "audit_head", number, signed.head.at)
        elif before is not None and before.head.number == number - 1 and signed.head.previous != before.head.hash:
            found.fault(Kind.ALTERED, "audit_head", number - 1, before.head.at)
        before = signed
