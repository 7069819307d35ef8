"""One browser and one server for all tests, and pages that are watched in each of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from geoplan_api import Settings, create_app
from tests.browser.planner import ready
from tests.browser.watching import Watch

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    # A page of others that a test makes up may show what this machine serves.
    "--disable-features=LocalNetworkAccessChecks",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
PATIENCE_MS = 15_000
SETTINGS = (
    "DATA",
    "LANG",
    "COOPERATIONS",
    "PUBLIC_URL",
    "FRAME_ANCESTORS",
    "PLANS_URL",
    "DATASETS",
    "PUBLIC_PLANS",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="package")
def chromium(playwright):
    started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
    yield started
    started.close()


@pytest.fixture(scope="package")
def expect(playwright):
    from playwright.sync_api import expect  # noqa: PLC0415 - an optional library

    expect.set_options(timeout=PATIENCE_MS)
    return expect


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The origin at which ``app`` answers meanwhile."""
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="package")
def origin(atlas, tmp_path_factory):
    """A server with the embedded dataset as somebody runs it at a desk, with plans of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(f"GEOPLAN_{name}", raising=False)
        patch.setenv("GEOPLAN_PLANS_URL", f"sqlite:///{tmp_path_factory.mktemp('plans') / 'plans.db'}")
        app = create_app(Settings(), atlas=atlas, desk=True)
        app.state.plan_store.get()
    with served(app) as address:
        yield address


class Visits:
    """Opens pages that are watched.

    Called with a path it gives the page, in a context of its own; ``ready`` says whether its scripts are
    waited for.
    """

    def __init__(self, chromium: Any, origin: str) -> None:
        self.chromium, self.origin = chromium, origin
        self.watches: list[Watch] = []

    def __call__(self, path: str = "/", *, scripted: bool = True, wait: bool = True, **options: Any) -> Any:
        page = self.context(scripted=scripted, **options).new_page()
        page.goto(self.origin + path, wait_until="domcontentloaded")
        if scripted and wait and page.locator("body.planner").count():
            ready(page)
        return page

    def context(
        self, *, size: str = "desktop", lang: str = "de", scripted: bool = True, **options: Any
    ) -> Any:
        """A browser that knows nothing yet."""
        width, height = SIZES[size]
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, locale={"de": "de-DE", "en": "en-GB"}[lang],
            java_script_enabled=scripted, base_url=self.origin, **options,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        self.watches.append(Watch(context, self.origin))
        return context

    def expect_trouble(self, *texts: str) -> None:
        """Let the browser complain of what a test does on purpose."""
        for watch in self.watches:
            watch.expect(*texts)

    def close(self) -> list[str]:
        """End all; what pages did that they may not do."""
        told = [text for watch in self.watches for text in watch.unexpected()]
        for watch in self.watches:
            watch.context.close()
        return told


@pytest.fixture
def visit(chromium, origin):
    """Opens pages; at the end none has left the origin, broken its policy, complained or kept anything."""
    visits = Visits(chromium, origin)
    yield visits
    assert visits.close() == []


@pytest.fixture
def visit_elsewhere(chromium):
    """As ``visit``, of another server: called with its origin."""
    made: list[Visits] = []

    def of(address: str) -> Visits:
        made.append(Visits(chromium, address))
        return made[-1]

    yield of
    assert [text for visits in made for text in visits.close()] == []
