"""Kerry-Ann Machin's household and her page, for tests of one person's record."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from tests import factories
from tests.domains.incidents import scenes
from tests.domains.signed_in import client_of
from watchward.domains.incidents.vocabulary import Kind, Sign
from watchward.domains.people import commands as people
from watchward.domains.people.models import Person
from watchward.domains.people.vocabulary import MarkerKind, Tie
from watchward.domains.places import commands as places
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting

NOW = factories.NOW


class Kilncroft:
    """Kerry-Ann Machin, the man she lives with, her daughter, and what happened there."""

    def __init__(self) -> None:
        self.team = factories.team("Response A")
        self.sergeant = factories.officer("sergeant", team=self.team, supervises=True, name="Sgt Moira Lowndes")
        self.handler = factories.officer("call-handler", team=self.team, name="P. Nandra")
        with within(self.sergeant) as acting:
            place = places.record_place(acting, line="27 Kilncroft Street", town="Burslem", postcode="ST6 4AB")
            self.kerry = self._person(acting, "Kerry-Ann", "Machin", date(1988, 3, 14), "F")
            self.dean = self._person(acting, "Dean", "Salt", date(1985, 1, 9), "M")
            self.ellie = self._person(acting, "Ellie", "Machin", date(2012, 2, 3), "F")
            people.add_number(
                acting, person=self.kerry.pk, number="07700 900417", source="a call", safe="Ask before ringing back"
            )
            for person in (self.kerry, self.dean, self.ellie):
                people.live_at(acting, person=person.pk, place=place.pk, since=date(2018, 2, 1))
            people.relate(acting, one=self.dean.pk, other=self.kerry.pk, kind=Tie.PARTNER)
            people.relate(acting, one=self.kerry.pk, other=self.ellie.pk, kind=Tie.PARENT)
            people.mark_person(
                acting, person=self.dean.pk, kind=MarkerKind.VIOLENT, words="Knife, 2017", source="PNC",
                grounds="Convicted in 2017", review_on=date(2019, 12, 1),
            )  # fmt: skip
        for days, part in ((400, "caller"), (100, "victim"), (12, "victim"), (3, "victim"), (0.01, "victim")):
            self.happened(days, part)

    def _person(self, acting: Acting, forenames: str, surname: str, born: date, sex: str) -> Person:
        return people.record_person(
            acting, forenames=forenames, surname=surname, date_of_birth=born, sex=sex, source="a call"
        )

    def happened(self, days: float, part: str, **kwargs: Any) -> Any:
        """Let something happen to her so many days ago."""
        then = self.handler.at_time(NOW - timedelta(days=days))
        return scenes.incident(
            then, signs=(Sign.DOMESTIC_ABUSE,), kind=Kind.DOMESTIC, what=f"Shouting {days} days ago",
            people=((self.kerry.pk, part),), **kwargs,
        )  # fmt: skip

    def page(self, acting: Acting | None = None, query: str = "", status: int = 200) -> str:
        """Return her page as somebody sees it."""
        answer = client_of(acting or self.sergeant).get(f"/records/people/{self.kerry.pk}{query}")
        assert answer.status_code == status
        return str(answer.content.decode())


def plain(text: str) -> str:
    """Return the words of a part of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def matters_of(page: str) -> str:
    """Return what the page says aloud."""
    found = re.search(r'<p class="ww-matters[^>]*>(.*?)</p>', page, re.DOTALL)
    assert found
    return plain(found[1])
