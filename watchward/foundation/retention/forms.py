"""What is typed about retention: why something is kept on, goes, changes its group, or is held."""

from __future__ import annotations

from typing import Any

from django import forms

from watchward.foundation.retention.criteria import CRITERIA
from watchward.foundation.retention.vocabulary import Group, Source
from watchward.foundation.ui.forms import DayField, Form


class RetainForm(Form):
    """Why a record is still needed."""

    look = "stacked"
    reason = forms.CharField(label="Why it is still needed", max_length=1000, required=False, widget=forms.Textarea)
    next_on = DayField(label="Review it again on", required=False)
    child_reason = forms.CharField(
        label="Why it is kept although it is about a child under ten", max_length=1000, required=False,
        widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            question.key: forms.ChoiceField(
                label=question.words, choices=question.choices, widget=forms.RadioSelect, required=False
            )
            for question in CRITERIA.questions
        }
        self.fields = {**asked, **self.fields}
        if not child:
            del self.fields["child_reason"]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, with the answers to the criteria together."""
        keys = [question.key for question in CRITERIA.questions]
        return {
            "answers": {key: self.cleaned_data[key] for key in keys},
            **{name: value for name, value in self.cleaned_data.items() if name not in keys},
        }


class GroupForm(Form):
    """Another review group."""

    look = "stacked"
    group = forms.ChoiceField(
        label="Group", required=False, widget=forms.RadioSelect,
        choices=[(group.value, group.words) for group in Group],
    )  # fmt: skip
    reason = forms.CharField(label="Why", max_length=1000, required=False, widget=forms.Textarea)


class ProposeForm(Form):
    """Why a record is no longer needed."""

    look = "stacked"
    reason = forms.CharField(
        label="Why it is no longer needed", max_length=1000, required=False, widget=forms.Textarea,
        help_text="This is kept. Do not repeat what the record says.",
    )  # fmt: skip


class WhyForm(Form):
    """Why not, or why it ends."""

    look = "stacked"
    reason = forms.CharField(label="Why", max_length=1000, required=False, widget=forms.Textarea)


class _Records(Form):
    """References, one a line."""

    look = "stacked"
    records = forms.CharField(
        label="Records", required=False, widget=forms.Textarea, help_text="References, one on each line."
    )

    @property
    def named(self) -> list[str]:
        """The references."""
        return str(self.cleaned_data["records"]).replace(",", "\n").splitlines()


class MoreForm(_Records):
    """Further records."""


class HoldForm(_Records):
    """A new hold."""

    source = forms.ChoiceField(
        label="Why", choices=[(source.value, source.words) for source in Source], widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    matter = forms.CharField(
        label="The matter", max_length=120, required=False, help_text="Its reference, such as a case number. No names."
    )
    reason = forms.CharField(
        label="What must not be lost, and why", max_length=1000, required=False, widget=forms.Textarea
    )
    since = DayField(label="From", required=False)
    review_on = DayField(label="Look at it again by", required=False)

    field_order = ("source", "matter", "reason", "since", "review_on", "records")


class LookForm(Form):
    """That a hold stands on."""

    look = "stacked"
    review_on = DayField(label="It stands. Look at it again by", required=False)
