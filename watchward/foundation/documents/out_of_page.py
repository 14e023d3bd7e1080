"""A page of the force as blocks to print: what it says, without what is only for doing something on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from watchward.foundation.documents.vocabulary import Block, Facts, Grid, Heading, Items, Words

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_IN_LINE = {
    "a", "abbr", "b", "bdi", "cite", "code", "data", "dfn", "em", "i", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "label", "output",
}  # fmt: skip
_FOR_THE_SCREEN = {"script", "style", "template", "nav", "button", "kbd", "svg", "noscript", "canvas"}
_SKIPPED = {"ww-buttons", "ww-keys", "ww-key", "govuk-skip-link", "ww-told", "ww-clock__bar"}
_PAIRS = {"ww-mark", "ww-line", "ww-duty"}
_CONTROLS = {"input", "select", "textarea"}
_NOT_KEPT = {"hidden", "submit", "button", "search", "password", "file", "image", "reset"}


@dataclass
class Node:
    """An element, with its words and elements in order."""

    tag: str
    attributes: dict[str, str]
    parts: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list[Node]:
        """The elements that stand in it."""
        return [part for part in self.parts if isinstance(part, Node)]

    def all(self, *tags: str) -> Iterator[Node]:
        """Return every element under it with one of these tags, in order."""
        for each in self.elements:
            if each.tag in tags:
                yield each
            yield from each.all(*tags)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for back in range(len(self._open) - 1, 0, -1):
            if self._open[back].tag == tag:
                del self._open[back:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


def read(page: str) -> tuple[str, tuple[Block, ...]]:
    """Return the title of a page and what it says.

    Args:
        page: its HTML, as the force's own templates make it.

    What is hidden, what only does something, and forms to fill that are folded away do not stand on paper; what is
    kept in the boxes of a form that stands open does.

    Raises:
        ValueError: it has no main part.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    main = next(reader.root.all("main"), None)
    if main is None:
        raise ValueError("a page without a main part")
    named = next(main.all("h1"), None) or next(reader.root.all("title"), None)
    blocks = _Printer(main).blocks()
    title = _words(named)
    return title, tuple(block for block in blocks if block != Heading(1, title))


class _Printer:
    """Turns elements into blocks, in the order in which they are read."""

    def __init__(self, main: Node) -> None:
        self.main = main
        self.labels = {each.attributes["for"]: each for each in main.all("label") if "for" in each.attributes}
        self.legends = {
            id(box): legend for group in main.all("fieldset") if (legend := next(group.all("legend"), None))
            for box in group.all("input")
        }  # fmt: skip
        self.made: list[Block] = []
        self.line: list[str] = []

    def blocks(self) -> list[Block]:
        """Return what the page says."""
        self._into(self.main)
        self._end_line()
        return _without_empty_headings(self.made)

    def _end_line(self) -> None:
        if words := " ".join("".join(self.line).split()):
            self._add(Words(words))
        self.line = []

    def _add(self, block: Block) -> None:
        last = self.made[-1] if self.made else None
        if isinstance(block, Facts) and isinstance(last, Facts):
            self.made[-1] = Facts(last.facts + block.facts)
        else:
            self.made.append(block)

    def _into(self, node: Node) -> None:
        for part in node.parts:
            if isinstance(part, str):
                self.line.append(part)
            elif not _is_for_the_screen(part):
                self._one(part)

    def _one(self, node: Node) -> None:
        if node.tag in ("label", "legend") and _labels_a_box(node):
            for box in node.all(*_CONTROLS):
                self._box(box)
            return
        if node.tag in _CONTROLS:
            self._box(node)
        elif node.tag in _IN_LINE and not _holds_blocks(node):
            self.line.append(_spaced(node))
        else:
            self._end_line()
            self._whole(node)
            self._end_line()

    def _whole(self, node: Node) -> None:
        if node.tag in _HEADINGS:
            if words := _words(node):
                self._add(Heading(_HEADINGS[node.tag], words))
        elif node.tag == "table":
            self._add(_grid(node))
        elif node.tag == "dl" or node.classes & _PAIRS:
            self._facts(node)
        elif node.tag in ("ul", "ol"):
            self._list(node)
        else:
            self._into(node)

    def _facts(self, node: Node) -> None:
        if node.tag != "dl":
            facts = [_pair(node)]
        else:
            groups = [each for each in node.elements if each.tag == "div"] or [node]
            facts = [fact for group in groups for fact in _terms(group)]
        if kept := tuple((label, lines) for label, lines in facts if lines):
            self._add(Facts(kept))

    def _list(self, node: Node) -> None:
        each = [one for one in node.elements if one.tag == "li" and not _is_for_the_screen(one)]
        if "ww-log" in node.classes:
            self._add(Facts(tuple(_pair(one) for one in each)))
        elif any(one.classes & _PAIRS or any(one.all(*_CONTROLS)) for one in each):
            for one in each:
                self._end_line()
                self._whole(one)
                self._end_line()
        elif items := tuple(lines for one in each if (lines := _lines(one))):
            self._add(Items(items))

    def _box(self, node: Node) -> None:
        """Add what is kept in a box of a form, with its label; an empty one says nothing."""
        said = _kept(node)
        if node.tag == "input" and node.attributes.get("type") in ("radio", "checkbox"):
            label = self.labels.get(node.attributes.get("id", ""))
            said = _words(label) if label is not None and "checked" in node.attributes else ""
            legend = self.legends.get(id(node))
            name = _words(legend) if legend else ""
        else:
            label = self.labels.get(node.attributes.get("id", ""))
            name = _words(label) if label is not None else node.attributes.get("aria-label", "")
        if said:
            self._end_line()
            self._add(Facts(((name, (said,)),)))


def _is_for_the_screen(node: Node) -> bool:
    if node.tag in _FOR_THE_SCREEN or node.classes & _SKIPPED or "hidden" in node.attributes:
        return True
    if node.attributes.get("aria-hidden") == "true":
        return True
    if node.tag == "details" and any(node.all("form", *_CONTROLS)):
        return True
    if "govuk-visually-hidden" in node.classes:
        return node.tag not in ("th", "thead", "caption", "legend", "label", "h1", "h2", "h3", "h4")
    return False


def _holds_blocks(node: Node) -> bool:
    return any(each.tag not in _IN_LINE and each.tag not in _FOR_THE_SCREEN | {"br"} for each in node.elements)


def _labels_a_box(node: Node) -> bool:
    return node.tag == "legend" or "for" in node.attributes or any(node.all(*_CONTROLS))


def _without_empty_headings(blocks: list[Block]) -> list[Block]:
    """Return blocks without headings under which nothing is said, such as those over buttons alone."""
    kept: list[Block] = []
    for block in reversed(blocks):
        after = kept[-1] if kept else None
        says_nothing = after is None or (isinstance(after, Heading) and isinstance(block, Heading)
                                         and after.level <= block.level)  # fmt: skip
        if not (isinstance(block, Heading) and block.level > 1 and says_nothing):
            kept.append(block)
    return kept[::-1]


def _kept(node: Node) -> str:
    if node.tag == "textarea":
        return " ".join("".join(part for part in node.parts if isinstance(part, str)).split())
    if node.tag == "select":
        chosen = [each for each in node.all("option") if "selected" in each.attributes and each.attributes.get("value")]
        return _words(chosen[0]) if chosen else ""
    return "" if node.attributes.get("type", "text") in _NOT_KEPT else node.attributes.get("value", "").strip()


def _text(node: Node) -> Iterator[str]:
    for part in node.parts:
        if isinstance(part, str):
            yield part
        elif part.tag == "br":
            yield "\n"
        elif not _is_for_the_screen(part):
            yield from _text(part)
            if part.tag not in _IN_LINE:
                yield "\n"


def _words(node: Node | None) -> str:
    return " ".join("".join(_text(node)).split()) if node is not None else ""


def _spaced(node: Node) -> str:
    """Return the words of an element in a line; a badge stands apart from what is beside it."""
    words = "".join(_text(node))
    return f" {words} " if node.classes & {"ww-state", "ww-hand", "ww-nowrap", "ww-soft"} else words


def _lines(node: Node) -> tuple[str, ...]:
    lines = ("".join(_text(node))).split("\n")
    return tuple(line for each in lines if (line := " ".join(each.split())))


def _pair(node: Node) -> tuple[str, tuple[str, ...]]:
    first, rest = None, Node("", {})
    for part in node.parts:
        if first is None and isinstance(part, Node) and not _is_for_the_screen(part):
            first = part
        elif first is not None:
            rest.parts.append(part)
    return (", ".join(_lines(first)) if first else ""), _lines(rest)


def _terms(group: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the terms of a list of them, each with what is said; a number may stand before its term."""
    terms = [each for each in group.elements if each.tag == "dt"]
    if len(terms) == 1:
        said = [line for each in group.elements if each.tag == "dd" for line in _lines(each)]
        yield _words(terms[0]), tuple(said)
        return
    name = ""
    for each in group.elements:
        if each.tag == "dt":
            name = _words(each)
        elif each.tag == "dd":
            yield name, _lines(each)


def _grid(table: Node) -> Grid:
    caption = next(table.all("caption"), None)
    rows = [row for row in table.all("tr") if not _is_for_the_screen(row)]
    head = next((row for row in rows if all(cell.tag == "th" for cell in row.elements)), None)
    body = [row for row in rows if row is not head]
    width = max((len(_cells(row)) for row in rows), default=0)
    numbers = [False] * width
    for row in body:
        for at, cell in enumerate(cell for cell in row.elements if cell.tag in ("td", "th")):
            numbers[at] |= "ww-num" in cell.classes
    return Grid(
        caption=_words(caption),
        head=_filled(_cells(head) if head else (), width),
        rows=tuple(_filled(_cells(row), width) for row in body),
        numbers=tuple(numbers),
    )


def _cells(row: Node) -> tuple[str, ...]:
    return tuple(" ".join(_lines(cell)) for cell in row.elements if cell.tag in ("td", "th"))


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
