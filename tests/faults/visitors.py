"""People at their browsers who sign in, look and sign out while processes are killed, and note what they were told."""

from __future__ import annotations

import http.client
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SAYS_IT_IS_AWAY = "The database cannot be reached"
KEPT = "It is kept on this page"


@dataclass
class Answer:
    """An answer that came."""

    status: int
    body: str
    to: str
    cookie: str


@dataclass
class Visitor:
    """One person, signing in and out again and again.

    Args:
        port: of the installation.
        account: who they are.
        signed_in: how often signing in was acknowledged.
        session: the cookie of the last sign-in that was acknowledged and not ended by its person.
        statuses: how many answers of each status came; 0 counts the times when none came.
        wrong: answers that nobody should ever get, with what they said.
    """

    port: int
    account: UUID
    signed_in: int = 0
    signed_out: int = 0
    session: str = ""
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def go_on(self, stop: threading.Event) -> None:
        """Visit until told to stop."""
        while not stop.wait(0.02):
            self.visit()

    def visit(self) -> None:
        """Sign in, look at one's work twice, and sign out; leave off where an answer does not come."""
        page = self.ask("GET", "/sign-in")
        if page is None or page.status != 200 or not (token := TOKEN.search(page.body)):
            return
        form = {"csrfmiddlewaretoken": token[1], "persona": str(self.account)}
        signing = self.ask("POST", "/sign-in", form, cookie=page.cookie)
        if signing is None or signing.status != 302:
            return
        self.signed_in += 1
        self.session = signing.cookie
        work = None
        for _ in range(2):
            work = self.ask("GET", "/my-work/", cookie=self.session)
        if work is None or work.status != 200 or not (token := TOKEN.search(work.body)):
            return
        out = self.ask("POST", "/sign-out", {"csrfmiddlewaretoken": token[1]}, cookie=self.session)
        if out is None or out.status != 302:
            # It may have been carried out with the answer lost on its way: no claim is made of this session.
            self.session = ""
            return
        self.signed_out += 1
        self.session = ""

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, *, cookie: str = "") -> Answer | None:
        """Send one request; return its answer, or None where none came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Host": "localhost", "Cookie": cookie, "Origin": "http://localhost"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(form) if form is not None else None, headers)
            came = connection.getresponse()
            body = came.read().decode()
        except (OSError, http.client.HTTPException):
            self.statuses[0] += 1
            return None
        finally:
            connection.close()
        self.statuses[came.status] += 1
        self._judge(method, path, came, body)
        set_to = came.getheader("Set-Cookie", "").partition(";")[0]
        return Answer(came.status, body, came.getheader("Location", ""), set_to or cookie)

    def _judge(self, method: str, path: str, came: http.client.HTTPResponse, body: str) -> None:
        """Keep what nobody should be told: an error, or an outage without its words."""
        said = f"{method} {path}: {came.status} {body[:300]}"
        if came.status == 503:
            ok = SAYS_IT_IS_AWAY in body or "the database cannot be reached" in body
            ok = ok and came.getheader("Retry-After") is not None
            if not ok or (method == "POST" and KEPT not in body):
                self.wrong.append(said)
        elif came.status not in (200, 302):
            self.wrong.append(said)
