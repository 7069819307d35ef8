"""Where names stand on the map so that none covers another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH_OF_A_LETTER = 0.5
"""Of the font size: a serif text of mixed letters is a little narrower."""
OFFSETS = ((0.0, 0.0), (0.0, -1.1), (0.0, 1.1), (0.0, -2.2), (0.0, 2.2), (0.6, 0.0), (-0.6, 0.0))
"""Places that are tried, in widths and heights of the label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A label that wants a place."""

    x: float
    y: float
    """Where its middle would best be, in the units of the drawing."""
    texts: tuple[str, ...]
    """Wordings, the best first; the last is the shortest."""
    size: float
    """Font size."""
    must: bool = False
    """Whether it is written even where it covers another."""
    own: bool = False
    """Whether it is that of a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label with its place."""

    x: float
    y: float
    text: str
    size: float
    own: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        half = text_width(self.text, self.size) / 2
        return self.x - half, self.y - 0.55 * self.size, self.x + half, self.y + 0.55 * self.size


def text_width(text: str, size: float) -> float:
    """About how wide a text is."""
    return WIDTH_OF_A_LETTER * size * len(text)


def place_labels(wishes: Iterable[Wish], width: float, height: float) -> list[Label]:
    """Give every wish a place within ``width`` × ``height``, first come first served."""
    placed: list[Label] = []
    for wish in wishes:
        label = _placed(wish, placed, width, height)
        if label is not None:
            placed.append(label)
    return placed


def _placed(wish: Wish, others: Sequence[Label], width: float, height: float) -> Label | None:
    for text in wish.texts:
        for right, down in OFFSETS:
            label = Label(
                x=wish.x + right * text_width(text, wish.size), y=wish.y + down * wish.size, text=text,
                size=wish.size, own=wish.own,
            )  # fmt: skip
            if _inside(label, width, height) and not any(_overlap(label, other) for other in others):
                return label
    if not wish.must:
        return None
    return Label(x=wish.x, y=wish.y, text=wish.texts[-1], size=wish.size, own=wish.own)


def _inside(label: Label, width: float, height: float) -> bool:
    left, top, right, bottom = label.box
    return left >= 0 and top >= 0 and right <= width and bottom <= height


def _overlap(label: Label, other: Label) -> bool:
    left, top, right, bottom = label.box
    left_2, top_2, right_2, bottom_2 = other.box
    return left < right_2 and left_2 < right and top < bottom_2 and top_2 < bottom
