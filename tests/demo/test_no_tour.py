"""What is for a demonstration alone is not there in a real force."""

from __future__ import annotations

import pytest

from tests import factories
from tests.domains.signed_in import client_of


@pytest.mark.django_db
def test_there_is_no_tour_in_a_real_force() -> None:
    """Outside a demonstration nobody is invited, and the page is not there."""
    client = client_of(factories.officer("sergeant"))
    assert client.get("/tour/").status_code == 404
    shown = client.get("/my-work/")
    assert shown.status_code == 200
    assert "Put this away" not in shown.content.decode()
    assert "/tour/" not in shown.content.decode()
