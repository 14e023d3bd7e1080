"""One person's record across the force: what happened, what stands, what is owed and who they are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests import factories
from tests.domains.signed_in import client_of
from tests.foundation.test_work_pages import sections_of
from tests.oversight.kilncroft import NOW, Kilncroft, matters_of, plain
from watchward.foundation import reading
from watchward.foundation.access.context import within
from watchward.foundation.chronicle.kinds import kinds
from watchward.foundation.records import NotHere
from watchward.oversight.profile import pages, queries
from watchward.oversight.profile.vocabulary import EVENTS, FACTS, OWED, Show

pytestmark = pytest.mark.django_db


class TestThePage:
    """Everything that is known, in its fixed places."""

    def test_what_matters_is_said_in_its_order(self) -> None:
        """Trend, danger, children, instruction: each fact once, in that order."""
        said = matters_of(Kilncroft().page())
        assert said.replace("( ", "(").startswith(
            "Repeat victim of domestic abuse. 3 contacts in 30 days, rising. Lives with Dean Salt (Violent: Knife, "
            "2017). 1 child in the household. Ask before ringing back. "
        )

    def test_a_quiet_record_says_so_quietly(self) -> None:
        """With nothing to say it does not shout."""
        stage = Kilncroft()
        page = client_of(stage.sergeant).get(f"/records/people/{stage.ellie.pk}").content.decode()
        assert "ww-matters--calm" not in stage.page()
        with within(stage.sergeant) as acting:
            quiet = stage._person(acting, "Ada", "Quiet", date(1960, 1, 1), "F")
        page = client_of(stage.sergeant).get(f"/records/people/{quiet.pk}").content.decode()
        assert "ww-matters--calm" in page
        assert matters_of(page) == "Nothing stands out"

    def test_the_chronicle_by_year_with_her_parts(self) -> None:
        """Latest first under its year; filters count and narrow; only kinds of line stand in the address."""
        stage = Kilncroft()
        page = stage.page()
        years = re.findall(r'ww-line__year">(\d+)<', page)
        assert years == ["2019", "2018"]
        assert "Shouting 0.01 days ago" in page
        assert "<b>All 5</b>" in page
        assert "As victim 4" in page
        narrowed = stage.page(query="?show=caller")
        assert "Shouting 400 days ago" in narrowed
        assert "Shouting 3 days ago" not in sections_of(narrowed)["chron"]
        assert "<b>As caller 1</b>" in narrowed
        assert "<b>All 5</b>" in stage.page(query="?show=nonsense")

    def test_who_she_is_and_lives_with(self) -> None:
        """Identity, household with ties and warnings, places and numbers."""
        found = sections_of(Kilncroft().page())
        assert "Partner Dean Salt , Adult, 34. Violent: Knife, 2017" in plain(found["house"])
        assert "Daughter Ellie Machin , Child, 7" in plain(found["house"])
        assert "27 Kilncroft Street, Burslem, ST6 4AB since 1 Feb 2018" in plain(found["places"])
        assert "07700 900417 Ask before ringing back" in plain(found["places"])

    def test_how_often_she_had_which_part(self) -> None:
        """Twelve months and ever; a fact that stands is no part in anything."""
        rows = re.findall(r"<tr>(.*?)</tr>", sections_of(Kilncroft().page())["roles"], re.DOTALL)
        assert [plain(row) for row in rows[1:]] == ["Victim 4 4", "Caller 0 1"]

    def test_few_queries_however_much_happened(self, django_assert_max_num_queries: Any) -> None:
        """Thirty more contacts cost not one query more."""
        stage = Kilncroft()
        client = client_of(stage.sergeant)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.get(f"/records/people/{stage.kerry.pk}")
        with CaptureQueriesContext(connection) as before:
            client.get(f"/records/people/{stage.kerry.pk}")
        for days in range(20):
            stage.happened(40 + days, "witness")
        with django_assert_max_num_queries(len(before)):
            client.get(f"/records/people/{stage.kerry.pk}")
        assert len(before) <= 50

    def test_earlier_lines_are_counted_and_one_press_away(self) -> None:
        """Thirty lines at once; the rest are said and shown when asked for."""
        stage = Kilncroft()
        for days in range(28):
            stage.happened(40 + days, "witness")
        assert "3 earlier" in stage.page()
        assert "Shouting 400 days ago" in stage.page(query="?all=yes&amp;show=all".replace("&amp;", "&"))


def test_what_is_owed_to_her_stands_by_its_due_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody owes about her is listed with its due time and who owes it, late ones said aloud."""
    from tests.foundation import scene
    from watchward.domains.places.models import Place
    from watchward.foundation.access.owners import TeamOf
    from watchward.foundation.chronicle.kinds import About
    from watchward.foundation.duties import commands as duties
    from watchward.foundation.duties.kinds import Due, DutyKind
    from watchward.foundation.duties.kinds import kinds as duty_kinds
    from watchward.foundation.duties.models import Duty

    monkeypatch.setattr(pages, "OWED_SHOWN", 50)  # much is owed on this stage, and the last of it is looked at here
    stage = Kilncroft()
    kind = DutyKind(
        key="tests.visit-her", asks="Was she visited?", about=Place,
        population=lambda acting: Place.visible_to(acting).filter(town=scene.OWES),
        due=lambda place: Due(place.made_at, place.made_at + timedelta(hours=24), "A rule of these tests", NOW.date()),
        owed_by=TeamOf(), says=lambda place: place.line,
        subjects=lambda _place: [About("person", stage.kerry.pk, "owed")],
    )  # fmt: skip
    try:
        for hours, line in ((-48, "A late visit"), (0, "A visit to come")):
            with within(stage.sergeant.at_time(NOW + timedelta(hours=hours))) as then:
                scene.write_place(then, line=line, owes=True, team=stage.team.number)
        with within(stage.sergeant) as giving:
            visit = Duty.visible_to(giving).get(kind=kind.key, what="A visit to come")
            duties.give(giving, duty=visit.pk, to=stage.handler.account)
        page = stage.page()
        with within(stage.sergeant) as giving:
            duties.give(giving, duty=visit.pk, to=stage.sergeant.account)
        own = stage.page()
    finally:
        del duty_kinds[kind.key]
    owed = plain(sections_of(page)["owed"])
    late = re.search(r"(\d+) things open, (\d+) late", owed)
    assert late
    assert int(late[1]) > int(late[2]) > 1
    assert owed.index("A late visit") < owed.index("A visit to come")
    assert "24 h late" in owed
    assert "A late visit. Response A, nobody named, by Sun 30 Jun 2019, 07:45" in owed
    assert "A visit to come. P. Nandra, by Tue 2 Jul 2019, 07:45" in owed
    assert "A visit to come. You, by Tue 2 Jul 2019, 07:45" in plain(sections_of(own)["owed"])
    assert matters_of(page).endswith(f"{late[2]} things owed to her are late.")


def test_what_else_is_owed_is_one_press_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows what is due first, says how many more there are, and leads to all of it."""
    stage = Kilncroft()
    whole = re.search(r"(\d+) things? open", plain(sections_of(stage.page())["owed"]))
    assert whole
    count = int(whole[1])
    assert count > 1
    monkeypatch.setattr(pages, "OWED_SHOWN", 1)
    some = sections_of(stage.page())["owed"]
    assert some.count("<li") == 1
    found = re.search(rf'<a href="\?([^"#]+)#h-owed">{count - 1} more owed, due later</a>', some)
    assert found, some
    everything = sections_of(stage.page(query="?" + found[1].replace("&amp;", "&")))["owed"]
    assert everything.count("<li") == count
    assert "more owed" not in everything


def test_every_kind_of_line_is_an_event_a_fact_or_owed() -> None:
    """A new kind of line fails here until somebody has said whether it counts as a contact."""
    house = {key for key in kinds if not key.startswith("tests.")}
    assert house <= FACTS | EVENTS | {OWED}
    assert not FACTS & EVENTS
    assert {show.value for show in Show} == {"all", "victim", "caller", "facts"}


def test_a_stranger_to_the_force_finds_nobody() -> None:
    """An id that never was is not found, by the query as by the page."""
    acting = factories.officer("sergeant")
    with within(acting), pytest.raises(NotHere):
        queries.gather(acting, person=uuid4())
    assert reading.OPEN_LOCKED in acting.permissions
