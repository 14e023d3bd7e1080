"""What people type about duties; nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from watchward.foundation.duties.queries import Askable
from watchward.foundation.ui.forms import Form, MomentField

PERSON, TEAM = "person", "team"


def _choices(found: Askable) -> list[Any]:
    groups = (
        ("Your supervisor", [(f"{PERSON}:{id_}", name) for id_, name in found.supervisors]),
        ("Colleagues", [(f"{PERSON}:{id_}", name) for id_, name in found.people]),
        ("A team, nobody named", [(f"{TEAM}:{number}", name) for number, name in found.teams]),
    )
    return [("", "Choose"), *((title, choices) for title, choices in groups if choices)]


class AskForm(Form):
    """A question about a duty."""

    look = "wide"
    whom = forms.ChoiceField(label="Whom", required=False)
    question = forms.CharField(label="Question", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    answer_by = MomentField(label="Answer by", required=False)

    def __init__(self, *args: Any, askable: Askable, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        self.fields["whom"].choices = _choices(askable)  # type: ignore[attr-defined]

    def said(self) -> Mapping[str, Any]:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        kind, _colon, which = typed["whom"].partition(":")
        return {
            "words": typed["question"],
            "by": typed["answer_by"],
            "to": UUID(which) if kind == PERSON else None,
            "team": int(which) if kind == TEAM else None,
        }


class AnswerForm(Form):
    """The answer to what was asked about a duty."""

    look = "wide"
    answer = forms.CharField(label="Answer", required=False, widget=forms.Textarea(attrs={"rows": 4}))
