"""The invented force as its own people find it at 07:45 on 1 July 2019: areas, training, who sees what."""

from __future__ import annotations

import pytest

from tests.demo.acting import machinery, persona
from watchward.demo.calendar import START, moment
from watchward.demo.force import AREAS, POSTS
from watchward.domains.incidents import queries as incidents
from watchward.domains.incidents.models import Incident
from watchward.domains.organisation import queries as organisation
from watchward.foundation.access import queries as access
from watchward.foundation.duties import queries as duties
from watchward.foundation.duties.models import Duty
from watchward.kernel.periods import local_day
from watchward.oversight.looking import queries as looking
from watchward.oversight.looking.duties import REVIEW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

NOW = moment(START)


def test_every_incident_has_an_area() -> None:
    """No incident of the stories or of the two years is out of every area, also where only a name was given."""
    with machinery():
        assert Incident.objects.count() > 1000
        assert list(Incident.objects.filter(area__isnull=True).values_list("reference", "place_words")) == []


def test_the_board_speaks_of_every_area_that_waits() -> None:
    """The force incident manager reads demand beside staffing for each area, and none is without a name."""
    with persona("okafor") as acting:
        board = incidents.board(acting)
    names = {key for _id, key, _name in board.areas}
    assert names == {area.key for area in AREAS}
    assert {row.incident.area_id for row in board.rows} <= {id_ for id_, _key, _name in board.areas}
    asked = {one.area: one for one in board.asked}
    assert None not in asked
    stories = {name: id_ for id_, name, _ in board.areas}
    late = asked[stories["moorlands"]]  # Keeley Mottram, 14, whom nobody has found yet
    assert (sum(late.waiting.values()), late.past_target, late.free + late.busy) == (1, 1, 1)


def test_who_answers_calls_is_trained() -> None:
    """All of the control room and a sergeant of response are trained in THRIVE today; what counts has its last day."""
    today = local_day(NOW)
    with persona("saltram") as acting:
        covered = {one.team: one for one in organisation.training_coverage(acting, course="thrive", on=today)}
        accounts = {row.username: row.pk for row in access.accounts(acting)}
        trained = organisation.training_of(acting, accounts=accounts.values(), on=today)
    control = covered["Control room"]
    assert control.trained == control.people == sum(post.team == "control-room" for post in POSTS)
    until = trained[accounts["lowe"]]["thrive"]
    assert until is not None
    assert until > today
    assert "thrive" not in trained.get(accounts["dhillon"], {})


def test_the_administrator_sees_no_looks_under_review() -> None:
    """Imogen Kerr is asked about looks; Derek Saltram, who gives out accounts, is shown none of it."""
    with machinery():
        assert Duty.objects.filter(kind=REVIEW.key).exists()
    with persona("kerr") as acting:
        assert duties.owed(acting).filter(kind=REVIEW.key).exists()
        assert looking.findings(acting).exists()
    with persona("saltram") as acting:
        assert not Duty.visible_to(acting).filter(kind=REVIEW.key).exists()
        assert not duties.owed(acting).filter(kind=REVIEW.key).exists()
        assert not looking.findings(acting).exists()
        assert [name for name, _ in organisation.teams_of(acting, account=acting.account, on=local_day(NOW))] == [
            "Administration"
        ]
