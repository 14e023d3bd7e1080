"""The style sheet is made of parts, and each name in it has one part that says how it looks."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

PARTS = Path(__file__).resolve().parent.parent.parent / "assets" / "parts"
PRINTED = "_print.scss"
_BLOCK = re.compile(r"[^{}]*\{")
_NAME = re.compile(r"(?<![\w-])(\.ww-[\w-]+)")


def names_of(sheet: str) -> set[str]:
    """Return the classes that have a rule of their own in this part, alone or in a list of them."""
    plain = re.sub(r"//[^\n]*|/\*.*?\*/", "", sheet, flags=re.DOTALL)
    heads = (block.rstrip("{").split(";")[-1] for block in _BLOCK.findall(plain))
    selectors = {part.strip() for head in heads for part in head.split(",")}
    return {selector for selector in selectors if _NAME.fullmatch(selector)}


def test_a_class_is_told_by_one_part_alone() -> None:
    """Two parts that gave the same name to different things broke one of the two without a word."""
    told: dict[str, list[str]] = defaultdict(list)
    for part in sorted(PARTS.glob("_*.scss")):
        if part.name != PRINTED:
            for name in names_of(part.read_text(encoding="utf-8")):
                told[name].append(part.name)
    assert len(told) > 100
    twice = {name: parts for name, parts in told.items() if len(parts) > 1}
    assert not twice
