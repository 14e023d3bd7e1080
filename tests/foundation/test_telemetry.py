"""What a collector of many systems is told: names and durations, and nothing of anybody."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.test.client import RequestFactory
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families

from tests import factories
from tests.domains.signed_in import client_of
from watchward.config.start import watchers
from watchward.domains.people import commands as people
from watchward.foundation.access import commands as access
from watchward.foundation.access.context import within
from watchward.foundation.running import metrics, telemetry, timing
from watchward.foundation.running.timing import Page
from watchward.kernel.refusals import Refused

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@dataclass
class Collector:
    """A collector that keeps what it is told.

    Args:
        spans: what was done.
        points: how often each metric was counted, by its name.
        told: everything as it came, for whoever seeks in it what must not be there.
    """

    spans: list[Span] = field(default_factory=list)
    points: dict[str, int] = field(default_factory=dict)
    told: bytes = b""

    def take(self, path: str, body: bytes) -> None:
        """Read one message of the protocol."""
        self.told += body
        if path == "/v1/traces":
            traces = ExportTraceServiceRequest.FromString(body)
            self.spans += [s for r in traces.resource_spans for scope in r.scope_spans for s in scope.spans]
        else:
            figures = ExportMetricsServiceRequest.FromString(body)
            for metric in (m for r in figures.resource_metrics for scope in r.scope_metrics for m in scope.metrics):
                self.points[metric.name] = sum(point.count for point in metric.histogram.data_points)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Let this process tell a collector on this machine."""
    kept = Collector()

    class Listens(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.take(self.path, gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listens)
    thread = Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    telemetry.begin("web")
    try:
        yield kept
    finally:
        telemetry.end()
        server.shutdown()
        thread.join()
        server.server_close()


def said(span: Span) -> dict[str, str | int]:
    """Return what a span says of itself."""
    return {
        each.key: each.value.int_value if each.value.HasField("int_value") else each.value.string_value
        for each in span.attributes
    }


@pytest.mark.django_db
class TestCollector:
    """What goes to a collector that the settings name."""

    def test_a_page_and_the_commands_within_it(self, collector: Collector, settings: Any) -> None:
        """A page is a span by its name, within the trace that it came with; how long it took is counted."""
        settings.MIDDLEWARE = ["watchward.foundation.running.telemetry.traced", *settings.MIDDLEWARE]
        client = client_of(factories.officer("administrator"))
        assert client.get("/running/", HTTP_TRACEPARENT=f"00-{TRACE}-00f067aa0ba902b7-01").status_code == 200
        assert Client().get("/nowhere-at-all/").status_code == 404
        telemetry.end()
        spans = {span.name: span for span in collector.spans}
        page = spans["GET running:status"]
        assert page.trace_id.hex() == TRACE
        assert said(page) == {
            "http.request.method": "GET", "http.route": "running:status", "http.response.status_code": 200
        }  # fmt: skip
        assert said(spans["GET nowhere"])["http.response.status_code"] == 404
        assert collector.points["http.server.request.duration"] == len([s for s in collector.spans if s.kind == 2])

    def test_a_command_that_is_done_and_one_that_is_refused(self, collector: Collector) -> None:
        """Each is told by its name and by how it ended; a refusal is an answer, and stands as no fault."""
        with within(acting := factories.machinery()):
            access.open_account(acting, username="quill", display_name="T. Quill")
            with pytest.raises(Refused):
                access.open_account(acting, username="quill", display_name="Another")
        telemetry.end()
        ended = {(span.name, str(said(span)["watchward.ended"])): span.status.code for span in collector.spans}
        assert ended.keys() == {
            ("foundation.access.commands.open_account", "done"),
            ("foundation.access.commands.open_account", "Refused"),
        }
        assert set(ended.values()) == {0}
        assert collector.points["watchward.command.duration"] == len(collector.spans)

    def test_nothing_of_anybody(self, collector: Collector, settings: Any) -> None:
        """No name, no number, no id and no address of a page is told, whatever somebody looked for."""
        settings.MIDDLEWARE = ["watchward.foundation.running.telemetry.traced", *settings.MIDDLEWARE]
        with within(acting := factories.officer("sergeant")):
            person = people.record_person(acting, forenames="Theodora", surname="Quillfeather")
        client = client_of(acting)
        assert client.get(f"/people/{person.pk}").status_code == 200
        assert client.post("/people/", {"name": "Quillfeather"}).status_code in (200, 302)
        telemetry.end()
        assert any(span.name.startswith("GET people:") for span in collector.spans)
        for word in ("Quillfeather", str(person.pk), str(person.pk.hex), str(acting.account), "Theodora"):
            assert word.encode() not in collector.told


def test_nobody_is_told_unless_the_settings_ask() -> None:
    """Off by default: a page passes through as if there were nothing."""
    answered = object()
    assert telemetry.traced(lambda _request: answered)(RequestFactory().get("/")) is answered  # type: ignore[arg-type,return-value]


def scraped(**environ: str) -> tuple[str, str]:
    """Ask for the metrics as a collector does."""
    statuses: list[str] = []
    body = metrics.answer(
        {"PATH_INFO": "/metrics", "REQUEST_METHOD": "GET", **environ}, lambda status, _headers: statuses.append(status)
    )
    return (statuses[0], b"".join(body).decode()) if body is not None else ("", "")


@pytest.mark.django_db
class TestMetrics:
    """The same figures in Prometheus' form."""

    def test_what_is_said_can_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every page with its looks by duration, and how the installation stands."""
        looked = Page(4, 1, 2.6, 2.0, {timing.class_of(s): 1 for s in (0.004, 0.09, 0.5, 2.0)})
        monkeypatch.setattr(metrics, "pages", lambda _home: {"work:mine": looked})
        status, text = scraped()
        assert status == "200 OK"
        families = {family.name: family for family in text_string_to_metric_families(text)}
        buckets = [
            (float(sample.labels["le"]), sample.value)
            for sample in families["watchward_page_seconds"].samples
            if sample.name.endswith("_bucket")
        ]
        assert buckets == sorted(buckets)
        assert [looks for _end, looks in buckets] == sorted(looks for _end, looks in buckets)
        assert buckets[-1] == (float("inf"), 4.0)
        assert dict(buckets)[0.1] == 2.0
        assert families["watchward_page_failed"].samples[0].value == 1
        assert families["watchward_database_answers"].samples[0].value == 1
        assert families["watchward_database_bytes"].samples[0].value > 1_000_000
        assert families["watchward_workers"].samples[0].value == 0

    def test_a_database_that_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What needs no database is said all the same, and that it is away."""
        monkeypatch.setattr(metrics, "_standing", lambda: None)
        families = {family.name: family for family in text_string_to_metric_families(scraped()[1])}
        assert families["watchward_database_answers"].samples[0].value == 0
        assert "watchward_workers" not in families

    @pytest.mark.parametrize("through", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"])
    def test_who_comes_through_the_proxy_is_told_nothing(self, through: str) -> None:
        """The figures are for the machine itself: who asks from outside gets the page that is nowhere."""
        assert scraped(**{through: "for=192.0.2.60"}) == ("", "")

    def test_only_where_the_settings_ask(self, settings: Any) -> None:
        """Without the setting nothing answers there; health answers in either case."""
        environ = {"PATH_INFO": "/metrics", "REQUEST_METHOD": "GET"}
        settings.TELEMETRY = frozenset()
        assert watchers()(environ, lambda *_: None) is None
        settings.TELEMETRY = frozenset({"prometheus"})
        assert watchers()(environ, lambda *_: None) is not None
        assert watchers()({"PATH_INFO": "/health", "REQUEST_METHOD": "GET"}, lambda *_: None) is not None


def test_the_sources_tell_a_collector_from_one_place() -> None:
    """The parts from outside are known in one file each: what is told can be read there whole."""
    house = Path(telemetry.__file__).parents[2]
    knows = {
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        if "opentelemetry" in (text := path.read_text()) or "prometheus_client" in text
    }
    assert knows == {"foundation/running/telemetry.py", "foundation/running/metrics.py"}
