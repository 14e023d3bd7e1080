"""The force as it was on a day: areas, teams, posts, people and what they are trained in."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import START, machinery, officer, team
from watchward.domains.organisation import commands, queries
from watchward.domains.organisation.vocabulary import Function, Portfolio, Rank
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Denied
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2018, 6, 30), date(2018, 7, 1)
STOKE, NEWCASTLE, LEEK = "E06000021", "E07000195", "E07000198"


@pytest.fixture
def administrator() -> Acting:
    return officer("administrator")


@pytest.mark.report("STR-03", by="organisation.commands.working.open_area")
def test_two_models_of_the_force_stand_side_by_side(administrator: Acting) -> None:
    """A district that passes to another area keeps its old one for every day before: figures stay comparable."""
    with within(administrator):
        first = date(2016, 4, 1)
        north = commands.open_area(administrator, key="north", name="North", districts=[STOKE, NEWCASTLE], since=first)
        city = commands.open_area(administrator, key="city", name="City", districts=[STOKE], since=AFTER)
        assert queries.area_of(administrator, district=STOKE, on=BEFORE) == north
        assert queries.area_of(administrator, district=STOKE, on=AFTER) == city
        assert queries.area_of(administrator, district=NEWCASTLE, on=AFTER) == north
        assert queries.area_of(administrator, district=STOKE, on=date(2016, 3, 31)) is None
        assert [area.name for area in queries.areas(administrator, on=BEFORE)] == ["North"]
        assert [area.name for area in queries.areas(administrator, on=AFTER)] == ["City", "North"]
        assert queries.area_names(administrator, ids=[city.pk]) == {city.pk: "City"}
        assert queries.area(administrator, id_=city.pk) == city
        commands.close_area(administrator, area=city.pk, until=date(2019, 1, 1))
        assert queries.area_of(administrator, district=STOKE, on=date(2018, 12, 31)) == city
        assert queries.area_of(administrator, district=STOKE, on=date(2019, 1, 1)) is None
        with pytest.raises(Refused, match="already"):
            commands.close_area(administrator, area=city.pk, until=date(2019, 2, 1))


def test_an_area_needs_its_words(administrator: Acting) -> None:
    """A taken key, no name, no district and a district that came later are all said at once."""
    with within(administrator):
        commands.open_area(administrator, key="city", name="City", districts=[STOKE], since=AFTER)
        with pytest.raises(Refused) as refused:
            commands.open_area(administrator, key="city", name=" ", districts=[], since=AFTER)
        assert [reason.field for reason in refused.value.reasons] == ["key", "name", "districts"]
        with pytest.raises(Refused, match="City covers E06000021 from 1 July 2018"):
            commands.open_area(administrator, key="other", name="Other", districts=[STOKE], since=BEFORE)


@pytest.mark.report("STR-01", by="organisation.queries.teams")
@pytest.mark.report("STR-06", by="organisation.commands.working.establish_team")
def test_posts_and_people_of_a_team_over_time(administrator: Acting) -> None:
    """Establishment and strength are read for any day, so that a vacancy is seen when it was one."""
    response = team("Response A")
    sergeant = officer("sergeant", team=response, supervises=True, name="Moira Lowndes")
    officer("response-officer", team=response)
    with within(administrator):
        commands.establish_team(administrator, team=response.number, function=Function.RESPONSE, posts=12, since=START)
        commands.establish_team(
            administrator, team=response.number, function=Function.RESPONSE, posts=10, since=date(2019, 4, 1)
        )
        then = queries.team(administrator, number=response.number, on=date(2019, 3, 31))
        now = queries.team(administrator, number=response.number, on=date(2019, 4, 1))
        assert (then.posts, then.strength, then.vacant) == (12, 2, 10)
        assert (now.posts, now.strength, now.vacant) == (10, 2, 8)
        assert now.supervisors == ("Moira Lowndes",)
        [lead, _other] = queries.people_of(administrator, team=response.number, on=date(2019, 7, 1))
        assert (lead.account, lead.supervises, lead.officer) == (sergeant.account, True, None)
        assert queries.teams_of(administrator, account=sergeant.account, on=date(2019, 7, 1)) == [("Response A", True)]
        with pytest.raises(NotHere):
            queries.team(administrator, number=response.number, on=date(2018, 6, 30))
        with pytest.raises(Refused, match="from 1 April 2019 already"):
            commands.establish_team(
                administrator, team=response.number, function="Response", posts=9, since=date(2019, 4, 1)
            )
        with pytest.raises(NotHere):
            commands.establish_team(administrator, team=9999, function="Response", posts=9, since=START)


@pytest.mark.report("STR-05", by="organisation.commands.working.post_officer")
def test_a_post_follows_a_post(administrator: Acting) -> None:
    """A promotion ends the post before on its day; a number belongs to one person at a time."""
    one, other = officer(), officer()
    with within(administrator):
        commands.post_officer(
            administrator, account=one.account, collar_number="4471", rank=Rank.CONSTABLE, since=START
        )
        commands.post_officer(
            administrator, account=one.account, collar_number="4471", rank="Sergeant", since=date(2019, 2, 1)
        )
        before = queries.officer_of(administrator, account=one.account, on=date(2019, 1, 31))
        after = queries.officer_of(administrator, account=one.account)
        assert before is not None
        assert after is not None
        assert (before.rank, after.rank) == ("Constable", "Sergeant")
        with pytest.raises(Refused) as refused:
            commands.post_officer(administrator, account=other.account, collar_number="4471", rank="Lord", since=START)
        assert [reason.field for reason in refused.value.reasons] == ["rank", "collar_number"]
        with pytest.raises(Refused, match="hold a post from that day"):
            commands.post_officer(
                administrator, account=one.account, collar_number="4471", rank="Inspector", since=date(2019, 1, 1)
            )
        commands.end_post(administrator, account=one.account, until=date(2019, 6, 1))
        assert queries.officer_of(administrator, account=one.account) is None
        commands.post_officer(
            administrator, account=other.account, collar_number="4471", rank="Constable", since=date(2019, 6, 1)
        )
        with pytest.raises(Refused, match="They hold no post"):
            commands.end_post(administrator, account=one.account, until=date(2019, 6, 2))


@pytest.mark.report("CON-05", by="organisation.commands.working.enter_training")
@pytest.mark.report("VUL-09", by="organisation.queries.training_coverage")
def test_training_counts_until_its_day(administrator: Acting) -> None:
    """A course counts from the day it was passed until the day on its certificate, and the team's share follows."""
    room = team("Control room")
    handler = officer("call-handler", team=room)
    officer("call-handler", team=room)
    with within(administrator):
        commands.enter_training(
            administrator, account=handler.account, course="thrive", passed_on=date(2018, 9, 3),
            expires_on=date(2019, 9, 3),
        )  # fmt: skip
        for on, trained in ((date(2018, 9, 2), 0), (date(2018, 9, 3), 1), (date(2019, 9, 2), 1), (date(2019, 9, 3), 0)):
            [row] = queries.training_coverage(administrator, course="thrive", on=on)
            assert (row.team, row.people, row.trained) == ("Control room", 2, trained), on
        with pytest.raises(Refused) as refused:
            commands.enter_training(administrator, account=handler.account, course="knots", passed_on=date(2019, 8, 1))
        assert [reason.field for reason in refused.value.reasons] == ["course", "passed_on"]
        with pytest.raises(Refused, match="entered already"):
            commands.enter_training(administrator, account=handler.account, course="thrive", passed_on=date(2018, 9, 3))


@pytest.mark.report("BAI-16", by="organisation.commands.working.enter_training")
@pytest.mark.report("DIS-02", by="organisation.commands.working.enter_training")
@pytest.mark.report("HUB-15", by="organisation.commands.working.enter_training")
@pytest.mark.report("VUL-10", by="organisation.commands.working.enter_training")
def test_what_each_was_taught_is_on_their_record(administrator: Acting) -> None:
    """Bail law, disclosure, early intervention, and each year's development in public protection, with their days."""
    one, other = officer(), officer()
    taught = {
        "bail": date(2017, 4, 3), "disclosure": date(2018, 11, 5), "early-intervention": date(2019, 2, 11),
        "public-protection-cpd": date(2019, 3, 1),
    }  # fmt: skip
    on = date(2019, 7, 1)
    with within(administrator):
        for course, day in taught.items():
            commands.enter_training(administrator, account=one.account, course=course, passed_on=day)
        commands.enter_training(
            administrator, account=one.account, course="public-protection-cpd", passed_on=date(2018, 3, 1)
        )
        kept = queries.training_of(administrator, accounts=[one.account, other.account], on=on)
        before = queries.training_of(administrator, accounts=[one.account], on=date(2018, 11, 4))
        with pytest.raises(Refused, match="entered already"):
            commands.enter_training(administrator, account=one.account, course="bail", passed_on=taught["bail"])
    assert kept == {one.account: dict.fromkeys(taught)}
    assert set(before[one.account]) == {"bail", "public-protection-cpd"}


@pytest.mark.report("STR-10", by="organisation.commands.working.enter_accreditation")
def test_an_accreditation_moves_on(administrator: Acting) -> None:
    """A portfolio in progress becomes an accreditation that is held, with its expiry."""
    one = officer()
    with within(administrator):
        commands.enter_accreditation(
            administrator, account=one.account, scheme="pip-2", portfolio=Portfolio.IN_PROGRESS, since=START
        )
        commands.enter_accreditation(
            administrator, account=one.account, scheme="pip-2", portfolio="held", since=date(2019, 5, 1),
            expires_on=date(2022, 5, 1),
        )  # fmt: skip
        [row] = queries.accreditations_of(administrator, account=one.account)
        assert (row.portfolio, row.expires_on) == ("held", date(2022, 5, 1))
        with pytest.raises(Refused) as refused:
            commands.enter_accreditation(
                administrator, account=one.account, scheme="x", portfolio="lost", since=START, expires_on=START
            )
        assert [reason.field for reason in refused.value.reasons] == ["scheme", "portfolio", "expires_on"]


def test_only_an_administrator_changes_the_force() -> None:
    """Everybody reads, an administrator changes."""
    reader = officer("sergeant")
    with within(reader):
        with pytest.raises(Denied):
            commands.open_area(reader, key="x", name="X", districts=[LEEK], since=START)
        assert list(queries.areas(reader, on=START)) == []
        assert isinstance(queries.teams(reader, on=START), list)
    assert machinery().may("organisation.administer")
