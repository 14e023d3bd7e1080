"""Names of commands, tables and looks as the auditor's pages say them.

Those of commands and tables are made of the names that the log holds; kinds of looks have words of their own.
"""

from __future__ import annotations

from functools import cache

from django.apps import apps

from watchward.foundation.reading import words_of


def command(name: str) -> str:
    """Return what a command is called.

    Args:
        name: as logged, such as `incidents.commands.response.mark_at_scene`.
    """
    return _spoken(name.rpartition(".")[2])


def room(name: str) -> str:
    """Return in which room a command stands: `incidents` of `incidents.commands.response.mark_at_scene`."""
    return name.partition(".commands")[0].rpartition(".")[2].replace("_", " ")


@cache
def table(name: str) -> str:
    """Return what the records of a table are called; its own name where no model keeps it any more.

    Args:
        name: in the database, such as `people_person`.
    """
    kept = {model._meta.db_table: str(model._meta.verbose_name) for model in apps.get_models()}
    return _spoken(kept.get(name, name))


def look(kind: str, what: str) -> str:
    """Return what somebody looked at.

    Args:
        kind: opened, listed, searched or printed.
        what: the model and the reference of what was opened; else the room and its list or search, as `people.gaps`.
            Of what was printed, the number of the copy comes first.
    """
    if kind == "printed":
        copy, _, page = what.partition(" ")
        return f"On paper, copy {copy}: {look('opened' if ' ' in page else 'listed', page)}"
    if kind == "opened":
        label, _, reference = what.partition(" ")
        return f"{_kept(label)} {reference}".strip()
    if said := words_of(what):
        return said
    place, _, list_ = what.partition(".")
    return f"{_spoken(place)}: {list_.replace('_', ' ')}" if list_ else _spoken(place)


@cache
def _kept(label: str) -> str:
    try:
        return _spoken(str(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


def _spoken(name: str) -> str:
    words = name.replace("_", " ").replace(".", " ").strip()
    return words[:1].upper() + words[1:]
