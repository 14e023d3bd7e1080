"""People at their browsers, in a process of their own: each signs in and clicks once a second along their walk.

Reads a plan as JSON from standard input, writes what each page took, as the client saw it, to standard output.
"""

from __future__ import annotations

import http.client
import json
import re
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"|"X-CSRFToken":\s*"([^"]+)"')
WARMING = 5.0
"""Seconds in which nothing is counted: the site's processes load templates and plans."""


class Person:
    """One person and their walk."""

    def __init__(self, port: int, account: str, walk: list[dict[str, Any]]) -> None:
        self.port, self.account, self.walk = port, account, walk
        self.cookie, self.token = "", ""
        self.took: list[tuple[str, float, int]] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Send one request on the connection that is kept; return status, body and where it leads."""
        headers = {"Host": "localhost", "Cookie": self.cookie, "Origin": "http://localhost"}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**form, "csrfmiddlewaretoken": self.token})
        try:
            self.connection.request(method, path, body, headers)
            came = self.connection.getresponse()
            text = came.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, "", ""
        if cookie := came.getheader("Set-Cookie", "").partition(";")[0]:
            self.cookie = cookie
        if token := TOKEN.search(text):
            self.token = token[1] or token[2]
        return came.status, text, came.getheader("Location", "")

    def sign_in(self) -> None:
        """Become who they are."""
        self.ask("GET", "/sign-in")
        status, text, _to = self.ask("POST", "/sign-in", {"persona": self.account})
        if status != 302:
            raise RuntimeError(f"{self.account} could not sign in: {status} {text[:300]}")
        self.ask("GET", "/my-work/")

    def click(self, n: int) -> None:
        """Ask for the next page of the walk, and time it."""
        step = self.walk[n % len(self.walk)]
        path = step["paths"][n // len(self.walk) % len(step["paths"])]
        if "form" in step:
            self.ask("GET", path)  # for its token, as the page before it would have brought it
        begun = time.perf_counter()
        status, _text, to = self.ask("POST" if "form" in step else "GET", path, step.get("form"))
        if "form" in step and status == 302:
            status, _text, _to = self.ask("GET", to)
        self.took.append((step["page"], time.perf_counter() - begun, status))

    def go(self, start: float, until: float, offset: float) -> None:
        """Click once a second, from a moment of their own within the second."""
        n, due = 0, start + offset
        while due < until:
            time.sleep(max(0.0, due - time.monotonic()))
            warm = time.monotonic() - start > WARMING
            self.click(n)
            if not warm:
                self.took.clear()
            n += 1
            due = max(due + 1.0, time.monotonic())


def main() -> None:
    """Let everybody click for as long as the plan says."""
    plan = json.load(sys.stdin)
    people = [Person(plan["port"], one["account"], one["walk"]) for one in plan["people"]]
    for person in people:
        person.sign_in()
    start = time.monotonic()
    threads = [
        threading.Thread(target=one.go, args=(start, start + WARMING + plan["seconds"], n / len(people)))
        for n, one in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"took": [each for person in people for each in person.took]}, sys.stdout)


if __name__ == "__main__":
    main()
