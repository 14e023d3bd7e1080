"""Recording places, each once, and keeping the markers on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F

from watchward.domains.organisation import queries as organisation
from watchward.domains.organisation.vocabulary import Permission as Organisation
from watchward.domains.places import queries
from watchward.domains.places.models import Place, PlaceMarker, PlaceToken, WardSetting
from watchward.domains.places.rules import addresses, geography, markers
from watchward.domains.places.vocabulary import MarkerKind, Permission, PositionFrom
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.records import Handling, take
from watchward.foundation.reference.numbers import next_reference
from watchward.foundation.search.tokens import token
from watchward.kernel.periods import local_day
from watchward.kernel.refusals import Refusal, Refused, refuse_if


@dataclass(frozen=True)
class Address:
    """An address as it is kept: tidied, with its normal form and what tells it from others."""

    line: str
    locality: str
    town: str
    postcode: str
    parts: addresses.Parts

    @property
    def vicinity(self) -> str:
        return "|".join(sorted(addresses.vicinity_words(self.locality, self.town)))


def _understood(line: str, locality: str, town: str, postcode: str) -> Address:
    """Take an address as typed; where all stands in one line, locality and postcode are taken out of it.

    Raises:
        Refused: there is no street, or the postcode has not the shape of one.
    """
    code = addresses.postcode(postcode)
    reasons = []
    if postcode.strip() and not code:
        words = "This is not a whole postcode. Write it as ST6 5AA, or leave it empty."
        reasons.append(Refusal(words, field="postcode"))
    if not (locality.strip() or town.strip()):
        said = addresses.typed_apart(line)
        line, locality, code = said.line, said.vicinity, code or said.postcode
    parts = addresses.taken_apart(line)
    if not (parts.street or parts.building) or (not parts.number and len(parts.normal) < 5):
        reasons.append(Refusal("Give the house and the street, or the name of the place.", field="line"))
    refuse_if(reasons)
    return Address(addresses.tidy(line), addresses.tidy(locality), addresses.tidy(town), code, parts)


@command(needs=Permission.RECORD)
def record_place(
    acting: Acting, *, line: str, locality: str = "", town: str = "", postcode: str = "",
    easting: int | None = None, northing: int | None = None, urban: bool | None = None,
) -> Place:  # fmt: skip
    """Record an address, or return it if it is on record already.

    Args:
        acting: who acts.
        line: house and street, such as `27 Kilncroft Street`; or the whole address, where nothing else is given.
        locality: part of the town, or village.
        town: post town.
        postcode: in any writing; from it comes the position where none is given.
        easting: metres, OSGB36, where the exact position is known.
        northing: metres.
        urban: whether it counts as urban for response times; the force's setting for its ward when not given.

    Raises:
        Refused: there is no street in it, the postcode has not the shape of one, or half a position was given.
    """
    address = _understood(line, locality, town, postcode)
    if (easting is None) != (northing is None):
        raise Refused(Refusal("Give both easting and northing, or neither.", field="easting"))
    with connection.cursor() as cursor:  # two who record the same house at once make it once
        cursor.execute("select pg_advisory_xact_lock(%s)", [token("places.normal", address.parts.normal)])
    found = queries.same_address(
        acting, line=address.line, locality=address.locality, town=address.town, postcode=address.postcode
    )
    if found is not None:
        return _completed(acting, found, address)
    place = Place(
        reference=next_reference(acting, "L"),
        made_at=acting.at,
        line=address.line,
        locality=address.locality,
        town=address.town,
        postcode=address.postcode,
        normal=address.parts.normal,
        vicinity=address.vicinity,
        urban=urban,
        urban_given=urban is not None,
    )
    given = geography.Position(easting, northing) if easting is not None and northing is not None else None
    _locate(acting, place, given)
    place.save(force_insert=True)
    _add_tokens(place)
    return place


def _locate(acting: Acting, place: Place, given: geography.Position | None) -> None:
    """Set where a place lies and all that follows: area, LSOA, ward, and the force's setting for the ward."""
    position = given or geography.position_of(place.postcode)
    if position is None:
        return
    here = geography.whereabouts([position])[0]
    place.easting, place.northing, place.lat, place.lon = position.easting, position.northing, here.lat, here.lon
    place.position_from = PositionFrom.GIVEN if given else PositionFrom.POSTCODE
    place.lsoa, place.ward, place.district = here.lsoa, here.ward, here.district
    day = local_day(acting.at)
    place.area = organisation.area_of(acting, district=here.district, on=day) if here.district else None
    if not place.urban_given:
        place.urban = queries.urban_wards(acting, on=day).get(here.ward)


def _completed(acting: Acting, place: Place, address: Address) -> Place:
    """Add to a place on record what it lacked and now is known: its postcode, its locality."""
    changed = False
    for name in ("locality", "town", "postcode"):
        if getattr(address, name) and not getattr(place, name):
            setattr(place, name, getattr(address, name))
            changed = True
    if not changed:
        return place
    place.vicinity = "|".join(sorted(addresses.vicinity_words(place.locality, place.town)))
    taken = Place.visible_to(acting).filter(normal=place.normal, postcode=place.postcode, vicinity=place.vicinity)
    if taken.exclude(pk=place.pk).exists():
        place.refresh_from_db()
        return place
    if place.easting is None:
        _locate(acting, place, None)
    place.save()
    place.tokens.all().delete()
    _add_tokens(place)
    return place


def _add_tokens(place: Place) -> None:
    keys = queries.keys_of(addresses.tokens_of(addresses.taken_apart(place.line), place.postcode))
    PlaceToken.objects.bulk_create(
        PlaceToken(place=place, key=key, handling=place.handling, team_id=place.team_id) for key in sorted(set(keys))
    )


@command(needs=Permission.MARK)
def mark_place(
    acting: Acting, *, place: UUID, kind: MarkerKind | str, words: str, source: str, grounds: str = "",
    until: date | None = None, review_on: date | None = None, handling: Handling = Handling.OPEN,
) -> PlaceMarker:  # fmt: skip
    """Mark a place for those who go there or take its calls.

    Args:
        acting: who acts, its author.
        place: its id.
        kind: what it warns of or asks for.
        words: what they must know, in a sentence.
        source: where this comes from: an incident, a partner, the hub.
        grounds: why the place is marked; the words and the source when not said.
        until: the day on which it ends, if one is known; it then owes a review and stands until that is done.
        review_on: the day on which it is looked at again.
        handling: open, locked or sealed; never less than the place's own.

    Raises:
        Refused: words, grounds, source or the day of review are missing; or such a marker stands already.
        NotHere: there is no such place that they may see.
    """
    at = take(acting, Place, place)
    day = local_day(acting.at)
    grounds = grounds or f"{words.strip()} ({source.strip()})"
    again = markers.review_day(since=day, until=until, asked=review_on)
    reasons = list(
        markers.why_not_mark(since=day, until=until, review_on=again, words=words, grounds=grounds, source=source)
    )
    if kind not in list(MarkerKind):
        reasons.append(Refusal("Choose what kind of marker this is.", field="kind"))
    elif queries.markers(acting, place=place).filter(kind=kind, words__iexact=words.strip()).exists():
        reasons.append(Refusal("The place is marked with this already.", field="words"))
    refuse_if(reasons)
    kept = max(Handling(handling), Handling(at.handling))
    assert again is not None  # noqa: S101 - its absence was refused above
    return PlaceMarker.objects.create(
        reference=next_reference(acting, "M"),
        made_at=acting.at,
        handling=kept,
        team_id=at.team_id if at.handling else acting.team,
        place=at,
        kind=MarkerKind(kind).value,
        words=words.strip(),
        grounds=grounds.strip(),
        source=source.strip(),
        author_id=acting.account,
        since=acting.at,
        review_on=again,
        until=until,
    )


@command(needs=Permission.MARK)
def approve_marker(acting: Acting, *, marker: UUID, version: int | None = None) -> PlaceMarker:
    """Approve a marker that somebody else put up.

    Raises:
        Refused: by its author; or it is approved or ended already.
        NotHere: there is no such marker that they may see.
    """
    row = take(acting, PlaceMarker, marker, version=version)
    reasons = []
    if row.author_id == acting.account:
        reasons.append(Refusal("Somebody else approves a marker that you put up."))
    if row.approver_id is not None:
        reasons.append(Refusal("This marker is approved already."))
    if row.ended_at is not None:
        reasons.append(Refusal("This marker has ended."))
    refuse_if(reasons)
    row.approver_id = acting.account
    row.save()
    return row


@command(needs=Permission.MARK)
def review_marker(
    acting: Acting, *, marker: UUID, keep: bool, reason: str, review_on: date | None = None,
    words: str | None = None, version: int | None = None,
) -> PlaceMarker:  # fmt: skip
    """Review a marker: keep it until a later day, or end it, with the reason.

    Args:
        acting: who acts.
        marker: its id.
        keep: whether it stays.
        reason: why.
        review_on: the day on which it is looked at next, where it stays.
        words: what it says from now on, where that changes.
        version: the version that the person had before them.

    Raises:
        Refused: it has ended; the reason is missing; it stays and no later day is named.
        NotHere: there is no such marker that they may see.
    """
    row = take(acting, PlaceMarker, marker, version=version)
    day = local_day(acting.at)
    reasons = []
    if row.ended_at is not None:
        reasons.append(Refusal("This marker has ended."))
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why it stays or ends.", field="reason"))
    again = markers.review_day(since=day, until=None, asked=review_on) if keep else None
    if keep and (again is None or again <= day):
        reasons.append(Refusal("Name a later day on which it is looked at again.", field="review_on"))
    if words is not None and not words.strip():
        reasons.append(Refusal("Say what those who go there must know.", field="words"))
    refuse_if(reasons)
    row.reviewed_at, row.reviewed_by_id = acting.at, acting.account
    if again is not None:
        row.review_on = again
        row.until = None if row.until is not None and row.until <= day else row.until
        row.words = words.strip() if words is not None else row.words
        row.grounds = f"{row.grounds}\n{day:%-d %B %Y}: {reason.strip()}"
    else:
        row.ended_at, row.ended_words = acting.at, reason.strip()
    row.save()
    return row


@command(needs=Organisation.ADMINISTER)
def set_ward(acting: Acting, *, ward: str, urban: bool, since: date) -> WardSetting:
    """Say whether a ward counts as urban or rural for response times, from a day.

    Places in the ward that were not given their own answer follow.

    Raises:
        Refused: there is no such ward, or it was set from the same day or a later one.
    """
    reasons = []
    if ward not in geography.ward_names([ward]):
        reasons.append(Refusal(f"The force has no ward {ward}.", field="ward"))
    if since > local_day(acting.at):
        reasons.append(Refusal("A setting counts from today or from an earlier day.", field="since"))
    stands = WardSetting.visible_to(acting).select_for_update().filter(ward=ward, until__isnull=True).first()
    if stands is not None and stands.since >= since:
        reasons.append(Refusal(f"This ward is set from {stands.since:%-d %B %Y} already.", field="since"))
    refuse_if(reasons)
    if stands is not None:
        stands.until = since
        stands.save(update_fields=["until"])
    row = WardSetting.objects.create(ward=ward, urban=urban, since=since)
    rows = Place.visible_to(acting).filter(ward=ward, urban_given=False)
    rows.update(urban=urban, version=F("version") + 1)
    return row


@command(needs=Permission.MARK)
def set_handling(acting: Acting, *, place: UUID, handling: Handling, reason: str, version: int | None = None) -> Place:
    """Open, lock or seal a place for one's own team: a refuge's address must not be found by others.

    Its tokens and its markers follow.

    Args:
        acting: who acts; their team keeps it.
        place: its id.
        handling: what it becomes.
        reason: why, kept with the place.
        version: the version that the person had before them.

    Raises:
        Refused: without a reason, without a team, or another open place has this address.
        NotHere: there is no such place that they may see.
    """
    row = take(acting, Place, place, version=version)
    reasons = []
    if len(reason.split()) < 2:
        reasons.append(Refusal("Say why.", field="reason"))
    if handling != Handling.OPEN and acting.team is None:
        reasons.append(Refusal("Only somebody in a team can lock or seal a place: its team keeps it."))
    twin = Place.visible_to(acting).filter(normal=row.normal, postcode=row.postcode, vicinity=row.vicinity)
    if handling == Handling.OPEN and twin.filter(handling=Handling.OPEN).exclude(pk=row.pk).exists():
        reasons.append(Refusal("Another open place has this address.", code="twin"))
    refuse_if(reasons)
    row.handling = handling
    row.team_id = acting.team if handling != Handling.OPEN else None
    row.handling_words = reason.strip()[:200]
    row.save()
    row.tokens.all().update(handling=row.handling, team_id=row.team_id)
    for marker in PlaceMarker.visible_to(acting).filter(place=row):
        marker.handling, marker.team_id = max(Handling(marker.handling), handling), row.team_id or marker.team_id
        marker.save()
    return row
