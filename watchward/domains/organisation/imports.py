"""The people who work for the force from outside files: `watchward import staff`."""

from __future__ import annotations

from typing import Any

import polars as pl

from watchward.domains.organisation.commands import load_staff, why_not_staff
from watchward.domains.organisation.rules import USERNAME
from watchward.domains.organisation.vocabulary import Rank
from watchward.foundation.intake.vocabulary import Field, Kind, Row

FIELDS = (
    Field("username", "User name, by which a row is about somebody: small letters, digits, dots and dashes",
          ("user_name", "login", "account"), 80),
    Field("name", "Name as shown to others", ("display_name", "full_name", "officer_name"), 120),
    Field("collar_number", "Collar number", ("collar", "collar_no", "shoulder_number", "warrant_number"), 12),
    Field("rank", "Rank as the force says it, such as Sergeant or Police staff", ("grade",), 40),
    Field("post", "Post", ("position", "job_title"), 80),
    Field("area", "Key of the area, empty for the whole force", ("lpa",), 50),
    Field("team", "Key of the team that they work in", ("team_key", "unit"), 50),
    Field("supervises", "yes where they supervise that team", ("supervisor", "is_supervisor"), 10),
    Field("roles", "Keys of their roles, parted by semicolons", ("role",), 200),
    Field("since", "Their first day in all of it", ("start_date", "from", "started"), day=True),
    Field("until", "The day from which they have left, for those who have", ("end_date", "left", "leaving_date"),
          day=True),
)  # fmt: skip

YES = ("yes", "y", "true", "1")
NO = ("no", "n", "false", "0", "")


def why_not_rows(rows: pl.DataFrame, options: dict[str, Any]) -> list[Row]:
    """Return why single rows cannot be staff, whoever is on record already."""
    refused = [
        Row(line, "A user name is small letters, digits, dots and dashes", "username")
        for line, name in zip(rows["@line"], rows["username"], strict=True)
        if not USERNAME.fullmatch(name)
    ]
    ranks = [*(rank.value for rank in Rank), ""]
    stays = pl.col("until").is_null()
    for wrong, words, column in (
        (stays & (pl.col("name") == ""), "It has no name", "name"),
        (stays & (pl.col("collar_number") == ""), "It has no collar number", "collar_number"),
        (stays & ~pl.col("rank").is_in(ranks[:-1]), f"A rank is one of: {', '.join(Rank)}", "rank"),
        (stays & pl.col("since").is_null(), "It does not say from which day", "since"),
        (stays & (pl.col("team") == ""), "It has no team", "team"),
        (stays & (pl.col("roles") == ""), "It has no role", "roles"),
        (~pl.col("supervises").str.to_lowercase().is_in([*YES, *NO]), "Whether they supervise is yes or no",
         "supervises"),
        (pl.col("until") <= pl.col("since"), "They left before they began", "until"),
    ):  # fmt: skip
        refused += [Row(line, words, column) for line in rows.filter(wrong)["@line"]]
    return refused


STAFF = Kind(
    key="staff",
    title="people who work for the force: accounts, posts, teams and roles; and those who have left it",
    fields=FIELDS,
    load=load_staff,
    check=why_not_rows,
    against=why_not_staff,
)
