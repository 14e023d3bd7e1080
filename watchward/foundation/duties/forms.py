"""What people type about duties; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from watchward.foundation.access.models import Absence
from watchward.foundation.duties.queries import Askable
from watchward.foundation.duties.vocabulary import News
from watchward.foundation.ui.forms import CHOOSE, Form, MomentField

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


def chosen(value: str) -> dict[str, Any]:
    """Return who was chosen among people and teams, as the commands take it."""
    kind, _colon, which = value.partition(":")
    return {"to": UUID(which) if kind == PERSON else None, "team": int(which) if kind == TEAM else None}


def people_and_teams(
    people: Iterable[tuple[UUID, str]], teams: Iterable[tuple[int, str]], *, first: str = "People of your teams"
) -> list[Any]:
    """Return people and teams to choose from."""
    named = [(f"{PERSON}:{id_}", name) for id_, name in people]
    numbered = [(f"{TEAM}:{number}", name) for number, name in teams]
    groups = ((first, named), ("A team, nobody named", numbered))
    return [("", CHOOSE), *((title, choices) for title, choices in groups if choices)]


class MoveForm(Form):
    """To whom duties go, and why."""

    look = "wide"
    to = forms.ChoiceField(label="To", required=False)
    reason = forms.CharField(
        label="Why", required=False, help_text="It stands in the history of each.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, whom: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = whom  # type: ignore[attr-defined]


class HandOverForm(Form):
    """To whom one hands over, the note for all of it, and by when it must be accepted."""

    look = "wide"
    to = forms.ChoiceField(label="To", required=False)
    words = forms.CharField(label="Note for all of it", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    accept_by = MomentField(label="Accepted by", required=False)

    def __init__(self, *args: Any, whom: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = whom  # type: ignore[attr-defined]


class RefuseForm(Form):
    """Why one does not take over."""

    look = "wide"
    words = forms.CharField(label="Why not", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AwayForm(Form):
    """Who is away, from when until when, in one word why, and who stands in."""

    look = "wide"
    account = forms.ChoiceField(label="Who", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=Absence.Kind.choices, widget=forms.RadioSelect,
        help_text="No more than this is kept, and nothing of anybody's health.",
    )  # fmt: skip
    since_at = MomentField(label="From", required=False)
    until_at = MomentField(label="Until", required=False)
    cover = forms.ChoiceField(label="Stands in", required=False)

    def __init__(
        self, *args: Any, people: Iterable[tuple[UUID, str]], stand_in: Iterable[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(id_), name) for id_, name in people]  # type: ignore[attr-defined]
        nobody = [("", "Nobody: their team")]
        self.fields["cover"].choices = [  # type: ignore[attr-defined]
            *nobody, *((str(id_), name) for id_, name in stand_in)
        ]  # fmt: skip

    def said(self) -> Mapping[str, Any]:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        cover = typed["cover"]
        return {**typed, "account": UUID(typed["account"]), "cover": UUID(cover) if cover else None}


class AtOnceForm(Form):
    """Of which news one is told at the top of every page."""

    look = "stacked"
    at_once = forms.MultipleChoiceField(
        label="Also said at the top of every page", required=False,
        choices=[(each.value, each.words) for each in News], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
