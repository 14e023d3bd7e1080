"""What people type about telephone numbers."""

from __future__ import annotations

from django import forms

from watchward.foundation.ui.forms import Form


class SharedForm(Form):
    """Whether people who do not live together share a number."""

    look = "wide"
    shared = forms.TypedChoiceField(
        label="It is", widget=forms.RadioSelect, choices=[("yes", "shared"), ("no", "one person's or one home's")],
        coerce=lambda chosen: chosen == "yes",
    )  # fmt: skip
    words = forms.CharField(
        label="Whose it is", required=False, max_length=120, help_text="A payphone, a ward, an employer"
    )
