"""What somebody types to come in."""

from __future__ import annotations

from django import forms

from watchward.foundation.ui.forms import Form


class CodeForm(Form):
    """A code that signs somebody in once."""

    look = "stacked"
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Twenty letters and digits, as it was given to you. Blanks and dashes do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
