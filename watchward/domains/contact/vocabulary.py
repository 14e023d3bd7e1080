"""The words of contact: lines, calls, what is identified on each, what the caller is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from watchward.domains.incidents.vocabulary import SAME_EVENT, Element, Heard, Kind, Qualifier, Sign
from watchward.kernel.lifecycle import Lifecycle


class Permission(StrEnum):
    """What roles let people do here.

    TAKE: take calls.
    READ: see contacts.
    LOAD: bring over calls of an earlier system.
    """

    TAKE = "contact.take"
    READ = "contact.read"
    LOAD = "contact.load"


class Line(StrEnum):
    """The line that rang."""

    EMERGENCY = "999"
    NON_EMERGENCY = "101"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The heading of such a call."""
        return "Other call" if self is Line.OTHER else f"{self.value} call"


class State(StrEnum):
    """How far the record of a call has come."""

    DRAFT = "draft"
    SAVED = "saved"
    OPENED = "incident opened"
    CLOSED = "closed"


LIFE = Lifecycle(
    title="call",
    start=State.DRAFT,
    moves=(
        (State.DRAFT, "save", State.SAVED),
        (State.SAVED, "save", State.SAVED),
        (State.OPENED, "save", State.OPENED),
        (State.CLOSED, "save", State.CLOSED),
        (State.DRAFT, "open an incident from", State.OPENED),
        (State.SAVED, "open an incident from", State.OPENED),
        (State.SAVED, "close", State.CLOSED),
        (State.OPENED, "close", State.CLOSED),
        (State.DRAFT, "abandon", State.CLOSED),
    ),
)


class Which(StrEnum):
    """The three things to identify on every call (report line 71)."""

    REPEAT_VICTIM = "repeat-victim"
    DOMESTIC_ABUSE = "domestic-abuse"
    MENTAL_ILL_HEALTH = "mental-ill-health"

    @property
    def words(self) -> str:
        """Its name as people say it."""
        return self.value.replace("-", " ").capitalize()


class Answer(StrEnum):
    """What was identified; that it could not be known is an answer too, silence is not."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "unknown"


class How(StrEnum):
    """How it is known."""

    RECOGNISED = "recognised"
    MARKER = "marker"
    ASKED = "asked"


class Decision(StrEnum):
    """What the call handler says of a suggested person."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Part(StrEnum):
    """The caller's part in what is reported: it belongs to this call alone, never to the person."""

    VICTIM = "victim"
    WITNESS = "witness"
    FOR_ANOTHER = "for another"
    NOT_KNOWN = ""

    @property
    def words(self) -> str:
        """Its name as people say it."""
        said = {Part.VICTIM: "the victim", Part.WITNESS: "a witness", Part.FOR_ANOTHER: "ringing for another"}
        return said.get(self, "not known")


@dataclass(frozen=True)
class Matter:
    """What a call is about, in a call handler's words, and what follows from it.

    Args:
        key: stable name.
        words: as it stands in the list.
        kind: the incident that it opens.
        signs: what it says by itself to the grading policy.
        qualifiers: what the incident also is.
        part: the caller's usual part.
        visit: whether such a call usually opens an incident; others may be finished without one.
    """

    key: str
    words: str
    kind: Kind
    signs: frozenset[Sign] = frozenset()
    qualifiers: frozenset[Qualifier] = frozenset()
    part: Part = Part.NOT_KNOWN
    visit: bool = True

    @property
    def domestic(self) -> bool:
        """Return whether it is domestic abuse by what was said."""
        return Qualifier.DOMESTIC_ABUSE in self.qualifiers


def _matter(
    key: str, words: str, kind: Kind, *signs: Sign, also: tuple[Qualifier, ...] = (), part: Part = Part.NOT_KNOWN,
    visit: bool = True,
) -> Matter:  # fmt: skip
    return Matter(key, words, kind, frozenset(signs), frozenset(also), part, visit)


_DA, _MH, _CHILD = Qualifier.DOMESTIC_ABUSE, Qualifier.MENTAL_ILL_HEALTH, Qualifier.CHILD

MATTERS = (
    _matter("domestic-now", "Domestic: violence, happening now", Kind.DOMESTIC, Sign.VIOLENCE_NOW, Sign.STILL_THERE,
            Sign.DOMESTIC_ABUSE, also=(_DA,), part=Part.VICTIM),
    _matter("domestic-over", "Domestic: violence, over for now", Kind.DOMESTIC, Sign.JUST_HAPPENED, Sign.DOMESTIC_ABUSE,
            also=(_DA,), part=Part.VICTIM),
    _matter("domestic-threat", "Domestic: threats, or afraid", Kind.DOMESTIC, Sign.VIOLENCE_THREATENED,
            Sign.DOMESTIC_ABUSE, also=(_DA,), part=Part.VICTIM),
    _matter("domestic-other", "Domestic: no violence", Kind.DOMESTIC, Sign.DOMESTIC_ABUSE, also=(_DA,),
            part=Part.VICTIM),
    _matter("violence-now", "Violence: happening now", Kind.VIOLENCE, Sign.VIOLENCE_NOW, Sign.STILL_THERE),
    _matter("violence-over", "Violence: over", Kind.VIOLENCE, part=Part.VICTIM),
    _matter("sexual", "Sexual offence", Kind.SEXUAL, Sign.EVIDENCE_FADES, part=Part.VICTIM),
    _matter("robbery", "Robbery", Kind.ROBBERY, Sign.JUST_HAPPENED, part=Part.VICTIM),
    _matter("burglary-now", "Burglary: somebody is in there", Kind.BURGLARY, Sign.HAPPENING_NOW, Sign.STILL_THERE),
    _matter("burglary", "Burglary: found now", Kind.BURGLARY, Sign.EVIDENCE_FADES, part=Part.VICTIM),
    _matter("theft", "Theft", Kind.THEFT, part=Part.VICTIM),
    _matter("vehicle", "Vehicle taken or broken into", Kind.VEHICLE, part=Part.VICTIM),
    _matter("damage", "Criminal damage", Kind.DAMAGE, part=Part.VICTIM),
    _matter("fraud", "Fraud", Kind.FRAUD, part=Part.VICTIM),
    _matter("crime", "Another crime", Kind.OTHER_CRIME),
    _matter("concern", "Concern for somebody", Kind.CONCERN, Sign.VULNERABLE),
    _matter("child", "Concern for a child", Kind.CONCERN, Sign.CHILD_AT_RISK, also=(_CHILD,)),
    _matter("crisis", "Mental health crisis", Kind.MENTAL_HEALTH, Sign.MENTAL_CRISIS, also=(_MH,)),
    _matter("missing-risk", "Missing: at high risk", Kind.MISSING, Sign.MISSING_HIGH_RISK),
    _matter("missing", "Missing", Kind.MISSING),
    _matter("cut-off", "Cut off, silent or cannot speak", Kind.CALL_CUT_OFF, Sign.CALL_CUT_OFF),
    _matter("death", "Sudden death", Kind.SUDDEN_DEATH),
    _matter("suspicious", "Something suspicious", Kind.SUSPICIOUS),
    _matter("alarm", "Alarm", Kind.ALARM),
    _matter("asb-personal", "Anti-social behaviour aimed at somebody", Kind.ASB_PERSONAL, part=Part.VICTIM),
    _matter("asb-nuisance", "Anti-social behaviour: nuisance", Kind.ASB_NUISANCE),
    _matter("asb-place", "Anti-social behaviour that spoils a place", Kind.ASB_ENVIRONMENTAL),
    _matter("collision-hurt", "Collision: somebody hurt", Kind.COLLISION_INJURY, Sign.SERIOUS_INJURY, Sign.ROAD_DANGER),
    _matter("collision", "Collision: damage only", Kind.COLLISION_DAMAGE),
    _matter("road", "Road blocked or dangerous", Kind.ROAD_OBSTRUCTION, Sign.ROAD_DANGER),
    _matter("found", "Property: found", Kind.ADVICE, Sign.PHONE_WILL_DO, visit=False),
    _matter("advice", "Advice asked for", Kind.ADVICE, Sign.PHONE_WILL_DO, visit=False),
    _matter("complaint", "Complaint", Kind.COMPLAINT, Sign.PHONE_WILL_DO, visit=False),
    _matter("again", "Already reported", Kind.DUPLICATE, Sign.PHONE_WILL_DO, visit=False),
)  # fmt: skip
"""What calls are about, the most urgent groups first."""

BY_KEY = {matter.key: matter for matter in MATTERS}

OPENED_AS = SAME_EVENT
"""Begins the flag of a call's line that names the incident it opened, so that one contact is counted once."""

NOW = (
    (Sign.WEAPON, "Weapon"),
    (Sign.SERIOUS_INJURY, "Badly hurt"),
    (Sign.STILL_THERE, "Still there"),
    (Sign.CHILD_THERE, "Child there"),
)
"""What a call handler ticks when they hear it, since no record can know it."""


@dataclass(frozen=True)
class Typed:
    """What a call handler had on the page; None where the page did not hold that box.

    Args:
        number: as typed or as the telephone system gave it.
        caller: the name, as given.
        part: the caller's part.
        place: the address, as given.
        others: names of others involved, parted by commas.
        what: key of the matter.
        signs: what was ticked as heard, all of it.
        draft: words in the log's box that were not sent.
        thrive: each element by its name.
        identified: answers to the three identifications, by name.
        recognised: those of them that the page had preselected because they were recognised or marked, and how.
        said: keys of advice ticked as said.
        shown_said: keys of advice that the page showed as said, so that one taken out can be told.
        grade: another grade than the suggested one, and why.
    """

    number: str | None = None
    caller: str | None = None
    part: str | None = None
    place: str | None = None
    others: str | None = None
    what: str | None = None
    signs: frozenset[Sign] | None = None
    draft: str | None = None
    thrive: Mapping[Element, Heard] = field(default_factory=dict)
    identified: Mapping[Which, Answer] = field(default_factory=dict)
    recognised: Mapping[Which, tuple[Answer, How]] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    shown_said: frozenset[str] = frozenset()
    grade: str | None = None
    grade_reason: str | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BORN = re.compile(r"[\s,]*(?:born|dob)?[\s,]*\b(\d{1,2})[\s./-]+([a-z]+|\d{1,2})[\s./-]+(\d{4})\s*$", re.IGNORECASE)


def name_and_birth(said: str) -> tuple[str, date | None]:
    """Return the name and the date of birth in what was typed of a caller: "Kez Machin 14/3/1988", "Kez, 14 Mar 1988".

    A date that does not exist stays in the name, so that nothing typed disappears.
    """
    found = _BORN.search(said)
    if found is None:
        return said.strip(), None
    day, month, year = found.groups()
    number = (
        _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else int(month) if month.isdecimal() else 0
    )
    try:
        return said[: found.start()].strip(" ,"), date(int(year), number, int(day))
    except ValueError:
        return said.strip(), None


@dataclass(frozen=True)
class Previous:
    """One contact before this one, told from the chronicle.

    Args:
        at: when.
        victim: the person in question was its victim.
        about_person: it names the person in question, and not only their number or address.
        severity: 0 to 3: how urgent it was graded, 3 for Immediate.
        flags: `domestic-abuse`, `mental-ill-health`.
    """

    at: datetime
    victim: bool = False
    about_person: bool = False
    severity: int = 0
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCall:
    """A finished call of an earlier system, to be brought over; all moments are aware UTC.

    Args:
        id: the id that it is to have.
        reference: its number in the earlier system.
        line: which line rang.
        rang: when it began to ring.
        answered: when somebody answered; None where the caller rang off before.
        ended: when it ended.
        taken_by: id of the account of whoever answered.
        person: id of the caller, where they are on record.
        part: the caller's part.
        place: id of the place, where it is on record.
        place_words: the place as it was given.
        what: key of the matter.
        incident: id of the incident that it opened.
        identified: what was identified on it.
        completed: when its record was complete; when it ended, where nobody knows.
    """

    id: UUID
    reference: str
    line: Line
    rang: datetime
    answered: datetime | None
    ended: datetime
    taken_by: UUID | None = None
    person: UUID | None = None
    part: Part = Part.NOT_KNOWN
    place: UUID | None = None
    place_words: str = ""
    what: str = ""
    incident: UUID | None = None
    identified: tuple[tuple[Which, Answer], ...] = ()
    completed: datetime | None = None

    def faults(self, at: datetime) -> Iterator[str]:
        """Yield why it cannot be brought over at a moment, in words."""
        if not self.reference.strip():
            yield "It lacks its number."
        if self.ended > at:
            yield "Only finished calls are brought over."
        if self.ended < (self.answered or self.rang) or (self.answered is not None and self.answered < self.rang):
            yield "Its times are not in order: rang, answered, ended."
        if self.answered is None and (self.identified or self.incident or self.person):
            yield "Nobody answered it, so nothing can have been said."
        if self.what and self.what not in BY_KEY:
            yield f"There is no matter {self.what!r}."
        if len({which for which, _answer in self.identified}) != len(self.identified):
            yield "The same was identified twice."
