"""The same figures that the page "How it runs" shows, in Prometheus' form; answered where the settings ask for it.

Asked before Django sees the request, as the watchers of health are; whoever comes through the proxy is no watcher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

from watchward.foundation.database import home_directory
from watchward.foundation.running.standing import Standing, standing
from watchward.foundation.running.timing import Page, pages, seconds_of

METRICS = "/metrics"
FORM = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; a look counts under the first bound that its class of duration does not pass."""


def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
    """Answer whoever collects; None where it is not they who ask, or where they ask from outside.

    Args:
        environ: of the request.
        start_response: as WSGI has it.
    """
    if environ.get("PATH_INFO") != METRICS or environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        return None
    if "HTTP_X_FORWARDED_FOR" in environ or "HTTP_FORWARDED" in environ:
        return None
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Running())
    body = generate_latest(registry)
    start_response(
        "200 OK", [("Content-Type", FORM), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    )
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class _Running:
    """Collects what the processes have counted, and how the installation stands."""

    def collect(self) -> Iterator[Metric]:
        """Return every figure; while the database is away, those that need none, and that it is away."""
        yield from _of_pages(pages(home_directory()))
        stands = _standing()
        yield GaugeMetricFamily(
            "watchward_database_answers", "1 while the database answers.", value=float(bool(stands))
        )
        if stands is not None:
            yield from _of_standing(stands)


def _standing() -> Standing | None:
    for _once_more in range(2):  # a connection that was kept may have ended unnoticed
        try:
            return standing()
        except (DatabaseError, psycopg.Error):
            connection.close()
    return None


def _of_pages(looked: dict[str, Page]) -> Iterator[Metric]:
    took = HistogramMetricFamily("watchward_page_seconds", "How long each page took.", labels=["page"])
    failed = CounterMetricFamily("watchward_page_failed", "Pages that ended with a fault of ours.", labels=["page"])
    for name, page in sorted(looked.items()):
        took.add_metric([name], [*_buckets(page), ("+Inf", float(page.looks))], page.total)
        failed.add_metric([name], float(page.failed))
    yield took
    yield failed


def _buckets(page: Page) -> Iterator[tuple[str, float]]:
    for bound in BOUNDS:
        within = sum(looks for class_, looks in page.classes.items() if seconds_of(class_) <= bound)
        yield str(bound), float(within)


def _of_standing(stands: Standing) -> Iterator[Metric]:
    queue = stands.queue
    waited = (stands.at - queue.oldest).total_seconds() if queue.oldest else 0.0
    figures = {
        "watchward_jobs_waiting": ("Jobs whose time has come and that nobody does yet.", queue.waiting),
        "watchward_jobs_waited_seconds": ("How long the oldest of them has waited.", waited),
        "watchward_jobs_doing": ("Jobs that are being done.", queue.doing),
        "watchward_jobs_failed": ("Jobs that failed.", sum(times for _name, times in queue.failed)),
        "watchward_workers": ("Workers that gave a sign of life.", queue.workers),
        "watchward_database_bytes": ("Size of the database.", stands.database_bytes),
        "watchward_connections": ("Connections to the database.", stands.connections[0]),
        "watchward_connections_most": ("Connections that it takes.", stands.connections[1]),
        "watchward_disk_free_bytes": ("Left on the disk of the home.", stands.free_bytes[0]),
    }
    if stands.sealed is not None:
        figures["watchward_sealed_entries"] = ("Entries of the log that are sealed.", stands.sealed[1])
        figures["watchward_sealed_timestamp_seconds"] = ("When it was sealed last.", stands.sealed[0].timestamp())
    for name, (says, value) in figures.items():
        yield GaugeMetricFamily(name, says, value=float(value))
