"""What an administrator types about who may sign in, their roles and their teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from watchward.domains.organisation.rules import USERNAME
from watchward.foundation.ui.forms import DayField, Form


class StaffForm(Form):
    """Whom to look for."""

    typed = forms.CharField(label="Name or user name", max_length=120, required=False)


class AccountForm(Form):
    """Somebody new who will sign in."""

    look = "wide"
    username = forms.RegexField(
        USERNAME.pattern,
        label="User name",
        max_length=80,
        help_text="Small letters, digits, dots and dashes, such as m.lowe",
        error_messages={"invalid": "A user name is small letters, digits, dots and dashes"},
    )
    display_name = forms.CharField(label="Name", max_length=120, help_text="As others see it, such as Sgt Marian Lowe")


class RoleForm(Form):
    """A role to give."""

    look = "stacked"
    role = forms.ChoiceField(label="Role")
    since = DayField(label="From")

    def __init__(self, *args: Any, roles: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Choose"), *roles]  # type: ignore[attr-defined]


class PlaceForm(Form):
    """A team to join."""

    look = "stacked"
    team = forms.ChoiceField(label="Team")
    since = DayField(label="From")
    supervises = forms.BooleanField(label="Supervises it", required=False)

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "Choose"), *((str(number), name) for number, name in teams)]
        self.fields["team"].choices = named  # type: ignore[attr-defined]

    def clean_team(self) -> int:
        """Return the number of the team."""
        return int(self.cleaned_data["team"])


class DisableForm(Form):
    """Why somebody may not sign in, or may again."""

    look = "stacked"
    reason = forms.CharField(label="Why", max_length=400, widget=forms.Textarea(attrs={"rows": "2"}))
