"""Which words say what kind of unit is meant ("Landkreis Würzburg", "Leipzig, Stadt")."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geoplan.search.spelling import compact, form, with_umlauts_written_out
from geoplan.units import Level

_TITLES = (
    "hansestadt", "lutherstadt", "universitätsstadt", "landeshauptstadt", "bundesstadt", "bergstadt",
    "freie hansestadt", "freie und hansestadt", "kreisfreie stadt", "stadtkreis", "kreisstadt",
    "grosse kreisstadt",
)  # fmt: skip
"""What towns put before their names; part of the name in one vintage and not in the next."""

_WORDS: tuple[tuple[tuple[str, ...], tuple[Level, ...]], ...] = (
    (_TITLES, (Level.MUNICIPALITY,)),
    (
        ("stadt", "gemeinde", "ortsgemeinde", "einheitsgemeinde", "marktgemeinde", "markt", "flecken"),
        (Level.MUNICIPALITY,),
    ),
    (("gemeindefreies gebiet",), (Level.UNINCORPORATED_AREA,)),
    (("kreis", "landkreis", "lkr", "lk", "krs", "kr"), (Level.COUNTY,)),
    (("region", "städteregion", "regionalverband"), (Level.COUNTY, Level.METROPOLITAN_REGION)),
    (
        (
            "amt", "samtgemeinde", "sg", "verbandsgemeinde", "vg", "verwaltungsgemeinschaft", "vgem",
            "verwaltungsverband", "gemeindeverwaltungsverband", "gvv", "gemeindeverband",
            "erfüllende gemeinde",
        ),
        (Level.ASSOCIATION,),
    ),
    (("regierungsbezirk", "bezirk", "reg bez", "rb"), (Level.GOVERNMENT_REGION,)),
    (("land", "bundesland", "freistaat"), (Level.STATE,)),
    (
        ("metropolregion", "europäische metropolregion", "hauptstadtregion", "metropole"),
        (Level.METROPOLITAN_REGION,),
    ),
)  # fmt: skip

_LEVELS = {
    spelling: frozenset(levels)
    for words, levels in _WORDS
    for word in words
    for spelling in (word, with_umlauts_written_out(word))
}
_LEVELS_BY_COMPACT_WORD = {compact(word): levels for word, levels in _LEVELS.items()}

_IN_NAMES = (
    *_TITLES, "kreis", "landkreis", "region", "staedteregion", "regionalverband", "metropolregion",
    "hauptstadtregion", "metropole",
)  # fmt: skip
"""Those that names are also known without: "Region Hannover", but not "Markt Schwaben", "Amt Wachsenburg"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What kind of unit is asked for."""

    words: str
    """The designation as it was typed, see :func:`designation_words`."""
    levels: frozenset[Level]


def _at_either_end(words: Iterable[str]) -> re.Pattern[str]:
    known = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"^(?P<before>{known})[ |]+(?P<name>.+)$|^(?P<rest>.+?)[ |]+(?P<after>{known})$")


_WISHED = _at_either_end(_LEVELS)
_NAMED = _at_either_end(_IN_NAMES)
_NAMED_BEFORE = tuple(word + " " for word in _IN_NAMES)
_NAMED_AFTER = tuple(" " + word for word in _IN_NAMES)


def without_wish(text: str) -> tuple[str, Wish] | None:
    """Part a form into the name and the kind of unit asked for; ``None`` where it names no kind."""
    found = _WISHED.match(text)
    if found is None:
        return None
    words = found["before"] or found["after"]
    return found["name"] or found["rest"], Wish(words=_words_of(words), levels=_LEVELS[words])


def without_designation(text: str) -> str | None:
    """Return the form of an official name without the designation in it; ``None`` where it has none."""
    if not text.startswith(_NAMED_BEFORE) and not text.endswith(_NAMED_AFTER):
        return None  # nearly all: thousands of names are asked for at once
    found = _NAMED.match(text)
    return (found["name"] or found["rest"]) if found else None


def designation_words(designation: str) -> str:
    """Write a designation so that "Kreisfreie Stadt" and "kreisfreie-stadt" are equal."""
    return _words_of(form(designation))


def designated_levels(words: str) -> frozenset[Level]:
    """The levels of a designation in the writing of :func:`designation_words`; none where it is unknown."""
    return _LEVELS_BY_COMPACT_WORD.get(words, frozenset())


def _words_of(text: str) -> str:
    return compact(with_umlauts_written_out(text))
