"""Which pictures of pages are taken, and how."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path("out/pictures")
WIDTHS = {"1440": (1440, 900), "390": (390, 844)}
THEMES = ("light", "dark")
PAUSE_MS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which pictures are taken, and how."""

    parts: list[str]
    """Of the names; all without."""
    widths: list[str]
    themes: list[str]
    slices: int
    """So many screens at most of what is tall; 0 for one picture of all of it."""

    def wants(self, name: str) -> bool:
        """Whether a state is among them."""
        return not self.parts or any(part in name for part in self.parts)

    @property
    def wants_plans(self) -> bool:
        """Whether plans are needed for them."""
        return not self.parts or any("plan" in one or one in "embed plan" for one in self.parts)


def chosen(arguments: list[str], about: str) -> Choice:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("parts", nargs="*", help="parts of the names that are wanted")
    parser.add_argument("--width", choices=WIDTHS, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--slices", type=int, default=0)
    given = parser.parse_args(arguments)
    return Choice(
        parts=given.parts, widths=given.width or list(WIDTHS), themes=given.theme or list(THEMES),
        slices=given.slices,
    )  # fmt: skip


def options_of(width: str, theme: str) -> dict[str, Any]:
    """The window of a picture, for a new context."""
    across, down = WIDTHS[width]
    size = {"width": across, "height": down}
    return {"viewport": size, "color_scheme": theme, "reduced_motion": "reduce", "locale": "de-DE"}


def take(page: Any, name: str, choice: Choice) -> None:
    """Take the picture of a page and close it."""
    page.wait_for_timeout(PAUSE_MS)
    path = FOLDER / f"{re.sub(' ', '_', name)}.png"
    planner = page.locator("body.planner").count() and page.viewport_size["width"] > WIDTHS["390"][0]
    if planner or not choice.slices:
        page.screenshot(path=path, full_page=not planner)
    else:
        _slices(page, path, choice.slices)
    page.close()


def _slices(page: Any, path: Path, most: int) -> None:
    """One screen after the other, as somebody sees who scrolls."""
    height = page.viewport_size["height"]
    down = page.evaluate("document.documentElement.scrollHeight")
    for number in range(min(most, -(-down // height))):
        page.evaluate("top => window.scrollTo(0, top)", number * height)
        page.wait_for_timeout(50)
        page.screenshot(path=path.with_stem(f"{path.stem}-{number + 1}"))
