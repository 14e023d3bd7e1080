"""How frequent a surname is among the people on record."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count
from django.db.models.functions import Lower

from watchward.domains.people.models import Person
from watchward.foundation.acting import Acting


def how_many_called(acting: Acting, *, surnames: Collection[str]) -> dict[str, int]:
    """Return how many records there are under each of these surnames, given and returned in lower case."""
    rows = Person.visible_to(acting).annotate(lower=Lower("surname")).filter(lower__in=list(surnames)).order_by()
    return dict(rows.values_list("lower").annotate(Count("pk")))
