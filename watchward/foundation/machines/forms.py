"""What is typed about clients: a new one, a new secret, and why one is disabled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from watchward.foundation.machines.vocabulary import A_MINUTE, MOST_A_MINUTE
from watchward.foundation.ui.forms import Form


class ClientForm(Form):
    """A client of another system."""

    look = "wide"
    name = forms.CharField(label="Name of the system", max_length=80)
    purpose = forms.CharField(
        label="Why it calls", max_length=200, help_text="This stands on the trace of each record that it reads."
    )
    scopes = forms.MultipleChoiceField(
        label="Scopes", widget=forms.CheckboxSelectMultiple, help_text="What you may do yourself, and no more."
    )
    a_minute = forms.IntegerField(
        label="Calls a minute", min_value=1, max_value=MOST_A_MINUTE, initial=A_MINUTE, widget=forms.TextInput()
    )

    def __init__(self, *args: Any, scopes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["scopes"]
        choices.choices = [(scope, scope) for scope in scopes]


class RotateForm(Form):
    """A new secret."""

    look = "stacked"
    known = forms.BooleanField(
        label="The present one has become known", required=False,
        help_text="It ends now. Otherwise it goes on for a day, for the other system to change over.",
    )  # fmt: skip


class WhyForm(Form):
    """Why a client is disabled, or may call again."""

    look = "stacked"
    reason = forms.CharField(label="Why", max_length=400)
