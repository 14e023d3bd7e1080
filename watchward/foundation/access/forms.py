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


SIX = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class AppCodeForm(Form):
    """The code that an app shows now."""

    look = "stacked"
    code = forms.CharField(
        label="Code of your app",
        max_length=10,
        help_text="The six digits that it shows now.",
        widget=forms.TextInput(attrs=SIX),
    )


class RecoverForm(AppCodeForm):
    """What somebody has who has lost their passkey."""

    field_order = ("username", "recovery", "code")
    username = forms.CharField(
        label="User name", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    recovery = forms.CharField(
        label="Recovery code",
        max_length=20,
        help_text="One of the ten that you were shown. It is used up by this.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PasskeyForm(Form):
    """A passkey that was made, and what its person calls it."""

    look = "stacked"
    name = forms.CharField(
        label="What you call it",
        max_length=60,
        help_text="So that you know it again: the desk in the report room, my key.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
