"""Whatever is killed, what was acknowledged is there, the site says what is the matter, and all of it comes back."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.faults.installation import WATCHWARD, Installation
from tests.faults.visitors import Visitor
from watchward.config.static import BUILT
from watchward.foundation.database.home import ROOT

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")

SOONEST = 35.0
"""Seconds after which the web as a whole is killed again: sooner, the supervisor waits longer before it starts it."""

UNSEALED = (
    "select count(*) from audit_commandlog l where not exists (select from audit_seal a where a.log = l.id) "
    "and l.real_at < now() - interval '5 seconds'"
)
"""Commands that the sealer should have come to by now."""

BACK_WITHIN = 60.0
"""Seconds in which a page must come again after any one process was killed."""


class Campaign:
    """Random kills of an installation at work, and what came of them.

    Args:
        installation: a running one.
        seed: the same seed kills the same kinds of process in the same order.
    """

    WEIGHTS = {"web worker": 10, "database": 6, "background": 3, "sealer": 3, "web": 2}

    def __init__(self, installation: Installation, seed: int) -> None:
        self.one = installation
        self.chance = random.Random(seed)
        self.first = [kind for kind in self.WEIGHTS if kind != "web"] * 2
        self.kills: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        self.web_killed = -SOONEST
        self.stop = threading.Event()
        self.until = installation.home / "enough"
        self.ledgers = [installation.home / f"acknowledged-{n}" for n in range(2)]
        self.visitors = [Visitor(installation.port, account) for account in installation.accounts[2:5]]

    def run(self, kills: int) -> None:
        """Let people and machines write while so many processes are killed; then let them finish."""
        writers = [self._writer(n) for n in range(len(self.ledgers))]
        threads = [threading.Thread(target=v.go_on, args=[self.stop], daemon=True) for v in self.visitors]
        for thread in threads:
            thread.start()
        try:
            while self.kills.total() < kills:
                time.sleep(self.chance.uniform(0.05, 0.4))
                self._kill()
                assert all(writer.poll() is None for writer in writers), self._said(writers)
            self.until.touch()
            self.stop.set()
            for thread in threads:
                thread.join(60)
            assert [writer.wait(90) for writer in writers] == [0] * len(writers), self._said(writers)
        finally:
            self.stop.set()
            for writer in writers:
                if writer.poll() is None:
                    writer.kill()
                writer.wait()

    def _writer(self, n: int) -> subprocess.Popen[bytes]:
        account = str(self.one.accounts[n])
        with (self.one.home / f"writer-{n}").open("wb") as words:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.faults.writer", account, str(self.ledgers[n]), str(self.until)],
                cwd=ROOT, env=self.one.as_app, stdout=words, stderr=words,
            )  # fmt: skip

    def _said(self, writers: list[subprocess.Popen[bytes]]) -> str:
        return "\n".join((self.one.home / f"writer-{n}").read_text()[-2000:] for n in range(len(writers)))

    def _kill(self) -> None:
        first = bool(self.first)  # each twice, and then as it falls
        kind = self.first.pop() if first else self.chance.choices(list(self.WEIGHTS), list(self.WEIGHTS.values()))[0]
        if kind == "web" and time.monotonic() - self.web_killed < SOONEST:
            kind = "web worker"
        found = {
            "web worker": lambda: self.chance.choice(self.one.web_workers() or [None]),
            "database": self.one.postmaster,
            "background": self.one.background,
            "sealer": self.one.sealer,
            "web": self.one.gunicorn,
        }[kind]()
        if found is None:  # on its way back already: another one next time
            self.first += [kind] if first else []
            return
        try:
            found.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            return
        self.kills[kind] += 1
        if kind == "web":
            self.web_killed = time.monotonic()
        if kind in ("database", "web"):
            # Until somebody has seen it gone, the page that comes may still be from before.
            psutil.wait_procs([found], timeout=2)
        took = self.one.until(self.one.answers, within=BACK_WITHIN)
        self.slowest[kind] = max(took, self.slowest.get(kind, 0.0))

    def acknowledged(self) -> dict[str, str]:
        """Return the incident of each key that was acknowledged."""
        words = " ".join(ledger.read_text() for ledger in self.ledgers).split()
        return dict(zip(words[::2], words[1::2], strict=True))


@pytest.fixture
def installation() -> Iterator[Installation]:
    """An installation whose database survives a crash, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="ww-"))
    home.chmod(0o755)
    made: Installation | None = None
    try:
        made = Installation(home)
        yield made
    finally:
        if made is not None:
            made.stop()
            for folder in {made.cluster.folder, made.cluster.socket}:
                shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def nothing_is_lost(campaign: Campaign) -> None:
    """Say that what was acknowledged is there, once, and that every account adds up."""
    one, acknowledged = campaign.one, campaign.acknowledged()
    assert acknowledged
    kept = {str(key): str(made) for key, made in one.truth("select key, result from audit_repeat")}
    assert {key: kept.get(key) for key in acknowledged} == acknowledged
    incidents = [str(row[0]) for row in one.truth("select id from incidents_incident")]
    assert sorted(incidents) == sorted(kept.values())  # one for each key, and none without a key

    opened = one.truth(
        "select count(*) from audit_commandlog "
        "where name = 'incidents.commands.opening.open_incident' and outcome = 'done' and ended"
    )
    assert opened == [(len(incidents),)]
    lost = one.truth(
        "select count(*) from incidents_incident i where not exists "
        "(select from audit_change c where c.record = i.id and c.\"table\" = 'incidents_incident')"
    )
    assert lost == [(0,)]

    for visitor in campaign.visitors:
        for name, told in (("sign_in", visitor.signed_in), ("sign_out", visitor.signed_out)):
            ((done,),) = one.truth(
                "select count(*) from audit_commandlog where name = %s and account_id = %s and outcome = 'done'",
                f"foundation.access.commands.{name}",
                visitor.account,
            )
            assert isinstance(done, int)
            assert done >= told > 0
        if visitor.session:
            still = visitor.ask("GET", "/my-work/", cookie=visitor.session)
            assert still is not None
            assert still.status == 200

    one.until(lambda: one.truth(UNSEALED) == [(0,)], within=BACK_WITHIN + 40)
    verified = json.loads(one.run(*WATCHWARD, "audit", "verify", "--json"))
    assert verified["faults"] == []
    assert verified["entries"] > len(incidents)

    ledgers = json.loads(one.run(*WATCHWARD, "ledgers", "--json"))["ledgers"]
    assert [each["key"] for each in ledgers if not each["balances"]] == []
    assert sum(each["population"] for each in ledgers) >= len(incidents)


def words_of(campaign: Campaign) -> str:
    """Return what a campaign did, for the person who runs it."""
    answers: Counter[int] = sum((visitor.statuses for visitor in campaign.visitors), Counter())
    slowest = ", ".join(f"{kind} {seconds:.1f} s" for kind, seconds in sorted(campaign.slowest.items()))
    return (
        f"{campaign.kills.total()} kills {dict(campaign.kills)}; {len(campaign.acknowledged())} incidents and "
        f"{sum(v.signed_in + v.signed_out for v in campaign.visitors)} sign-ins and -outs acknowledged, none lost; "
        f"answers by status {dict(sorted(answers.items()))}; slowest to answer again: {slowest}"
    )


def carried_out(installation: Installation, *, kills: int, seed: int) -> Campaign:
    """Run a campaign and judge it."""
    campaign = Campaign(installation, seed)
    campaign.run(kills)
    assert [wrong for visitor in campaign.visitors for wrong in visitor.wrong] == []
    nothing_is_lost(campaign)
    installation.until(lambda: installation.background() is not None, within=40)
    print(words_of(campaign))
    return campaign


def test_thirty_kills_lose_nothing(installation: Installation) -> None:
    """Thirty kills of web, worker and database under writing people and machines: nothing acknowledged is lost."""
    campaign = carried_out(installation, kills=30, seed=20190701)
    assert campaign.kills["database"] >= 3
    assert campaign.kills["web worker"] >= 8
    assert campaign.kills["sealer"] >= 2


@pytest.mark.soak
def test_a_thousand_kills_lose_nothing(installation: Installation) -> None:
    """The same for a thousand kills, and the files of the database are whole afterwards."""
    campaign = carried_out(installation, kills=1_000, seed=20190702)
    assert campaign.kills["database"] >= 100
    assert campaign.kills["sealer"] >= 60
    installation.stop()
    checked = installation.cluster._run("pg_checksums", "--check", "-D", str(installation.cluster.data), timeout=600)
    assert checked.returncode == 0, (installation.cluster.folder / "tools.log").read_text()[-2000:]
