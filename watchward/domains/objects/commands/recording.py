"""Recording telephone numbers, each once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from watchward.domains.objects import vocabulary
from watchward.domains.objects.models import TelephoneNumber
from watchward.domains.objects.vocabulary import Permission
from watchward.foundation.acting import Acting, fresh_id
from watchward.foundation.commands import command
from watchward.foundation.records import get
from watchward.kernel.refusals import Refusal, Refused

_ADD = """
insert into objects_telephonenumber (id, normal, kind, shared, shared_words, made_at)
select * from unnest(%s::uuid[], %s::text[], %s::text[], %s::bool[], %s::text[], %s::timestamptz[])
on conflict (normal) do nothing
"""


def _add(acting: Acting, normals: list[str]) -> int:
    """Add those that are not there yet, in one order for everybody, so that two at once wait and never lock up."""
    normals = sorted(set(normals))
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [
                [fresh_id() for _ in normals],
                normals,
                [str(vocabulary.kind_of(normal)) for normal in normals],
                [False] * len(normals),
                [""] * len(normals),
                [acting.at] * len(normals),
            ],
        )
        return int(cursor.rowcount)


@command(needs=Permission.RECORD)
def record_number(acting: Acting, *, typed: str) -> TelephoneNumber:
    """Record a telephone number, or return it if it is on record already.

    Args:
        acting: who acts.
        typed: as written or as the exchange sent it.

    Raises:
        Refused: it is no number, or it was withheld.
    """
    normal = vocabulary.normal_number(typed)
    if not normal:
        raise Refused(Refusal(_no_number(typed), field="number", code="no-number"))
    rows = TelephoneNumber.visible_to(acting)
    found = rows.filter(normal=normal).first()
    if found is None:
        _add(acting, [normal])
        found = rows.get(normal=normal)
    return found


def _no_number(typed: str) -> str:
    if not typed.strip():
        return "Give a telephone number."
    if typed.casefold().strip(" .") in vocabulary.WITHHELD:
        return "The number was withheld."
    return "This is no telephone number. Write it as 07700 900123, or with + and the country."


@command(needs=Permission.RECORD)
def record_numbers(acting: Acting, *, typed: Iterable[str]) -> dict[str, UUID]:
    """Record many telephone numbers at once.

    Args:
        acting: who acts.
        typed: as written.

    Returns:
        The id of each, by what was typed; what is no number is absent.
    """
    normals = {text: normal for text in set(typed) if (normal := vocabulary.normal_number(text))}
    _add(acting, list(normals.values()))
    ids = dict(TelephoneNumber.visible_to(acting).filter(normal__in=set(normals.values())).values_list("normal", "pk"))
    return {text: ids[normal] for text, normal in normals.items()}


@command(needs=Permission.RECORD)
def say_shared(acting: Acting, *, number: UUID, words: str, shared: bool = True) -> TelephoneNumber:
    """Say that a number is shared by people who do not live together, such as a payphone or a hostel's, or is not.

    Args:
        acting: who acts.
        number: its id.
        words: whose it is: a payphone, a ward, an employer.
        shared: whether it is.

    Raises:
        Refused: it is shared and the words are missing.
    """
    row = get(acting, TelephoneNumber, number)
    if shared and not words.strip():
        raise Refused(Refusal("Say what shares it: a payphone, a ward, an employer.", field="words"))
    row.shared, row.shared_words = shared, words.strip() if shared else ""
    row.save(update_fields=["shared", "shared_words"])
    return row
