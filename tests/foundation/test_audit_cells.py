"""Any cell of any row of the log matters: altered, its row is named; put back, nothing is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foundation.sealed import Sealed

pytestmark = pytest.mark.django_db(transaction=True)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_cell_of_any_row_of_the_log_matters(force: Sealed, data: st.DataObject) -> None:
    """Random cells of random rows of the log are altered: that row is named; put back, nothing is."""
    one_cell(force, data)


@pytest.mark.soak
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_cell_of_any_row_of_the_log_matters_for_long(force: Sealed, data: st.DataObject) -> None:
    """The same for six hundred cells."""
    one_cell(force, data)


def one_cell(force: Sealed, data: st.DataObject) -> None:
    """Alter one cell, ask what is named, and put it back."""
    table, key, columns = data.draw(st.sampled_from(CELLS))
    rows = force.truth(f"select {key} from {table} order by {key}")
    ((which,),) = [data.draw(st.sampled_from(rows))]
    column, other = data.draw(st.sampled_from(columns))
    quoted = f'"{column}"'
    with_other = other.format(quoted)
    force.tamper(
        f"create table kept as select * from {table} where {key} = '{which}'",
        f"update {table} set {quoted} = {with_other} where {key} = '{which}'",
    )
    named = force.named()
    ((same,),) = force.truth(
        f"select k::text is not distinct from t::text from kept k, {table} t where k.{key}::text = '{which}' "
        f"and t.{key} = '{which}'"
    )
    force.tamper(
        f"delete from {table} where {key} = '{which}'", f"insert into {table} select * from kept", "drop table kept"
    )
    assert ("altered", table, str(which)) in named or same, (column, named)
    assert force.named() == set()


CELLS = (
    (
        "audit_change",
        "id",
        (
            ("record", "gen_random_uuid()"),
            ("table", "{} || 'x'"),
            ("operation", "'D'"),
            ("transaction", "{} - 1"),
            ("digest", "sha256({})"),
            ("salt", "gen_random_uuid()"),
            ("row", "{}::jsonb || '{{\"x\": 1}}'"),
        ),
    ),
    (
        "audit_commandlog",
        "id",
        (
            ("name", "{} || 'x'"),
            ("account_id", "gen_random_uuid()"),
            ("at", "{} + interval '1 us'"),
            ("real_at", "{} - interval '1 us'"),
            ("outcome", "'denied'"),
            ("reasons", "'[1]'"),
            ("ended", "not {}"),
            ("team_id", "coalesce({}, 0) + 1"),
            ("transaction", "{} + 1"),
        ),
    ),
    (
        "audit_trace",
        "id",
        (
            ("about", "gen_random_uuid()"),
            ("records", "{} || '[1]'"),
            ("what", "{} || 'x'"),
            ("account_id", "gen_random_uuid()"),
            ("kind", "'seen'"),
            ("at", "{} + interval '1 s'"),
        ),
    ),
)
