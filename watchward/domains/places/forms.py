"""What people type about markers on places."""

from __future__ import annotations

from django import forms

from watchward.domains.places.vocabulary import MarkerKind
from watchward.foundation.ui.forms import DayField, Form, VersionedForm


class MarkForm(Form):
    """A new marker."""

    look = "wide"
    kind = forms.ChoiceField(label="What", choices=[("", "Choose"), *((kind.value, kind.says) for kind in MarkerKind)])
    words = forms.CharField(
        label="What they must know", max_length=300, help_text="One sentence, read on the way there"
    )
    grounds = forms.CharField(
        label="Grounds", widget=forms.Textarea(attrs={"rows": 3}), help_text="What happened, and when"
    )
    source = forms.CharField(label="From", max_length=120, help_text="An incident, a partner, the hub")
    review_on = DayField(label="Look again on")
    until = DayField(label="Ends on", required=False)


class ReviewForm(VersionedForm):
    """What came of looking at a marker again."""

    look = "wide"
    keep = forms.TypedChoiceField(
        label="It", widget=forms.RadioSelect, choices=[("yes", "still holds"), ("no", "has ended")],
        coerce=lambda chosen: chosen == "yes",
    )  # fmt: skip
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))
    words = forms.CharField(label="What it says", max_length=300)
    review_on = DayField(label="Look again on", required=False)
