"""A crime whose time is over is disposed of by two people, and nothing of anybody is left in it or in its history."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from tests import factories
from tests.domains.crimes.scenes import allocated, ended, handler, somebody, suspected
from tests.foundation.disposing import LATER, WHY, due, manager, nothing_owed
from tests.foundation.sealed import Sealed
from tests.settings import TEST_HOME
from watchward.domains.crimes.models import Crime
from watchward.foundation.access.context import within
from watchward.foundation.access.queries import machinery
from watchward.foundation.database import Embedded, Where
from watchward.foundation.ledgers import counted
from watchward.foundation.retention import commands
from watchward.foundation.retention.vocabulary import State
from watchward.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def force(cluster: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A force with its key, its heads and its list of disposals in folders of its own."""
    monkeypatch.setenv("WATCHWARD_HEADS", str(tmp_path / "heads"))
    monkeypatch.setenv("WATCHWARD_AUDIT_KEY", str(tmp_path / "key"))
    return Sealed(cluster, Where.of_process(TEST_HOME))


def over() -> tuple[Crime, UUID]:
    """Return a crime that is finished, with nothing owed about it any more, and its victim."""
    with within(machinery(factories.NOW, "making what is disposed of")):
        person = somebody(handler(), "Wilhelmina").pk
        made, boss, _one = allocated(victim=person, what="Struck Wilhelmina outside the shop")
        ended(made, boss, "1", suspect=suspected(made, boss))
    nothing_owed()
    return made, person


def test_two_people_dispose_of_a_crime_and_nothing_of_anybody_is_left(force: Sealed) -> None:
    """Rows, history, lines and duties say nothing more; the crime still counts, and the log verifies."""
    made, person = over()
    force.seal()
    review = due(made)
    assert (review.state, review.group) == (State.DUE, 2)
    one, other = manager(), manager()
    with within(one):
        commands.propose(one, review=review.pk, reason=WHY)
        with pytest.raises(Refused, match="Somebody else agrees"):
            commands.agree(one, review=review.pk)
    with within(other):
        disposal = commands.agree(other, review=review.pk)
    force.seal()
    assert force.verified().faults == []
    assert force.verified().forgotten > 10
    rows = force.truth("select what, place_id, offence, outcome, stage from crimes_crime where id = %s", made.pk)
    assert rows == [("Disposed of", None, "8N", "1", "finished")]
    assert force.truth("select distinct person_id, organisation from crimes_party where crime_id = %s", made.pk) == [
        (None, "Disposed of")
    ]
    for table in ("audit_change", "chronicle_line", "duties_duty", "victims_contact"):
        left = f"select count(*) from {table} t where t::text like '%%{made.reference}%%' and t::text like '%%Struck%%'"
        assert force.truth(left) == [(0,)], table
    assert force.truth("select count(*) from audit_change where \"row\"::text like '%%Struck Wilhelmina%%'") == [(0,)]
    assert force.truth("select forenames from people_person where id = %s", person) == [("Wilhelmina",)]
    assert (disposal.reference, disposal.called, disposal.group) == (made.reference, "Crime", 2)
    assert (disposal.proposed_by, disposal.agreed_by) == (one.account, other.account)
    with within(machinery(LATER, "counting")) as acting:
        assert [each.key for each in counted(acting) if not each.balances] == []
