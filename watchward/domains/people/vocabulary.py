"""The words of this domain: names, relationships, markers and decisions about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """What roles let people do here.

    READ: see people.
    RECORD: record people and what is known of them.
    MARK: put a marker on a person.
    APPROVE: approve what somebody else marked.
    LINK: say that two records are the same person, or not.
    LOAD: load people from outside files.
    HANDLE: lock or seal somebody's record, or open it again.
    """

    READ = "people.read"
    RECORD = "people.record"
    MARK = "people.mark"
    APPROVE = "people.approve"
    LINK = "people.link"
    LOAD = "people.load"
    HANDLE = "people.handle"


class Sex(StrEnum):
    """Sex as recorded."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"

    @property
    def says(self) -> str:
        """Return the word for it."""
        return {"F": "Female", "M": "Male", "X": "Indeterminate"}[self.value]


class Certainty(StrEnum):
    """How sure a date of birth is."""

    EXACT = "exact"
    STATED = "stated"
    ESTIMATED = "estimated"

    @property
    def says(self) -> str:
        """Return it in words."""
        return {"exact": "Seen on a document", "stated": "As they said", "estimated": "Estimated"}[self.value]


class NameKind(StrEnum):
    """What another name is, besides the one used now."""

    BIRTH = "birth"
    KNOWN_AS = "known as"
    ALIAS = "alias"
    MARRIED = "married"
    FORMER = "former"

    @property
    def says(self) -> str:
        """Return it in words."""
        return {
            "birth": "Name at birth",
            "known as": "Known as",
            "alias": "Alias",
            "married": "Married name",
            "former": "Earlier name",
        }[self.value]


class DetailKind(StrEnum):
    """Other ways of reaching somebody."""

    EMAIL = "email"
    OTHER = "other"


class Lasting(StrEnum):
    """What is somebody's from a day until a day."""

    NUMBER = "number"
    HOME = "home"
    TIE = "tie"


class Tie(StrEnum):
    """What the first person is to the second."""

    PARTNER = "partner"
    FORMER_PARTNER = "former partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    CARER = "carer"
    CARED_FOR = "cared for"
    OTHER = "other"

    @property
    def other_way(self) -> Tie:
        """Return what the second person is to the first."""
        return _OTHER_WAY.get(self, self)

    def said(self, sex: str) -> str:
        """Return the word for somebody of this sex: mother, brother, partner."""
        return _SAID.get((self, sex), self.value)


_OTHER_WAY: Final = {
    Tie.PARENT: Tie.CHILD,
    Tie.CHILD: Tie.PARENT,
    Tie.GRANDPARENT: Tie.GRANDCHILD,
    Tie.GRANDCHILD: Tie.GRANDPARENT,
    Tie.CARER: Tie.CARED_FOR,
    Tie.CARED_FOR: Tie.CARER,
}
_SAID: Final = {
    (Tie.PARENT, "F"): "mother",
    (Tie.PARENT, "M"): "father",
    (Tie.CHILD, "F"): "daughter",
    (Tie.CHILD, "M"): "son",
    (Tie.SIBLING, "F"): "sister",
    (Tie.SIBLING, "M"): "brother",
    (Tie.GRANDPARENT, "F"): "grandmother",
    (Tie.GRANDPARENT, "M"): "grandfather",
    (Tie.GRANDCHILD, "F"): "granddaughter",
    (Tie.GRANDCHILD, "M"): "grandson",
    (Tie.OTHER, "F"): "relative or friend",
    (Tie.OTHER, "M"): "relative or friend",
    (Tie.OTHER, ""): "relative or friend",
}


class Side(StrEnum):
    """Whom a marker warns of or for: the two look different on every page."""

    WARNING = "warning"
    VICTIM = "victim"
    NEED = "need"


class MarkerKind(StrEnum):
    """Warning signals and local flags.

    The first group are the national warning signals; names and codes of these are the force's to confirm.
    """

    VIOLENT = "violent"
    WEAPONS = "weapons"
    FIREARMS = "firearms"
    EXPLOSIVES = "explosives"
    DRUGS = "drugs"
    ESCAPER = "escaper"
    MENTAL_DISORDER = "mental disorder"
    SELF_HARM = "self-harm"
    AILMENT = "ailment"
    CONTAGIOUS = "contagious"
    ALLEGES = "alleges"
    CONCEALS = "conceals"
    IMPERSONATES = "impersonates"
    OFFENDS_AGAINST_VULNERABLE = "offends against vulnerable"
    DA_VICTIM = "domestic abuse victim"
    DA_REPEAT_VICTIM = "repeat domestic abuse victim"
    DA_PERPETRATOR = "domestic abuse perpetrator"
    CHILD_AT_RISK = "child at risk"
    CSE = "child sexual exploitation"
    MARAC = "marac"
    DVPO = "domestic violence protection order"
    REGISTERED_SEX_OFFENDER = "registered sex offender"
    HATE_VICTIM = "hate crime victim"
    STALKING_VICTIM = "stalking victim"
    HONOUR = "honour-based abuse or fgm"
    MISSING_PRONE = "likely to go missing"
    DEMENTIA = "dementia"
    LANGUAGE = "language"
    MOBILITY = "mobility"
    OFFICER_SAFETY = "officer safety"

    @property
    def side(self) -> Side:
        """Return whom it warns of or for."""
        if self in _VICTIM:
            return Side.VICTIM
        return Side.NEED if self in _NEED else Side.WARNING

    @property
    def says(self) -> str:
        """Return it in words."""
        return _SAYS.get(self, self.value.capitalize())

    @property
    def word(self) -> str:
        """Whom it is for, in a word."""
        return {Side.WARNING: "Warning", Side.VICTIM: "At risk", Side.NEED: "Need"}[self.side]

    @property
    def role(self) -> str:
        """The part that the person has in it."""
        return self.side.value

    @property
    def flags(self) -> tuple[str, ...]:
        """Words for counting."""
        return (*(("warning",) if self.side is Side.WARNING else ()), *_FLAGS.get(self, ()))

    @property
    def weight(self) -> int:
        """How bad it is, 1 or 2, if nobody looks at it again."""
        return 1 if self.side is Side.NEED else 2


_VICTIM: Final = frozenset(
    {MarkerKind.DA_VICTIM, MarkerKind.DA_REPEAT_VICTIM, MarkerKind.CHILD_AT_RISK, MarkerKind.CSE, MarkerKind.MARAC,
     MarkerKind.HATE_VICTIM, MarkerKind.STALKING_VICTIM, MarkerKind.HONOUR}
)  # fmt: skip
_NEED: Final = frozenset(
    {MarkerKind.MENTAL_DISORDER, MarkerKind.SELF_HARM, MarkerKind.AILMENT, MarkerKind.MISSING_PRONE,
     MarkerKind.DEMENTIA, MarkerKind.LANGUAGE, MarkerKind.MOBILITY}
)  # fmt: skip
_SAYS: Final = {
    MarkerKind.MARAC: "Discussed at MARAC",
    MarkerKind.SELF_HARM: "Self-harm or suicide",
    MarkerKind.HONOUR: "Honour-based abuse or FGM",
    MarkerKind.AILMENT: "Medical condition",
}
_FLAGS: Final = {
    MarkerKind.DA_VICTIM: ("domestic-abuse",),
    MarkerKind.DA_REPEAT_VICTIM: ("domestic-abuse", "repeat"),
    MarkerKind.DA_PERPETRATOR: ("domestic-abuse",),
    MarkerKind.CHILD_AT_RISK: ("child",),
    MarkerKind.CSE: ("child",),
    MarkerKind.MENTAL_DISORDER: ("mental-ill-health",),
    MarkerKind.SELF_HARM: ("mental-ill-health",),
}


class Decision(StrEnum):
    """What was decided of two records."""

    SAME = "same"
    NOT_SAME = "not same"
    UNSURE = "unsure"

    @property
    def says(self) -> str:
        """Return it in words."""
        return {"same": "The same person", "not same": "Not the same person", "unsure": "Not sure"}[self.value]


ADULT: Final = 18
"""Years from which somebody is an adult (Family Law Reform Act 1969 s.1; Children Act 1989 s.105)."""


def age_on(born: date, day: date) -> int:
    """Return somebody's age in whole years; born on 29 February, they are a year older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_words(born: date | None, day: date) -> str:
    """Return somebody's age as it is said on a page: Adult, 31; Child, 7."""
    if born is None or born > day:
        return "Age not known"
    age = age_on(born, day)
    return f"{'Adult' if age >= ADULT else 'Child'}, {age}"


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart."""

    forenames: str
    surname: str

    @property
    def whole(self) -> str:
        """Return it as people say it."""
        return f"{self.forenames} {self.surname}".strip()


def name_of(said: str) -> Name:
    """Return a name said in one breath, its last word as the surname; "Sharples, Kerry" has it first."""
    if "," in said:
        surname, _comma, forenames = said.partition(",")
        return Name(" ".join(forenames.split()), " ".join(surname.split()))
    words = said.split()
    return Name(" ".join(words[:-1]), words[-1]) if words else Name("", "")


def under_ten(born: date | None, on: date) -> bool:
    """Return whether somebody was under ten on a day; not where their day of birth is not known."""
    if born is None:
        return False
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < 10
