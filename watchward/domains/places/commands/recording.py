"""Recording places, each once; their handling; which wards are urban."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F

from watchward.domains.organisation import queries as organisation
from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.domains.organisation.vocabulary import Permission as Organisation
from watchward.domains.places import queries
from watchward.domains.places.models import Place, PlaceMarker, PlaceToken, WardSetting
from watchward.domains.places.rules import addresses, geography
from watchward.domains.places.vocabulary import Permission, PositionFrom
from watchward.foundation.acting import Acting
from watchward.foundation.commands import command
from watchward.foundation.keeping import keep, take_along
from watchward.foundation.records import Handling, take
from watchward.foundation.reference.numbers import next_reference
from watchward.foundation.search.tokens import token, tokens
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


def understood(line: str, locality: str, town: str, postcode: str) -> Address:
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
    address = understood(line, locality, town, postcode)
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
        urban=urban,
        urban_given=urban is not None,
    )
    given = geography.Position(easting, northing) if easting is not None and northing is not None else None
    _locate(acting, place, given)
    _keep_once(place)
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
    _keep_once(place)
    if place.once and Place.visible_to(acting).filter(once=place.once).exclude(pk=place.pk).exists():
        place.refresh_from_db()
        return place
    if place.easting is None:
        _locate(acting, place, None)
    place.save()
    place.tokens.all().delete()
    _add_tokens(place)
    return place


def _keep_once(place: Place) -> None:
    """Set what keeps an open address unique, after its handling, postcode, locality or town may have changed."""
    place.vicinity = "|".join(sorted(addresses.vicinity_words(place.locality, place.town)))
    is_open = place.handling == Handling.OPEN
    place.once = addresses.once_key(place.normal, place.postcode, place.vicinity) if is_open else None


def _add_tokens(place: Place) -> None:
    keys = tokens("places", addresses.tokens_of(addresses.taken_apart(place.line), place.postcode))
    PlaceToken.objects.bulk_create(
        PlaceToken(place=place, key=key, handling=place.handling, team_id=place.team_id) for key in sorted(set(keys))
    )


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
    twin = Place.visible_to(acting).filter(once=addresses.once_key(row.normal, row.postcode, row.vicinity))
    if handling == Handling.OPEN and twin.exclude(pk=row.pk).exists():
        reasons.append(Refusal("Another open place has this address.", code="twin"))
    refuse_if(reasons)
    row.handling = handling
    row.team_id = acting.team if handling != Handling.OPEN else None
    row.handling_words = reason.strip()[:200]
    _keep_once(row)
    row.save()
    take_along(row)
    row.tokens.all().update(handling=row.handling, team_id=row.team_id)
    for marker in PlaceMarker.visible_to(acting).filter(place=row):
        keep(marker, handling=max(Handling(marker.handling), handling), keeper=row.team_id or marker.team_id)
    return row


@command(needs=Organisation.ADMINISTER)
def assign_areas(acting: Acting) -> int:
    """Give every place the area that covers its district today: for the day on which the areas change.

    What happened at a place before keeps the area that its own record holds.

    Returns:
        How many places passed to another area.
    """
    covers = organisation.areas_of_districts(acting, on=local_day(acting.at))
    changed = 0
    for district in sorted(DISTRICTS):
        area = covers.get(district)
        rows = Place.visible_to(acting).filter(district=district)
        elsewhere = (
            rows.exclude(area=area) | rows.filter(area__isnull=True) if area else rows.filter(area__isnull=False)
        )
        changed += elsewhere.update(area=area, version=F("version") + 1)
    return changed
