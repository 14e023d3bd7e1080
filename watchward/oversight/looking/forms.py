"""What was typed about a finding."""

from __future__ import annotations

from django.http import HttpRequest


def typed(request: HttpRequest) -> dict[str, str]:
    """Return the outcome and the words as they were typed."""
    return {name: request.POST.get(name, "").strip() for name in ("outcome", "words")}
