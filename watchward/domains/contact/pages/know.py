"""The second column: who this may be, what stands, what happened before, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from watchward.domains.contact.pages.telling import pronoun, resident_words, until_words
from watchward.domains.contact.queries import Contact, Looked, Shown, Stands, Whole
from watchward.domains.contact.vocabulary import BY_KEY, Answer, Decision, Which
from watchward.domains.incidents.vocabulary import CHILDREN, Qualifier, needs_of
from watchward.domains.people.vocabulary import age_on
from watchward.foundation.chronicle import pages as chronicle
from watchward.foundation.guidance.rules import group_of
from watchward.foundation.guidance.vocabulary import Fits, Group
from watchward.foundation.linkage.vocabulary import Standing, Strength
from watchward.foundation.ui import parts, words
from watchward.kernel.periods import local_day

AS_QUALIFIER = {
    Which.DOMESTIC_ABUSE: Qualifier.DOMESTIC_ABUSE, Which.MENTAL_ILL_HEALTH: Qualifier.MENTAL_ILL_HEALTH,
}  # fmt: skip


def fits(looked: Looked) -> Fits:
    """Return by what guidance for a call is found: what was heard and identified, and who is young there."""
    matter = BY_KEY.get(looked.held.call.what)
    identified = looked.held.identified or {}
    said = [
        AS_QUALIFIER[which] for which, one in identified.items() if which in AS_QUALIFIER and one.answer is Answer.YES
    ]
    needs = needs_of(
        kind=matter.kind if matter else None,
        qualifiers=(*said, *(matter.qualifiers if matter else ())),
        signs=looked.signs | looked.held.signs,
    )
    on, born = local_day(looked.at), looked.confirmed.born if looked.confirmed else None
    groups = group_of(age_on(born, on) if born is not None and born <= on else None, on=on)
    if needs and (needs & CHILDREN or looked.children):
        return Fits.of(needs, Group)
    # That an adult rings says nothing of whom it is about; that a child rings does.
    return Fits.of(needs, () if Group.ADULTS in groups else groups)


@dataclass(frozen=True)
class Card:
    """Somebody who may be the caller, or who was said to be."""

    person: UUID
    name: str
    url: str
    about: str
    detail: str
    how: str
    household: str
    evidence: tuple[parts.Evidence, ...]
    her: str
    said: str = ""


def url_of(name: str, id_: UUID) -> str:
    try:
        return reverse(name, args=[id_])
    except NoReverseMatch:
        return ""


def person_url(id_: UUID) -> str:
    return url_of("profile:person", id_)


def card(one: Shown, held: Whole, *, first: bool = True) -> Card:
    her = pronoun(one.sex)
    age = one.age_words.rpartition(" ")[2] if one.born else one.age_words.lower()
    decided = (held.decided or {}).get(one.person)
    said = ""
    if one.decision is Decision.YES and decided:
        said = f"You said this is {her} at {words.hm(decided[1])}"
    elif one.decision is Decision.UNSURE and decided:
        said = f"Unsure since {words.hm(decided[1])}"
    return Card(
        person=one.person,
        name=one.name,
        url=person_url(one.person),
        about=f", {age}",
        detail=f"born {words.day_year(one.born)}" if one.born else "",
        how=f"{one.standing.value}: {one.who}" if one.standing else "",
        household="",
        evidence=tuple(
            parts.Evidence(each.strength.name.lower(), each.words)  # type: ignore[arg-type]
            for each in one.evidence
            if first or each.strength not in (Strength.NOT_ASKED, Strength.MISSING)
        ),
        her=her,
        said=said,
    )


def well_fitting(looked: Looked) -> int:
    """Return how many suggestions stand open: beside somebody who fits strongly, those who fit weakly are folded."""
    if looked.subject is None:
        return len(looked.guesses)
    return sum(1 for one in looked.guesses if one.standing is not Standing.WEAK)


def nobody(looked: Looked) -> str:
    call = looked.held.call
    if looked.confirmed or looked.guesses or looked.locked:
        return ""
    if looked.too_many:
        return f"Too many fit {words.listed(looked.too_many)}. Ask for more: a date of birth, an address."
    return "Nobody on record fits." if call.number or call.caller or call.place_words else "Nothing to go by yet."


def marks(looked: Looked) -> tuple[parts.Mark, ...]:
    names = {one.person: one.name for one in looked.residents}
    if looked.subject is not None:
        names[looked.subject.person] = looked.subject.name
    people = [one for one in looked.stands if one.about_kind == "person" and "order" not in one.flags]
    orders = [one for one in looked.stands if "order" in one.flags]
    marks = [parts.Mark(_side(one), _fact(one, names)) for one in people]
    for label, about in (("Place", "place"), ("Number", "number")):
        marks += [parts.Mark(label, _leading(one)) for one in looked.stands if one.about_kind == about]
    if looked.children:
        said = [str(resident_words(one)) for one in looked.children]
        marks.append(parts.Mark("Children", ". ".join(said)))
    if looked.hidden:
        marks.append(parts.Mark("Locked", f"{words.counted(looked.hidden, 'more person', 'more people')} live here"))
    if not marks and not orders:
        return ()
    marks += [parts.Mark("Orders", _fact(one, names)) for one in orders]
    if not orders:
        marks.append(parts.Mark("Orders", "None in force", quiet=True))
    return tuple(marks)


def _leading(one: Stands) -> parts.Said:
    """Return a fact that stands, leading to the record that says it."""
    url = chronicle.url_of(one.kind, one.source) if one.source else ""
    fact = until_words(one)
    if not url:
        return fact
    return (parts.Link(one.headline, url), *(fact[1:] if isinstance(fact, tuple) else ()))


def _side(one: Stands) -> str:
    return "Warning" if "warning" in one.flags else {"victim": "Victim", "need": "Needs"}.get(one.role, "Marked")


def _fact(one: Stands, names: dict[UUID, str]) -> parts.Said:
    who = names.get(one.about)
    fact = until_words(one)
    rest = fact if isinstance(fact, tuple) else (fact,)
    since = parts.Soft(f" since {words.day_year(one.since)}")
    return (parts.Strong(who), ": ", *rest, since) if who else (*rest, since)


def line(one: Contact, now: datetime) -> parts.Line:
    done = one.state in ("closed", "rang off")
    return parts.Line(
        when=one.at,
        what=one.headline,
        url=chronicle.url_of(one.kind, one.source),
        shown=words.recent(one.at, now),
        beneath=one.detail,
        state=parts.State(one.state, "done" if done else "none") if one.state else None,
        harm=one.harm > 0,
    )


def months(rest: tuple[Contact, ...]) -> str:
    first, last = local_day(rest[-1].at), local_day(rest[0].at)
    said = f"{first:%b %Y}"
    return said if (first.year, first.month) == (last.year, last.month) else f"{said} to {last:%b %Y}"


def owed(looked: Looked) -> list[parts.Mark]:
    found = []
    for one in looked.owed:
        late = one.due < looked.at
        today = local_day(one.due) == local_day(looked.at)
        said = words.left(one.due, looked.at) if late else f"today {words.hm(one.due)}" if today else words.due(
            one.due, looked.at
        )  # fmt: skip
        state = parts.State(said, "late" if late else "soon" if today else "ok")
        beneath = [f"{one.owner}, by {words.moment(one.due)}"] if one.owner else []
        if one.what:
            beneath.append(one.question)
        found.append(parts.Mark(state, one.what or one.question, beneath=". ".join(beneath)))
    return found
