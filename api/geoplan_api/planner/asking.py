"""What a line in the search field asks for: a unit, a service field and a form, in any order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from geoplan.atlas import Atlas
from geoplan.errors import GeoplanError
from geoplan.search import Match, SearchResult, wished_levels
from geoplan.search.spelling import folded, words
from geoplan.services import load_services
from geoplan.units import AdministrativeUnit, Level
from geoplan_api import answers

SURE = (Match.ID, Match.EXACT)
"""How a unit is matched that is meant without doubt."""
WHOLE = (*SURE, Match.POSTCODE, Match.COORDINATES, Match.PREFIX)
"""How a text is matched of which every word belongs to the name."""
FORM_WORDS = {
    "vertikal": "vertical", "vertical": "vertical", "horizontal": "horizontal", "stadt-umland": "urban-rural",
}  # fmt: skip
"""Words for forms of cooperation. “Metropolregion” is none: it begins the name of one."""
NO_NAMES = frozenset((
    "und", "and", "für", "for", "the", "with", "des", "der", "die", "das", "von", "by", "im", "in",
    "national", "action", "integriertes", "integrated", "gemeinsame", "gemeinsamer", "gemeinsames",
    "joint", "kommunale", "kommunaler", "kommunales", "municipal", "regionale", "regionales", "interkommunal",
    "interkommunale", "interkommunales", "urban-rural", "county", "counties",
    "öffentlicher", "public", "services",
))  # fmt: skip
"""Words in the names of service fields that alone name none of them."""
LEAST_LETTERS = 4
"""From so many letters on the beginning of a word names a service field."""
SEPARATORS = re.compile(r"[\s,;·/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was searched for, and what came of it."""

    typed: str = ""
    text: str = ""
    """What of it is looked for as a unit."""
    found: tuple[SearchResult, ...] = ()
    service: str = ""
    """Key of the service field that is named; empty where none is."""
    form: str = ""
    """The form of cooperation that is named."""
    several: tuple[str, ...] = ()
    """Keys of the service fields that one word may mean."""
    unused: tuple[str, ...] = ()
    """Words that fit nothing."""
    note: str | None = None
    """What is to be said where nothing was found."""

    @property
    def sure(self) -> str | None:
        """The unit that is meant, where only one is and every word was understood."""
        return None if self.unused or self.several else self.one

    @property
    def one(self) -> str | None:
        """The unit where only one fits, or only one exactly: of the kind that is named."""
        if len(self.found) == 1:
            return self.found[0].unit.id
        named = wished_levels(self.text) or frozenset(Level)
        exact = [one.unit.id for one in self.found if one.match in SURE and one.unit.level in named]
        return exact[0] if len(exact) == 1 else None


def searched(atlas: Atlas, text: str, lang: str, *, limit: int) -> Search:
    """Look for what ``text`` names: first as a unit alone, then with a service field or a form beside it."""
    return replace(_searched(atlas, text, lang, limit=limit), typed=text) if text else Search()


def _searched(atlas: Atlas, text: str, lang: str, *, limit: int) -> Search:
    whole = _units(atlas, text, lang, limit=limit)
    if whole.found and whole.found[0].match in WHOLE:
        return whole
    wish = _parted(text)
    if not (wish.service or wish.form or wish.several):
        return _without_unused(atlas, whole, lang, limit=limit)
    rest = " ".join(wish.unused)
    found = _units(atlas, rest, lang, limit=limit) if rest else Search()
    named = Search(
        text=rest or text, found=found.found, note=found.note, service=wish.service, form=wish.form,
        several=wish.several,
    )  # fmt: skip
    return _without_unused(atlas, named, lang, limit=limit)


def services_named(word: str) -> tuple[str, ...]:
    """Keys of the service fields that a word names, or begins to."""
    wanted = word.casefold()
    if wanted in NO_NAMES or _is_kind(word):
        return ()
    exact = [key for key, names in _names() if wanted in names]
    begun = [
        key for key, names in _names()
        if len(wanted) >= LEAST_LETTERS and any(name.startswith(wanted) for name in names)
    ]  # fmt: skip
    return tuple(exact or begun)


@cache
def _names() -> tuple[tuple[str, frozenset[str]], ...]:
    """By key the words that name a service field: those of its label in both languages, and its key."""
    return tuple(
        (key, frozenset({key, *_own(one.label.text("de")), *_own(one.label.text("en"))}))
        for key, one in load_services().items()
    )


def _own(label: str) -> Iterable[str]:
    plain = label.split(" (", 1)[0].casefold()
    return (word for word in _words(plain) if word not in NO_NAMES and not _is_kind(word))


def _is_kind(word: str) -> bool:
    """Whether a word says what kind of unit is meant (“Landkreis”); a compound that begins so does not."""
    return "-" not in word and bool(wished_levels(f"{word} x"))


def _parted(text: str) -> Search:
    """The words of a text by what they name; those for a unit are left as ``unused``."""
    form, meant, rest = "", frozenset[str](), []
    for word in _words(text):
        keys = frozenset(services_named(word))
        if word.casefold() in FORM_WORDS:
            form = FORM_WORDS[word.casefold()]
        elif keys:
            meant = (meant & keys) or keys
        else:
            rest.append(word)
    if meant:
        rest = [word for word in rest if word.casefold() not in NO_NAMES]
    service, several = ("".join(meant), ()) if len(meant) == 1 else ("", tuple(sorted(meant)))
    return Search(text=text, service=service, form=form, several=several, unused=tuple(rest))


def _words(text: str) -> list[str]:
    return [word for word in SEPARATORS.split(text) if word]


def _units(atlas: Atlas, text: str, lang: str, *, limit: int) -> Search:
    try:
        return Search(text=text, found=tuple(answers.search(atlas, text, limit=limit)))
    except GeoplanError as error:
        # A postcode that nobody has is no failure of the page: the search stays at hand.
        return Search(text=text, note=error.text(lang))


def _without_unused(atlas: Atlas, search: Search, lang: str, *, limit: int) -> Search:
    """The same with the words named that belong to none of the units that were found."""
    typed = _words(search.text)
    if not search.found and len(typed) > 1:
        return _with_one_less(atlas, search, lang, limit=limit)
    if not search.found or search.found[0].match != Match.WORD:
        return search
    known = {word for one in search.found for word in _named_by(atlas, one.unit)}
    unused = [one for one in typed if not any(name.startswith(_plain(one)) for name in known)]
    return replace(search, unused=tuple(unused))


def _with_one_less(atlas: Atlas, search: Search, lang: str, *, limit: int) -> Search:
    """What is found without one of the words, where that is a name."""
    typed = _words(search.text)
    for place, word in enumerate(typed):
        rest = " ".join((*typed[:place], *typed[place + 1 :]))
        found = _units(atlas, rest, lang, limit=limit).found
        if found and found[0].match in WHOLE:
            return replace(search, text=rest, found=found, unused=(word,), note=None)
    return search


def _named_by(atlas: Atlas, unit: AdministrativeUnit) -> list[str]:
    """The words that a searched text may take from a unit: of its names and those of what it belongs to."""
    parents = (unit.association, unit.county, unit.government_region, unit.state)
    above = [atlas.units[one].name for one in parents if one is not None and one in atlas.units]
    return [word for name in (unit.name, unit.designation, *above) for word in _plain(name).split()]


def _plain(text: str) -> str:
    """A text as search compares it, in words."""
    return " ".join(words(folded([text])[0]))
