"""A small server on this machine only, with the strict content policy of the real one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".png": "image/png",
}


@dataclass
class Gallery:
    """Where the pages are, and what has been posted."""

    address: str
    posted: list[tuple[str, str]] = field(default_factory=list)
    saving: int = 200


@contextmanager
def serving(pages: Mapping[str, str], assets: Path) -> Iterator[Gallery]:
    """Serve pages by name and built files under /static/ while this lasts."""
    gallery = Gallery("")

    class Answers(BaseHTTPRequestHandler):
        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = self.path.split("?")[0].lstrip("/")
            if path.startswith("static/"):
                file = assets / path.removeprefix("static/")
                if file.is_file():
                    return self._send(200, KINDS[file.suffix], file.read_bytes())
            elif path in pages:
                return self._send(200, "text/html; charset=utf-8", pages[path].encode())
            return self._send(404, "text/plain", b"no such page")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            gallery.posted.append((self.path, body))
            if self.headers.get("X-Watchward-Autosave"):
                answer = json.dumps({"saved": "07:45:05", "version": 4}).encode()
                return self._send(gallery.saving, "application/json", answer)
            return self._send(200, "text/plain", b"posted")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    gallery.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield gallery
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
