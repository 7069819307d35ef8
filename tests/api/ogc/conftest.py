"""The APIs that the tests look at: that of the villages, and that of one of them."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

ROOTS = {
    "/ogc": ("municipalities", "unincorporated-areas", "counties", "states", "borders"),
    "/ogc/units/01099001": ("suggestions", "neighbours"),
}
"""The collections of the villages."""


SERVER = """
import sys, threading, uvicorn
from geoplan_api import Settings, create_app
server = uvicorn.Server(uvicorn.Config(create_app(Settings(data=sys.argv[1])), port=0, log_level="error"))
thread = threading.Thread(target=server.run)
thread.start()
while not server.started:
    thread.join(0.02)
print(server.servers[0].sockets[0].getsockname()[1], flush=True)
sys.stdin.read()
server.should_exit = True
"""


@pytest.fixture(scope="session")
def address(villages: Path) -> Iterator[str]:
    """A server in a process of its own: GDAL lets no other thread of this one answer."""
    command = [sys.executable, "-c", SERVER, str(villages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        server.stdin.close()
        server.wait(30)


@dataclass(frozen=True, kw_only=True)
class Root:
    """An OGC API."""

    client: TestClient
    path: str

    def get(self, path: str = "", *, accept: str = "application/json", **parameters: Any) -> Any:
        """Ask for a document below the root."""
        address = path if path.startswith("http") else self.path + path
        return self.client.get(address, params=parameters or None, headers={"accept": accept})

    def document(self, path: str = "", **parameters: Any) -> Any:
        """A document that must be there."""
        answer = self.get(path, **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass(frozen=True, kw_only=True)
class Collection:
    """One collection of an API."""

    root: Root
    name: str

    @property
    def path(self) -> str:
        return f"/collections/{self.name}"

    def describe(self) -> Any:
        return self.root.document(self.path)

    def items(self, **parameters: Any) -> Any:
        """The answer to a request for features."""
        named = {key.replace("_", "-"): value for key, value in parameters.items()}
        return self.root.get(f"{self.path}/items", accept="application/geo+json", **named)

    def features(self, **parameters: Any) -> Any:
        """The page of features that a request must have."""
        answer = self.items(**parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(params=ROOTS, ids=["atlas", "unit"])
def root(request, village_client) -> Root:
    return Root(client=village_client, path=request.param)


@pytest.fixture(
    params=[(path, name) for path, names in ROOTS.items() for name in names], ids=lambda param: param[1]
)
def collection(request, village_client) -> Collection:
    path, name = request.param
    return Collection(root=Root(client=village_client, path=path), name=name)


@pytest.fixture
def municipalities(village_client) -> Collection:
    return Collection(root=Root(client=village_client, path="/ogc"), name="municipalities")
