"""What people type about victims; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from watchward.domains.victims.vocabulary import NOTED, Category, Method, Response, Result, Tells, Withdraws
from watchward.foundation.ui.forms import DayField, Form, MomentField, VersionedForm

CHOOSE = ("", "Choose")
METHODS = [(one.value, one.label) for one in Method]


def _text(label: str, *, rows: int = 2, help_text: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class ContactForm(Form):
    """Contact with a victim, or an attempt at it."""

    look = "wide"
    when = MomentField(label="When")
    method = forms.ChoiceField(label="How", choices=METHODS)
    result = forms.ChoiceField(
        label="Result", required=False, widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Result]
    )
    words = _text("What was said", rows=3)
    told = forms.MultipleChoiceField(
        label="Told", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Only what reached them: an attempt tells nothing",
    )  # fmt: skip
    consents = forms.ChoiceField(
        label="Agrees to be referred", required=False, widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")]
    )
    told_review = forms.BooleanField(label="They were told that they may ask for a review", required=False)

    def __init__(self, *args: Any, news: Sequence[tuple[str, str]], review: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*((one.value, one.label) for one in Tells), *news]
        self.fields["told"].choices = choices  # type: ignore[attr-defined]
        if not review:
            del self.fields["told_review"]

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        told = list(typed["told"])
        plain = {one.value for one in Tells}
        return {
            "when": typed["when"],
            "method": Method(typed["method"]),
            "result": Result(typed["result"]) if typed["result"] else None,
            "words": typed["words"],
            "tells": [Tells(one) for one in told if one in plain],
            "outcomes": [UUID(one.partition(":")[2]) for one in told if one.startswith("outcome:")],
            "updates": [UUID(one.partition(":")[2]) for one in told if one.startswith("update:")],
            "consents": {"yes": True, "no": False}.get(typed["consents"]),
            "told_review": bool(typed.get("told_review")),
        }


class NeedsForm(Form):
    """What a victim needs."""

    look = "wide"
    words = _text("What they need", rows=3, help_text="Or that they need nothing")
    interpreter = forms.CharField(label="Interpreter", max_length=80, required=False, help_text="Which language")
    same_sex_officer = forms.BooleanField(label="Wants an officer of the same sex", required=False)
    restorative_offered = forms.BooleanField(label="Restorative justice was offered", required=False)
    compensation_told = forms.BooleanField(label="Was told about compensation", required=False)


class ReachForm(VersionedForm):
    """How a victim is reached safely."""

    look = "wide"
    method = forms.ChoiceField(label="How", choices=METHODS)
    to = forms.CharField(label="Number or address", max_length=200, required=False)
    source = forms.CharField(label="Given by", max_length=120, required=False)
    verified_on = DayField(label="Verified on")
    safe = forms.CharField(label="What is not safe", max_length=300, required=False)
    wants_updates = forms.BooleanField(label="Wants to hear what happens", required=False)


class EntitleForm(Form):
    """Why a victim has enhanced rights."""

    look = "wide"
    category = forms.ChoiceField(label="Because", choices=[CHOOSE, *((one.value, one.label) for one in Category)])
    words = _text("Why", rows=3)


class WordsForm(Form):
    """Why something is done."""

    look = "wide"
    words = _text("Why", rows=3)


class PlanForm(VersionedForm):
    """How often and how a victim hears."""

    look = "wide"
    every = forms.IntegerField(label="Every how many days", min_value=1, max_value=365)
    method = forms.ChoiceField(label="How", choices=METHODS)
    words = forms.CharField(label="What else was agreed", max_length=300, required=False)


class UpdateForm(Form):
    """Something that happened and that the victim must be told."""

    look = "wide"
    trigger = forms.ChoiceField(label="What happened", choices=[CHOOSE, *((one.value, one.label) for one in NOTED)])
    learned_at = MomentField(label="Known since")
    words = _text("In more words")


class StatementForm(Form):
    """When a witness statement was taken."""

    look = "wide"
    taken_at = MomentField(label="Taken")


class OfferForm(Form):
    """What somebody answered when a personal statement was offered."""

    look = "wide"
    response = forms.ChoiceField(
        label="They", required=False, widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Response]
    )
    words = _text("Why not, or when")


class DecisionForm(Form):
    """Whether a victim supports police action."""

    look = "wide"
    supports = forms.ChoiceField(
        label="Supports action", required=False, widget=forms.RadioSelect, choices=[("yes", "Yes"), ("no", "No")]
    )
    said_on = DayField(label="Said on", required=False)
    reason = forms.ChoiceField(
        label="Reason", required=False, choices=[CHOOSE, *((one.value, one.label) for one in Withdraws)]
    )
    own_words = _text("In their own words", rows=3)
    support_told = forms.BooleanField(label="They were told of the support there is", required=False)

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        return {
            "supports": {"yes": True, "no": False}.get(typed["supports"]),
            "said_on": typed["said_on"],
            "reason": Withdraws(typed["reason"]) if typed["reason"] else None,
            "own_words": typed["own_words"],
            "support_told": typed["support_told"],
        }
