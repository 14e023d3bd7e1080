"""Forms: every mistake at once, nothing typed is lost, reasons where they belong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict

from tests.foundation.ui_gallery.alone import Why
from tests.foundation.ui_gallery.forms import Report, sent
from tests.foundation.ui_gallery.pages import made
from watchward.foundation.ui.forms import DayField, Form, MomentField


class Dates(Form):
    """A day and a moment."""

    born = DayField(required=False)
    happened = MomentField(label="Happened", required=False)


def dates(**typed: str) -> Dates:
    """Return the form with these boxes filled in; a double underscore stands for the hyphen."""
    return Dates({name.replace("__", "-"): value for name, value in typed.items()})


def test_every_mistake_is_told_at_once_and_leads_to_its_field() -> None:
    """Reasons that belong to no field come first, then the fields in their order, each with the rule it came from."""
    told = [(mistake.words, mistake.at, mistake.cite) for mistake in sent().mistakes]
    assert told == [
        ("Only an inspector may extend this bail.", "", "PACE 1984 s 47ZD"),
        ("No such number.", "id_number", ""),
        ("Words: not filled in", "id_words", ""),
        ("Weapon: not filled in", "id_weapon_0", ""),
        ("Born must be a real date, such as 28 6 2019", "id_born-day", ""),
        ("Happened must include a day and a time, such as 23:14", "id_happened-time", ""),
    ]


def test_every_link_of_the_summary_leads_somewhere() -> None:
    """A mistake whose link led nowhere would leave a keyboard user searching."""
    form = sent()
    ways = ("dense", "wide", "stacked", "govuk")
    for look in ways:
        page = made().from_string("{% for f in form %}{{ ww.field(f, look) }}{% endfor %}").render(form=form, look=look)
        for mistake in form.mistakes:
            assert not mistake.at or f'id="{mistake.at}"' in page, (look, mistake)


@pytest.mark.parametrize("look", ["dense", "wide", "stacked", "govuk"])
def test_nothing_typed_is_lost(look: str) -> None:
    """A refused form comes back as it was sent: words, choices, ticks, and even a day that does not exist."""
    page = made().from_string("{% for f in form %}{{ ww.field(f, look) }}{% endfor %}").render(form=sent(), look=look)
    assert "Kez &lt;b&gt;" in page
    for value in ("31", "feb", "1988", "2019"):
        assert f'value="{value}"' in page
    assert 'name="version" value="3"' in page
    bound = sent()
    assert [choice.value for choice in bound["grade"].choices if choice.chosen] == ["2"]  # type: ignore[attr-defined]
    assert [choice.value for choice in bound["needs"].choices if choice.chosen] == ["support"]  # type: ignore[attr-defined]
    assert page.count(" checked") == 2
    assert page.count(" selected") == 1
    assert page.count('type="checkbox"') == 3


def test_a_good_form_gives_its_values() -> None:
    """Days become dates, a moment in London an instant in UTC."""
    form = dates(born__day="14", born__month="Mar", born__year="1988", happened__day="28", happened__month="6",
                 happened__year="2019", happened__time="23:14")  # fmt: skip
    assert form.is_valid(), form.mistakes
    assert form.cleaned_data == {"born": date(1988, 3, 14), "happened": datetime(2019, 6, 28, 22, 14, tzinfo=UTC)}


def test_an_empty_form_is_a_draft() -> None:
    """Nothing need be filled in to be saved."""
    form = dates()
    assert form.is_valid()
    assert form.cleaned_data == {"born": None, "happened": None}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"born__day": "31"}, "Born must include a month and a year"),
        ({"born__day": "31", "born__month": "2", "born__year": "2019"}, "Born must be a real date, such as 28 6 2019"),
        ({"born__day": "1", "born__month": "2", "born__year": "19"}, "Born must be a real date, such as 28 6 2019"),
        ({"happened__time": "23:14"}, "Happened must include a day and a time, such as 23:14"),
    ],
)
def test_a_day_that_is_wrong_says_how(typed: dict[str, str], words: str) -> None:
    """Each missing part is named; a day that does not exist is not guessed at."""
    assert [mistake.words for mistake in dates(**typed).mistakes] == [words]


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    """On 31 March 2019 there was no half past one in London; on 27 October there were two, and the first is meant."""
    skipped = dates(happened__day="31", happened__month="3", happened__year="2019", happened__time="01:30")
    assert [mistake.words for mistake in skipped.mistakes] == ["Happened: the clocks went forward over 01:30"]
    twice = dates(happened__day="27", happened__month="10", happened__year="2019", happened__time="01:30")
    assert twice.is_valid()
    assert twice.cleaned_data["happened"] == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)


def test_a_date_that_is_known_is_shown_in_its_boxes() -> None:
    """An instant is shown on the clocks of London."""
    form = Dates(initial={"born": date(1988, 3, 14), "happened": datetime(2019, 6, 30, 23, 5, tzinfo=UTC)})
    assert [part.value for part in form["born"].parts] == ["14", "3", "1988"]  # type: ignore[attr-defined]
    assert [part.value for part in form["happened"].parts] == ["1", "7", "2019", "00:05"]  # type: ignore[attr-defined]


def test_words_of_its_own_for_a_field_that_must_be_filled_in() -> None:
    """A field may say better than we can what is wanted."""

    class Asking(Form):
        name = forms.CharField(error_messages={"required": "Ask for a name, or say that she will not give one"})

    assert [mistake.words for mistake in Asking({}).mistakes] == ["Ask for a name, or say that she will not give one"]


def test_a_refusal_of_an_unknown_field_is_not_swallowed() -> None:
    """A reason whose field this form lacks goes to the top."""
    form = dates()
    form.refuse((Why("Already closed.", "", "closed_at"),))
    assert [(mistake.words, mistake.at) for mistake in form.mistakes] == [("Already closed.", "")]
    assert not form.is_valid()


def test_django_draws_it_by_our_template() -> None:
    """A form or a field put in a page by itself is drawn by the same parts."""
    form = Report(QueryDict("version=3"))
    assert "ww-wrong" in str(form)
    assert 'id="id_name"' in form["name"].as_field_group()
