"""What was answered about two records of people."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest


def other_of(request: HttpRequest) -> UUID | None:
    """Return the other record that the answer is about, None where what was sent is no identifier."""
    try:
        return UUID(request.POST.get("other", ""))
    except ValueError:
        return None
