"""What people type about unusual looking; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.http import HttpRequest

from watchward.foundation.ui.forms import Form


def typed(request: HttpRequest) -> dict[str, str]:
    """Return the outcome and the words of a review as they were typed."""
    return {name: request.POST.get(name, "").strip() for name in ("outcome", "words")}


class DwellingForm(Form):
    """Where somebody who works for the force lives."""

    look = "wide"
    account = forms.ChoiceField(label="Who")
    line = forms.CharField(label="House and street", max_length=160, required=False, help_text="27 Kilncroft Street")
    postcode = forms.CharField(label="Postcode", max_length=8, required=False)

    def __init__(self, *args: object, people: Iterable[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(account), name) for account, name in people)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]


class EndForm(Form):
    """Whose record attracts looks no longer, and why."""

    look = "wide"
    named = forms.ChoiceField(label="Whose record")
    words = forms.CharField(label="Why it attracts looks no longer", max_length=200, required=False)

    def __init__(self, *args: object, named: Iterable[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose"), *((str(id_), name) for id_, name in named)]
        self.fields["named"].choices = choices  # type: ignore[attr-defined]


class WellKnownForm(Form):
    """Whose record attracts looks, and why."""

    look = "wide"
    person = forms.CharField(label="Person", max_length=24, help_text="Reference of their record: P-190701-0001")
    words = forms.CharField(label="Why it attracts looks", max_length=200, required=False)
