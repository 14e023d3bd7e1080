"""A form with every kind of field, sent with mistakes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from tests.foundation.ui_gallery.alone import Why
from tests.foundation.ui_gallery.frames import frame
from watchward.foundation.ui.forms import DayField, MomentField, VersionedForm

GRADES = (("", "Choose"), ("Emergency", (("1", "Immediate"), ("2", "Priority"))), ("Other", (("4", "No visit"),)))


class Report(VersionedForm):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As they say it", widget=forms.TextInput(attrs={"accesskey": "c"}))
    number = forms.CharField(label="Number", required=False)
    words = forms.CharField(label="Words", widget=forms.Textarea(attrs={"rows": 2}))
    grade = forms.ChoiceField(label="Grade", choices=GRADES)
    weapon = forms.ChoiceField(label="Weapon", choices=(("yes", "Yes"), ("no", "No")), widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=(("interpreter", "Interpreter"), ("support", "Support")),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    born = DayField(label="Born")
    happened = MomentField(label="Happened", help_text="24-hour clock")
    agreed = forms.BooleanField(label="She agrees to this being shared", required=False)


SENT = "version=3&name=Kez+%3Cb%3E&words=&grade=2&needs=support&born-day=31&born-month=feb&born-year=1988&"
SENT += "happened-day=1&happened-month=7&happened-year=2019&happened-time=&agreed=on"


def sent(prefix: str = "") -> Report:
    """Return the form as it was sent, refused by itself and by the kernel; a prefix keeps two on one page apart."""
    data = QueryDict("&".join(f"{prefix}-{pair}" if prefix else pair for pair in SENT.split("&")))
    form = Report(data, prefix=prefix or None)
    if prefix:
        del form.fields["name"].widget.attrs["accesskey"]
    bail = Why("Only an inspector may extend this bail.", "PACE 1984 s 47ZD")
    form.refuse((bail, Why("No such number.", "", "number")))
    return form


def wrong() -> dict[str, Any]:
    """Return the dense, the wide and the stacked form after a refusal."""
    again = (sent("wide"), sent("stacked"))
    return {"frame": frame("Priya Nandra", "call handler"), "form": sent(), "again": again, "look": "dense"}


def portal() -> dict[str, Any]:
    """Return the form as portals show it."""
    return {"frame": frame("Priya Nandra", "call handler"), "form": sent(), "look": "govuk"}
