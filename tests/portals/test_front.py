"""The host for people outside the force: a process, a cookie and a database role of its own, which sees nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg import sql

from tests.settings import TEST_HOME
from watchward.config.start import refuse_portal_that_sees
from watchward.config.up import processes
from watchward.foundation.database import DatabaseRefused, Where
from watchward.foundation.database.home import ROOT

ASKS = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
from watchward.config.start import refuse_portal_that_sees
refuse_portal_that_sees()
answers = []
for path, host in json.loads(sys.argv[1]):
    answer = Client(headers={"Host": host}, raise_request_exception=False).get(path)
    answers.append({"status": answer.status_code, "text": answer.content.decode(), "cookies": list(answer.cookies),
                    "policy": answer.headers.get("Content-Security-Policy", "")})
held = sorted(name for name in dir(settings) if name.endswith("_KEY") and getattr(settings, name))
print(json.dumps({"answers": answers, "cookie": settings.SESSION_COOKIE_NAME, "secret": settings.SECRET_KEY,
                  "held": held, "user": settings.DATABASES["default"]["USER"]}))
"""


def portal(*asked: tuple[str, str], **environment: str) -> dict[str, Any]:
    """Return what the portal's process answers, and what it is told."""
    done = subprocess.run(
        [sys.executable, "-c", ASKS, json.dumps(asked)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={
            **os.environ, "DJANGO_SETTINGS_MODULE": "watchward.config.portal", "WATCHWARD_ROLE": "portal",
            "WATCHWARD_HOME": str(TEST_HOME), **environment,
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.django_db(transaction=True)
def test_the_front_page_and_nothing_else() -> None:
    """It says that nothing is open; no page of the force is there, no cookie is set, and the policy is strict."""
    here = "portal.localhost"
    said = portal(("/", here), ("/sign-in", here), ("/my-work/", here), ("/", "localhost"), ("/", "elsewhere.example"))
    front, sign_in, work, staff_host, other = said["answers"]
    assert front["status"] == 200
    assert "Nothing is open here yet" in front["text"]
    assert "default-src 'none'" in front["policy"]
    assert [each["status"] for each in (sign_in, work)] == [404, 404]
    assert [each["status"] for each in (staff_host, other)] == [400, 400]
    assert not any(each["cookies"] for each in said["answers"])


@pytest.mark.django_db(transaction=True)
def test_it_shares_no_secret_and_no_cookie_with_the_force() -> None:
    """What is signed on one host is worth nothing on the other."""
    said = portal()
    assert said["secret"] != settings.SECRET_KEY
    assert said["cookie"] != settings.SESSION_COOKIE_NAME
    assert said["held"] == ["SECRET_KEY"]
    assert said["user"] == "ww_portal"
    behind = portal(WATCHWARD_TLS="1")
    assert behind["cookie"] == "__Host-watchward_portal"


@pytest.mark.django_db
def test_the_forces_host_does_not_answer_for_it(client: Client) -> None:
    """Whoever asks the force's process for the portal's host gets nothing."""
    assert client.get("/sign-in", headers={"Host": "portal.localhost"}).status_code == 400


@pytest.fixture
def as_portal(django_db_setup: None) -> str:
    """How the portal's role reaches this test's database."""
    return Where(TEST_HOME, os.environ["WATCHWARD_DATABASE_NAME"]).conninfo("portal")


@pytest.mark.django_db
def test_its_role_reads_and_writes_no_table(as_portal: str) -> None:
    """Neither the force's nor the framework's: not even that anybody has signed in."""
    tables = connection.introspection.table_names()
    assert len(tables) > 60
    with psycopg.connect(as_portal, autocommit=True) as portal_line:
        for table in tables:
            for statement in ("SELECT * FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "TRUNCATE {}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    portal_line.execute(sql.SQL(statement).format(sql.Identifier(table)))


@pytest.mark.django_db
def test_its_role_calls_nothing_that_acts_for_another(as_portal: str) -> None:
    """A function that runs with its definer's rights would see for it what it may not see; none is open to it."""
    query = """
        SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
        AND has_function_privilege('ww_portal', p.oid, 'execute')
    """
    with psycopg.connect(as_portal, autocommit=True) as portal_line:
        assert portal_line.execute(query).fetchall() == []
        assert portal_line.execute("SELECT count(*) FROM pg_proc WHERE prosecdef").fetchone() != (0,)
        for forbidden in ("CREATE TEMPORARY TABLE mine (id int)", "CREATE TABLE mine (id int)", "SET ROLE ww_app"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                portal_line.execute(forbidden)


@pytest.mark.django_db
def test_a_portal_whose_role_sees_anything_does_not_start() -> None:
    """Here in the force's own role, which sees tables."""
    with pytest.raises(DatabaseRefused, match="must have none"):
        refuse_portal_that_sees()


def test_behind_tls_there_is_one_only_where_its_host_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A force that has named no host for it has no portal; without TLS it stands beside the web's port."""
    from watchward.config.up import _portal_port

    assert _portal_port(8000) == 8100
    assert _portal_port(65500) == 65400
    monkeypatch.setenv("WATCHWARD_TLS", "1")
    assert _portal_port(8000) == 0
    monkeypatch.setenv("WATCHWARD_PORTAL_HOSTS", "portal.watchward.example")
    assert _portal_port(8000) == 8100
    assert [each.name for each in processes("127.0.0.1", 8000, 0)] == ["web", "worker", "sealer"]
    assert [each.name for each in processes("127.0.0.1", 8000, 8100)][-1] == "portal"
