"""Somebody makes a client for another system, copies its secret and stops it, by keyboard and without scripts."""

from __future__ import annotations

import re

import pytest

from tests.api.clients import Machine
from tests.factories import machinery, officer
from tests.foundation.coming_in import handed_out
from tests.journeys.conftest import Opens, looked_at, picture
from tests.journeys.looks import assert_accessible, assert_fits
from watchward.foundation.access.context import within
from watchward.foundation.machines.models import Client

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("first_of_july")]


def test_a_client_is_kept_without_scripts_and_by_everybody(opens: Opens) -> None:
    """Made with two scopes, its secret shown once and good, then disabled: each page for everybody."""
    okafor = officer("force-incident-manager", name="Insp Grace Okafor")
    page = opens(scripts=False)
    page.goto("/sign-in/code")
    page.get_by_label("Code", exact=True).fill(handed_out(okafor.account))
    page.get_by_role("button", name="Sign in").press("Enter")
    page.goto("/machines/")
    page.get_by_role("link", name="A system that calls").press("Enter")
    page.get_by_label("Name of the system").fill("Control room switch")
    page.get_by_label("Why it calls").fill("Announces calls")
    page.get_by_label("contact.read").press("Space")
    page.get_by_label("contact.take").press("Space")
    page.get_by_role("button", name="Save").press("Enter")
    assert "It calls once it has a secret." in page.inner_text("body")
    page.get_by_role("link", name="Control room switch").press("Enter")
    page.get_by_role("link", name="A new secret").press("Enter")
    page.get_by_role("button", name="Save").press("Enter")
    token = re.search(r"ww1\.[0-9a-f]{32}\.[A-Za-z0-9_-]{43}", page.inner_text("main"))
    assert token is not None
    assert_fits(page, widths=(320, 1280))
    picture(page, "client-secret")
    with within(machinery()):
        row = Client.objects.select_related("account").get()
    assert Machine(row, okafor, token[0]).get("/calls").status_code == 200
    page.get_by_role("link", name="I have copied it").press("Enter")
    page.get_by_role("link", name="Disable").press("Enter")
    page.get_by_label("Why", exact=True).fill("Found on a shared drive")
    page.get_by_role("button", name="Save").press("Enter")
    assert "Disabled" in page.inner_text("body")
    assert Machine(row, okafor, token[0]).get("/calls").status_code == 401
    seen = opens()
    seen.goto("/sign-in/code")
    seen.get_by_label("Code", exact=True).fill(handed_out(okafor.account))
    seen.get_by_role("button", name="Sign in").click()
    looked_at(seen, "/machines/", "clients")
    looked_at(seen, "/machines/new", "client-new")
    looked_at(seen, f"/machines/{row.pk}", "client")
    looked_at(seen, f"/machines/{row.pk}/enable", "client-enable")
    looked_at(seen, "/machines/reference", "client-reference", unfolded=True)
    seen.goto("/machines/new")
    seen.get_by_role("button", name="Save").click()
    assert_accessible(seen)
