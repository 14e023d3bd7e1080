"""The contact page through its doors: with script and without, nothing typed lost, nothing said that is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.domains.contact import world
from tests.domains.signed_in import client_of
from watchward.domains.contact import commands, queries
from watchward.domains.contact.models import Call, CallLine, NurseAdvice
from watchward.domains.contact.vocabulary import Decision, Line, Part, Typed
from watchward.domains.incidents.vocabulary import Level
from watchward.domains.people import commands as people
from watchward.foundation.access.context import within
from watchward.foundation.audit.models import Trace
from watchward.foundation.duties.models import Duty
from watchward.foundation.records import Handling
from watchward.foundation.ui.words import moment

pytestmark = pytest.mark.django_db
FRAME, PAGE, LOOK = 5, 10, 15
"""Statements of every request (session, who acts, savepoints), of this page's own, and of saving and looking up."""
HTMX: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
AUTOSAVE: dict[str, Any] = {"HTTP_X_WATCHWARD_AUTOSAVE": "1"}


@pytest.fixture
def made() -> Iterator[SimpleNamespace]:
    """Return her household, a call of hers and the handler's browser, at the time of the story."""
    with time_machine.travel(world.NOW, tick=False) as clock:
        found = world.household()
        found.clock = clock
        found.call = world.call(found.acting, number=world.NUMBER)
        found.client = client_of(found.acting)
        found.page = f"/calls/{found.call.pk}"
        yield found


def words_of(response: Any) -> str:
    """Return a page as it is read: its text alone."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def boxes(response: Any) -> dict[str, Any]:
    """Return what a browser would send back: every box of the form as it stands."""
    page = response.content.decode()
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "q" and ("checked" in tag or not re.search(r'type="(radio|checkbox)"', tag)):
            found.setdefault(name[1], value[1] if value else "")
    for name_, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, flags=re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name_] = chosen[1] if chosen else ""
    return found | dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', page, flags=re.S))


def send(made: SimpleNamespace, action: str, headers: Any = None, **pressed: Any) -> Any:
    """Send the page as it stands with these boxes changed, to the address of one button."""
    form = boxes(made.client.get(made.page)) | pressed
    return made.client.post(f"{made.page}/{action}", form, **(headers or {}))


def stands(made: SimpleNamespace) -> Call:
    """Return the call as it stands."""
    with within(made.acting):
        return queries.whole(made.acting, id_=made.call.pk).call


def test_a_call_is_taken_from_the_first_page(made: SimpleNamespace) -> None:
    """One press takes a 999 call; its page has an id alone in its address."""
    answer = made.client.post("/calls/", {"line": "999", "number": "07700 900555"})
    assert re.fullmatch(r"/calls/[0-9a-f-]{36}", answer.headers["Location"])
    assert "Choose which line rang" in words_of(made.client.post("/calls/", {"line": "112"}))
    listed = words_of(made.client.get("/calls/"))
    assert "2 calls of yours still to complete" in listed
    assert "Missing: place, what, what was said, THRIVE" in listed


@pytest.mark.report("CON-08", by="contact.views.look")
@pytest.mark.report("CON-10", by="contact.views.look")
def test_typing_tells_who_this_is(made: SimpleNamespace) -> None:
    """While a name is typed the answer holds her card, her evidence and each other part in its own place."""
    answer = send(made, "look", HTMX, caller="Kez Machin", place=world.ADDRESS, what="domestic-now")
    said = words_of(answer)
    assert answer.status_code == 200
    assert "Kerry-Ann Machin" in said
    assert "Lives at 27 Kilncroft Street" in said
    assert "Suggested: 1 Immediate" in said
    page = answer.content.decode()
    swapped = set(re.findall(r'id="([\w-]+)"[^>]*hx-swap-oob', page))
    assert swapped == {
        "saved", "go", "version", "carried", "number-note", "part-box", "place-note", "others-note",
        "grade-part", "idents", "advice",
    }  # fmt: skip
    sent = set(re.findall(r'<(?:input|textarea)[^>]*id="([^"]+)"', page))
    assert not {"number", "caller", "place", "others", "log-line"} & sent, "no box that is typed into is replaced"
    assert "innerHTML:#matters" in page
    again = made.client.post(f"{made.page}/look", boxes(made.client.get(made.page)), **HTMX)
    assert "innerHTML:#matters" not in again.content.decode(), "a sentence that stands is not read aloud again"


def test_without_script_the_same_is_told_after_enter(made: SimpleNamespace) -> None:
    """The page is sent, saved and shown again with the same parts."""
    answer = send(made, "look", caller="Kez Machin", place=world.ADDRESS, what="domestic-now")
    assert answer.headers["Location"] == made.page
    said = words_of(made.client.get(made.page))
    for part in ("Kerry-Ann Machin", "Dean Salt lives here", "2 children", "Suggested: 1 Immediate", "None in force"):
        assert part in said


def test_autosave_answers_in_three_words(made: SimpleNamespace) -> None:
    """Saved, when and which version; words for the log that were not sent are kept on the page."""
    answer = send(made, "look", AUTOSAVE, line="Shouting on the")
    assert answer.json() == {"saved": "07:45:00", "version": stands(made).version}
    assert boxes(made.client.get(made.page))["line"] == "Shouting on the"
    with within(made.acting):
        assert not CallLine.visible_to(made.acting).filter(call=made.call.pk, automatic=False).exists()


def test_the_same_form_sent_twice_adds_one_line(made: SimpleNamespace) -> None:
    """A browser that sends Add again, by mistake or after a lost answer, does not double the line."""
    form = boxes(made.client.get(made.page)) | {"line": "He is on the stairs"}
    for _ in range(2):
        answer = made.client.post(f"{made.page}/line", form)
        assert answer.headers["Location"] == f"{made.page}#log-line"
    with within(made.acting):
        kept = CallLine.visible_to(made.acting).filter(call=made.call.pk, automatic=False)
        assert [row.words for row in kept] == ["He is on the stairs"]
    assert "Type what was said" in words_of(send(made, "line", line=" "))


def test_who_it_is_is_said_by_a_button(made: SimpleNamespace) -> None:
    """That is her, then not her after all; the evidence shown is kept, and nonsense is refused."""
    send(made, "look", caller="Kez Machin", place=world.ADDRESS)
    said = words_of(send(made, "caller", HTMX, **{"is": f"{made.kerry.pk}:yes"}))
    assert "Who this is" in said
    assert "You said this is her at 07:45" in said
    assert stands(made).caller_person_id == made.kerry.pk
    assert send(made, "caller", **{"is": f"{made.kerry.pk}:no"}).status_code == 302
    assert stands(made).caller_person_id is None
    assert send(made, "caller", **{"is": f"{made.kerry.pk}:perhaps"}).status_code == 409
    assert send(made, "caller", **{"is": "nobody:yes"}).status_code == 404


def test_a_place_and_another_person_are_chosen(made: SimpleNamespace) -> None:
    """The like-sounding street is one press away; Dean Salt, who lives there, is named as suspect in one more."""
    page = send(made, "look", HTMX, place=world.ADDRESS, others="Dean Salt").content.decode()
    assert f'value="{made.close.pk}"' in page
    assert send(made, "involve", involve=f"{made.dean.pk}:suspect").headers["Location"].endswith("#others")
    assert "on this call as suspect" in words_of(made.client.get(made.page))
    send(made, "place", **{"place-is": str(made.close.pk)})
    assert stands(made).place_id == made.close.pk
    assert send(made, "involve", involve=f"{made.dean.pk}:king").status_code == 409


@pytest.mark.report("CON-12", by="contact.views.nurse")
def test_a_nurse_is_asked_and_answers(made: SimpleNamespace) -> None:
    """Asked and answered on the page of the call."""
    send(made, "nurse", **{"nurse-asked": "Known to the crisis team?"})
    with within(made.acting):
        asked = NurseAdvice.visible_to(made.acting).get()
    answer = {"answers": str(asked.pk), "nurse": "CPN Adaeze Obi", "nurse-answer": "Seen on Friday"}
    send(made, "nurse", **answer)
    assert "CPN Adaeze Obi: Seen on Friday" in words_of(made.client.get(made.page))


def test_an_incident_is_opened_and_the_call_ended(made: SimpleNamespace) -> None:
    """One green action at a time: open the incident with its grade, then end the call."""
    refused = send(made, "incident", caller="Kez", line="unsent words")
    assert refused.status_code == 409
    said = words_of(refused)
    assert "Choose what it is about" in said
    assert "Say where" in said
    assert "unsent words" in said
    page = send(made, "look", HTMX, place=world.ADDRESS, what="domestic-now")
    assert "Open incident, grade 1" in words_of(page)
    assert send(made, "incident").headers["Location"].endswith("#log-line")
    shown = words_of(made.client.get(made.page))
    assert re.search(r"Incident I-190701-\d{4}", shown)
    assert "End call" in shown
    assert "unsent words" in boxes(made.client.get(made.page))["line"]
    assert send(made, "end").status_code == 302
    assert "Ended 07:45:00" in words_of(made.client.get(made.page))
    assert send(made, "end").status_code == 409


def test_a_call_that_needs_no_visit_is_finished(made: SimpleNamespace) -> None:
    """Found property: the green action finishes the call, and no incident is opened."""
    said = words_of(send(made, "look", HTMX, place="Leek", what="found"))
    assert "Suggested: 4 Resolved without deployment" in said
    assert "Finish, no visit" in said
    send(made, "end")
    assert (stands(made).incident_id, stands(made).ended_at) == (None, world.NOW)


def test_another_call_can_be_taken_at_once(made: SimpleNamespace) -> None:
    """What stands on this one is saved; the new one is on the same line and blank."""
    answer = send(made, "another", caller="Kez Machin")
    assert answer.headers["Location"] != made.page
    assert stands(made).caller == "Kez Machin"
    fresh = boxes(made.client.get(answer.headers["Location"]))
    assert (fresh["caller"], fresh["number"]) == ("", "")


def test_two_people_on_one_call_see_both_versions(made: SimpleNamespace) -> None:
    """My page is older than what somebody else saved: both are shown, nothing is lost, and mine can be saved then."""
    form = boxes(made.client.get(made.page)) | {"caller": "Kez Machin"}
    world.typed(world.handler(name="Alan Moss"), made.call, caller="Kerry")
    answer = made.client.post(f"{made.page}/look", form)
    assert answer.status_code == 409
    said = words_of(answer)
    assert "Alan Moss changed" in said
    assert "Kez Machin" in said
    assert "Kerry" in said
    quick = made.client.post(f"{made.page}/look", form, **AUTOSAVE)
    assert (quick.status_code, quick.content) == (409, b"")
    mine = form | {"version": boxes(answer)["version"]}
    assert made.client.post(f"{made.page}/look", mine).status_code == 302
    assert stands(made).caller == "Kez Machin"


def test_recognised_answers_count_once_something_is_pressed(made: SimpleNamespace) -> None:
    """Preselected from records and saying so; kept as recognised once they act, as asked when they change it."""
    world.before(made.acting, world.NOW - timedelta(days=20), who=made.kerry, home=made.home, what="Argument")
    page = send(made, "look", HTMX, caller="Kez Machin", place=world.ADDRESS).content.decode()
    assert re.search(r'id="repeat-victim-yes"[^>]*checked', page)
    assert "Recognised: victim once in 12 months" in page
    assert not re.search(r'name="mental-ill-health"[^>]*checked', page)
    send(made, "line", line="He is here", **{"domestic-abuse": "no"})
    with within(made.acting):
        kept = {row.which: (row.answer, row.how) for row in queries.identified(made.acting, call=made.call).values()}
    assert kept == {"repeat-victim": ("yes", "recognised"), "domestic-abuse": ("no", "asked")}


def test_locked_is_offered_and_sealed_is_nothing(made: SimpleNamespace) -> None:
    """A locked record is counted with no word of its content; a sealed one leaves the page as if it were not there."""
    theirs = world.handler()
    hidden = world.person(theirs, "Petra", "Oakden", made.kerry.date_of_birth, "F")
    with within(theirs):
        for number in ("07700 900777", "07700 900779"):
            people.add_number(theirs, person=hidden.pk, number=number, source="a statement")
    keeper = factories.officer("sergeant", team=factories.team())
    keeper = world.of_team(keeper, theirs)

    def page(number: str, handling: Handling | None = None) -> str:
        if handling is not None:
            with within(keeper):
                people.keep_as(keeper, person=hidden.pk, handling=handling, reason="she fears her brother")
        made.page = f"/calls/{world.call(made.acting).pk}"
        return words_of(send(made, "look", HTMX, number=number, caller="Petra Oakden")).replace(number, "")

    locked = page("07700 900777", Handling.LOCKED)
    assert "1 more record fits" in locked
    assert "Nobody on record fits" not in locked
    assert "born" not in locked
    sealed = page("07700 900779", Handling.SEALED)
    assert "Nobody on record fits" in sealed
    assert sealed == page("07700 900778"), "the very page of a number that nobody has"


def test_each_opening_is_traced_with_its_purpose(made: SimpleNamespace) -> None:
    """Opening the page leaves one trace; the list of calls another."""
    made.client.get(made.page)
    made.client.get("/calls/")
    with within(made.acting):
        rows = Trace.objects.filter(account_id=made.acting.account)
        opened = rows.get(kind="opened")
        assert made.call.reference in opened.purpose
        assert rows.filter(kind="listed", what="contact.list").count() == 1


def test_doors_open_only_to_those_who_may(made: SimpleNamespace) -> None:
    """Nobody who is not signed in; an auditor reads and takes no calls; what is not there is not there."""
    assert Client().get(made.page).status_code == 302
    auditor = client_of(factories.officer("auditor"))
    assert auditor.get(made.page).status_code == 200
    assert auditor.post(f"{made.page}/line", {"line": "x"}).status_code == 403
    assert "Take a 999 call" not in words_of(auditor.get("/calls/"))
    assert made.client.get(f"/calls/{uuid4()}").status_code == 404
    assert made.client.get(f"{made.page}/line").status_code == 405
    assert client_of(factories.officer("administrator")).get(made.page).status_code == 403


def asked(made: SimpleNamespace, do: Any) -> int:
    """Return how many times the database is asked while something is done."""
    with CaptureQueriesContext(connection) as found:
        assert do().status_code == 200
    return len(found)


def test_the_page_asks_the_database_no_more_for_more_history(made: SimpleNamespace) -> None:
    """One plan a question: three earlier calls cost no query more than one, for the page and for what typing shows."""
    send(made, "look", caller="Kez Machin", place=world.ADDRESS, what="domestic-now")
    form = boxes(made.client.get(made.page))

    def page() -> Any:
        return made.client.get(made.page)

    def look() -> Any:
        return made.client.post(f"{made.page}/look", form, **HTMX)

    def both() -> tuple[int, int]:
        made.clock.shift(60)
        page(), look()  # the first look leaves its trace
        return asked(made, page), asked(made, look)

    world.before(made.acting, world.NOW - timedelta(days=40), who=made.kerry, home=made.home, what="Argument")
    once = both()
    for days in (30, 20):
        world.before(made.acting, world.NOW - timedelta(days=days), who=made.kerry, home=made.home, what="Again")
    assert both() == once
    assert once[0] - FRAME <= PAGE
    assert once[1] - FRAME <= LOOK


def test_what_is_owed_to_her_names_who_owes_it_and_by_when(made: SimpleNamespace) -> None:
    """An earlier incident that nobody has gone to: whoever takes the call can say who owes it her, and by when."""
    then = made.acting.at_time(world.NOW - timedelta(hours=3))
    with within(then):
        one = commands.take_call(then, line=Line.EMERGENCY, number=world.NUMBER)
        commands.decide_caller(then, call=one.pk, person=made.kerry.pk, decision=Decision.YES)
        commands.choose_place(then, call=one.pk, place=made.home.pk)
        typed = Typed(what="domestic-other", thrive=world.all_six(Level.SOME), part=Part.VICTIM)
        commands.record_call(then, call=one.pk, typed=typed)
        commands.open_incident(then, call=one.pk)
    with within(made.acting):
        attend = Duty.visible_to(made.acting).select_related("owed_by_team").get(kind="incidents.attend")
    assert attend.owed_by_team is not None
    answer = send(made, "look", HTMX, caller="Kez Machin", place=world.ADDRESS, what="domestic-now")
    assert f"{attend.owed_by_team.name}, nobody named, by {moment(attend.due_at)}" in words_of(answer)


def test_the_log_comes_along_only_where_it_was_written_in(made: SimpleNamespace) -> None:
    """A tick for advice writes a line and shows it; typing a name shows no log that could overtake a fresh line."""
    world.typed(made.acting, made.call, what="domestic-now")
    assert 'id="log-lines"' not in send(made, "look", HTMX, caller="Kez").content.decode()
    ticked = send(made, "look", HTMX, advice="line-open")
    assert 'id="log-lines"' in ticked.content.decode()
    assert "Advice given: leave the line open" in words_of(ticked)
    added = send(made, "line", HTMX, line="He is here")
    assert "He is here" in words_of(added)
    assert "Kerry" not in words_of(added)
