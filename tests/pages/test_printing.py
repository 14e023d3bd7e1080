"""Every page can be taken out on paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.pages.conftest import Demonstration
from tests.pages.routes import HOST, Route, given, routes
from watchward.config.static import BUILT

pytestmark = pytest.mark.skipif(not BUILT.is_dir(), reason="the pages' styles and scripts have not been built")


@pytest.mark.parametrize("route", [pytest.param(route, id=route.name) for route in routes()])
def test_every_page_can_be_printed(demonstration: Demonstration, route: Route) -> None:
    """One record of each kind: a tagged PDF with a title, the marking on it and the name of whoever printed it."""
    client = demonstration.client(route.needs)
    about = given(route, several=1)
    if not about:
        pytest.skip("the demonstration has no such record")
    answer = client.post(reverse("documents:print"), {"page": route.address(about[0])}, headers=HOST)
    if answer["Content-Type"] != "application/pdf":
        assert answer.status_code in (200, 302, 404, 405), answer.content[:500]
        pytest.skip("it is no page that is looked at")
    paper = PdfReader(BytesIO(answer.content))
    assert paper.metadata is not None
    assert paper.metadata.title
    assert "/StructTreeRoot" in paper.root_object
    for sheet in paper.pages:
        said = sheet.extract_text()
        assert said.count("OFFICIAL-SENSITIVE") == 2
        assert "Printed by" in said
