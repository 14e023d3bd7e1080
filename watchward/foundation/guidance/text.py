"""The few marks of a text that authors may use, taken apart into pieces that pages show: no markup is made here.

Everything that is not one of these stays what it is, a run of characters, and is escaped where it is shown::

    ## A heading          - one of a list        1. one of a numbered list
    **strong words**      [words](/partners/)    an empty line ends a paragraph
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from watchward.foundation.ui.parts import Link, Piece, Strong

Shape = Literal["heading", "smaller", "list", "numbered", "paragraph"]

_HEADING = re.compile(r"(#{1,3})\s+(\S.*)")
_POINT = re.compile(r"[-*]\s+(\S.*)")
_STEP = re.compile(r"\d{1,3}[.)]\s+(\S.*)")
_INLINE = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|\[(?P<words>[^\[\]\n]+)\]\((?P<to>[^()\s]*)\)")
_OWN = re.compile(r"/(?:[a-z0-9][a-z0-9/_-]*)?(?:#[a-z0-9-]+)?")


@dataclass(frozen=True)
class Block:
    """One block of a text.

    Args:
        shape: what it is.
        lines: its sentences: one of a heading or a paragraph, one for each point of a list.
    """

    shape: Shape
    lines: tuple[tuple[Piece, ...], ...]


def is_own(address: str) -> bool:
    """Return whether an address is a path of this site, and can be nothing else."""
    return _OWN.fullmatch(address) is not None and "//" not in address


def pieces(line: str) -> tuple[Piece, ...]:
    """Return one line as words, strong words, and links to pages of the force; another link stays as it was written."""
    return tuple(_pieces(line))


def _pieces(line: str) -> Iterator[Piece]:
    at = 0
    for found in _INLINE.finditer(line):
        if found["to"] is not None and not is_own(found["to"]):
            continue
        if found.start() > at:
            yield line[at : found.start()]
        yield Strong(found["strong"]) if found["strong"] is not None else Link(found["words"], found["to"])
        at = found.end()
    if at < len(line):
        yield line[at:]


def links(text: str) -> tuple[str, ...]:
    """Return every address that an author links to, whether it is a page of the force or not."""
    return tuple(found["to"] for found in _INLINE.finditer(text) if found["to"] is not None)


def taken_apart(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text, in its order."""
    blocks: list[Block] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            blocks.append(Block("paragraph", (pieces(" ".join(paragraph)),)))
            paragraph.clear()

    open_list = False
    for raw in text.splitlines():
        line = raw.strip()
        shape, words = _shape(line)
        if shape in ("list", "numbered"):
            close()
            if open_list and blocks[-1].shape == shape:
                blocks[-1] = Block(shape, (*blocks[-1].lines, pieces(words)))
            else:
                blocks.append(Block(shape, (pieces(words),)))
            open_list = True
            continue
        open_list = False
        if shape == "paragraph" and line:
            paragraph.append(line)
            continue
        close()
        if line:
            blocks.append(Block(shape, (pieces(words),)))
    close()
    return tuple(blocks)


def _shape(line: str) -> tuple[Shape, str]:
    if found := _HEADING.fullmatch(line):
        return ("heading" if len(found[1]) < 3 else "smaller"), found[2]
    if found := _POINT.fullmatch(line):
        return "list", found[1]
    if found := _STEP.fullmatch(line):
        return "numbered", found[1]
    return "paragraph", line
