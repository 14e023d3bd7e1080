"""The crime map, looked at by one person again and again through the processes that `watchward up` runs."""

from __future__ import annotations

import time
from typing import Any

from bench.clicks import Person
from bench.figures import Figure, p95, spread

AT_MOST = 0.200
LOOKS = 40
BYTES = 150_000
"""What a page may weigh compressed, drawing and table together."""

MAPS: tuple[tuple[str, str], ...] = (
    ("the county, all crime", "/oversight/crime-map/"),
    ("the county by harm", "/oversight/crime-map/?by=harm"),
    ("one district, violence", "/oversight/crime-map/?crime=Violence+and+sexual+offences&district=E07000192"),
    ("every area listed", "/oversight/crime-map/?all=yes"),
)
PEER = ("the partners' page", "/partners/")


def measure(port: int, account: str) -> list[Figure]:
    """Return the figure of the map.

    Args:
        port: of a site that is up with the demonstration's open data.
        account: of a persona that may see the map.
    """
    import gzip

    person = Person(port, account, [])
    person.sign_in()
    took: dict[str, list[float]] = {}
    weighs: dict[str, int] = {}
    for name, path in (*MAPS, PEER):
        person.ask("GET", path)
        for _look in range(LOOKS):
            seconds, text = _look_at(person, path)
            took.setdefault(name, []).append(seconds)
            weighs[name] = len(gzip.compress(text.encode()))
    slowest = max(p95(took[name]) for name, _path in MAPS)
    heaviest = max(weighs[name] for name, _path in MAPS)
    lines = [f"{name}: {spread(took[name])}, {weighs[name] / 1000:.0f} kB compressed" for name, _path in MAPS]
    return [
        Figure(
            f"crime map, slowest p95 of {LOOKS} looks",
            f"{slowest * 1000:.0f} ms",
            f"{PEER[0]} p95 {p95(took[PEER[0]]) * 1000:.0f} ms",
            f"{AT_MOST * 1000:.0f} ms, {BYTES // 1000} kB",
            slowest <= AT_MOST and heaviest <= BYTES,
            "29,326 published rows in 687 areas, one person looking, as the client sees it over loopback\n"
            + "\n".join(lines),
        )
    ]


def _look_at(person: Any, path: str) -> tuple[float, str]:
    begun = time.perf_counter()
    status, text, _to = person.ask("GET", path)
    seconds = time.perf_counter() - begun
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    return seconds, text
