"""What the documents name is there: every file, every picture and every other document that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def _led_to() -> Iterator[tuple[Path, str]]:
    for document in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")):
        for link in _LINK.findall(document.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:|#", link):
                yield document, unquote(link.partition("#")[0])


def test_every_link_leads_somewhere() -> None:
    """A link of a document to a file of ours leads to one that is there."""
    links = list(_led_to())
    assert len(links) > 30
    nowhere = [
        f"{document.relative_to(ROOT)}: {link}" for document, link in links if not (document.parent / link).exists()
    ]
    assert nowhere == []


def test_every_picture_is_small_and_is_taken_by_the_script() -> None:
    """No picture was put there by hand: each can be taken anew, and a reader need not wait for it."""
    script = (PICTURES / "make.py").read_text(encoding="utf-8")
    taken = {f"{name}.png" for name in re.findall(r'Picture\("([\w-]+)"', script)}
    there = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert set(there) == taken
    assert all(size <= 150_000 for size in there.values()), there
    assert sum(there.values()) <= 1_500_000
