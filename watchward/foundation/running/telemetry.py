"""Traces and metrics for a collector that watches many systems, by OpenTelemetry; off unless the settings ask for it.

What is sent are names of pages and commands, how long they took and how they ended: no address, no id, nothing of
anybody. Where the collector is, and how often it is told, the OTEL_ settings of the standard say.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from watchward.foundation import commands
from watchward.foundation.records import NotHere
from watchward.kernel.refusals import Refused

NAME = "watchward"


class Telemetry:
    """What one process tells the collector.

    Args:
        process: which of ours it is: web, portal or worker.
    """

    def __init__(self, process: str) -> None:
        told = Resource.create({"service.name": NAME, "watchward.process": process})
        self._traces = TracerProvider(resource=told)
        self._traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._metrics = MeterProvider([PeriodicExportingMetricReader(OTLPMetricExporter())], told)
        self._tracer = self._traces.get_tracer(NAME)
        meter = self._metrics.get_meter(NAME)
        self._requests = meter.create_histogram("http.server.request.duration", "s", "How long each page took.")
        self._commands = meter.create_histogram("watchward.command.duration", "s", "How long each command took.")

    def end(self) -> None:
        """Send what is still to be sent."""
        self._traces.shutdown()
        self._metrics.shutdown()

    def request(self, request: HttpRequest, answer: Callable[[HttpRequest], HttpResponseBase]) -> HttpResponseBase:
        """Answer a request within a span of the name of its page; one that came with a trace goes on with it."""
        begun = time.perf_counter()
        around = TraceContextTextMapPropagator().extract(_carrier(request.headers))
        with self._tracer.start_as_current_span(
            str(request.method), around, SpanKind.SERVER, record_exception=False
        ) as span:
            response = answer(request)
            match = request.resolver_match
            route = (match.view_name or match.route) if match is not None else "nowhere"
            said: dict[str, Any] = {
                "http.request.method": str(request.method),
                "http.route": route,
                "http.response.status_code": response.status_code,
            }
            span.update_name(f"{request.method} {route}")
            span.set_attributes(said)
            if response.status_code >= 500:
                span.set_status(Status(StatusCode.ERROR))
        self._requests.record(time.perf_counter() - begun, said)
        return response

    @contextmanager
    def command(self, name: str) -> Iterator[None]:
        """Stand around a command; one that is refused or fails says by the kind of its end alone how it ended.

        A refusal is an answer and no fault: only what nobody foresaw stands as one.
        """
        begun, ended = time.perf_counter(), "done"
        with self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span:
            try:
                yield
            except Exception as problem:
                ended = type(problem).__name__
                if not isinstance(problem, (Refused, NotHere)):
                    span.set_status(Status(StatusCode.ERROR))
                raise
            finally:
                span.set_attribute("watchward.ended", ended)
                self._commands.record(time.perf_counter() - begun, {"command": name, "ended": ended})


def _carrier(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in ("traceparent", "tracestate") if name in headers}


_telemetry: Telemetry | None = None


def begin(process: str) -> Telemetry:
    """Begin to tell the collector, once in this process; commands are told from now on."""
    global _telemetry
    if _telemetry is None:
        _telemetry = Telemetry(process)
        commands.around_command.append(_telemetry.command)
    return _telemetry


def end() -> None:
    """Tell what is left, and nothing from then on."""
    global _telemetry
    if _telemetry is not None:
        commands.around_command.remove(_telemetry.command)
        _telemetry.end()
        _telemetry = None


def traced(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Tell each page that was asked for, as a middleware; the outermost."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _telemetry.request(request, get_response) if _telemetry is not None else get_response(request)

    return answer
