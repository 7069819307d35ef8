"""How sure a stated fact is, and where it was read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geoplan.messages import Message


class Mark(StrEnum):
    """How sure a fact is; the values are the letters of the fact files."""

    VERIFIED = "V"
    UNVERIFIED = "U"
    DERIVED = "D"
    CONFLICT = "C"

    @property
    def meaning(self) -> Message:
        """What the letter means, for a reader."""
        return _MEANING[self]


_MEANING = {
    Mark.VERIFIED: Message("read in the named source"),
    Mark.UNVERIFIED: Message("not verified"),
    Mark.DERIVED: Message("derived or a planning judgement"),
    Mark.CONFLICT: Message("sources disagree"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalText:
    """A text that a data file gives in both languages."""

    de: str
    en: str

    def text(self, lang: str) -> str:
        """The text in ``lang``; English where it is not German."""
        return self.de if lang == "de" else self.en

    def __call__(self, lang: str) -> str:
        """The text in ``lang``, so that a field reads as a method: ``service.label("de")``."""
        return self.text(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read."""

    key: str
    title: str
    url: str | None
    """``None`` for a judgement of this project."""

    def to_dict(self) -> dict[str, Any]:
        """The source as JSON."""
        return {"title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The evidence for a group of values that stand or fall together."""

    mark: Mark
    """Where the values of the group differ, that of the weakest; the note says which part is surer."""
    sources: tuple[Source, ...]
    note: LocalText | None = None

    @property
    def reference(self) -> str:
        """The first source in one line: its address, or its title where it has none."""
        return self.sources[0].url or self.sources[0].title

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The statement as JSON."""
        return {
            "mark": self.mark.value, "meaning": self.mark.meaning.text(lang),
            "sources": [source.to_dict() for source in self.sources],
            "note": None if self.note is None else self.note.text(lang),
        }  # fmt: skip
