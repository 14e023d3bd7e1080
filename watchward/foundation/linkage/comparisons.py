"""Comparing one field of what was asked with what is recorded, and saying what was found as a fact."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from watchward.foundation.linkage.addresses import Address, taken_apart
from watchward.foundation.linkage.vocabulary import Asked, Evidence, Home, Known, KnownName, KnownNumber, Strength
from watchward.foundation.search.folding import folded
from watchward.foundation.search.nicknames import same_given_name
from watchward.foundation.search.sounds import sound

EXACT, CLOSE, NEAR, APART = 3, 2, 1, 0
CLOSE_ENOUGH = 0.92
"""Jaro-Winkler similarity from which two spellings count as close."""

_OWN = {"F": ("her", "she"), "M": ("his", "he")}


def own(sex: str) -> str:
    """Return whose: her, his, their."""
    return _OWN.get(sex, ("their", "they"))[0]


def they(sex: str) -> str:
    """Return who: she, he, they."""
    return _OWN.get(sex, ("their", "they"))[1]


def day_words(day: date) -> str:
    """Return a day as people write it: 6 June 2019."""
    return f"{day.day} {day:%B %Y}"


def month_words(day: date) -> str:
    """Return the month of a day: Feb 2018."""
    return f"{day:%b %Y}"


@lru_cache(maxsize=131_072)
def part_alike(one: str, other: str) -> int:
    """Return how alike two folded parts of names are: exact, close by sound, nickname or spelling, one edit, apart."""
    if one == other:
        return EXACT
    if not one or not other:
        return APART
    if same_given_name(one, other) or sound(one) == sound(other):
        return CLOSE
    if len(one) > 2 and len(other) > 2 and JaroWinkler.similarity(one, other) >= CLOSE_ENOUGH:
        return CLOSE
    if min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return NEAR
    if len(one) == 1 or len(other) == 1:
        return NEAR if one[0] == other[0] else APART
    return APART


@lru_cache(maxsize=65_536)
def _best(said: tuple[str, ...], recorded: str) -> int:
    """Return how well one of the parts said, or all of them joined, fits a recorded name or one of its parts."""
    options = recorded.split()
    if not options or not said:
        return APART
    joined = recorded.replace(" ", "")
    return max(
        max(part_alike(part, option) for part in said for option in (*options, joined)),
        part_alike("".join(said), joined),
    )


def _name_levels(said: tuple[str, ...], known: KnownName) -> tuple[int, int]:
    """Return how well forename and surname fit, at the division of what was said that fits best."""
    forenames, surname = folded(known.forenames), folded(known.surname)
    if len(said) == 1:
        return _best(said, forenames), _best(said, surname)
    cuts = [(said[:cut], said[cut:]) for cut in range(1, len(said))]
    ways = [*cuts, *((last, first) for first, last in cuts)]
    return max(
        ((_best(first, forenames), _best(last, surname)) for first, last in ways),
        key=lambda levels: (min(levels), sum(levels)),
    )


def name(asked: Asked, known: Known) -> Evidence:
    """Return what the name says."""
    field = "name"
    said = tuple(folded(asked.name).split())
    if not said:
        return Evidence(Strength.NOT_ASKED, "Name not asked", field)
    named = [one for one in known.names if one.whole]
    if not named:
        return Evidence(Strength.MISSING, "No name recorded", field)
    if len(said) == 1:
        return _one_word(asked.name.strip(), known, [(*_name_levels(said, one), one) for one in named])
    levels = [(*_name_levels(said, _filled(one, named[0])), one) for one in named]
    first, last, found = max(levels, key=lambda one: (min(one[0], one[1]), one[0] + one[1], not one[2].kind))
    whole = _filled(found, named[0]).whole
    least = min(first, last)
    if least >= NEAR:
        strength = Strength.STRONG if first + last >= EXACT + CLOSE else Strength.SOME
        weight = 8.0 if least == EXACT else 3.0 + first + last
        if found.kind:
            return Evidence(strength, _other_name(found, known), field, weight - 0.5)
        close = "" if least == EXACT else ", close to what was said"
        return Evidence(strength, f"Recorded as {whole}{close}", field, weight)
    if last >= CLOSE and first == APART:
        return Evidence(Strength.AGAINST, f"Recorded as {whole}, the same surname", field, 0.5)
    if first >= CLOSE:
        return Evidence(Strength.SOME, f"First name fits, recorded as {whole}", field, 1.0)
    return Evidence(Strength.AGAINST, f"Recorded as {whole}", field, -4.0)


def _filled(name: KnownName, main: KnownName) -> KnownName:
    """Return another name with what it leaves out: "Kez" of Kerry Sharples is Kez Sharples."""
    return KnownName(name.forenames or main.forenames, name.surname or main.surname, name.kind)


def _other_name(found: KnownName, known: Known) -> str:
    return f"“{found.whole}” is {_kind_words(found, known)}"


def _one_word(said: str, known: Known, levels: list[tuple[int, int, KnownName]]) -> Evidence:
    first, last, found = max(levels, key=lambda one: (max(one[0], one[1]), not one[2].kind))
    if max(first, last) == APART:
        return Evidence(Strength.AGAINST, f"Recorded as {found.whole}", "name", -3.0)
    if found.kind and max(first, last) == EXACT:
        return Evidence(Strength.SOME, f"“{said}” is {_gave(known)}", "name", 3.0)
    which = "First name" if first >= last else "Surname"
    how = "" if max(first, last) == EXACT else ", close to what was said"
    return Evidence(Strength.SOME, f"{which} of {found.whole}{how}", "name", 1.0 + max(first, last))


def _kind_words(found: KnownName, known: Known) -> str:
    return {
        "birth": f"{own(known.sex)} name at birth",
        "married": f"{own(known.sex)} married name",
        "former": f"{own(known.sex)} earlier name",
    }.get(found.kind, _gave(known))


def _gave(known: Known) -> str:
    return f"a name {they(known.sex)} has given before" if known.sex in _OWN else "a name given before"


def birth(asked: Asked, known: Known) -> Evidence:
    """Return what the date of birth says."""
    field, said, recorded = "date of birth", asked.date_of_birth, known.date_of_birth
    if said is None:
        return Evidence(Strength.NOT_ASKED, "Date of birth not asked", field)
    if recorded is None:
        return Evidence(Strength.MISSING, "No date of birth recorded", field)
    words = f"recorded as born {day_words(recorded)}"
    if said == recorded:
        return Evidence(Strength.STRONG, f"Born {day_words(recorded)}", field, 8.0)
    if (said.year, said.day, said.month) == (recorded.year, recorded.month, recorded.day):
        return Evidence(Strength.SOME, f"Day and month the other way round: {words}", field, 6.0)
    if known.estimated and abs(said.year - recorded.year) <= 1:
        return Evidence(Strength.SOME, f"About the recorded age: {words}, estimated", field, 2.0)
    alike = (said.year == recorded.year) + (said.month == recorded.month) + (said.day == recorded.day)
    if OSA.distance(said.isoformat(), recorded.isoformat(), score_cutoff=1) <= 1:
        return Evidence(Strength.SOME, f"One figure out: {words}", field, 5.0)
    if alike == 2:
        return Evidence(Strength.SOME, f"Two of day, month and year fit: {words}", field, 3.0)
    return Evidence(Strength.AGAINST, f"Recorded{words.removeprefix('recorded')}", field, -6.0)


def number(asked: Asked, known: Known) -> Evidence:
    """Return what the telephone number says."""
    field = "number"
    if not asked.number:
        return Evidence(Strength.NOT_ASKED, "Number not asked", field)
    if not known.numbers:
        return Evidence(Strength.MISSING, "No number recorded", field)
    same = [one for one in known.numbers if one.number == asked.number]
    if same:
        found = max(same, key=lambda one: one.until is None)
        if asked.shared:
            return Evidence(Strength.SOME, f"Number of {asked.shared}, also used by others", field, 2.0)
        if found.until is not None:
            return Evidence(Strength.SOME, f"Number used until {day_words(found.until)}", field, 4.0)
        return Evidence(Strength.STRONG, _number_words(found, known.sex), field, 9.0)
    near = [one for one in known.numbers if OSA.distance(one.number, asked.number, score_cutoff=1) <= 1]
    if near:
        return Evidence(Strength.SOME, f"One figure from {own(known.sex)} number {near[0].shown}", field, 4.0)
    return Evidence(Strength.MISSING, f"This number is not recorded, {known.numbers[0].shown} is", field, -0.5)


def _number_words(found: KnownNumber, sex: str) -> str:
    words = f"{own(sex).capitalize()} number"
    if found.since:
        words += f" since {day_words(found.since)}"
    if found.verified_on:
        words += f", checked on {day_words(found.verified_on)}"
    return words


def address(asked: Asked, known: Known) -> Evidence:
    """Return what the address says."""
    field = "address"
    if not asked.address.strip() and asked.place is None:
        return Evidence(Strength.NOT_ASKED, "Address not asked", field)
    if not known.homes:
        return Evidence(Strength.MISSING, "No address recorded", field)
    said = taken_apart(asked.address)
    best, home = max(
        ((_home_alike(asked, said, home), home) for home in known.homes), key=lambda one: (one[0], one[1].until is None)
    )
    line = home.line or home.town or home.postcode
    if best == EXACT and home.until is None:
        since = f" since {month_words(home.since)}" if home.since else ""
        return Evidence(Strength.STRONG, f"Lives at {line}{since}", field, 7.0)
    if best == EXACT:
        assert home.until is not None  # noqa: S101 - the case above has the others
        return Evidence(Strength.SOME, f"Lived at {line} until {month_words(home.until)}", field, 4.0)
    lives = "Lives" if home.until is None else "Lived"
    if best == CLOSE:
        return Evidence(Strength.SOME, f"{lives} nearby at {line}", field, 2.5)
    if best == NEAR:
        return Evidence(Strength.SOME, f"{lives} in the same district, at {line}", field, 1.0)
    return Evidence(Strength.AGAINST, f"{lives} at {_written(home)}", field, -1.0)


def _written(home: Home) -> str:
    return ", ".join(part for part in (home.line, home.town, home.postcode) if part)


def _home_alike(asked: Asked, said: Address, home: Home) -> int:
    if asked.place is not None and asked.place == home.place:
        return EXACT
    there = taken_apart(home.line, home.postcode)
    same_house = bool(said.house) and said.house == there.house
    same_street = bool(said.street) and said.street == there.street
    same_code = bool(said.postcode) and said.postcode == there.postcode
    other_code = bool(said.postcode and there.postcode) and not same_code
    if same_house and (same_code or (same_street and not other_code)):
        return EXACT
    if same_code or same_street:
        return CLOSE
    if said.outward and said.outward == there.outward:
        return NEAR
    town = folded(home.town)
    return NEAR if town and town in folded(asked.address) else APART
