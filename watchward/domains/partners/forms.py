"""What people type about partners."""

from __future__ import annotations

from django import forms

from watchward.domains.organisation.vocabulary import DISTRICTS
from watchward.domains.partners.vocabulary import AgencyKind, ForWhom, Need, RouteKind
from watchward.foundation.ui.forms import DayField, Form

_DISTRICTS = sorted(DISTRICTS.items(), key=lambda one: one[1])
_CHOOSE = ("", "Choose")


class AgencyForm(Form):
    """A new agency."""

    look = "wide"
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="What it is", choices=[_CHOOSE, *((kind.value, kind.value) for kind in AgencyKind)])
    about = forms.CharField(label="About it", max_length=300, required=False)


class NewAgencyForm(AgencyForm):
    """A new agency, with the day from which we work with it."""

    since = DayField(label="From")


class RouteForm(Form):
    """A way to reach an agency."""

    look = "wide"
    kind = forms.ChoiceField(label="How", choices=[_CHOOSE, *((kind.value, kind.value) for kind in RouteKind)])
    words = forms.CharField(label="Whom one reaches", max_length=120)
    to = forms.CharField(label="Number or address", max_length=200)
    round_the_clock = forms.BooleanField(label="Always answered, day and night", required=False)
    hours = forms.CharField(label="Or answered", max_length=120, required=False)
    since = DayField(label="From")


class BasisForm(Form):
    """A lawful basis for sharing."""

    look = "wide"
    law = forms.CharField(label="Law", max_length=200)
    covers = forms.CharField(label="What may be shared, for what", max_length=300)
    since = DayField(label="From")


class AgreementForm(Form):
    """An agreement on sharing."""

    look = "wide"
    title = forms.CharField(label="Title", max_length=160)
    covers = forms.CharField(label="What it covers", max_length=300)
    since = DayField(label="From")
    review_on = DayField(label="Reviewed by")
    until = DayField(label="Ends", required=False)


class ServiceForm(Form):
    """A service for people who need help."""

    look = "wide"
    name = forms.CharField(label="Name", max_length=120)
    needs = forms.MultipleChoiceField(
        label="Helps with", choices=[(need.value, need.value) for need in Need], widget=forms.CheckboxSelectMultiple
    )
    how = forms.CharField(label="How to come to it", max_length=300)
    districts = forms.MultipleChoiceField(
        label="Serves", required=False, help_text="The whole force, where none is ticked",
        choices=_DISTRICTS, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label="For", required=False, help_text="Everybody, where none is ticked",
        choices=[(group.value, group.words) for group in ForWhom], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    since = DayField(label="From")
    check_on = DayField(label="Checked again by", required=False)


class CheckForm(Form):
    """That a service was checked."""

    look = "wide"
    words = forms.CharField(label="How you checked it", max_length=200)
    check_on = DayField(label="Checked again by", required=False)


class EndForm(Form):
    """The day on which something ends."""

    look = "wide"
    until = DayField(label="Ends on")


FORMS: dict[str, type[Form]] = {
    "route": RouteForm, "basis": BasisForm, "agreement": AgreementForm, "service": ServiceForm,
}  # fmt: skip
