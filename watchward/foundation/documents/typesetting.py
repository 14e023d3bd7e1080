"""A document as a PDF that can be read aloud: tagged, with its language, its title and the heads of its tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from watchward.foundation.documents.vocabulary import Block, Document, Heading, Words

_PAPER = Path(__file__).with_name("paper.typ")


BOXES = Words(
    "Some letters of this record have no shape in the fonts of the machine that printed it, and stand as boxes. "
    "On the screen they are as they were typed."
)


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that the typesetter brings, and those of the machine for scripts that they do not have."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


@cache
def _paper() -> bytes:
    return _PAPER.read_bytes()


def typeset(document: Document, *, at: datetime) -> bytes:
    """Return a document as PDF/UA-1 (ISO 14289-1), in which screen readers find headings, lists and tables.

    Args:
        document: what it says.
        at: when, for the date that the file itself holds.

    A script for which the machine has no font makes a file that is tagged, says so, and is not of that standard.
    """
    blocks = tuple(_in_steps(document.blocks))
    try:
        return _set(replace(document, blocks=blocks), at, ["ua-1"])
    except typst.TypstError:
        # A script that no font of this machine has: it is still tagged, and says what its reader cannot see.
        return _set(replace(document, blocks=(BOXES, *blocks)), at, [])


def _set(document: Document, at: datetime, standards: Sequence[Literal["ua-1"]]) -> bytes:
    return typst.compile(
        _paper(),
        format="pdf",
        sys_inputs={"document": json.dumps(asdict(document), ensure_ascii=False)},
        pdf_standards=list(standards),
        font_paths=_fonts(),
        timestamp=int(at.timestamp()),
    )


def _in_steps(blocks: tuple[Block, ...]) -> list[Block]:
    """Return blocks whose headings say something and go down by one level at a time, as whoever hears them expects."""
    made: list[Block] = []
    last = 1
    for block in blocks:
        if isinstance(block, Heading):
            if not block.words.strip():
                continue
            last = min(max(block.level, 2), last + 1)
            made.append(replace(block, level=last))
        else:
            made.append(block)
    return made
