"""What people type about people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django import forms

from watchward.domains.objects.vocabulary import normal_number
from watchward.domains.people.vocabulary import Certainty, MarkerKind, NameKind, Sex, Side, Tie
from watchward.foundation.linkage.vocabulary import Asked
from watchward.foundation.records import Handling
from watchward.foundation.ui.forms import DayField, Form, VersionedForm

_REFERENCE = re.compile(r"\bP-\d{6}-\d{4,}\b", re.IGNORECASE)
_DAY = re.compile(r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2} [A-Za-z]{3,9} \d{4})\b")
_DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d[\d ()+-]{8,}\d(?!\w)")
_HOUSE = re.compile(r"(?:\b(?:flat|unit) \w+ )?\b\d+\w?\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b")


def understood(box: str) -> Asked:
    """Return what was typed in one box as name, number, date of birth, address and reference.

    A reference, a date, a telephone number and a postcode are known by their shape; what begins with a house number is
    the address up to the next comma or line; the rest is the name.
    """
    text = f" {box} "
    reference, text = _taken(_REFERENCE, text)
    born, day = None, _DAY.search(text)
    if day is not None and (born := _day(day[0])) is not None:
        text = f"{text[: day.start()]},{text[day.end() :]}"
    number = ""
    for found in _NUMBER.finditer(text):
        if normal_number(found[0].strip()):
            number = found[0].strip()
            text = f"{text[: found.start()]},{text[found.end() :]}"
            break
    postcode, text = _taken(_POSTCODE, text)
    names: list[str] = []
    addresses: list[str] = []
    for piece in re.split(r"[,;\n]", text):
        house = _HOUSE.search(piece)
        name = (piece[: house.start()] if house else piece).strip()
        if name:
            (addresses if addresses and not house else names).append(name)
        if house:
            addresses.append(piece[house.start() :].strip())
    return Asked(
        name=" ".join(names),
        number=number,
        date_of_birth=born,
        address=", ".join(part for part in (*addresses, postcode) if part),
        reference=reference.upper(),
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if found is None:
        return "", text
    return found[0], f"{text[: found.start()]},{text[found.end() :]}"


def _day(text: str) -> date | None:
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


class FindForm(Form):
    """Whom to find: all in one box, or field by field."""

    look = "wide"
    box = forms.CharField(
        label="Find", required=False, max_length=400,
        help_text="A name, number, date of birth, address or reference, or several: Kerry Sharples, 9 March 1988",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label="Name", required=False, max_length=120)
    number = forms.CharField(label="Telephone number", required=False, max_length=40)
    date_of_birth = DayField(label="Date of birth", required=False)
    address = forms.CharField(label="Address or postcode", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Refuse an empty question."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in self.fields) and not self.errors:
            self.add_error("box", "Say whom to find")
        return cleaned

    def asked(self) -> Asked:
        """Return what was asked: the box as it is understood, and the fields over it."""
        typed = self.cleaned_data
        said = understood(typed["box"])
        given = {name: typed[name] for name in ("name", "number", "date_of_birth", "address") if typed.get(name)}
        return replace(said, **given)


SEXES = [("", "Not known"), *((sex.value, sex.says) for sex in Sex)]
CERTAINTIES = [("", "As they said"), *((one.value, one.says) for one in Certainty)]


class PersonForm(Form):
    """A new person."""

    look = "wide"
    forenames = forms.CharField(label="First names", required=False, max_length=120)
    surname = forms.CharField(label="Surname", required=False, max_length=120, help_text="Not known: Unknown man")
    date_of_birth = DayField(label="Date of birth", required=False)
    birth_certainty = forms.ChoiceField(label="How sure", required=False, choices=CERTAINTIES)
    sex = forms.ChoiceField(label="Sex as recorded", required=False, choices=SEXES)
    source = forms.CharField(label="From", required=False, max_length=120, help_text="A call, a document, a partner")


class ChangeForm(VersionedForm):
    """The name, date of birth and sex of somebody on record."""

    look = "wide"
    forenames = forms.CharField(label="First names", required=False, max_length=120)
    surname = forms.CharField(
        label="Surname", required=False, max_length=120, help_text="The name that stood before stays on record"
    )
    date_of_birth = DayField(label="Date of birth", required=False)
    birth_certainty = forms.ChoiceField(label="How sure", required=False, choices=CERTAINTIES)
    sex = forms.ChoiceField(label="Sex as recorded", required=False, choices=SEXES)


class NameForm(Form):
    """Another name."""

    look = "wide"
    kind = forms.ChoiceField(
        label="What name", choices=[(kind.value, kind.says) for kind in NameKind], initial="known as"
    )
    forenames = forms.CharField(label="First names", required=False, max_length=120)
    surname = forms.CharField(label="Surname", required=False, max_length=120)
    since = DayField(label="Since", required=False)
    source = forms.CharField(label="From", required=False, max_length=120)


class NumberForm(Form):
    """A telephone number."""

    look = "wide"
    number = forms.CharField(label="Telephone number", max_length=40)
    safe = forms.CharField(
        label="When ringing", required=False, max_length=200, help_text="What to mind: Ask before ringing back"
    )
    verified_on = DayField(label="Checked on", required=False)
    source = forms.CharField(label="From", required=False, max_length=120)


class HomeForm(Form):
    """Where somebody lives."""

    look = "wide"
    line = forms.CharField(label="House and street", max_length=160)
    town = forms.CharField(label="Town", required=False, max_length=80)
    postcode = forms.CharField(label="Postcode", required=False, max_length=12)
    since = DayField(label="Since", required=False)
    seen_on = DayField(label="Seen there on", required=False)
    source = forms.CharField(label="From", required=False, max_length=120)


class TieForm(Form):
    """What somebody is to another."""

    look = "wide"
    reference = forms.CharField(label="Other person", max_length=24, help_text="Their reference: P-190701-0001")
    kind = forms.ChoiceField(label="Who is their", choices=[(tie.value, tie.value.capitalize()) for tie in Tie])
    since = DayField(label="Since", required=False)
    source = forms.CharField(label="From", required=False, max_length=120)


class EndForm(Form):
    """That a number, a home or a tie has ended."""

    look = "wide"
    until = DayField(label="Its last day")
    reason = forms.CharField(label="How this is known", max_length=200, help_text="A call, a visit, a partner")


class DaysForm(Form):
    """The days from which and until which a number, a home or a tie stood."""

    look = "wide"
    since = DayField(label="First day", required=False, help_text="Empty where nobody knows")
    until = DayField(label="Last day", required=False, help_text="Empty while it stands")
    reason = forms.CharField(label="What was wrong", max_length=200)


def marker_choices() -> list[tuple[str, Any]]:
    """Return the kinds of marker to choose from, by whom they warn of or for."""
    heads = {Side.WARNING: "Warnings", Side.VICTIM: "At risk", Side.NEED: "Needs"}
    return [(heads[side], [(kind.value, kind.says) for kind in MarkerKind if kind.side is side]) for side in Side]


class HandlingForm(Form):
    """How a record is kept."""

    look = "wide"
    handling = forms.TypedChoiceField(
        label="Keep it", widget=forms.RadioSelect, coerce=int,
        choices=[(str(Handling.OPEN.value), "open"), (str(Handling.LOCKED.value), "locked: opened with a reason"),
                 (str(Handling.SEALED.value), "sealed: its existence hidden")],
    )  # fmt: skip
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class Stored:
    """A question as it is kept in the session: plain words, never in a URL."""

    asked: Asked

    def kept(self) -> dict[str, str]:
        """Return it as the session keeps it."""
        one = self.asked
        born = one.date_of_birth.isoformat() if one.date_of_birth else ""
        return {
            "name": one.name,
            "number": one.number,
            "born": born,
            "address": one.address,
            "reference": one.reference,
        }

    @classmethod
    def again(cls, kept: dict[str, str]) -> Stored:
        """Return it from the session."""
        born = date.fromisoformat(kept["born"]) if kept["born"] else None
        return cls(Asked(kept["number"], kept["name"], born, kept["address"], reference=kept["reference"]))

    @property
    def words(self) -> str:
        """Return it as a person reads it."""
        one = self.asked
        born = f"born {one.date_of_birth.day} {one.date_of_birth:%B %Y}" if one.date_of_birth else ""
        return ", ".join(part for part in (one.name, born, one.number, one.address, one.reference) if part)
