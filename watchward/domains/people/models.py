"""People, what is known of them, how they belong together, and who was decided to be whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from watchward.domains.people.vocabulary import Certainty, Decision, DetailKind, MarkerKind, NameKind, Sex, Tie
from watchward.foundation.access.policy import KNOWN, Policy, handled_by
from watchward.foundation.markers.models import Look, Marked
from watchward.foundation.records import DISPOSED_OF, Disposed, Guarded, Handling, Keeping, Privacy, Record


def _choices(
    words: type[Sex | Certainty | NameKind | DetailKind | Tie | MarkerKind | Decision],
) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Person(Record):
    """A person, once for each time they were recorded: which records are one human being is decided, not overwritten.

    The name is the one used now; other names are rows of their own.
    """

    privacy = Privacy.of(Keeping.GROUP_2, personal="forenames surname sex date_of_birth birth_certainty source")
    ends: ClassVar[bool] = True
    says_disposed: ClassVar[str] = "surname"
    disposed: ClassVar[Disposed] = Disposed.of(forenames="", surname=DISPOSED_OF)

    forenames = models.CharField(max_length=120, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, blank=True, choices=_choices(Sex))
    date_of_birth = models.DateField(null=True)
    birth_certainty = models.CharField(max_length=10, blank=True, choices=_choices(Certainty))
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(date_of_birth__isnull=False) | Q(birth_certainty=""), name="sure_of_a_birth_there_is"
            )
        ]

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.forenames} {self.surname}".strip() or "Name not known"


class Belonging(Guarded):
    """A row that belongs to one person and is kept as that person's record is."""

    policy: ClassVar[Policy] = handled_by("person_id")
    disposed: ClassVar[Disposed] = Disposed.of(removed=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey(
        "access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class Name(Belonging):
    """Another name of somebody."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="forenames surname source")

    kind = models.CharField(max_length=10, choices=_choices(NameKind))
    forenames = models.CharField(max_length=120, blank=True)
    surname = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(forenames="", surname=""), name="a_name_says_something"),
            models.UniqueConstraint(fields=["person", "kind", "forenames", "surname"], name="a_name_once"),
        ]


class ContactNumber(Belonging):
    """A telephone number on which somebody can be reached, and what to mind when ringing it."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="normal source safe days_because")

    number = models.ForeignKey("objects.TelephoneNumber", on_delete=models.PROTECT, related_name="+")
    normal = models.CharField(max_length=24)
    source = models.CharField(max_length=120, blank=True)
    safe = models.CharField(max_length=200, blank=True)
    verified_on = models.DateField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    days_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "number"], condition=Q(until__isnull=True), name="a_number_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="a_number_ends_later",
            ),
        ]


class ContactDetail(Belonging):
    """Another way of reaching somebody, such as an email address."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="value source")

    kind = models.CharField(max_length=10, choices=_choices(DetailKind))
    value = models.CharField(max_length=254)
    source = models.CharField(max_length=120, blank=True)


class Residence(Belonging):
    """Where somebody lives or lived: a place on record, or the words of an address that is none."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="line town postcode source days_because")
    along: ClassVar[bool] = False  # kept as the more guarded of the person and the place

    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=160, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    days_because = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField(null=True)
    made_at = models.DateTimeField(null=True)  # none for those recorded before this was kept

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=False) | ~Q(line="", town="", postcode=""), name="an_address_says_something"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="a_residence_ends_later",
            ),
            models.UniqueConstraint(
                fields=["person", "place"],
                condition=Q(until__isnull=True, place__isnull=False),
                name="lives_at_a_place_once",
            ),
        ]


class Between(Guarded):
    """A row about two people, kept as the more guarded of the two records is."""

    policy: ClassVar[Policy] = handled_by("kept_with")
    disposed: ClassVar[Disposed] = Disposed.of(removed=True, goes_with="one other")

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_with = models.UUIDField()
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey(
        "access.Team", to_field="number", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class Relationship(Between):
    """What one person is to another, from a day until a day."""

    privacy = Privacy.of(Keeping.GROUP_2, personal="kind words source days_because")

    kind = models.CharField(max_length=14, choices=_choices(Tie))
    words = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    days_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="related_to_another"),
            models.UniqueConstraint(
                fields=["one", "other", "kind"], condition=Q(until__isnull=True), name="related_once_at_a_time"
            ),
        ]


class Marker(Marked, Belonging):
    """What whoever meets somebody must know, with its grounds; it stands until it is reviewed and ended."""

    privacy = Privacy.of(Keeping.GROUP_3, personal="source", special="kind words grounds")

    kind = models.CharField(max_length=40, choices=_choices(MarkerKind))


class MarkerReview(Look, Belonging):
    """One look that a marker on somebody owes by a day, and what came of it."""

    privacy = Privacy.of(Keeping.GROUP_3, special="words")

    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="reviews")


class IdentityDecision(Between):
    """That two records are the same person, or not, or that it is not sure: nothing is merged, so it can be undone."""

    privacy = Privacy.of(Keeping.WITH_RECORD, personal="reason evidence undone_reason")

    decision = models.CharField(max_length=8, choices=_choices(Decision))
    reason = models.CharField(max_length=300)
    evidence = models.JSONField(default=list)
    by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_has_one_order"),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(undone_at__isnull=True, replaced_by__isnull=True),
                name="one_decision_stands",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_reason=""), name="undone_with_a_reason"
            ),
        ]


class SealedAsk(Belonging):
    """That somebody asked for what fits a sealed record: its own team is told, and whoever asked is not."""

    privacy = Privacy.of(Keeping.LOG, personal="fits how")
    along: ClassVar[bool] = False  # who asked is known to the keepers alone, however the record is kept later

    at = models.DateTimeField()
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=120)
    fits = models.CharField(max_length=120)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("access.Account", null=True, on_delete=models.PROTECT, related_name="+")


class PersonToken(Guarded):
    """A token by which somebody is found; derived from what is recorded of them, and rebuilt when that changes."""

    policy: ClassVar[Policy] = KNOWN
    disposed: ClassVar[Disposed] = Disposed.of(removed=True, goes_with="person")
    privacy = Privacy.of(Keeping.WITH_RECORD)
    history: ClassVar[bool] = False

    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("person_id", "key")
    # No foreign keys in the database: twenty tokens a person would each be checked, and all can be built again.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="tokens", db_index=False, db_constraint=False
    )
    key = models.BigIntegerField()
    handling = models.SmallIntegerField(default=Handling.OPEN)
    team = models.ForeignKey(
        "access.Team",
        to_field="number",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        indexes = [models.Index(fields=["key"], include=["person", "team", "handling"], name="people_by_token")]
