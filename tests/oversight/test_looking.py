"""Who looked at whom with nothing in hand is found, said why, and reviewed with an outcome."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import factories
from tests.domains.incidents import scenes
from tests.domains.signed_in import client_of
from watchward.domains.incidents import commands as incidents
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.domains.places import commands as places
from watchward.foundation import reading
from watchward.foundation.access import commands as access
from watchward.foundation.access import middleware
from watchward.foundation.access.context import as_engine, within
from watchward.foundation.access.models import Team
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.foundation.duties.models import Duty
from watchward.foundation.ledgers import counted
from watchward.kernel.refusals import Refused
from watchward.oversight.looking import commands, queries, rules
from watchward.oversight.looking.models import Finding
from watchward.oversight.looking.vocabulary import Home, Outcome, Reason

pytestmark = pytest.mark.django_db

MORNING, NIGHT = timedelta(hours=2), timedelta(hours=20)


def recorded(forenames: str, surname: str, line: str = "") -> Person:
    """Record somebody, who lives in Kilncroft Street if a house is given; long ago, so that it is no work in hand."""
    acting = factories.officer("call-handler", at=factories.NOW - timedelta(days=40))
    with within(acting):
        person = people.record_person(acting, forenames=forenames, surname=surname, source="a call")
        if line:
            place = places.record_place(acting, line=line, town="Burslem", postcode="ST6 4AB")
            people.live_at(acting, person=person.pk, place=place.pk, since=date(2018, 2, 1))
    return person


def look(acting: Acting, person: Person, after: timedelta = MORNING) -> None:
    """Open somebody's record."""
    later = acting.at_time(acting.at + after)
    with within(later):
        reading.opened(later, person)


def looked_over(after: timedelta = NIGHT) -> list[Finding]:
    """Let the machinery look over the looks, at night."""
    acting = factories.machinery(factories.NOW + after)
    machinery = acting.__class__(**{name: getattr(acting, name) for name in acting.__slots__} | {"sees_all": True})
    with within(machinery):
        return commands.look_over(machinery)


def reasons(finding: Finding) -> list[str]:
    """Return why it is asked."""
    return [ground["reason"] for ground in finding.grounds]


@pytest.fixture
def auditor() -> Acting:
    """The auditor, in the team that answers for findings."""
    acting = factories.machinery()
    from watchward.foundation.access import commands as access

    with within(acting):
        team = access.form_team(acting, key="audit", name="Audit", since=factories.START)
    return factories.officer("auditor", team=team)


def lives(auditor: Acting, who: Acting, line: str) -> None:
    """Say where somebody who works here lives."""
    with within(auditor):
        commands.declare_dwelling(auditor, account=who.account, line=line, postcode="ST6 4AB")


def test_a_neighbour_with_nothing_in_hand_is_found(auditor: Acting) -> None:
    """PC Dhillon lives at 21; the record of somebody at 25 is opened, and nothing of his work concerns them."""
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    lives(auditor, officer, "21 Kilncroft Street")
    look(officer, recorded("Ann", "Birchall", "25 Kilncroft Street"))
    (finding,) = looked_over()
    assert finding.account_id == officer.account
    assert reasons(finding) == [Reason.NEIGHBOUR, Reason.NOTHING_IN_HAND]
    assert len(finding.looks) == 1
    assert looked_over(NIGHT + timedelta(days=1)) == []


@pytest.mark.parametrize("work", ["opened", "sent", "live", "record"])
def test_with_something_in_hand_it_is_not(auditor: Acting, work: str) -> None:
    """An incident that they opened or were sent to, one that is live, or work on the record: nobody is asked."""
    officer = factories.officer("force-incident-manager", name="PC Jas Dhillon")
    lives(auditor, officer, "21 Kilncroft Street")
    person = recorded("Ann", "Birchall", "25 Kilncroft Street")
    other = scenes.handler()
    if work == "record":
        with within(officer):
            people.add_name(officer, person=person.pk, forenames="Annie", source="a call")
    else:
        opener = officer if work == "opened" else other
        made = scenes.incident(opener, people=[(person.pk, "victim")])
        if work == "sent":
            unit = scenes.unit()
            manager = scenes.manager()
            with within(manager):
                incidents.crew(manager, unit=unit.pk, account=officer.account)
                incidents.send(manager, incident=made.pk, unit=unit.pk)
    look(officer, person)
    assert looked_over() == []


def test_ones_own_household_is_asked_about_whatever_was_in_hand(auditor: Acting) -> None:
    """Nobody deals with their own family: a task is no excuse."""
    officer = factories.officer("force-incident-manager", name="PC Jas Dhillon")
    lives(auditor, officer, "21 Kilncroft Street")
    person = recorded("Simran", "Kaur", "21 Kilncroft Street")
    scenes.incident(officer, people=[(person.pk, "victim")])
    look(officer, person)
    (finding,) = looked_over()
    assert reasons(finding) == [Reason.HOUSEHOLD]


def test_a_colleague_a_namesake_and_oneself(auditor: Acting) -> None:
    """A colleague's record by name; not that of a namesake who lives elsewhere; and one's own."""
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    colleague = factories.officer("sergeant", name="Sgt Marian Lowe")
    lives(auditor, colleague, "40 Lustre Road")
    look(officer, recorded("Marian Grace", "Lowe", "40 Lustre Road"))
    look(officer, recorded("Marian", "Lowe", "3 Elsewhere Close"))
    look(officer, recorded("Jas", "Dhillon"))
    found = {tuple(reasons(finding)) for finding in looked_over()}
    assert found == {
        (Reason.COLLEAGUE, Reason.NOTHING_IN_HAND),
        (Reason.OWN, Reason.NOTHING_IN_HAND),
    }


def test_somebody_well_known_and_somebody_again_and_again(auditor: Acting) -> None:
    """A footballer's record, and the same stranger's on three days."""
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    famous, stranger = recorded("Danny", "Oakes"), recorded("Ann", "Birchall")
    with within(auditor):
        commands.mark_well_known(auditor, person=famous.pk, words="Plays for the town")
    look(officer, famous)
    for days in (-20, -9, 0):
        look(officer, stranger, MORNING + timedelta(days=days))
    found = {finding.person: reasons(finding) for finding in looked_over()}
    assert found == {
        famous.pk: [Reason.WELL_KNOWN, Reason.NOTHING_IN_HAND],
        stranger.pk: [Reason.AGAIN, Reason.NOTHING_IN_HAND],
    }


def test_a_new_look_makes_a_new_finding(auditor: Acting) -> None:
    """What was found is not found again; what comes after it is, with its own looks alone."""
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    famous = recorded("Danny", "Oakes")
    with within(auditor):
        commands.mark_well_known(auditor, person=famous.pk, words="Plays for the town")
    look(officer, famous)
    assert len(looked_over()) == 1
    look(officer, famous, timedelta(hours=30))
    (second,) = looked_over(NIGHT + timedelta(days=1))
    assert len(second.looks) == 1


def a_finding(auditor: Acting) -> Finding:
    """Return a finding about a look at somebody well known."""
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    famous = recorded("Danny", "Oakes")
    with within(auditor):
        commands.mark_well_known(auditor, person=famous.pk, words="Plays for the town")
    look(officer, famous)
    (finding,) = looked_over()
    return finding


def test_it_is_owed_within_a_week_and_reviewed_by_another(auditor: Acting) -> None:
    """The audit team owes a review by a time; an outcome and words are needed; nobody reviews their own looks."""
    finding = a_finding(auditor)
    team = Team.objects.get(key="audit")
    with within(auditor):
        duty = Duty.objects.get(kind="looking.review", about=finding.pk)
        assert (duty.owed_by_team_id, duty.handling, duty.state) == (team.number, 2, "open")
        assert duty.due_at > duty.arose_at
        with pytest.raises(Refused) as refused:
            commands.review(auditor, finding=finding.pk, outcome="", words="")
        assert {reason.field for reason in refused.value.reasons} == {"outcome", "words"}
        commands.review(auditor, finding=finding.pk, outcome=Outcome.ADVICE, words="Asked him: he was curious")
        duty.refresh_from_db()
        assert duty.state == "discharged"
        with pytest.raises(Refused, match="already"):
            commands.review(auditor, finding=finding.pk, outcome=Outcome.ADVICE, words="Asked him again")
    looker = factories.officer("response-officer")
    with within(looker):
        assert not Finding.objects.exists()
        assert not Duty.objects.filter(kind="looking.review").exists()
        with pytest.raises(Denied):
            commands.review(looker, finding=finding.pk, outcome=Outcome.ADVICE, words="It was all right")
    machinery = factories.machinery()
    with within(machinery), as_engine(machinery) as everything:
        ledger = next(each for each in counted(everything) if each.key == "duties.looking.review")
        assert ledger.balances


def test_an_auditors_own_looks_are_reviewed_by_another(auditor: Acting) -> None:
    """Whoever reviews is looked over as well."""
    look(auditor, recorded(*auditor.name.split()))
    (finding,) = looked_over()
    assert finding.account_id == auditor.account
    with within(auditor), pytest.raises(Refused, match="Somebody else"):
        commands.review(auditor, finding=finding.pk, outcome=Outcome.GOOD_REASON, words="It was my own")


def test_on_its_pages(auditor: Acting, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The list says who, at whom and why; the finding opens to its looks; a review closes it and is counted."""
    settings.DEMO = True
    monkeypatch.setattr(middleware, "now", lambda: factories.NOW + NIGHT)
    finding = a_finding(auditor)
    client = client_of(auditor)
    said = client.get("/oversight/looking/").content.decode()
    for words in ("PC Jas Dhillon", "Danny Oakes", "well known; nothing in hand", "1 to review, none reviewed yet"):
        assert words in said
    page = client.get(f"/oversight/looking/{finding.pk}").content.decode()
    assert "Plays for the town" in page
    assert "Person P-" in page
    answer = client.post(f"/oversight/looking/{finding.pk}", {"outcome": "", "words": "Asked him"})
    assert answer.status_code == 422
    assert "Choose what came of it" in answer.content.decode()
    assert "Asked him</textarea>" in answer.content.decode()
    typed = {"outcome": Outcome.GOOD_REASON.value, "words": "He had found the man's wallet"}
    said = client.post(f"/oversight/looking/{finding.pk}", typed, follow=True).content.decode()
    assert "Of 1 reviewed, 0 had no good reason, 1 had one, and 0 could not be told" in said
    assert client_of(factories.officer("sergeant")).get("/oversight/looking/").status_code == 403


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (("21", "kilncroft street", "st64ab"), ("25", "kilncroft street", "st64ac"), True),
        (("21", "kilncroft street", "st64ab"), ("27a", "kilncroft street", ""), True),
        (("21", "kilncroft street", "st64ab"), ("29", "kilncroft street", "st64ab"), False),
        (("21", "kilncroft street", "st64ab"), ("21", "kilncroft street", "st64ab"), False),
        (("21", "high street", "st64ab"), ("23", "high street", "st131aa"), False),
        (("21", "", "st64ab"), ("23", "", "st64ab"), False),
    ],
)
def test_a_few_doors_away(one: tuple[str, str, str], other: tuple[str, str, str], near: bool) -> None:
    """Three doors on the same side of the same street of the same town."""
    assert rules.is_neighbour(Home(*one), Home(*other)) is near


def test_far_more_than_others_of_the_same_role() -> None:
    """One of nine opens two hundred records in a week; the median is not moved by her."""
    from watchward.oversight.looking.vocabulary import Look, Reader

    readers = {UUID(int=n): Reader(UUID(int=n), "a", str(n), "response-officer") for n in range(1, 10)}

    def looks(account: UUID, count: int) -> list[Look]:
        return [Look(UUID(int=n), factories.NOW, account, UUID(int=n)) for n in range(count)]

    usual = [look for n, account in enumerate(readers) for look in looks(account, 20 + n)]
    assert rules.volumes(usual, readers) == []
    (found,) = rules.volumes([*usual, *looks(UUID(int=3), 200)], readers)
    assert found.account == UUID(int=3)
    assert "200 people's records; half of those who are response-officer opened 25 or fewer" in found.grounds[0].words


def test_homes_of_staff_and_well_known_records_are_recorded_on_their_page(auditor: Acting, settings: Any) -> None:
    """Every reason comes back at its box with what was typed; nobody but an auditor comes in."""
    settings.DEMO = True
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    famous = recorded("Ann", "Birchall", "25 Kilncroft Street")
    client, page = client_of(auditor), "/oversight/looking/known"
    assert page in client.get("/oversight/looking/").content.decode()
    assert "No home is recorded" in client.get(page).content.decode()
    half = client.post(page, {"do": "home", "account": str(officer.account), "line": "Kilncroft Street"})
    assert half.status_code == 422
    assert "Give the house, the street and the postcode" in half.content.decode()
    assert 'value="Kilncroft Street"' in half.content.decode()
    home = {"do": "home", "account": str(officer.account), "line": "21 Kilncroft Street", "postcode": "ST6 4AB"}
    assert client.post(page, home).status_code == 302
    nobody = client.post(page, {"do": "record", "person": "P-000000-0000", "words": "Plays for the town"})
    assert nobody.status_code == 422
    assert "No record of a person has this reference" in nobody.content.decode()
    assert client.post(page, {"do": "record", "person": famous.reference, "words": ""}).status_code == 422
    sent = {"do": "record", "person": famous.reference, "words": "Plays for the town"}
    assert client.post(page, sent).status_code == 302
    shown = client.get(page).content.decode()
    for words in ("21 Kilncroft Street, ST6 4AB", "PC Jas Dhillon", "Plays for the town", "Ann Birchall"):
        assert words in shown
    assert client_of(officer).get(page).status_code == 403


def test_who_administers_answers_for_no_looks(auditor: Acting) -> None:
    """Derek Saltram gives out accounts: he joins no team that answers for looks, nor becomes its auditor."""
    saltram, kerr = factories.officer("administrator", name="Derek Saltram"), auditor
    team = Team.objects.get(key="audit").number
    acting, since = factories.machinery(), factories.START
    with within(acting):
        with pytest.raises(Refused) as no_team:
            access.join_team(acting, account=saltram.account, team=team, since=since)
        with pytest.raises(Refused) as no_role:
            access.give_role(acting, account=saltram.account, role="auditor", since=since)
        with pytest.raises(Refused) as no_account:
            access.give_role(acting, account=kerr.account, role="administrator", since=since)
        other = access.form_team(acting, key="administration", name="Administration", since=since)
        access.join_team(acting, account=saltram.account, team=other.number, since=since)
    fields = [refused.value.reasons[0].field for refused in (no_team, no_role, no_account)]
    assert fields == ["team", "role", "role"]


def test_a_record_that_attracts_looks_no_longer_is_ended_with_a_reason(auditor: Acting) -> None:
    """The footballer has left: looks from then on are as at anybody's; those before it, and why it was, stay."""
    officer = factories.officer("response-officer", name="PC Jas Dhillon")
    famous = recorded("Danny", "Oakes")
    with within(auditor):
        named = commands.mark_well_known(auditor, person=famous.pk, words="Plays for the town")
    look(officer, famous)
    later = auditor.at_time(factories.NOW + timedelta(hours=4))
    with within(later):
        for words in ("", "Left"):
            with pytest.raises(Refused) as refused:
                commands.end_well_known(later, named=named.pk, words=words)
            assert [reason.field for reason in refused.value.reasons] == ["words"]
        commands.end_well_known(later, named=named.pk, words="Left the town's club")
        with pytest.raises(Refused, match="ended already"):
            commands.end_well_known(later, named=named.pk, words="Left the town's club")
    look(officer, famous, timedelta(hours=6))
    (finding,) = looked_over()
    assert reasons(finding) == [Reason.WELL_KNOWN, Reason.NOTHING_IN_HAND]
    assert len(finding.looks) == 1
    look(officer, famous, timedelta(hours=30))
    assert looked_over(NIGHT + timedelta(days=1)) == []
    again = auditor.at_time(factories.NOW + timedelta(days=3))
    with within(again):
        commands.mark_well_known(again, person=famous.pk, words="Back as its manager")
        commands.mark_well_known(again, person=famous.pk, words="Back as its coach")
        kept = [(row.words, row.ended_words) for row in queries.well_known(again)]
    assert kept == [("Back as its coach", ""), ("Plays for the town", "Left the town's club")]
    look(officer, famous, timedelta(days=3, hours=2))
    (second,) = looked_over(NIGHT + timedelta(days=3))
    assert reasons(second)[0] == Reason.WELL_KNOWN


def test_a_naming_is_ended_on_its_page_and_kept_there(auditor: Acting, settings: Any) -> None:
    """Whose record and why are asked for; what has ended stands with its days, its reason and who ended it."""
    settings.DEMO = True
    famous = recorded("Ann", "Birchall", "25 Kilncroft Street")
    client, page = client_of(auditor), "/oversight/looking/known"
    assert "End the naming" not in client.get(page).content.decode()
    with within(auditor):
        named = commands.mark_well_known(auditor, person=famous.pk, words="Plays for the town")
    assert "Ann Birchall: Plays for the town" in client.get(page).content.decode()
    half = client.post(page, {"do": "end", "named": str(named.pk), "words": ""})
    assert half.status_code == 422
    assert "Say why their record attracts looks no longer" in half.content.decode()
    assert client.post(page, {"do": "end", "named": "", "words": "Left the club"}).status_code == 422
    assert client.post(page, {"do": "end", "named": str(named.pk), "words": "Left the club"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Records that attract looks no longer" in shown
    assert "Left the club" in shown
    assert "Nobody is named" in shown
    assert "End the naming" not in shown
