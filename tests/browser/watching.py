"""What no page may do in any test: leave the origin, break its policy, fail aloud, keep something."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

SCRIPT = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
"""Runs before the scripts of each page: tells violations of the policy, adds up jumps of the layout."""

LOUD = ("error", "warning")
INLINE = ("data:", "blob:", "about:")
KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


class Watch:
    """Writes down what the pages of a context do that none may do."""

    def __init__(self, context: Any, origin: str) -> None:
        self.context, self.origin = context, origin
        self.trouble: list[str] = []
        self.expected: tuple[str, ...] = ()
        context.add_init_script(SCRIPT)
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", lambda said: said.type in LOUD and self.trouble.append(said.text))
        context.on("weberror", lambda failed: self.trouble.append(str(failed.error)))

    def expect(self, *texts: str) -> None:
        """Let the browser complain of what a test does on purpose."""
        self.expected += texts

    def unexpected(self) -> list[str]:
        """All that must not be; empty as it should be."""
        told = [text for text in self.trouble if not any(part in text for part in self.expected)]
        return [*told, *self._kept()]

    def reset(self) -> None:
        """Close all pages and forget them, so that the next test may begin."""
        for page in self.context.pages:
            page.close()
        self.context.unroute_all()
        self.context.clear_permissions()
        self.trouble.clear()
        self.expected = ()

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if not url.startswith(INLINE) and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.trouble.append(f"asked {url}")

    def _kept(self) -> Iterable[str]:
        yield from (f"cookie {one['name']}" for one in self.context.cookies())
        for page in self.context.pages:
            if page.url.startswith(self.origin):
                yield from (f"kept {name}" for name in page.evaluate(KEPT))
