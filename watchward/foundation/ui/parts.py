"""What the parts of a page are made of: frozen shapes that pages fill and templates show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, TypeAlias

Tone = Literal["late", "soon", "ok", "done", "none"]
"""late: a promise is broken now. soon: to do. ok: in time, stands. done: closed. none: nothing to say."""


@dataclass(frozen=True)
class State:
    """A state word with its shape: ``State("32 h late", "late")``."""

    word: str
    tone: Tone = "none"


@dataclass(frozen=True)
class Strong:
    """Words within a sentence that carry the fact."""

    words: str


@dataclass(frozen=True)
class Soft:
    """Words within a sentence that only qualify it."""

    words: str


@dataclass(frozen=True)
class Link:
    """Words within a sentence that lead somewhere.

    Args:
        about: what else a screen reader says, where the same words lead to several places.
    """

    words: str
    url: str
    about: str = ""


Piece: TypeAlias = str | Strong | Soft | Link | State
Said: TypeAlias = Piece | tuple[Piece, ...]
"""A sentence: plain words, or words with pieces that stand out. Everything in it is escaped when shown."""


class Reason(Protocol):
    """A reason for a refusal, as the kernel gives it."""

    @property
    def words(self) -> str: ...
    @property
    def cite(self) -> str: ...
    @property
    def field(self) -> str: ...


@dataclass(frozen=True)
class Button:
    """An action: a link when it has a ``url``, else a submit button.

    Args:
        words: a verb: "Open incident, grade 1".
        name: name of the submitted pair; ``value`` goes with it.
        key: its letter, shown as a cap; ``keys="alt"``: a native access key; ``"list"``: one of the list keys.
        look: ``go`` is the page's one green action, ``stop`` cannot be undone.
        form: id of the form it sends when it stands outside it; ``action`` sends that form elsewhere.
        why_not: every reason why it may not be done now; the button is then shown but cannot be pressed.
    """

    words: str
    name: str = ""
    value: str = ""
    url: str = ""
    key: str = ""
    keys: Literal["alt", "list"] = "alt"
    look: Literal["plain", "go", "stop"] = "plain"
    small: bool = False
    form: str = ""
    action: str = ""
    why_not: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """One field compared: how strongly it speaks, and the fact, not the algorithm."""

    strength: Literal["strong", "some", "against", "not_asked", "missing"]
    fact: Said


@dataclass(frozen=True)
class Guess:
    """Who this might be.

    Args:
        who: the name as recorded; ``url`` opens it.
        about: what follows the name: ", 31" or ", 58, her mother".
        detail: in soft words after it: "born 14 Mar 1988".
        how: the probability word with the person: "Very likely her"; ``odds`` "about 94 in 100".
        household: "Her or someone she lives with: almost certain."
        evidence: for and against, by weight.
        answers: the three buttons, in the order That is, Not, Unsure.
        follows: what follows if the answer is yes: "Joining adds 1 arrest, 2016. It can be undone."
    """

    who: str
    how: str
    odds: str
    url: str = ""
    about: str = ""
    detail: str = ""
    household: Said = ""
    evidence: tuple[Evidence, ...] = ()
    answers: tuple[Button, ...] = ()
    follows: str = ""


@dataclass(frozen=True)
class Ident:
    """One of the three identifications: yes, no, not known, or unanswered (``value`` None), with how it is known.

    Args:
        name: of the radio buttons; ``legend`` the thing to identify.
        how: "Recognised: victim 4 times in 12 months".
        to_ask: the question to say aloud while it is unanswered.
    """

    name: str
    legend: str
    value: Literal["yes", "no", "unknown"] | None = None
    how: Said = ""
    to_ask: Said = ""
    key: str = ""


@dataclass(frozen=True)
class ThriveRow:
    """One word of THRIVE: what was said, and its level (a value of ``levels``, which are pairs of value and word)."""

    name: str
    label: str
    text: str = ""
    level: str = ""
    levels: tuple[tuple[str, str], ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Grade:
    """The suggested grade: "Suggested: 1 Immediate", when to be there, at most three reasons, policy and its date."""

    suggested: str
    at_scene: Said
    reasons: tuple[Said, ...] = ()
    policy: str = ""
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Clock:
    """A response clock: "6 min left", share of the target used in per cent (0 to 100), "due 07:51"."""

    words: str
    tone: Literal["late", "soon", "ok"]
    share: int
    due: str

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 100:
            raise ValueError(f"A clock shows between 0 and 100 per cent of its target, not {self.share}.")


@dataclass(frozen=True)
class BoardRow:
    """A row of the board: its clock, where, what, and who is going."""

    clock: Clock
    where: str
    url: str
    what: Said
    who: Said
    who_more: Said = ""
    id: str = ""


@dataclass(frozen=True)
class DutyRow:
    """What is owed: state, due words, the duty's own question, what about, rule, actions (the first always shown)."""

    state: State
    due: str
    asks: str
    url: str
    about: Said
    rule: str
    actions: tuple[Button, ...] = ()
    here: bool = False
    id: str = ""


@dataclass(frozen=True)
class Ledger:
    """Two sums that must be true: owed = done + released + open; open = late + today + later.

    Args:
        owed_by: "Response A"; ``since`` "Mon 24 June".
        on_time: of those done; ``at_risk`` of those later.
        hidden: rows that this reader may not see.
        checked: when the sums were last proved; ``rows_url`` opens the rows.
    """

    owed: int
    done: int
    released: int
    open: int
    late: int
    today: int
    later: int
    owed_by: str
    since: str
    checked: datetime
    on_time: int | None = None
    at_risk: int = 0
    hidden: int = 0
    rows_url: str = ""

    @property
    def astray(self) -> int:
        """Return how many rows the two sums leave unaccounted for."""
        whole = self.owed - self.done - self.released - self.open
        return abs(whole) + abs(self.open - self.late - self.today - self.later)

    @property
    def adds_up(self) -> bool:
        """Say whether both sums are true."""
        return self.astray == 0


@dataclass(frozen=True)
class Hand:
    """The handling of a record: open, or locked. There is no badge for sealed."""

    handling: Literal["open", "locked"]
    words: str = ""

    @property
    def shown(self) -> str:
        """Return its words: never "Open" alone, since incidents are open too."""
        return self.words or ("Locked" if self.handling == "locked" else "Open record")


@dataclass(frozen=True)
class Line:
    """A line of the chronicle.

    Args:
        when: an instant, or a day when only the day is known; ``shown`` replaces its words.
        what: in the words of a log; ``url`` opens it.
        beneath: role and outcome.
        harm: harm that is still unanswered; ``now``: it is happening.
    """

    when: datetime | date
    what: Said
    url: str = ""
    shown: str = ""
    beneath: Said = ""
    state: State | Hand | None = None
    harm: bool = False
    now: bool = False


@dataclass(frozen=True)
class Mark:
    """A word (or state) at the left, a fact at the right, and what is beneath; ``quiet`` when the fact is "none"."""

    word: str | State
    fact: Said
    beneath: Said = ""
    quiet: bool = False


@dataclass(frozen=True)
class LogLine:
    """A line of a running log; ``automatic`` when the system wrote it."""

    at: datetime
    words: Said
    automatic: bool = False


@dataclass(frozen=True)
class Tick:
    """A thing to say or do, ticked when it is done: ``said`` "said 07:44"."""

    name: str
    value: str
    words: str
    done: bool = False
    said: str = ""
    key: str = ""


@dataclass(frozen=True)
class Sum:
    """A total of the board: its number, what it counts, and states or words beneath."""

    number: str
    what: str
    states: tuple[State, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Spark:
    """Small columns of counts, oldest first, with a sentence that says the same; the newest ``new`` are ink."""

    counts: tuple[int, ...]
    says: str
    new: int = 2

    def columns(self) -> tuple[tuple[int, int, int, bool], ...]:
        """Return x, y, height and whether it is new, for each column in a box of 104 by 32."""
        top = max((*self.counts, 1))
        heights = [2 if count == 0 else max(4, round(29 * count / max(top, 3))) for count in self.counts]
        first_new = len(heights) - self.new
        wide = 104 - 8 * len(heights)
        return tuple((wide + 8 * at, 32 - high, high, at >= first_new) for at, high in enumerate(heights))


@dataclass(frozen=True)
class Trend:
    """How contact moves, in words and in small columns."""

    words: Said
    spark: Spark


@dataclass(frozen=True)
class Matters:
    """The one or two sentences that the page is allowed to shout; ``calm`` when there is nothing to shout about."""

    words: Said
    calm: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table; ``number`` stands at the right."""

    words: str
    number: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; its first cell is its heading."""

    cells: tuple[Said | Hand, ...]


@dataclass(frozen=True)
class Table:
    """A table; ``stack``: rows become lines on a phone (links only, never numbers); ``bare``: headings are hidden."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    foot: Row | None = None
    caption: str = ""
    stack: bool = False
    bare: bool = False
    empty: str = "None"


@dataclass(frozen=True)
class Difference:
    """A field that two people filled in: what I typed, and what stands now."""

    label: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Say whether the two are not the same."""
        return self.mine.strip() != self.theirs.strip()
