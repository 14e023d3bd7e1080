"""Other records that may be the same person: joined, not joined, unsure, and each undone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.domains.incidents import scenes
from tests.domains.signed_in import client_of
from tests.foundation.test_work_pages import sections_of
from tests.oversight.kilncroft import NOW, Kilncroft
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.foundation.access.context import within

pytestmark = pytest.mark.django_db


class TestSamePerson:
    """Other records that may be her: joined, not joined, or unsure, and each undone."""

    def twin(self, stage: Kilncroft) -> Person:
        """Record her again, as somebody else did years ago."""
        with within(stage.handler) as acting:
            person = stage._person(acting, "Kerry Anne", "Machin", date(1988, 3, 14), "F")
            people.add_number(acting, person=person.pk, number="07700 900417", source="an old call")
        return person

    def test_suggested_joined_and_undone(self) -> None:
        """The evidence is kept as the reason; joined, both histories are one; undone, they are two again."""
        stage = Kilncroft()
        twin = self.twin(stage)
        then = stage.handler.at_time(NOW - timedelta(days=200))
        scenes.incident(then, what="Long ago elsewhere", people=((twin.pk, "witness"),))
        client = client_of(stage.sergeant)
        page = stage.page()
        assert f'name="other" value="{twin.pk}"' in page
        assert "Long ago elsewhere" not in page
        client.post(f"/records/people/{stage.kerry.pk}/same", {"other": str(twin.pk), "decision": "same"})
        page = stage.page()
        assert "Long ago elsewhere" in page
        assert f'name="other" value="{twin.pk}"' not in page
        assert "1 record joined, 0 to decide" in page
        assert "Strong:" in sections_of(page)["same"]
        undo = re.search(r'action="(/records/people/[^"]+/undo)"', page)
        assert undo
        assert client.post(undo[1], {"reason": "oops"}).status_code == 422
        assert client.post(undo[1], {"reason": "Another Kerry after all"}).status_code == 302
        page = stage.page()
        assert "Long ago elsewhere" not in page
        assert f'name="other" value="{twin.pk}"' in page

    def test_not_her_is_not_asked_again(self) -> None:
        """Decided not to be her, the record is no longer suggested, and the decision stands in the list."""
        stage = Kilncroft()
        twin = self.twin(stage)
        client = client_of(stage.sergeant)
        client.post(f"/records/people/{stage.kerry.pk}/same", {"other": str(twin.pk), "decision": "not same"})
        page = stage.page()
        assert f'name="other" value="{twin.pk}"' not in page
        assert "Not: Kerry Anne Machin" in page

    def test_whom_she_lives_with_is_not_suggested(self) -> None:
        """An address or number in common is a household, and no sameness."""
        stage = Kilncroft()
        page = stage.page()
        assert f'value="{stage.dean.pk}"' not in page
        assert f'value="{stage.ellie.pk}"' not in page

    def test_a_forged_answer_is_refused(self) -> None:
        """Nonsense changes nothing; another's sealed record is not found."""
        stage = Kilncroft()
        client = client_of(stage.sergeant)
        address = f"/records/people/{stage.kerry.pk}/same"
        assert client.post(address, {"other": "x", "decision": "same"}).status_code == 302
        assert client.post(address, {"other": str(uuid4()), "decision": "same"}).status_code == 404
        assert client.post(address, {"other": str(stage.dean.pk), "decision": "merge"}).status_code == 422
        assert "0 records joined" in stage.page()
