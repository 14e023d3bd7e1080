"""Forms: fields that know how they are drawn, and every mistake at once, the kernel's reasons among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar, Literal, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer
from django.forms.utils import pretty_name
from django.template.loader import get_template

from watchward.foundation.ui.parts import Difference, Reason
from watchward.kernel.periods import exists, instant, london

Look = Literal["dense", "wide", "stacked", "govuk"]
CHOOSE = "Choose"
"""The words of a choice that is none yet."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DayTyped(NamedTuple):
    """A day as it was typed, so that a mistake is shown as it was made."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""


class DayParts(forms.Widget):
    """Day, month and year in boxes of their own; with ``time``, the time of day as well."""

    template_name = "ui/field.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, time: bool = False) -> None:
        super().__init__(attrs)
        self.time = time

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DayTyped:
        """Return what was typed, stripped."""
        return DayTyped(*(str(data.get(f"{name}-{part}", "")).strip() for part in DayTyped._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether none of the boxes was sent."""
        return not any(f"{name}-{part}" in data for part in DayTyped._fields)


def typed_day(value: object) -> DayTyped:
    """Return the boxes that show a day, an instant (on the clocks of London), or what was typed."""
    if isinstance(value, DayTyped):
        return value
    if isinstance(value, datetime):
        here = london(value)
        return DayTyped(str(here.day), str(here.month), str(here.year), f"{here:%H:%M}")
    if isinstance(value, date):
        return DayTyped(str(value.day), str(value.month), str(value.year))
    return DayTyped()


class DayField(forms.Field):
    """A day: 28 6 2019 or 28 Jun 2019."""

    widget: type[forms.Widget] | forms.Widget = DayParts

    def to_python(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: naming every part that is missing, or saying that there is no such day.
        """
        typed = typed_day(value)
        if not any(typed[:3]):
            return None
        missing = [part for part in ("day", "month", "year") if not getattr(typed, part)]
        if missing:
            raise ValidationError(f"{self.label} must include a {' and a '.join(missing)}", code="incomplete")
        month = typed.month.lower()[:3]
        number = str(MONTHS.index(month) + 1) if month in MONTHS else typed.month
        try:
            if len(typed.year) != 4:
                raise ValueError
            return date(int(typed.year), int(number), int(typed.day))
        except ValueError:
            words = f"{self.label} must be a real date, such as 28 6 2019"
            raise ValidationError(words, code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the boxes differ from what they began with."""
        return typed_day(initial) != typed_day(data)


class MomentField(DayField):
    """A day and a time of day on the clocks of London, as an aware UTC instant."""

    widget = DayParts(time=True)

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant; of the two that share a time when the clocks go back, the earlier.

        Raises:
            ValidationError: as for a day, or when the time is missing, is none, or was skipped by the clocks.
        """
        typed = typed_day(value)
        on = super().to_python(typed)
        if on is None and not typed.time:
            return None
        hour, _, minute = typed.time.replace(".", ":").partition(":")
        if on is None or not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
            raise ValidationError(f"{self.label} must include a day and a time, such as 23:14", code="incomplete")
        shown = time(int(hour), int(minute))
        if not exists(on, shown):
            raise ValidationError(f"{self.label}: the clocks went forward over {typed.time}", code="skipped")
        return instant(on, shown)


@dataclass(frozen=True)
class Choice:
    """One choice of a field as it is drawn."""

    id: str
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Part:
    """One box of a day."""

    id: str
    name: str
    words: str
    value: str
    width: str
    number: bool


@dataclass(frozen=True)
class Mistake:
    """One line of the summary: its words, the field it leads to (empty for none), and the rule."""

    words: str
    at: str = ""
    cite: str = ""


class Bound(BoundField):
    """A field of a form as its template draws it."""

    form: Form

    @property
    def kind(self) -> str:
        """Return hidden, radios, checks, check, select, textarea, day, moment, or a type of input."""
        widget = self.field.widget
        if isinstance(widget, DayParts):
            return "moment" if widget.time else "day"
        for made, kind in (  # a list of boxes is a kind of radios to Django: it must stand before them
            (forms.HiddenInput, "hidden"), (forms.CheckboxSelectMultiple, "checks"), (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "check"), (forms.Select, "select"), (forms.Textarea, "textarea"),
        ):  # fmt: skip
            if isinstance(widget, made):
                return kind
        return str(getattr(widget, "input_type", "text"))

    @property
    def attrs(self) -> dict[str, Any]:
        """Return the widget's own attributes, such as its access key."""
        ours = ("id", "name", "required", "cols")
        return {name: value for name, value in self.field.widget.attrs.items() if name not in ours}

    @property
    def cap(self) -> str:
        """Return the key cap beside its label."""
        return str(self.field.widget.attrs.get("accesskey", "")).upper()

    @property
    def wrong(self) -> list[str]:
        """Return what is wrong with it, in words."""
        return [str(words) for words in self.errors]

    @property
    def said_by(self) -> str:
        """Return the ids of the notes that describe it."""
        notes = [f"{self.auto_id}-note"] if self.help_text else []
        return " ".join(notes + [f"{self.auto_id}-wrong{place}" for place in range(1, len(self.wrong) + 1)])

    @property
    def typed(self) -> str:
        """Return what stands in its box."""
        shown = self.field.widget.format_value(self.value())
        return "" if shown is None else str(shown)

    @property
    def ticked(self) -> bool:
        """Say whether its box is ticked."""
        return bool(self.value())

    @property
    def grouped(self) -> list[tuple[str, list[Choice]]]:
        """Return its choices by group; those of no group under an empty name."""
        value = self.value()
        several = value if isinstance(value, list | tuple) else ["" if value is None else value]
        chosen = {str(each) for each in several}
        groups: list[tuple[str, list[Choice]]] = []
        place = 0
        for key, words in self.field.choices:  # type: ignore[attr-defined]
            named = isinstance(words, list | tuple)
            if named or not groups or groups[-1][0]:
                groups.append((str(key) if named else "", []))
            for one, said in words if named else ((key, words),):
                shown = "" if one is None else str(one)
                groups[-1][1].append(Choice(f"{self.auto_id}_{place}", shown, str(said), shown in chosen))
                place += 1
        return groups

    @property
    def choices(self) -> list[Choice]:
        """Return all its choices."""
        return [choice for _, group in self.grouped for choice in group]

    @property
    def items(self) -> list[dict[str, Any]]:
        """Return its choices as GOV.UK's own macros want them."""
        return [
            {"id": c.id, "value": c.value, "text": c.words, "checked": c.chosen, "selected": c.chosen}
            for c in self.choices
        ]

    @property
    def parts(self) -> list[Part]:
        """Return the boxes of a day."""
        typed = typed_day(self.value())
        wanted = [("day", "Day", "2", True), ("month", "Month", "2", False), ("year", "Year", "4", True)]
        if self.kind == "moment":
            wanted.append(("time", "Time", "4", False))
        return [
            Part(f"{self.auto_id}-{part}", f"{self.html_name}-{part}", words, getattr(typed, part), width, number)
            for part, words, width, number in wanted
        ]

    @property
    def part_items(self) -> list[dict[str, Any]]:
        """Return the boxes of a day as GOV.UK's own macro wants them."""
        return [
            {"id": p.id, "name": p.name, "label": p.words, "value": p.value, "classes": f"govuk-input--width-{p.width}"}
            for p in self.parts
        ]

    @property
    def said(self) -> str:
        """Return what was typed or chosen, in words: as it is shown beside what somebody else made of it."""
        if self.kind in ("select", "radios", "checks"):
            return ", ".join(
                each.words for each in self.choices if each.chosen and (each.value or each.words != CHOOSE)
            )
        if self.kind == "check":
            return "Yes" if self.ticked else "No"
        if self.kind in ("day", "moment"):
            return " ".join(part.value for part in self.parts if part.value)
        return self.typed

    @property
    def goes_to(self) -> str:
        """Return the id that a mistake leads to: the box itself, or the first choice or part."""
        if self.kind in ("day", "moment"):
            empty = next((part.id for part in self.parts if not part.value), "")
            return empty or self.parts[0].id
        if self.kind in ("radios", "checks"):
            return self.choices[0].id if self.choices else str(self.auto_id)
        return str(self.auto_id)


class Drawn(BaseRenderer):
    """Draws forms with the environment of the pages."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        """Return one of our templates."""
        return get_template(template_name)


class Form(forms.Form):
    """A form of ours: bound to what was typed, drawn by one template, refused out loud."""

    bound_field_class = Bound
    default_renderer = Drawn
    use_required_attribute = False
    look: ClassVar[Look] = "dense"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self._cites: dict[str, str] = {}
        for name, field in self.fields.items():
            field.label = field.label or pretty_name(name)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = f"{field.label}: not filled in"

    def refuse(self, reasons: Iterable[Reason]) -> None:
        """Put each reason at the field that it names, and the others at the top; nothing typed is lost."""
        for reason in reasons:
            at = reason.field if reason.field in self.fields else None
            self.add_error(at, ValidationError(reason.words, code="refused"))
            self._cites[reason.words] = reason.cite

    def beside(self, stands: Mapping[str, object]) -> tuple[Difference, ...]:
        """Return what was typed beside what stands now.

        Args:
            stands: by name of a field what stands of it, as a text, a day or whether it is ticked; fields that are not
                among these were new words, beside which nothing stands.
        """
        return tuple(self._beside(name, value) for name, value in stands.items() if name in self.fields)

    def _beside(self, name: str, value: object) -> Difference:
        bound = self[name]
        assert isinstance(bound, Bound)  # noqa: S101  it is our bound_field_class
        if isinstance(value, bool):
            theirs = "Yes" if value else "No"
        elif isinstance(value, date):
            theirs = " ".join(part for part in typed_day(value) if part)
        else:
            theirs = str(value or "")
        return Difference(str(bound.label), bound.said, theirs)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Return every mistake at once: those of no field first, then in the order of the fields."""
        return tuple(self._each_mistake())

    def _each_mistake(self) -> Iterator[Mistake]:
        for words in self.errors.get(NON_FIELD_ERRORS, []):
            yield Mistake(str(words), cite=self._cites.get(str(words), ""))
        for name in self.fields:
            bound = self[name]
            assert isinstance(bound, Bound)  # noqa: S101  it is our bound_field_class
            for words in bound.errors:
                at = "" if bound.kind == "hidden" else bound.goes_to
                yield Mistake(str(words), at, self._cites.get(str(words), ""))


class VersionedForm(Form):
    """A form about a record that somebody else may change meanwhile: it carries the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
