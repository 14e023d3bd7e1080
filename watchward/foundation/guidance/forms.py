"""What people type about guidance; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from watchward.foundation.guidance.offers import Wanted, topics
from watchward.foundation.guidance.rules import LONGEST_CHANGED, LONGEST_LEAD, LONGEST_SLUG, LONGEST_TITLE
from watchward.foundation.guidance.vocabulary import Group, Kind
from watchward.foundation.ui.forms import DayField, Form, MomentField

_MARKS = (
    "Begin a line with ## for a heading, - for a list, 1. for a numbered list. **Two stars** make words strong. "
    "[Words](/partners/) lead to a page of Watchward."
)


@dataclass(frozen=True)
class Asked:
    """What somebody asks the toolkit for.

    Args:
        typed: as typed.
        topic: key of a topic; empty for any.
        group: whom it is about; empty for everybody.
    """

    typed: str
    topic: str
    group: str

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        words = tuple(dict.fromkeys(self.typed.lower().split()))
        return Wanted(words[:8], frozenset({self.topic} if self.topic else ()))

    @property
    def nothing(self) -> bool:
        """Whether nothing narrows it down."""
        return not (self.typed or self.topic or self.group)


def asked_of(sent: Mapping[str, str]) -> Asked:
    """Return what was asked for; what is no topic and no group asks for nothing."""
    topic, group = sent.get("topic", ""), sent.get("group", "")
    return Asked(sent.get("q", "").strip()[:80], topic if topic in topics else "", group if group in set(Group) else "")


class DraftForm(Form):
    """A version as it is drafted."""

    look = "stacked"
    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    lead = forms.CharField(
        label="Lead, one line", max_length=LONGEST_LEAD, required=False,
        help_text="Shown on calls, incidents and records that it fits. Without one it stands in the toolkit alone.",
    )  # fmt: skip
    text = forms.CharField(label="What it says", widget=forms.Textarea(attrs={"rows": 18}), help_text=_MARKS)
    groups = forms.MultipleChoiceField(
        label="About", required=False, help_text="Everybody, where none is ticked",
        choices=[(group.value, group.words) for group in Group], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    topics = forms.MultipleChoiceField(label="Topics", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["topics"]
        choices.choices = [(topic.key, topic.words) for topic in topics.values()]


class BeginForm(DraftForm):
    """A new piece of guidance."""

    slug = forms.CharField(
        label="Short name", max_length=LONGEST_SLUG, help_text="For its address, for good: child-in-home"
    )
    kind = forms.ChoiceField(label="What it is", choices=[("", "Choose"), *((kind.value, kind.words) for kind in Kind)])
    field_order = ("kind", "slug", "title", "lead", "text", "groups", "topics")


class PublishForm(Form):
    """The publishing of a draft."""

    look = "stacked"
    changed = forms.CharField(label="What changed", max_length=LONGEST_CHANGED, required=False)
    review_on = DayField(label="Looked over by", required=False)
    since = MomentField(label="Stands from", required=False, help_text="From now, where it is left empty")
    teams = forms.MultipleChoiceField(
        label="To be read by the teams", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="With roles ticked too: those of the teams who hold one of the roles",
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="To be read by the roles", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, teams: Iterable[tuple[int, str]], roles: Iterable[tuple[str, str]], first: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of_teams: Any = self.fields["teams"]
        of_roles: Any = self.fields["roles"]
        of_teams.choices, of_roles.choices = [(str(number), name) for number, name in teams], list(roles)
        if first:
            del self.fields["changed"]

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the command takes it."""
        return {**self.cleaned_data, "teams": [int(number) for number in self.cleaned_data["teams"]]}


class WithdrawForm(Form):
    """Why guidance stands no more."""

    look = "stacked"
    words = forms.CharField(label="Why it stands no more", max_length=300)


class ReviewForm(Form):
    """What came of looking guidance over."""

    look = "stacked"
    words = forms.CharField(label="What you looked at", max_length=300)
    review_on = DayField(label="Looked over again by", required=False)


class OwnerForm(Form):
    """Who answers for guidance from now on."""

    look = "stacked"
    owner = forms.ChoiceField(label="Who answers for it")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["owner"]
        choices.choices = [("", "Choose"), *people]
