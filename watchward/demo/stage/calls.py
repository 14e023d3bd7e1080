"""Taking calls, and opening incidents from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from watchward.demo.stage.company import Company
from watchward.demo.stage.thrive import heard
from watchward.domains.contact import commands as contact
from watchward.domains.contact.vocabulary import Answer, Decision, Line, Typed, Which
from watchward.domains.incidents.vocabulary import Sign

_ANSWERS: Mapping[str, Answer] = {"y": Answer.YES, "n": Answer.NO, "?": Answer.NOT_KNOWN}


class Calls(Company):
    """What is done on calls."""

    def call(
        self, by: str, line: str, *, number: str = "", rang: int = 6, caller: str = "", place: str = "",
        what: str = "", part: str | None = None, others: str = "", signs: Collection[Sign] = (),
        thrive: str | None = None, said: Iterable[str] = (), identified: str = "", advice: Collection[str] = (),
        known: UUID | None = None, at: UUID | None = None,
    ) -> UUID:  # fmt: skip
        """Take a call, write down what is said, and say who it is.

        Args:
            by: who takes it.
            line: 999, 101 or other.
            number: as the telephone system gave it.
            rang: seconds for which it rang.
            caller: the name, as given.
            place: the address, as given.
            what: key of the matter.
            part: the caller's part, where it is not the usual one.
            others: names of others.
            signs: what was heard.
            thrive: see ``heard``; None where THRIVE was not asked.
            said: lines of the log, ten seconds apart.
            identified: repeat victim, domestic abuse and mental ill health, each y, n or ? such as `yyn`; empty where
                none was identified.
            advice: keys of the advice that was said.
            known: the person that the caller is said to be.
            at: the place, where it is chosen and not only typed.
        """
        answered = self.of(by)
        call = contact.take_call(
            answered, line=Line(line), number=number, rang_at=self.now - timedelta(seconds=rang)
        ).pk
        seconds = 20.0
        typed = Typed(
            caller=caller or None, place=place or None, what=what or None, part=part, others=others or None,
            signs=frozenset(signs) or None, thrive=heard(thrive) if thrive is not None else {},
            identified=dict(zip(Which, map(_ANSWERS.__getitem__, identified), strict=False)), said=frozenset(advice),
        )  # fmt: skip
        if typed != Typed():
            contact.record_call(self.of(by, after=seconds), call=call, typed=typed, acted=True)
        if at is not None:
            contact.choose_place(self.of(by, after=seconds), call=call, place=at)
        for words in said:
            seconds += 10
            contact.add_line(self.of(by, after=seconds), call=call, words=words)
        if known is not None:
            self.says_who(by, call, known, after=seconds)
        return call

    def says_who(self, by: str, call: UUID, person: UUID, *, after: float = 0, no: bool = False) -> None:
        """Say that somebody on record is the caller, or is not."""
        decision = Decision.NO if no else Decision.YES
        contact.decide_caller(self.of(by, after=after), call=call, person=person, decision=decision)

    def names_caller(self, by: str, call: UUID, *, after: float = 70) -> UUID:
        """Record the caller as a new person, and return them."""
        person = contact.make_caller_known(self.of(by, after=after), call=call).caller_person_id
        assert person is not None  # noqa: S101 - the command sets it
        return person

    def involves(self, by: str, call: UUID, person: UUID, part: str, *, after: float = 60) -> None:
        """Say that somebody on record is one of those whom the call is about."""
        contact.involve(self.of(by, after=after), call=call, person=person, part=part)

    def opens(self, by: str, call: UUID, *, after: float = 80) -> UUID:
        """Open an incident from a call, and return it."""
        incident = contact.open_incident(self.of(by, after=after), call=call).incident_id
        assert incident is not None  # noqa: S101 - the command sets it
        return incident

    def ends(self, by: str, call: UUID, *, after: float = 150) -> None:
        """End a call."""
        contact.end_call(self.of(by, after=after), call=call)

    def asks_nurse(self, by: str, call: UUID, asked: str, *, nurse: str, answer: str, after: float = 60) -> None:
        """Ask a nurse by telephone, and write down what they answer."""
        advice = contact.ask_nurse(self.of(by, after=after), call=call, asked=asked).pk
        contact.answer_nurse(self.of(by, after=after + 10), advice=advice, nurse=nurse, answer=answer)
