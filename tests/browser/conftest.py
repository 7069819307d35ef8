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

SIZES = {"desktop": (1440, 900), "phone": (390, 844), "narrow": (320, 640)}
PATIENCE_MS = 60_000
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


class Contexts:
    """The browsers that tests share, one of each kind, so that no test loads styles and scripts anew.

    No page keeps anything, which each test asserts, so a browser that has been used knows nothing but files.
    """

    def __init__(self, chromium: Any, origin: str) -> None:
        self.chromium, self.origin = chromium, origin
        self._idle: dict[tuple[Any, ...], Watch] = {}

    def take(self, **kind: Any) -> Watch:
        """A browser of a kind, which may be one that another test has given back."""
        return self._idle.get(_key(kind)) or self.make(**kind)

    def make(self, **kind: Any) -> Watch:
        """A browser that has loaded nothing yet."""
        context = self.chromium.new_context(base_url=self.origin, **kind)
        context.set_default_timeout(PATIENCE_MS)
        return Watch(context, self.origin)

    def give_back(self, watch: Watch, **kind: Any) -> None:
        """Keep a browser for the next test, as if it had not been used; of two alike one is closed."""
        if self._idle.setdefault(_key(kind), watch) is watch:
            watch.reset()
        else:
            watch.context.close()

    def forget(self, watch: Watch) -> None:
        """Let a browser go that has been closed."""
        self._idle = {kind: one for kind, one in self._idle.items() if one is not watch}

    def close(self) -> None:
        """End all browsers."""
        for watch in self._idle.values():
            watch.context.close()


def _key(kind: dict[str, Any]) -> tuple[Any, ...]:
    return tuple((name, str(value)) for name, value in sorted(kind.items()))


class Visits:
    """Opens pages that are watched.

    Called with a path it gives the page; ``ready`` says whether its scripts are waited for, ``fresh`` that
    nothing may have been loaded before.
    """

    def __init__(self, contexts: Contexts) -> None:
        self.contexts, self.origin = contexts, contexts.origin
        self._used: list[tuple[Watch, dict[str, Any], bool]] = []

    @property
    def watches(self) -> list[Watch]:
        """What is watched in this test."""
        return [watch for watch, _, _ in self._used]

    def __call__(self, path: str = "/", *, scripted: bool = True, wait: bool = True, **options: Any) -> Any:
        page = self.context(scripted=scripted, **options).new_page()
        page.goto(self.origin + path, wait_until="domcontentloaded")
        if scripted and wait and page.locator("body.planner").count():
            ready(page)
        return page

    def context(
        self,
        *,
        size: str = "desktop",
        lang: str = "de",
        scripted: bool = True,
        fresh: bool = False,
        **options: Any,
    ) -> Any:
        """A browser in which nobody has been."""
        width, height = SIZES[size]
        kind = {
            "viewport": {"width": width, "height": height}, "locale": {"de": "de-DE", "en": "en-GB"}[lang],
            "java_script_enabled": scripted, **options,
        }  # fmt: skip
        watch = self.contexts.make(**kind) if fresh else self.contexts.take(**kind)
        if watch not in self.watches:
            self._used.append((watch, kind, fresh))
        return watch.context

    def expect_trouble(self, *texts: str) -> None:
        """Let the browser complain of what a test does on purpose."""
        for watch in self.watches:
            watch.expect(*texts)

    def close(self) -> list[str]:
        """End all; what pages did that they may not do."""
        told = [text for watch in self.watches for text in watch.unexpected()]
        for watch, kind, fresh in self._used:
            if fresh or told:
                watch.context.close()
                self.contexts.forget(watch)
            else:
                self.contexts.give_back(watch, **kind)
        return told


@pytest.fixture(scope="package")
def contexts(chromium, origin):
    """The browsers that tests share."""
    shared = Contexts(chromium, origin)
    yield shared
    shared.close()


@pytest.fixture
def visit(contexts):
    """Opens pages; at the end none has left the origin, broken its policy, complained or kept anything."""
    visits = Visits(contexts)
    yield visits
    assert visits.close() == []


@pytest.fixture
def visit_elsewhere(chromium):
    """As ``visit``, of another server: called with its origin."""
    made: list[Visits] = []

    def of(address: str) -> Visits:
        made.append(Visits(Contexts(chromium, address)))
        return made[-1]

    yield of
    told = [text for visits in made for text in visits.close()]
    for visits in made:
        visits.contexts.close()
    assert told == []
