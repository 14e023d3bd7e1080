"""What is typed about measures: changes, others' figures, what is published, and why something got worse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from watchward.foundation.ui.forms import DayField, Form


class ChangeForm(Form):
    """Something that changed on a day."""

    look = "wide"
    prefix = "change"
    day = DayField(label="On which day")
    words = forms.CharField(label="What changed", max_length=300)
    source = forms.CharField(label="Where that stands", max_length=300, help_text="An order, a minute, a counting rule")
    keys = forms.ChoiceField(label="For", required=False)

    def __init__(self, *args: Any, measure: str, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keys"].choices = [(measure, title), ("", "Every measure")]  # type: ignore[attr-defined]

    def clean_keys(self) -> tuple[str, ...]:
        """Return the measures; none for all."""
        chosen = self.cleaned_data["keys"]
        return (chosen,) if chosen else ()


class ComparisonForm(Form):
    """A figure of somebody else's."""

    look = "wide"
    prefix = "other"
    who = forms.CharField(label="Whose", max_length=80, initial="England and Wales")
    value = forms.FloatField(label="Figure")
    first = DayField(label="From")
    last = DayField(label="To")
    source = forms.CharField(label="Where it stands", max_length=300)


class PublishForm(Form):
    """A figure to be frozen as it is published."""

    look = "wide"
    prefix = "publish"
    first = DayField(label="From")
    last = DayField(label="To")


class WithdrawForm(Form):
    """Something that was recorded and was not so."""

    look = "wide"
    prefix = "withdraw"
    which = forms.ChoiceField(label="Which")
    reason = forms.CharField(label="Why", max_length=300)

    def __init__(self, *args: Any, rows: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = list(rows)  # type: ignore[attr-defined]


class ExplainForm(Form):
    """Why a measure got worse, and what is done about it."""

    look = "wide"
    explanation = forms.CharField(label="Why it moved, as far as it is understood", widget=forms.Textarea)
    follows = forms.CharField(label="What is done about it, or why nothing is", widget=forms.Textarea)
