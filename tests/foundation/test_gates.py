"""Conditions that a higher room hangs on a lower command."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DatabaseError

from tests import factories
from tests.foundation import scene
from watchward.domains.places.models import Place
from watchward.foundation.access.context import within
from watchward.foundation.acting import Acting
from watchward.foundation.commands import Gate, command
from watchward.foundation.records import take
from watchward.kernel.refusals import Refusal, Refused

pytestmark = pytest.mark.django_db


class TestGates:
    """A higher room hangs a condition on a lower command; the button and the command read the same list."""

    def test_a_gate_refuses_with_every_reason_and_the_button_knows(self) -> None:
        """Two gates against: both reasons at once, nothing written, and `why_not` says the same beforehand."""
        acting = factories.officer("sergeant")

        @command(needs=None)
        def close(acting: Acting, *, place: UUID) -> None:
            scene.change_place(acting, place=place, line="closed")

        Gate(on=close, why_not=lambda _acting, **_named: (Refusal("The first is missing."),))
        Gate(on=close, why_not=lambda _acting, **_named: (Refusal("The second is missing."),))
        with within(acting):
            place = scene.write_place(acting)
            before = close.why_not(acting, place=place.pk)
            with pytest.raises(Refused) as refused:
                close(acting, place=place.pk)
            assert take(acting, Place, place.pk).line == "1 Test Street"
            assert ("close", "refused") in [(n.rsplit(".")[-1], o) for n, o in scene.outcomes(acting)]
        assert [r.words for r in before] == [r.words for r in refused.value.reasons]
        assert [r.words for r in before] == ["The first is missing.", "The second is missing."]

    def test_a_gate_cannot_write(self) -> None:
        """A gate is asked before the command is open, so that the database refuses it anything but reading."""
        acting = factories.officer("sergeant")

        @command(needs=None)
        def close(acting: Acting) -> None:
            """Close."""

        def writes(_acting: Acting) -> tuple[Refusal, ...]:
            scene.insert_place()
            return ()

        Gate(on=close, why_not=writes)
        with within(acting), pytest.raises(DatabaseError):
            close(acting)

    def test_without_the_permission_no_gate_is_asked(self) -> None:
        """Whoever may not do it at all learns that, and nothing about the record."""
        acting = factories.officer("sergeant")
        assert [reason.code for reason in scene.never_allowed.why_not(acting)] == ["denied"]
