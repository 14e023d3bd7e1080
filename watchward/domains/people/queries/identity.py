"""Which records are one human being, by decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, Func, Q, QuerySet, UUIDField

from watchward.domains.people.models import IdentityDecision, Person
from watchward.domains.people.vocabulary import Decision
from watchward.foundation.acting import Acting
from watchward.foundation.records import NotHere

# Row-level security leaves out the decisions that the reader may not see, so that a sealed record joins nothing.
NEXT = """
    select other_id as next from people_identitydecision
    where one_id = j.id and decision = 'same' and undone_at is null and replaced_by_id is null
    union all
    select one_id from people_identitydecision
    where other_id = j.id and decision = 'same' and undone_at is null and replaced_by_id is null
"""
_JOINED = f"""
with recursive joined(start, id) as (
    select id, id from unnest(%s::uuid[]) as asked(id)
    union
    select j.start, d.next from joined j cross join lateral ({NEXT}) d
)
select start, id from joined
"""  # noqa: S608


# Of the column of an outer statement: what may be many rows, each with few decisions or none.
ONE_PERSON = f"""
array(with recursive joined(id) as (
    select %(expressions)s union select d.next from joined j cross join lateral ({NEXT}) d
) select id from joined)
"""  # noqa: S608


class OnePerson(Func):
    """All records that were decided to be the same person as that of a column, itself among them: a list of ids."""

    template = ONE_PERSON
    arity = 1
    output_field: ClassVar[Field[Any, Any]] = ArrayField(UUIDField())


def same_people(acting: Acting, *, ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return for each of these records all that were decided to be the same person, itself among them."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    wanted = list(ids)
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_JOINED, [wanted])
            for start, id_ in cursor.fetchall():
                found[start].add(id_)
    return {id_: frozenset(found[id_] | {id_}) for id_ in wanted}


def person_as_one(acting: Acting, *, id_: UUID) -> tuple[Person, frozenset[UUID]]:
    """Return one person, and all records that were decided to be the same; the caller leaves the trace of opening.

    Raises:
        NotHere: there is none that they may see.
    """
    found: Any = Person.visible_to(acting).annotate(one_person=OnePerson("pk")).filter(pk=id_).first()
    if found is None:
        raise NotHere("no such person")
    return found, frozenset(found.one_person)


def same_person(acting: Acting, *, id_: UUID) -> frozenset[UUID]:
    """Return all records that were decided to be the same person as this one, itself among them."""
    return same_people(acting, ids=[id_])[id_]


def standing(acting: Acting) -> QuerySet[IdentityDecision]:
    """Return the decisions that stand: neither undone nor replaced."""
    return IdentityDecision.visible_to(acting).filter(undone_at__isnull=True, replaced_by__isnull=True)


def decisions(acting: Acting, *, person: UUID) -> QuerySet[IdentityDecision]:
    """Return what was decided of this record and others, undone decisions too, latest first."""
    return decided(acting).filter(Q(one_id=person) | Q(other_id=person))


def decided(acting: Acting) -> QuerySet[IdentityDecision]:
    """Return every decision with who took it and the records that it is about, latest first."""
    rows = IdentityDecision.visible_to(acting).select_related("by", "undone_by", "one", "other")
    return rows.order_by("-at", "-pk")


def decision(acting: Acting, *, one: UUID, other: UUID) -> IdentityDecision | None:
    """Return the decision that stands about two records, if there is one."""
    first, second = sorted((one, other))
    return standing(acting).filter(one_id=first, other_id=second).first()


def conflicts(acting: Acting, *, members: Iterable[UUID]) -> list[IdentityDecision]:
    """Return the standing decisions that two of these records are not the same person."""
    ids = list(members)
    return list(
        standing(acting)
        .filter(decision=Decision.NOT_SAME, one_id__in=ids, other_id__in=ids)
        .select_related("one", "other", "by")
        .order_by("at")
    )


def links(acting: Acting, *, ids: Iterable[UUID]) -> QuerySet[IdentityDecision]:
    """Return these decisions, those undone or replaced among them, as far as this person may see them."""
    return IdentityDecision.visible_to(acting).filter(pk__in=list(ids))
