"""What people type about markers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from watchward.foundation.markers.rules import LONGEST, LONGEST_SOURCE
from watchward.foundation.ui.forms import DayField, Form, VersionedForm


class MarkForm(Form):
    """A new marker; the kinds to choose from are given to it."""

    look = "wide"
    kind = forms.ChoiceField(label="What")
    words = forms.CharField(
        label="What must be known", max_length=LONGEST, help_text="One sentence, read on the way there"
    )
    grounds = forms.CharField(
        label="Grounds", widget=forms.Textarea(attrs={"rows": 3}), help_text="What happened, and when"
    )
    source = forms.CharField(label="From", max_length=LONGEST_SOURCE, help_text="An incident, a partner, the hub")
    review_on = DayField(label="Look again on")
    until = DayField(label="Ends on", required=False)

    def __init__(self, data: Any = None, *, kinds: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        chosen = self.fields["kind"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - as declared above
        chosen.choices = [("", "Choose"), *kinds]


class ReviewForm(VersionedForm):
    """What came of looking at a marker again."""

    look = "wide"
    keep = forms.TypedChoiceField(
        label="It", widget=forms.RadioSelect, choices=[("yes", "still holds"), ("no", "has ended")],
        coerce=lambda chosen: chosen == "yes",
    )  # fmt: skip
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))
    words = forms.CharField(label="What it says", max_length=LONGEST)
    review_on = DayField(label="Look again on", required=False)
    until = DayField(label="Ends on", required=False)
