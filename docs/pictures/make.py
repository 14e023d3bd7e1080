"""Takes the pictures of this folder from a running demonstration: `make run`, and then this, with the same home.

    .venv/bin/python docs/pictures/make.py --at http://localhost:8000

It needs what the tests need (Chromium among it). It signs in as the invented people and opens what a stranger would;
for the last one, which is text, it alters one row behind the force's back, lets it be found, and puts it back.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from playwright.sync_api import Browser, Page, sync_playwright
from small import small

from watchward.foundation.database import Where, home_directory

FOLDER = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
DESK, PHONE = (1280, 860), (375, 812)
FIGURE = "/oversight/performance/measures/incidents.emergencies-in-time"


@dataclass(frozen=True)
class Picture:
    """One picture.

    Args:
        name: of its file, without the ending.
        who: is signed in, as the list of people says it.
        opens: leads a page, on which that person stands where they start, to what is shown.
        size: of the window, in pixels.
    """

    name: str
    who: str
    opens: Callable[[Page], None]
    size: tuple[int, int] = DESK


def the_call(page: Page) -> None:
    """The call on the line: who rings, what stands about her and the house."""
    page.goto("/tour/")
    page.get_by_role("link", name="Go on with the call on the line").click()
    page.locator("#know .ww-guess").first.wait_for()


def her_record(page: Page) -> None:
    """One person's record, found by her name."""
    page.locator("#find").fill("Leanne Brough")
    page.locator("#find").press("Enter")
    page.get_by_role("link", name=re.compile("Leanne Brough")).first.click()
    page.get_by_role("heading", name="Leanne Brough", level=1).wait_for()


def at(path: str) -> Callable[[Page], None]:
    """Open a page by its address."""

    def opens(page: Page) -> None:
        page.goto(path)

    return opens


PICTURES = (
    Picture("call", "Meena Bhatt", the_call),
    Picture("board", "Grace Okafor", at("/incidents/")),
    Picture("my-work-phone", "Jas Dhillon", at("/my-work/"), PHONE),
    Picture("record", "Marian Lowe", her_record),
    Picture("measure", "Marian Lowe", at(FIGURE)),
    Picture("crime-map", "Marian Lowe", at("/oversight/crime-map/"), (1100, 760)),
    Picture("who-looked", "Imogen Kerr", at("/audit/looks")),
    Picture("tour", "Marian Lowe", at("/tour/"), (900, 640)),
)
VERIFIED = "altered.txt"
"""What the verification says of the row that was altered."""


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Take one picture; the invitation to the tour is put away first."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("button", name=re.compile(picture.who)).click()
    page.get_by_role("button", name="Put this away").click()
    page.get_by_role("button", name="Put this away").wait_for(state="detached")
    picture.opens(page)
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{picture.name}.png"
    shot = page.screenshot(animations="disabled")
    page.goto("about:blank")
    path.write_bytes(small(page, shot))
    context.close()
    return path


def named() -> str:
    """Return what `watchward audit verify` says once the grade of one incident was altered with SQL."""
    where = Where.of_process(home_directory())
    administrator = psycopg.conninfo.make_conninfo(where.administrator(), dbname=where.name)

    def alter(change: str, *values: object) -> tuple[object, ...]:
        with psycopg.connect(administrator) as connection:
            connection.execute("set session_replication_role = replica")  # no guard and no policy sees it
            row = connection.execute(change, values).fetchone()
        if row is None:
            raise LookupError("there is no incident to alter")
        return tuple(row)

    one = "select id, grade from incidents_incident where stage = 'closed' and grade = 1 order by rang_at desc limit 1"
    record, grade = alter(one)
    change = "update incidents_incident set grade = %s where id = %s returning id"
    alter(change, 2, record)
    try:
        command = [sys.executable, "-m", "watchward.config.cli", "audit", "verify"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    finally:
        alter(change, grade, record)


def main() -> int:
    """Take all pictures, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--at", default="http://localhost:8000", metavar="ADDRESS", help="where the force's pages are")
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*(one.name for one in PICTURES), VERIFIED]))
    given = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            if not given.names or picture.name in given.names:
                path = take(browser, given.at, picture)
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
        browser.close()
    if not given.names or VERIFIED in given.names:
        (FOLDER / VERIFIED).write_text(f"$ watchward audit verify\n{named()}")
        print(VERIFIED)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
