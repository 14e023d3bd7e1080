"""What went wrong, in words: refused, not found, changed by two, too old to be sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from watchward.foundation.ui import errors
from watchward.foundation.ui.parts import Difference
from watchward.kernel.refusals import Refusal, Refused


@pytest.fixture(autouse=True)
def _framed(settings: Settings) -> None:
    settings.WATCHWARD_FRAME = "tests.foundation.ui_gallery.frames.of"


def posted(data: dict[str, str], **headers: str) -> HttpRequest:
    """Return a form as it arrives."""
    request = RequestFactory().post("/plan?of=7", data, headers=headers)
    request.session = SessionStore()
    return request


def test_a_refusal_gives_every_reason_with_its_source() -> None:
    """All of them at once, and the way back when it is one of our own pages."""
    refused = Refused(Refusal("An inspector decides.", cite="PACE 1984 s 47ZD"), "It has ended.")
    text = errors.forbidden(posted({}, Referer="http://testserver/bail/7"), refused).content.decode()
    assert "An inspector decides." in text
    assert "PACE 1984 s 47ZD" in text
    assert "It has ended." in text
    assert 'href="http://testserver/bail/7"' in text
    assert "elsewhere" not in errors.forbidden(posted({}, Referer="https://elsewhere.example/")).content.decode()


def test_what_is_not_there_and_what_may_not_be_known_read_the_same() -> None:
    """The page says nothing of what it did not find."""
    first = errors.not_found(posted({}), Exception("Sealed record P-0048-2217"))
    assert first.status_code == 404
    assert "P-0048-2217" not in first.content.decode()


@pytest.mark.django_db
def test_what_cannot_be_read_is_said_in_words(client: Client, settings: Settings) -> None:
    """A request by a strange address is answered with what to do, and never with a bare line of the framework's."""
    settings.ALLOWED_HOSTS = ["localhost"]
    answer = client.get("/sign-in", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.content.decode()


def test_two_people_who_changed_one_record_see_both() -> None:
    """Both versions stand side by side, and what was typed goes over the newer version or is let go."""
    request = posted({"lines": "Ring the bank", "version": "3", "csrfmiddlewaretoken": "old"})
    answer = errors.conflict(
        request,
        of="the plan",
        who="PC Rudge",
        at=datetime(2019, 7, 1, 6, 41, tzinfo=UTC),
        differences=(Difference("Lines", "Ring the bank", "Ask for CCTV"), Difference("Risk", "High", "High")),
        version=4,
        keep_url="/plan/7",
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "PC Rudge changed <b>the plan</b> at 07:41" in text
    assert "Ask for CCTV" in text
    assert text.count(">differs<") == 1
    assert '<input type="hidden" name="lines" value="Ring the bank">' in text
    assert text.count('name="version"') == 1
    assert 'name="version" value="4"' in text
    assert 'value="old"' not in text


def test_a_form_too_old_to_be_sent_is_kept_but_only_for_our_own_pages() -> None:
    """Our own form can be sent again as it was; another site's form gains nothing by asking."""
    ours = errors.expired(posted({"lines": "Ring the bank"}, Origin="http://testserver")).content.decode()
    assert 'name="lines" value="Ring the bank"' in ours
    theirs = errors.expired(posted({"lines": "Ring the bank"}, Origin="https://elsewhere.example"))
    assert theirs.status_code == 403
    assert "Ring the bank" not in theirs.content.decode()
