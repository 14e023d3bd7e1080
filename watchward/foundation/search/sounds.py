"""How a name sounds, as a short code of its consonants: our own, made for names of many origins.

The rules, in the order in which they apply to one folded word:

1. Letters outside a to z give no code: the word stands for itself.
2. Silent beginnings lose their first letter: kn, gn, pn, ps, pt, wr, mn; x begins as s; wh is w.
3. Groups become one sound: sch, sh, sz, cz, ch, tch, tsch, ci before a vowel, tio, sio are X; ph and pf are f;
   dge, dg, dzh, dz, dj are j; ck, kh, q, qu are k and so is gh, but after a vowel it is silent; th and dt are t,
   bh is b, dh is d, jh is j; zh, rz are X; the p of mps and mpt is silent.
4. c is s before e, i, y and k otherwise; g is j before e, i, y after the first letter and k otherwise; z is s;
   v is f, and so is w between vowels and at the beginning; d closes a word as t.
5. A sound that follows itself is said once.
6. h, y, w that are left, and all vowels, are silent, but a word that begins with a vowel begins with A.
   The first eight sounds count.

A word of one consonant keeps the kind of its last vowel (a; e, i, y; o, u), so that Li and Lo stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 8
_VOWELS = "aeiou"
_VOWEL_KINDS = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "u", "u": "u"}

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn|mn)", "n"),
        (r"^ps", "s"),
        (r"^pt", "t"),
        (r"^wr", "r"),
        (r"^x", "s"),
        (r"wh", "w"),
        (r"(?<=[aeiou])gh", ""),
        (r"(?<=m)p(?=[st])", ""),
        (r"tsch|sch|tch|sh|sz|cz|ch|zh|rz|c(?=i[aou])|[ts](?=io)", "X"),
        (r"ph|pf", "f"),
        (r"dzh|dge|dg|dz|dj|jh", "j"),
        (r"ck|kh|gh|qu|q", "k"),
        (r"th|dt", "t"),
        (r"bh", "b"),
        (r"dh", "d"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"(?<!^)g(?=[eiy])", "j"),
        (r"g", "k"),
        (r"z", "s"),
        (r"x", "ks"),
        (r"v|^w", "f"),
        (r"(?<=[aeiouy])w(?=[aeiouy])", "f"),
        (r"d$", "t"),
    )
)
_SILENT = re.compile(r"[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=131_072)
def sound(word: str) -> str:
    """Return how one folded word sounds: at most eight letters, or the word itself outside the Latin alphabet."""
    if not word.isascii() or not word.isalpha():
        return word
    said = _TWICE.sub(r"\1", word)
    for pattern, instead in _RULES:
        said = pattern.sub(instead, said)
    first = "A" if word[0] in _VOWELS or (word[0] == "y" and len(word) > 1 and word[1] not in _VOWELS) else ""
    code = first + _SILENT.sub("", _TWICE.sub(r"\1", said))
    if len(code) <= 1:
        vowels = [_VOWEL_KINDS[letter] for letter in word if letter in _VOWEL_KINDS]
        code += vowels[-1] if vowels else ""
    return (code or word)[:LONGEST]
