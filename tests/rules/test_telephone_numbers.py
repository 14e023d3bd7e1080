"""A telephone number has one normal form, whatever is written around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchward.domains.objects.vocabulary import NumberKind, kind_of, normal_number, shown


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("07700 900123", "+447700900123"),
        ("07700900123", "+447700900123"),
        ("7700900123", "+447700900123"),
        ("+44 7700 900123", "+447700900123"),
        ("+44 (0) 7700 900 123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("(01632) 960-123", "+441632960123"),
        ("01632.960.123", "+441632960123"),
        ("01632 960123 ext 45", "+441632960123x45"),
        ("01632 960123 x45", "+441632960123x45"),
        ("020 7946 0123", "+442079460123"),
        ("+353 1 234 5678", "+35312345678"),
        ("00353 1 234 5678", "+35312345678"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("0169 772 123", "+44169772123"),
        ("Withheld", ""),
        ("WITHHELD.", ""),
        ("anonymous", ""),
        ("", ""),
        ("   ", ""),
        ("999", ""),
        ("07700 90012", ""),
        ("07700 9001234", ""),
        ("04700 900123", ""),
        ("rang from work", ""),
        ("+0 1234 567890", ""),
        ("+44 999", ""),
    ],
)
def test_normal_form(typed: str, normal: str) -> None:
    """National and international writing give one form; what nobody could dial gives none."""
    assert normal_number(typed) == normal


@given(st.integers(min_value=0, max_value=999).map(lambda end: f"07700 900{end:03d}"))
def test_what_is_shown_is_the_same_number(typed: str) -> None:
    """A number written as it is shown, or in its normal form, is the same number again."""
    normal = normal_number(typed)
    assert normal
    assert normal_number(normal) == normal
    assert normal_number(shown(normal)) == normal
    assert shown(normal) == typed
    assert kind_of(normal) is NumberKind.MOBILE


@given(st.text(max_size=30))
def test_anything_may_be_typed(typed: str) -> None:
    """No text is too odd, and a normal form is its own."""
    normal = normal_number(typed)
    assert normal == "" or normal_number(normal) == normal


@pytest.mark.parametrize(
    ("normal", "said", "kind"),
    [
        ("+442079460123", "020 7946 0123", NumberKind.LANDLINE),
        ("+441632960123", "01632 960123", NumberKind.LANDLINE),
        ("+441632960123x45", "01632 960123 ext 45", NumberKind.LANDLINE),
        ("+448081570123", "0808 157 0123", NumberKind.NON_GEOGRAPHIC),
        ("+441144960123", "0114 496 0123", NumberKind.LANDLINE),
        ("+35312345678", "+35312345678", NumberKind.INTERNATIONAL),
    ],
)
def test_said_and_kind(normal: str, said: str, kind: NumberKind) -> None:
    """Numbers are written in the groups in which people say them."""
    assert shown(normal) == said
    assert kind_of(normal) is kind
