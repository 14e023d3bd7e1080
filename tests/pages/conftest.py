"""The demonstration as a site that is signed in to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import databases
from watchward.demo.calendar import START, moment
from watchward.foundation import acting
from watchward.foundation.database import Embedded


@dataclass(frozen=True)
class Demonstration:
    """The loaded demonstration, and its people by what they may do."""

    may: dict[UUID, frozenset[str]]

    def client(self, needs: str | None) -> Client:
        """Return a browser of somebody who may come in, signed in."""
        order = sorted(self.may, key=lambda account: (-len(self.may[account]), str(account)))
        account = next((one for one in order if needs is None or needs in self.may[one]), None)
        assert account is not None, f"nobody of the demonstration may {needs}"
        client = Client(raise_request_exception=True)
        answer = client.post("/sign-in", {"persona": str(account)}, headers={"Host": "localhost"})
        assert answer.status_code == 302, answer.content[:500]
        return client


@pytest.fixture(scope="module")
def demonstration(
    cluster: Embedded, loaded: str, tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None, django_db_blocker: DjangoDbBlocker,
) -> Iterator[Demonstration]:  # fmt: skip
    """The demonstration in a database of its own, its clock at the beginning of its Monday."""
    from django.conf import settings
    from django.db import connections

    from watchward.foundation.access.context import within
    from watchward.foundation.access.queries import acting_as, machinery, personas

    name = f"{databases.copy_for(os.environ.get('PYTEST_XDIST_WORKER', 'alone'))}_demonstration"
    cluster.clone(name, template=loaded)
    folder: Path = tmp_path_factory.mktemp("clock")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        connections["default"].close()
        patch.setitem(connections["default"].settings_dict, "NAME", name)
        patch.setattr(settings, "DEMO", True)
        patch.setattr(acting, "_offset", acting._Offset())
        patch.setattr(acting._offset, "path", folder / "clock.json")
        acting.set_clock(moment(START))
        at = acting.now()
        with within(machinery(at, "a test", channel="cli")) as asking:
            people = [one.account for one in personas(asking)]
        may = {}
        for account in people:
            with within(machinery(at, "a test", channel="cli")):
                may[account] = acting_as(account, at=at).permissions
        yield Demonstration(may)
        connections["default"].close()
    databases.drop(cluster, name)
