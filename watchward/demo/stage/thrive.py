"""THRIVE as stories say it, in one line."""

from __future__ import annotations

from watchward.domains.incidents.vocabulary import Element, Heard, Level

THRIVE = dict(zip("THRIVE", Element, strict=True))
LEVELS = {"-": Level.NONE, "+": Level.SOME, "!": Level.HIGH}


def heard(said: str) -> dict[Element, Heard]:
    """Return a THRIVE said in one line: `T!He is in the house; V+Two children` and nothing of note under the others.

    Each part is a letter of THRIVE, how much of it there is (`-` none, `+` some, `!` high), and the words.
    """
    found = {element: Heard("", Level.NONE) for element in Element}
    taken: set[Element] = set()
    for part in filter(None, (one.strip() for one in said.split(";"))):
        element = THRIVE[part[0]]
        if element in taken:
            raise ValueError(f"{element.label} is said twice")
        taken.add(element)
        found[element] = Heard(part[2:].strip(), LEVELS[part[1]])
    return found
