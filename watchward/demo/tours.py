"""What to try as each of the invented people: five things at most, in their own words, each on a record that is there.

A step says where it begins, found when it is asked for, and what must stand in the log for it to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from watchward.domains.contact import queries as contact
from watchward.domains.crimes import queries as crimes
from watchward.domains.incidents import queries as incidents
from watchward.foundation.acting import Acting
from watchward.foundation.guidance import queries as guidance
from watchward.foundation.retention import queries as retention
from watchward.oversight.looking import queries as looking

Where = Callable[[Acting], str]
"""Returns the address at which a step begins for somebody."""


@dataclass(frozen=True)
class Step:
    """One thing to try.

    Args:
        title: what it is, as an instruction.
        words: what to look for, in one or two sentences.
        where: it begins.
        done: it is done once any of these stands in the log: a command that somebody ran, by its name, or a look of
            theirs, as `opened incidents.Incident` or `listed incidents.board`.
    """

    title: str
    words: str
    where: Where
    done: frozenset[str]


def on(name: str, *arguments: str) -> Where:
    """Return a page by its name."""
    return lambda _acting: reverse(name, args=arguments)


def with_one(name: str, finds: Callable[[Acting], UUID | None], otherwise: str) -> Where:
    """Return the page of the record that is found, or another page where there is none."""

    def where(acting: Acting) -> str:
        found = finds(acting)
        return reverse(name, args=[found]) if found else reverse(otherwise)

    return where


def _first(rows: QuerySet[Any, Any], field: str = "pk") -> UUID | None:
    found: UUID | None = rows.values_list(field, flat=True).first()
    return found


def on_the_line(acting: Acting) -> UUID | None:
    """Return the last call of their own that still lacks something."""
    return _first(contact.drafts(acting, taken_by=acting.account).reverse())


def rang_last(acting: Acting) -> UUID | None:
    """Return who rang last, of those who are known."""
    return _first(contact.recent(acting).filter(caller_person__isnull=False), "caller_person_id")


def waits_longest(acting: Acting) -> UUID | None:
    """Return the incident whose target comes, or came, first."""
    return _first(incidents.waiting(acting))


def sent_to(acting: Acting) -> UUID | None:
    """Return the incident to which their unit was sent, or else the one that waits longest."""
    unit = incidents.unit_of(acting, account=acting.account)
    task = incidents.task_of(acting, unit=unit) if unit is not None else None
    return task.incident_id if task is not None else waits_longest(acting)


def own_crime(acting: Acting) -> UUID | None:
    """Return the last crime that they investigate, or else of anybody."""
    rows = crimes.crimes(acting).order_by("-recorded_at", "id")
    return _first(rows.filter(officer_id=acting.account)) or _first(rows)


def own_victim(acting: Acting) -> UUID | None:
    """Return the victim of that crime."""
    crime = own_crime(acting)
    party = crimes.victim_of(acting, crime=crime) if crime else None
    return party.pk if party is not None else None


def undecided(acting: Acting) -> UUID | None:
    """Return the first report of which nobody has said whether it is a crime."""
    return _first(crimes.undecided_reports(acting))


def unallocated(acting: Acting) -> UUID | None:
    """Return the crime that has waited longest for somebody to have it."""
    return _first(crimes.to_allocate(acting))


def proposed(acting: Acting) -> UUID | None:
    """Return the outcome that has waited longest for a supervisor."""
    return _first(crimes.proposed(acting))


def unusual(acting: Acting) -> UUID | None:
    """Return the finding that somebody should ask about first."""
    return _first(looking.findings(acting))


def due_review(acting: Acting) -> UUID | None:
    """Return the review that is due first."""
    return _first(retention.reviews(acting))


def standing_hold(acting: Acting) -> UUID | None:
    """Return the hold that is looked at again first."""
    return _first(retention.holds(acting))


def first_guidance(acting: Acting) -> str:
    """Return the page of some guidance that stands, or the toolkit."""
    slug: str | None = guidance.standing(acting).values_list("item__slug", flat=True).first()
    return reverse("guidance:one", args=[slug]) if slug else reverse("guidance:toolkit")


IN_TIME = "incidents.emergencies-in-time"

BOARD = Step(
    "Look over the board", "What is late stands first; each row says what it waits for and how long it has left.",
    on("incidents:board"), frozenset({"listed incidents.board"}),
)  # fmt: skip
MINE = Step(
    "See what you owe", "The line of figures adds up: everything that came to you is done, open, or released with a"
    " reason.", on("work:mine"), frozenset({"listed duties.work"}),
)  # fmt: skip
PERSON = Step(
    "Open one person's record", "Everything the force knows of whoever rang last, on one page, with what is marked."
    " That you looked is written down.",
    with_one("profile:person", rang_last, "people:find"), frozenset({"opened people.Person"}),
)  # fmt: skip
MEASURE = Step(
    "Open a figure to its rows", "Were emergencies attended in time? Below the chart, open the figure: every row is an"
    " incident that you can open.",
    on("performance:measure", IN_TIME), frozenset({f"listed measures.{IN_TIME}"}),
)  # fmt: skip
OVERDUE = Step(
    "See what is late everywhere", "Nothing disappears when its time passes: it stands here, and whose it is.",
    on("work:overdue"), frozenset({"listed duties.overdue"}),
)  # fmt: skip
VICTIMS_OWED = Step(
    "See what is owed to victims", "Updates, needs and decisions that the Victims' Code promises, latest first.",
    on("victims:list"), frozenset({"listed victims.owed"}),
)  # fmt: skip
WHO_LOOKED = Step(
    "See who looked", "Every record opened, every list and every search, with its purpose. Your own look is next.",
    on("audit:looks"), frozenset({"searched audit.looks"}),
)  # fmt: skip
WHAT_WAS_DONE = Step(
    "See what was done, and what was refused", "A refusal is kept with its reasons, though nothing else came of it.",
    on("audit:commands"), frozenset({"searched audit.commands"}),
)  # fmt: skip
HISTORY = Step(
    "Follow one incident back", "How its record changed, line by line, and by whose hand.",
    with_one("audit:record", waits_longest, "audit:commands"), frozenset({"searched audit.record"}),
)  # fmt: skip

TOURS: Final[Mapping[str, tuple[Step, ...]]] = {
    "call-handler": (
        Step("Go on with the call on the line", "She is whispering. Who she may be, what stands about the house and"
             " when she rang before stand beside what you type.",
             with_one("contact:call", on_the_line, "contact:start"), frozenset({"opened contact.Call"})),
        Step("Say whether it is her", "Each guess gives its reasons for and against; one press says that it is her, or"
             " that it is not.", with_one("contact:call", on_the_line, "contact:start"),
             frozenset({"contact.commands.caller.decide_caller"})),
        Step("Open the incident", "Choose what it is and what you heard: the grade is suggested with its reasons, and"
             " the clock begins.", with_one("contact:call", on_the_line, "contact:start"),
             frozenset({"contact.commands.ending.open_incident"})),
        BOARD,
        MINE,
    ),
    "force-incident-manager": (
        BOARD,
        Step("Open the one whose time runs out first", "Its log, what was heard, who is near, and what stands about the"
             " address.", with_one("incidents:one", waits_longest, "incidents:board"),
             frozenset({"opened incidents.Incident"})),
        Step("Send somebody", "Units stand by straight-line distance, with what they may not be sent to and why.",
             with_one("incidents:one", waits_longest, "incidents:board"),
             frozenset({"incidents.commands.response.send"})),
        OVERDUE,
        MEASURE,
    ),
    "response-officer": (
        MINE,
        Step("Open the incident that waits for you", "The same page fits a phone: turn yours on its side, or make the"
             " window narrow.", with_one("incidents:one", sent_to, "incidents:board"),
             frozenset({"opened incidents.Incident"})),
        Step("Read the briefing before you arrive", "Who may be there, what is marked and what happened before; that"
             " you read it is kept.", with_one("incidents:briefing", sent_to, "incidents:board"),
             frozenset({"incidents.commands.response.read_briefing"})),
        BOARD,
        PERSON,
    ),
    "sergeant": (
        MINE,
        Step("See what your teams owe", "One line for each kind, oldest first; choose some and give them to somebody"
             " who is here.", on("work:team"), frozenset({"listed duties.board"})),
        BOARD,
        PERSON,
        MEASURE,
    ),
    "investigator": (
        Step("Look over the crimes", "Yours first, with what each still needs.", on("crimes:list"),
             frozenset({"listed crimes.list"})),
        Step("Open one of them", "Who is involved, what was decided and by whom, and what is owed.",
             with_one("crimes:one", own_crime, "crimes:list"), frozenset({"opened crimes.Crime"})),
        Step("Record that you spoke to the victim", "It counts as done for what was owed to them, and the proof is"
             " that you recorded it.", with_one("victims:one", own_victim, "victims:list"),
             frozenset({"victims.commands.record_contact"})),
        PERSON,
        MINE,
    ),
    "investigation-supervisor": (
        Step("Decide on an outcome", "Somebody proposes how a crime ends: agree, or send it back with a reason.",
             with_one("crimes:proposed", proposed, "crimes:list"),
             frozenset({"crimes.commands.ending.agree_outcome", "crimes.commands.ending.send_back"})),
        Step("See what your team owes", "One line for each kind, oldest first; choose some and give them to somebody"
             " who is here.", on("work:team"), frozenset({"listed duties.board"})),
        VICTIMS_OWED,
        PERSON,
        OVERDUE,
    ),
    "crime-desk": (
        Step("See what waits to be recorded", "Reports and incidents of which nobody has said yet whether they are"
             " crimes, with the time left.", on("crimes:queue"), frozenset({"listed crimes.queue"})),
        Step("Record one, or say why not", "What the report says is filled in; nothing is asked twice.",
             with_one("crimes:from-report", undecided, "crimes:queue"),
             frozenset({"crimes.commands.recording.record", "crimes.commands.recording.decide_no_crime"})),
        Step("Give a crime to a team", "The policy advises which, and why; who has the skill and the fewest crimes"
             " stands first.", with_one("crimes:allocate", unallocated, "crimes:queue"),
             frozenset({"crimes.commands.investigating.allocate"})),
        OVERDUE,
        MINE,
    ),
    "crime-registrar": (
        Step("See your list", "What was recorded late, and reports of rape without a crime.", on("crimes:registrar"),
             frozenset({"listed crimes.registrar"})),
        Step("Open a crime", "How it was classified and by whom, and what became of it.",
             with_one("crimes:one", own_crime, "crimes:list"), frozenset({"opened crimes.Crime"})),
        Step("Draw a sample of outcomes", "It can be drawn again: the same seed gives the same crimes.",
             on("crimes:sample-new"), frozenset({"crimes.commands.ending.draw_sample"})),
        Step("See the crime desk's queue", "What waits, and for how long.", on("crimes:queue"),
             frozenset({"listed crimes.queue"})),
        OVERDUE,
    ),
    "guidance-lead": (
        Step("Read guidance as officers do", "Say at its foot that you have read it: who has and who has not is"
             " counted.", first_guidance, frozenset({"foundation.guidance.commands.mark_read"})),
        Step("Begin new guidance", "It is yours alone until you publish it, and every version stays.",
             on("guidance:begin"), frozenset({"foundation.guidance.commands.begin"})),
        MINE,
        MEASURE,
        OVERDUE,
    ),
    "records-manager": (
        Step("See what is due for review", "Records whose time has come, by their group; what waits for somebody's"
             " agreement stands first.", on("retention:due"), frozenset({"listed retention.due"})),
        Step("Open a review", "What the record is, since when its time runs, and what hangs on it: retain it with a"
             " reason, or propose to dispose of it.",
             with_one("retention:review", due_review, "retention:due"), frozenset({"listed retention.review"})),
        Step("Look at a hold", "While it stands nothing that it holds can go, whoever agrees.",
             with_one("retention:hold", standing_hold, "retention:holds"), frozenset({"listed retention.hold"})),
        Step("See what is left of what has gone", "Its number, its group, who decided and why; nothing of anybody.",
             on("retention:disposed"), frozenset({"listed retention.disposed"})),
        MINE,
    ),
    "auditor": (
        WHO_LOOKED,
        Step("Ask about a look", "Looks that do not fit anybody's work, each with the reason why it is here.",
             with_one("looking:finding", unusual, "looking:findings"), frozenset({"listed looking.finding"})),
        WHAT_WAS_DONE,
        HISTORY,
        MEASURE,
    ),
    "data-protection-officer": (WHO_LOOKED, WHAT_WAS_DONE, HISTORY),
    "administrator": (
        Step("Find a colleague", "Type a name, and see their team and what they may do.", on("force:staff"),
             frozenset({"searched organisation.staff"})),
        Step("Let another system in", "It gets a name of its own, a few scopes and a secret that is shown once.",
             on("machines:new"), frozenset({"foundation.machines.commands.make_client"})),
        Step("Say what changed a figure", "A new rule or a moved team, with its day: every chart of the figure is"
             " parted there.", on("performance:keep", IN_TIME),
             frozenset({"foundation.measures.commands.record_change"})),
        OVERDUE,
    ),
}  # fmt: skip
"""What to try, by the key of the role that somebody has first."""
