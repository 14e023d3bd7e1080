"""The data dictionary: every table, who may see its rows, and how each field is handled and kept."""

from __future__ import annotations

from collections.abc import Iterator

from watchward.config.docs.tables import table
from watchward.foundation.chronicle.kinds import kinds
from watchward.foundation.records import guarded_tables


def pages() -> Iterator[tuple[str, str]]:
    """Return the dictionary's page and the chronicle's."""
    parts = ["# Data dictionary\n"]
    for model in guarded_tables():
        says = (model.__doc__ or "").strip().split("\n")[0]
        parts.append(
            f"## {model._meta.label}\n\n{says}\n\n"
            f"Seen by: {model.policy.says.lower()}. Kept {model.privacy.keeping.value}."
            f"{'' if model.history else ' Derived: its history is not kept.'}\n"
        )
        parts.append(
            table(
                ("Field", "Kind", "Handling"),
                (
                    (field.name, type(field).__name__.removesuffix("Field").lower(), model.privacy.handles(field.name))
                    for field in model._meta.concrete_fields
                ),
            )
        )
    yield "data/dictionary.md", "\n".join(parts)
    rows = [(kind.key, kind.title, kind.source._meta.label) for _key, kind in sorted(kinds.items())]
    yield "data/chronicle.md", "# Kinds of chronicle line\n\n" + table(("Key", "What it tells", "Source"), rows)
