"""People from outside files: `watchward import people`."""

from __future__ import annotations

from typing import Any

import polars as pl

from watchward.domains.objects.vocabulary import WITHHELD, normal_number
from watchward.domains.people.commands import SEXES, load_people
from watchward.domains.people.rules import EARLIEST_BIRTH
from watchward.foundation.intake.vocabulary import Field, Kind, Row

FIELDS = (
    Field("forenames", "First names", ("first_name", "firstname", "given_name", "forename", "first_names"), 120),
    Field("surname", "Surname", ("last_name", "lastname", "family_name", "second_name"), 120),
    Field("name", "Whole name, where it stands in one column", ("full_name", "fullname", "person_name"), 240),
    Field("known_as", "Another first name that they use", ("nickname", "alias", "preferred_name"), 120),
    Field("sex", "Sex as recorded: F, M, X or a word for it", ("gender",), 20),
    Field("date_of_birth", "Date of birth", ("dob", "birth_date", "birthdate", "born", "birth_day"), day=True),
    Field("number", "Telephone number", ("phone", "telephone", "mobile", "phone_number", "tel"), 40),
    Field("email", "Email address", ("email_address", "e_mail"), 254),
    Field("line", "House and street", ("address", "address_1", "address_line_1", "street", "street_number"), 160),
    Field("town", "Town", ("city", "suburb", "post_town", "address_town"), 80),
    Field("postcode", "Postcode", ("post_code", "zip", "postal_code"), 12),
)  # fmt: skip


def why_not_rows(rows: pl.DataFrame, options: dict[str, Any]) -> list[Row]:
    """Return why single rows cannot be people: nameless, of no known sex, born before 1900, a number that is none."""
    refused: list[Row] = []
    if not options["nameless"]:
        empty = (pl.col("forenames") == "") & (pl.col("surname") == "") & (pl.col("name") == "")
        refused += [Row(line, "It has no name", "") for line in rows.filter(empty)["@line"]]
    sexes = list(SEXES)
    strange = rows.filter(~pl.col("sex").str.to_lowercase().is_in(sexes))["@line"]
    refused += [Row(line, "Sex as recorded is F, M or X", "sex") for line in strange]
    if not options["any_age"]:
        early = rows.filter(pl.col("date_of_birth") < EARLIEST_BIRTH)["@line"]
        refused += [Row(line, "The date of birth is before 1900", "date_of_birth") for line in early]
    nothing = [typed for typed in rows["number"].unique() if typed and typed.casefold() not in WITHHELD]
    bad = [typed for typed in nothing if not normal_number(typed)]
    if bad:
        lines = rows.filter(pl.col("number").is_in(bad))["@line"]
        refused += [Row(line, "The telephone number is none", "number") for line in lines]
    return refused


PEOPLE = Kind(
    key="people",
    title="people, with their names, telephone numbers, email and postal addresses",
    fields=FIELDS,
    load=load_people,
    check=why_not_rows,
    options={"nameless": False, "any_age": False},
)
