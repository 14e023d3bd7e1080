"""The small client of the how-to, run as it is printed there against a running force."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from tests.api.clients import machine

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "call-from-another-system.md"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The code of the page as a module."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    module = types.ModuleType("small_client")
    monkeypatch.setitem(sys.modules, "small_client", module)
    exec(compile(code, str(PAGE), "exec"), module.__dict__)  # noqa: S102 - our own page
    return module


def test_the_small_client_opens_an_incident_and_follows_the_feed(sample: Any, live_server: Any) -> None:
    """A call that a switch sends twice, the incident from it, its line in the feed, and a refusal in words."""
    system = machine()
    force = sample.Force(live_server.url.replace("localhost", "127.0.0.1"), system.token)
    after = force.call("GET", "/events?now=true").told["next"]
    incident = sample.announce(force, "07700 900123", switch_id="switch-1-77")
    assert force.call("GET", f"/incidents/{incident}").told["kind"] == "concern"
    assert incident in [one["id"] for one in force.pages("/incidents")]
    again = force.call("POST", "/calls", {"line": "999", "number": "07700 900123"}, key="switch-1-77").told["id"]
    assert [one["id"] for one in force.pages("/calls")] == [again]
    items, after = sample.follow(force, after)
    assert sample.follow(force, after)[0] == []
    assert isinstance(items, list)
    with pytest.raises(sample.Problem) as refused:
        force.call("POST", f"/calls/{again}/incident")
    assert refused.value.status == 409
    assert refused.value.reasons
    with pytest.raises(sample.Problem) as nobody:
        sample.Force(force.address, "").call("GET", "/calls")
    assert nobody.value.status == 401
