"""Every page of the walk while twenty people click once a second, through the processes that `watchward up` runs."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from typing import Any
from urllib.request import urlopen
from uuid import UUID

from bench import maps
from bench.figures import Figure, p95, spread
from bench.ground import HOME, WATCHWARD, environment, migrated, run, superuser
from watchward.foundation.database import Embedded
from watchward.foundation.database.home import ROOT

AT_MOST = 0.150
PEOPLE = 20
SOME = 12
"""Records of a kind that are opened in turn."""

WALK: tuple[tuple[str, str, str], ...] = (
    ("sign-in list", "/sign-in", ""),
    ("my work", "/my-work/", ""),
    ("overdue", "/my-work/overdue", ""),
    ("ledgers", "/my-work/ledgers", ""),
    ("one duty", "/my-work/{}", "select id from duties_duty order by due_at limit 12"),
    ("calls", "/calls/", ""),
    ("contact page", "/calls/{}", "select id from contact_call order by id desc limit 12"),
    ("board", "/incidents/", ""),
    ("incident", "/incidents/{}", "select id from incidents_incident order by id desc limit 12"),
    ("briefing", "/incidents/{}/briefing", "select id from incidents_incident order by id desc limit 12"),
    ("deployments", "/incidents/deployments", ""),
    ("profile", "/records/people/{}", "select about from chronicle_line where about_kind = 'person' and handling = 0 "
     "group by 1 order by count(*) desc limit 12"),
    ("find", "/people/", ""),
    ("what was found", "/people/", "find"),
    ("place", "/places/{}", "select id from places_place order by id limit 12"),
    ("partners", "/partners/", ""),
    ("the force", "/force/", ""),
    ("who looked", "/audit/looks", ""),
    ("what was done", "/audit/commands", ""),
)  # fmt: skip
"""Page, address, and whose ids stand in it. Pages that a person may not open are left out of their walk."""


def measure(cluster: Embedded, database: str, *, crowd: float, seconds: float) -> list[Figure]:
    """Return the figures of the pages."""
    migrated(database)
    begun = time.monotonic()
    run("demo", "load", "--scale", str(crowd), database=database)
    loading = time.monotonic() - begun
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    said = HOME / "said"
    with said.open("w") as words:
        up = subprocess.Popen(
            [*WATCHWARD, "up"], cwd=ROOT, stdout=words, stderr=subprocess.STDOUT,
            env=environment(database, WATCHWARD_PORT=str(port), WATCHWARD_DEMO="1"),
        )  # fmt: skip
    try:
        _until_it_answers(port, up)
        plan = _plan(cluster, database, port, seconds)
        map_figures = maps.measure(port, plan["people"][0]["account"])
        took = _clicked(plan)
    finally:
        up.send_signal(signal.SIGINT)
        try:
            up.wait(30)
        except subprocess.TimeoutExpired:
            up.kill()
    return [*_figures(took, crowd, loading), *map_figures]


def _until_it_answers(port: int, up: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and up.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as answer:  # our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError((HOME / "said").read_text()[-4000:])


def _plan(cluster: Embedded, database: str, port: int, seconds: float) -> dict[str, Any]:
    with superuser(cluster, database) as connection:
        people = connection.execute(
            "select a.id, array_agg(distinct h.role) from access_account a "
            "join access_holding h on h.account_id = a.id where a.persona and h.until is null group by 1 order by 1"
        ).fetchall()
        (sought,) = connection.execute(
            "select forenames || ' ' || surname from people_person where surname <> '' order by id limit 1"
        ).fetchall()
        steps = [
            {"page": page, "paths": [path], "form": {"name": sought[0]}} if query == "find" else
            {"page": page, "paths": [path.format(row[0]) for row in connection.execute(query).fetchall()]}
            if query else {"page": page, "paths": [path]}
            for page, path, query in WALK
        ]  # fmt: skip
    steps = [step for step in steps if step["paths"]]
    chosen = [people[n % len(people)] for n in range(PEOPLE)]
    return {
        "port": port,
        "seconds": seconds,
        "people": [
            {"account": str(UUID(str(account))), "walk": _walk(steps, n)} for n, (account, _) in enumerate(chosen)
        ],
    }


def _walk(steps: list[dict[str, Any]], n: int) -> list[dict[str, Any]]:
    """Return the walk from another page for each person, so that all pages are asked for at any time."""
    place = n * 7 % len(steps)
    return steps[place:] + steps[:place]


def _clicked(plan: dict[str, Any]) -> list[tuple[str, float, int]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WATCHWARD_")}
    done = subprocess.run(
        [sys.executable, "-m", "bench.clicks"], cwd=ROOT, env=kept, input=json.dumps(plan),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-4000:])
    return [(page, seconds, status) for page, seconds, status in json.loads(done.stdout)["took"]]


def _figures(took: list[tuple[str, float, int]], crowd: float, loading: float) -> list[Figure]:
    pages: defaultdict[str, list[float]] = defaultdict(list)
    turned_away: defaultdict[str, int] = defaultdict(int)
    wrong: defaultdict[str, int] = defaultdict(int)
    for page, seconds, status in took:
        if status in (200, 302):
            pages[page].append(seconds)
        elif status in (403, 404):
            turned_away[page] += 1  # whoever may not open it is told so
        else:
            wrong[f"{page}: {status}"] += 1
    lines = [f"{page}: {spread(times)} of {len(times)}" for page, times in sorted(pages.items(), key=_slowest)]
    if turned_away:
        lines.append("turned away: " + ", ".join(f"{page} {n}" for page, n in sorted(turned_away.items())))
    if wrong:
        lines.append("answered wrongly: " + ", ".join(f"{what} {n} times" for what, n in sorted(wrong.items())))
    worst = max((p95(times) for times in pages.values()), default=float("inf"))
    all_pages = [one for times in pages.values() for one in times]
    return [
        Figure(
            f"slowest page's p95, {PEOPLE} people clicking once a second",
            f"{worst * 1000:.0f} ms",
            f"all pages p95 {p95(all_pages) * 1000:.0f} ms",
            "150 ms",
            worst <= AT_MOST and not wrong,
            f"as the client sees it, over loopback, {len(took)} clicks; the client shares the machine's cores\n"
            + "\n".join(lines),
        ),
        Figure(f"the demonstration at scale {crowd:g} loaded", f"{loading:.0f} s"),
    ]


def _slowest(page: tuple[str, list[float]]) -> float:
    return -p95(page[1])
