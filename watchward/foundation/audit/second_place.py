"""The second place of the heads: files that only grow, in a folder outside the database.

One file for each day in UTC. A line that a kill cut short is followed by the whole of it; nothing is ever rewritten,
so that the folder may be one to which files can only be appended, or lie on another machine.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from watchward.foundation.audit.heads import Signed, signed_by


def heads_folder(home: Path, database: str, cluster: str) -> Path:
    """Return the folder of a database's heads: within WATCHWARD_HEADS, or `heads` in the home."""
    given = os.environ.get("WATCHWARD_HEADS", "")
    whole = Path(given).expanduser().absolute() if given else home / "heads"
    return whole / f"{database}-{cluster}"


@dataclass(frozen=True)
class Resumed:
    """A statement, signed, that the log goes on from an earlier head: after a restore.

    Args:
        after: number of the last head in this place.
        head: number of the head at which the database stands; 0 for none.
        because: why, in words.
        at: true time, ISO 8601 in UTC.
    """

    after: int
    head: int
    because: str
    at: str

    @property
    def text(self) -> bytes:
        """What is signed."""
        return json.dumps({"resumed": asdict(self)}, sort_keys=True, separators=(",", ":")).encode()


@dataclass
class Kept:
    """What stands in the second place.

    Args:
        heads: the heads that hold, by number.
        resumed: each time that the log went on from an earlier one, with its public key.
        given_up: heads that stood behind such a point: what they sealed is gone.
        wrong: what does not hold: file, line, and what is the matter.
    """

    heads: dict[int, Signed] = field(default_factory=dict)
    resumed: list[tuple[Resumed, str]] = field(default_factory=list)
    given_up: list[Signed] = field(default_factory=list)
    wrong: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Number of the last head, 0 where there is none."""
        return max(self.heads, default=0)


def read(files: Iterable[Path]) -> Kept:
    """Return what these files say, the earliest first."""
    kept = Kept()
    torn: tuple[str, int, str] | None = None
    for name, number, line in _lines(files):
        if torn is not None and not line.startswith(torn[2]):
            kept.wrong.append((torn[0], torn[1], "unreadable"))
        torn = None
        try:
            _take(kept, name, number, line)
        except ValueError:
            torn = (name, number, line)
    # A last line that was cut short is taken up again by the next seal.
    if torn is not None and not torn[2].startswith('{"'):
        kept.wrong.append((torn[0], torn[1], "unreadable"))
    return kept


def _lines(files: Iterable[Path]) -> Iterator[tuple[str, int, str]]:
    for path in files:
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if line:
                yield path.name, number, line


def _take(kept: Kept, name: str, number: int, line: str) -> None:
    said: Any = json.loads(line)
    if isinstance(said, dict) and "resumed" in said:
        _resume(kept, name, number, said)
        return
    signed = Signed.read(line)
    before = kept.heads.get(signed.head.number)
    if before is not None:
        if before != signed:
            kept.wrong.append((name, number, "another head of the same number"))
        return
    if signed.head.number != kept.last + 1:
        kept.wrong.append((name, number, "out of order"))
    kept.heads[signed.head.number] = signed


def _resume(kept: Kept, name: str, number: int, said: dict[str, Any]) -> None:
    try:
        resumed = Resumed(**said["resumed"])
    except (TypeError, KeyError):
        raise ValueError("this is no statement") from None
    if not signed_by(str(said.get("key")), str(said.get("signature")), resumed.text) or resumed.after != kept.last:
        kept.wrong.append((name, number, "a statement that does not hold"))
        return
    kept.resumed.append((resumed, str(said["key"])))
    kept.given_up += [signed for at, signed in sorted(kept.heads.items()) if at > resumed.head]
    kept.heads = {at: signed for at, signed in kept.heads.items() if at <= resumed.head}


class SecondPlace:
    """The files of one database's heads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: tuple[Path, int] | None = None
        self._last: Signed | None = None

    def files(self) -> list[Path]:
        """Return the files there are, the earliest first."""
        return sorted(self.folder.glob("*.jsonl"))

    def read(self) -> Kept:
        """Return all that stands here."""
        return read(self.files())

    def last(self) -> Signed | None:
        """Return the last head here; read again only where a file has grown since."""
        files = self.files()
        seen = (files[-1], files[-1].stat().st_size) if files else None
        if seen is None or seen != self._seen:
            kept = self.read()
            self._last, self._seen = kept.heads.get(kept.last), seen
        return self._last

    def append(self, heads: Sequence[Signed], day: str) -> None:
        """Append heads that are not yet here, and wait until they are on the disk.

        Args:
            heads: in their order.
            day: the day in UTC, ISO 8601: it names the file.
        """
        self._write([signed.line for signed in heads], day)
        if heads:
            files = self.files()
            self._last, self._seen = heads[-1], (files[-1], files[-1].stat().st_size)

    def append_statement(self, resumed: Resumed, key: str, signature: str) -> None:
        """Append a statement that the log goes on from an earlier head."""
        said = {"resumed": asdict(resumed), "key": key, "signature": signature}
        self._write([json.dumps(said, sort_keys=True, separators=(",", ":"))], resumed.at[:10])
        self._seen = None

    def _write(self, lines: Sequence[str], day: str) -> None:
        if not lines:
            return
        fresh_folder = not self.folder.exists()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A clock that was put back must not put a later head in front of an earlier one.
        path = max([self.folder / f"{day}.jsonl", *self.files()])
        fresh = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = os.fstat(file.fileno()).st_size
            torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            whole = ("\n" if torn else "") + "".join(f"{line}\n" for line in lines)
            os.write(file.fileno(), whole.encode())
            os.fsync(file.fileno())
        for folder in ([self.folder] if fresh else []) + ([self.folder.parent] if fresh_folder else []):
            _settle(folder)


def _settle(folder: Path) -> None:
    """Wait until a new name in a folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
