"""Applications with narrow bounds, and servers on this machine for what only a socket shows."""

import contextlib
import socket
import threading
import time

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.serving.server import GracefulServer


@pytest.fixture
def answering(village_atlas, tmp_path, monkeypatch):
    """A client of an application with these settings, asked from an address on the net."""
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    with contextlib.ExitStack() as stack:

        def answering(*, desk=False, client="198.51.100.7", add=None, **settings):
            app = create_app(Settings(**settings), atlas=village_atlas, desk=desk)
            if add is not None:
                add(app)
            base = "http://127.0.0.1:8000" if desk else "http://testserver"
            asking = TestClient(app, base_url=base, client=(client, 50_000), raise_server_exceptions=False)
            return stack.enter_context(asking)

        yield answering


@pytest.fixture
def listening(village_atlas, tmp_path, monkeypatch):
    """The port of a server with these settings."""
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    with contextlib.ExitStack() as stack:

        def listening(*, drain_seconds=0.0, add=None, **settings):
            chosen = Settings(**settings)
            app = create_app(chosen, atlas=village_atlas)
            if add is not None:
                add(app)
            ready = threading.Event()
            server = GracefulServer(app, chosen, drain_seconds=drain_seconds, on_ready=ready.set)
            door = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
            port = door.getsockname()[1]
            thread.start()
            stack.callback(thread.join, 10)
            stack.callback(setattr, server, "should_exit", True)
            assert ready.wait(20)
            return port

        yield listening


@pytest.fixture
def closed_after():
    """Seconds until the other side closes a connection on which ``sent`` was said."""

    def closed_after(port, sent, limit=5.0):
        with socket.create_connection(("127.0.0.1", port), timeout=limit) as line:
            start = time.monotonic()
            line.sendall(sent)
            with contextlib.suppress(ConnectionError):
                while line.recv(65_536):
                    pass
            return time.monotonic() - start

    return closed_after
