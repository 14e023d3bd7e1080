"""How the installation runs, for whoever keeps it running."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from watchward.foundation.running import pages, queries
from watchward.foundation.running.queries import READ
from watchward.foundation.ui.doors import door, inside
from watchward.foundation.ui.show import show


@door(needs=READ)
def status(request: HttpRequest) -> HttpResponse:
    """Show queues, sealing, ledgers, sizes, and the slowest pages."""
    return show(request, "running/status.html", {"page": pages.status(queries.running(inside(request)))})
