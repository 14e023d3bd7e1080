"""What people type about crimes; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from watchward.domains.crimes.commands import Named
from watchward.domains.crimes.vocabulary import Cancel, Demand, NotRecorded, Offence, Part, Route, Verdict
from watchward.domains.offences.vocabulary import Flag
from watchward.foundation.ui.forms import DayField, Form, MomentField, VersionedForm

Pairs = Sequence[tuple[str, str]]
CHOOSE = ("", "Choose")
AREA = {"rows": 2}


def _text(label: str, *, required: bool = False, rows: int = 2, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


def _ticks(label: str, choices: Pairs, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def grouped(offences: Iterable[Offence], likely: str = "") -> list[Any]:
    """Return offences as choices by group, the likely group first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in offences:
        groups.setdefault(str(row.group), []).append((row.code, f"{row.words} ({row.code})"))
    order = sorted(groups, key=lambda group: group != likely)
    return [CHOOSE, *((group, groups[group]) for group in order)]


class ReportForm(Form):
    """A report that came by another way than a call."""

    look = "wide"
    route = forms.ChoiceField(label="How it came", choices=[CHOOSE, *((one.value, one.label) for one in Route)])
    reported_at = MomentField(label="First reported", help_text="When it reached the force, by whichever way was first")
    what = _text("What was reported", rows=3)
    by_words = forms.CharField(label="Reported by", max_length=200, required=False)
    place_words = forms.CharField(label="Where", max_length=200, required=False)
    sexual = forms.BooleanField(label="A sexual offence is reported", required=False)


class RecordForm(Form):
    """A crime to be recorded; what the incident says is filled in already."""

    look = "wide"
    offence = forms.ChoiceField(label="Offence", required=False)
    what = _text("What happened", rows=3)
    committed_at = MomentField(label="From", required=False)
    committed_to = MomentField(label="Until", required=False)
    victims = _ticks("Victim", ())
    organisation = forms.CharField(label="Or an organisation", max_length=160, required=False)
    contact_name = forms.CharField(label="Whom one speaks to there", max_length=160, required=False)
    other_victim = forms.CharField(
        label="Or somebody else", max_length=24, required=False, help_text="Reference of their record: P-190701-0001"
    )
    victimless = forms.BooleanField(label="This offence has no victim of its own", required=False)
    suspects = _ticks("Suspect", ())
    witnesses = _ticks("Witness", ())
    flags = _ticks("It is also", ())
    late_reason = _text("Why it is late")

    def __init__(
        self, *args: Any, offences: list[Any], people: Pairs, flags: Iterable[Flag], late: bool, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["offence"].choices = offences  # type: ignore[attr-defined]
        hurt = set(self.get_initial_for_field(self.fields["victims"], "victims") or ())
        others = [(id_, words) for id_, words in people if id_ not in hurt]
        for name, choices in (("victims", people), ("suspects", others), ("witnesses", others)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]
        self.fields["flags"].choices = [(flag.value, flag.value) for flag in flags]  # type: ignore[attr-defined]
        if not late:
            del self.fields["late_reason"]

    @property
    def reasons_go(self) -> Mapping[str, str]:
        """Which box a reason about the victim belongs to: the first there is."""
        return {"victim": "victims" if "victims" in self.fields else "organisation"}

    def named(self, other: UUID | None) -> dict[str, list[Named]]:
        """Return who was named in which part."""
        said = self.cleaned_data
        found = {
            part: [Named(UUID(id_)) for id_ in said.get(part, ())] for part in ("victims", "suspects", "witnesses")
        }
        if other is not None:
            found["victims"].append(Named(other))
        if said["organisation"].strip():
            found["victims"].append(Named(organisation=said["organisation"], contact_name=said["contact_name"]))
        return found


class NoCrimeForm(Form):
    """Why no crime is recorded."""

    look = "wide"
    why = forms.ChoiceField(
        label="Why", required=False, choices=[(one.value, one.label) for one in NotRecorded], widget=forms.RadioSelect
    )
    words = _text("The evidence", rows=3)
    rape = forms.ChoiceField(
        label="Rape", required=False, choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, sexual: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sexual:
            del self.fields["rape"]

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        rape = {"yes": True, "no": False}.get(typed.get("rape", ""))
        why = NotRecorded(typed["why"]) if typed["why"] else None
        return {"why": why, "words": typed["words"], "rape": rape}


class AllocateForm(VersionedForm):
    """To whom a crime goes."""

    look = "wide"
    series = forms.BooleanField(label="One of a series", required=False)
    local = forms.BooleanField(label="A neighbourhood is affected", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    reason = _text("Why not as advised")

    def __init__(self, *args: Any, teams: Pairs, officers: Pairs, alike: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [CHOOSE, *teams]  # type: ignore[attr-defined]
        self.fields["officer"].choices = [("", "The team as a whole"), *officers]  # type: ignore[attr-defined]
        self.fields["series"].help_text = alike


class NameForm(Form):
    """Somebody who had a part in a crime."""

    look = "wide"
    part = forms.ChoiceField(label="Part", choices=[CHOOSE, *((one.value, one.value.capitalize()) for one in Part)])
    known = forms.ChoiceField(label="Who", required=False, widget=forms.RadioSelect)
    person = forms.CharField(
        label="Or by reference",
        max_length=24,
        required=False,
        help_text="Of their record: P-190701-0001. Find them first, or record them, under People",
    )
    organisation = forms.CharField(label="Or an organisation", max_length=160, required=False)
    contact_name = forms.CharField(label="Whom one speaks to there", max_length=160, required=False)
    words = forms.CharField(label="What is known", max_length=300, required=False)

    def __init__(self, *args: Any, known: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            self.fields["known"].choices = known  # type: ignore[attr-defined]
        else:
            del self.fields["known"]
            self.fields["person"].label = "Person"


class WordsForm(Form):
    """Why something is done, in words."""

    look = "wide"
    words = _text("Why", rows=3)


class InterviewForm(Form):
    """The day on which a suspect was interviewed under caution."""

    look = "wide"
    on = DayField(label="Day")


class ReclassifyForm(VersionedForm):
    """Another offence."""

    look = "wide"
    offence = forms.ChoiceField(label="It was", required=False)
    words = _text("What showed it", rows=3)

    def __init__(self, *args: Any, offences: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offence"].choices = offences  # type: ignore[attr-defined]


class FlagsForm(VersionedForm):
    """What a crime also is."""

    look = "wide"
    flags = _ticks("It is also", ())

    def __init__(self, *args: Any, flags: Iterable[Flag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["flags"].choices = [(flag.value, flag.value) for flag in flags]  # type: ignore[attr-defined]


class CancelForm(VersionedForm):
    """Why a crime is cancelled."""

    look = "wide"
    code = forms.ChoiceField(
        label="Under", required=False, choices=[(one.value, one.label) for one in Cancel], widget=forms.RadioSelect
    )
    words = _text("The evidence", rows=3)
    other = forms.CharField(label="C3: the other crime", max_length=24, required=False, help_text="CR-190701-0001")
    force = forms.CharField(label="C1: the other force", max_length=120, required=False)


class OutcomeForm(VersionedForm):
    """An outcome, with what this one demands and no more."""

    look = "wide"
    code = forms.CharField(widget=forms.HiddenInput, required=False)
    decided_on = DayField(label="Day of the outcome", required=False)

    def __init__(self, *args: Any, demands: Sequence[Demand], suspects: Pairs, statement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demands = tuple(demands)
        if Demand.SUSPECT in demands and suspects:
            self.fields["suspect"] = forms.ChoiceField(
                label="Suspect", required=False, choices=suspects, widget=forms.RadioSelect
            )
        for demand in demands:
            if demand is Demand.LIMIT:
                self.fields["limit"] = DayField(label="Time ran out after", required=False, help_text=demand.asks)
                if statement:
                    self.fields["statement"] = DayField(
                        label="Victim's statement", required=False, help_text="The day on which it was taken"
                    )
            elif demand.asks:
                rows = 3 if demand is Demand.RATIONALE else 2
                self.fields[demand.value] = _text(_SHORT.get(demand, demand.value.capitalize()), rows=rows)
                self.fields[demand.value].help_text = demand.asks

    def said(self) -> dict[str, Any]:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        suspect = typed.get("suspect") or ""
        return {
            "code": typed["code"],
            "decided_on": typed["decided_on"],
            "suspect": UUID(suspect) if suspect else None,
            "said": {demand: typed.get(demand.value) or "" for demand in self.demands if demand is not Demand.LIMIT},
            "limit_on": typed.get("limit"),
            "statement_on": typed.get("statement"),
        }


_SHORT = {
    Demand.RATIONALE: "Why",
    Demand.CHARGED_HOW: "How",
    Demand.ALTERNATE: "Offence charged",
    Demand.CONSULTED: "Victim consulted",
    Demand.DIED: "Death",
    Demand.WITNESS: "Who cannot speak",
    Demand.AGENCY: "Other body",
}


class SampleForm(Form):
    """A sample of outcomes to draw."""

    look = "wide"
    seed = forms.CharField(label="Seed", max_length=40, help_text="A word: the same one draws the same crimes again")
    code = forms.CharField(label="Outcome", max_length=4, required=False, help_text="Such as 16; all when empty")
    since = DayField(label="Given from")
    until = DayField(label="Given until")
    size = forms.IntegerField(label="How many", min_value=1, max_value=200)


class N100Form(Form):
    """Whether a report of rape rightly stands without a crime."""

    look = "wide"
    verdict = forms.ChoiceField(
        label="It", required=False, widget=forms.RadioSelect,
        choices=[
            (Verdict.AGREE.value, "rightly stands without a crime"), (Verdict.DISAGREE.value, "is to be recorded"),
        ],
    )  # fmt: skip
    words = _text("What you found", rows=3)


class CheckForm(Form):
    """Whether the file bears out an outcome."""

    look = "wide"
    verdict = forms.ChoiceField(
        label="The file", required=False, widget=forms.RadioSelect,
        choices=[(Verdict.AGREE.value, "bears it out"), (Verdict.DISAGREE.value, "does not")],
    )  # fmt: skip
    words = _text("What you found", rows=3)
