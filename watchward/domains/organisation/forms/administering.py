"""What an administrator types about areas, teams and people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from watchward.domains.organisation.rules import COURSES
from watchward.domains.organisation.vocabulary import Function, Rank
from watchward.foundation.ui.forms import DayField, Form

_CHOOSE = [("", "Choose")]


class AreaForm(Form):
    """A new local policing area."""

    look = "wide"
    key = forms.SlugField(label="Short name", max_length=50, help_text="Small letters, such as moorlands")
    name = forms.CharField(label="Name", max_length=80)
    districts = forms.MultipleChoiceField(label="Districts", widget=forms.CheckboxSelectMultiple)
    since = DayField(label="From")

    def __init__(self, *args: Any, districts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["districts"].choices = list(districts)  # type: ignore[attr-defined]


class TeamForm(Form):
    """A new team."""

    look = "wide"
    key = forms.SlugField(label="Short name", max_length=50, help_text="Small letters, such as response-city")
    name = forms.CharField(label="Name", max_length=120)
    parent = forms.ChoiceField(label="Under", required=False, help_text="Its supervisors supervise this one too")
    since = DayField(label="From")

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [("", "No team"), *((str(number), name) for number, name in teams)]
        self.fields["parent"].choices = above  # type: ignore[attr-defined]

    def clean_parent(self) -> int | None:
        """Return the number of the team above; None for none."""
        chosen = self.cleaned_data["parent"]
        return int(chosen) if chosen else None


class _InAnArea(Form):
    look = "wide"

    def __init__(self, *args: Any, areas: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [("", "The whole force"), *((str(id_), name) for id_, name in areas)]
        self.fields["area"].choices = whole  # type: ignore[attr-defined]

    def clean_area(self) -> UUID | None:
        """Return the id of the area; None for the whole force."""
        chosen = self.cleaned_data["area"]
        return UUID(chosen) if chosen else None


class EstablishForm(_InAnArea):
    """What a team is for, where, and with how many posts."""

    function = forms.ChoiceField(label="For", choices=[*_CHOOSE, *((one.value, one.value) for one in Function)])
    area = forms.ChoiceField(label="Area", required=False)
    posts = forms.IntegerField(label="Posts", min_value=0, max_value=2000)
    since = DayField(label="From")


class PostForm(_InAnArea):
    """Who somebody is in the force."""

    collar_number = forms.CharField(label="Collar number", max_length=12)
    rank = forms.ChoiceField(label="Rank", choices=[*_CHOOSE, *((one.value, one.value) for one in Rank)])
    post = forms.CharField(label="Post", max_length=80, required=False)
    area = forms.ChoiceField(label="Area", required=False)
    since = DayField(label="From")


class TrainingForm(Form):
    """A course that was passed."""

    look = "wide"
    course = forms.ChoiceField(label="Course", choices=[*_CHOOSE, *((key, name) for key, (name, _) in COURSES.items())])
    passed_on = DayField(label="Passed")
    expires_on = DayField(label="Counts until", required=False)
