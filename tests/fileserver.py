"""A web server of files on this machine that misbehaves in turn, as servers, proxies and networks do."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class FileServer(ThreadingHTTPServer):
    """Answers each path with its list of answers, one a request; the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, request, client_address) -> None:
        """A client that goes away is no news."""

    def url(self, path: str = "/file.zip") -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def serve(self, *answers: Answer, path: str = "/file.zip") -> str:
        """Answer a path so; returns its address."""
        self.answers[path] = list(answers)
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answers = self.server.answers.get(self.path.partition("?")[0], [status(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        with contextlib.suppress(ConnectionError):
            answer(self)
        self.close_connection = True

    def log_message(self, *_args) -> None:
        """Say nothing."""


def whole(content: bytes, *, etag: str | None = '"one"', pause_s: float = 0.0, chunk: int = 2**20) -> Answer:
    """The file, or the part of it that is asked for; perhaps slowly."""

    def answer(handler) -> None:
        start = _start(handler, etag)
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        _send(handler, content[start:], len(content) - start, etag)
        for at in range(start, len(content), chunk):
            handler.wfile.write(content[at : at + chunk])
            handler.wfile.flush()
            time.sleep(pause_s)

    return answer


def cut(content: bytes, after: int, *, etag: str | None = '"one"') -> Answer:
    """A connection that breaks off ``after`` so many bytes of what was asked for."""

    def answer(handler) -> None:
        start = _start(handler, etag)
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        _send(handler, content[start:], len(content) - start, etag)
        handler.wfile.write(content[start : start + after])

    return answer


def wrong_length(content: bytes, length: int) -> Answer:
    """A Content-Length that is not that of the file."""

    def answer(handler) -> None:
        handler.send_response(200)
        _send(handler, content, length, None)
        handler.wfile.write(content)

    return answer


def status(code: int, **headers: str) -> Answer:
    """No file, but a status."""

    def answer(handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def stalled(content: bytes, seconds: float) -> Answer:
    """Half of the file, then nothing for a while."""

    def answer(handler) -> None:
        handler.send_response(200)
        _send(handler, content, len(content), '"one"')
        handler.wfile.write(content[: len(content) // 2])
        handler.wfile.flush()
        time.sleep(seconds)

    return answer


def _start(handler, etag: str | None) -> int:
    asked = handler.headers.get("Range", "")
    if not asked.startswith("bytes=") or etag is None or handler.headers.get("If-Range") != etag:
        return 0
    return int(asked.removeprefix("bytes=").rstrip("-"))


def _send(handler, _body: bytes, length: int, etag: str | None) -> None:
    handler.send_header("Content-Length", str(length))
    if etag:
        handler.send_header("ETag", etag)
    handler.end_headers()


@contextlib.contextmanager
def running() -> Iterator[FileServer]:
    """The server, as long as it is needed."""
    server = FileServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
