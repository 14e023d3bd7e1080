"""Where a place lies: every postcode that the force has is found by the form in which an address keeps it."""

from __future__ import annotations

import pytest

from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.domains.places.rules import addresses, geography


@pytest.mark.parametrize(
    ("typed", "district"), [("st6 3aa", "E06000021"), ("ST13 8AT", "E07000198"), ("de142pn", "E07000193")]
)
def test_a_postcode_is_found_as_it_is_kept(typed: str, district: str) -> None:
    """Leek and Burton, whose postcodes have seven letters, lie in their districts as Burslem does in its own."""
    position = geography.position_of(addresses.postcode(typed))
    assert position is not None
    assert geography.whereabouts([position])[0].district == district


def test_every_postcode_stands_in_its_normal_form() -> None:
    """Each of the 28,217 is the form that typing it gives, and they lie in all nine districts."""
    codes = geography.postcodes()
    assert len(codes) == 28_217
    assert [code for code in codes if addresses.postcode(code) != code] == []
    places = geography.whereabouts([codes[code] for code in sorted(codes)[::200]])
    assert {place.district for place in places} == set(DISTRICTS)
