"""Folding: one spelling for words that people write in many ways."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a plain letter and a mark.
_WHOLE = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
        "ŋ": "n", "ŧ": "t", "ə": "e",
    }
)  # fmt: skip
_SILENT = frozenset("'’‘ʼ`´ʻʹ")


@lru_cache(maxsize=131_072)
def folded(text: str) -> str:
    """Return a text in small plain letters, digits and single spaces.

    Marks are taken off (É is e, Ł is l), apostrophes close up (O'Brien is obrien), everything else that is no letter
    or digit parts words (Smith-Jones is two). Letters outside the Latin script stay as they are, in small form: they
    still equal themselves.
    """
    if text.isascii():
        plain = text.lower()
    else:
        taken_apart = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE))
        # Once more: some letters, such as the mathematical ones, are capitals only when they have been taken apart.
        small = unicodedata.normalize("NFKD", taken_apart.casefold())
        plain = "".join(c for c in small if not unicodedata.combining(c)).translate(_WHOLE)
    return " ".join("".join(c if c.isalnum() else "" if c in _SILENT else " " for c in plain).split())


@lru_cache(maxsize=65_536)
def closed_up(text: str) -> str:
    """Return a folded text without its spaces: for postcodes and references."""
    return folded(text).replace(" ", "")
