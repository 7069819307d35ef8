"""How a name is written so that its spellings meet: case, umlauts, hyphens, abbreviations, suffixes.

A name becomes a *form*: lower-case words, parted by blanks, and :data:`MARK` where a suffix begins that
people leave out: ``"Neustadt a.d. Aisch"`` → ``"neustadt|aisch"``, ``"St. Ingbert"`` → ``"sankt ingbert"``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

MARK = "|"
"""Stands before a suffix: at a bracket, slash or comma, and in place of "an der", "i.d.", "bei" …"""

_ABBREVIATIONS = {
    "st": "sankt", "skt": "sankt", "gr": "gross", "kl": "klein", "hl": "heiligen", "hann": "hannoversch",
    "fürstl": "fürstlich", "östl": "östlich",
}  # fmt: skip
"""Abbreviated words that stand anywhere in official names."""

_ABBREVIATED_SUFFIXES = {
    "i ob": "i oberbayern", "in ob": "in oberbayern", "obb": "oberbayern", "ndb": "niederbayern",
    "i nb": "i niederbayern", "in nb": "in niederbayern", "opf": "oberpfalz", "ofr": "oberfranken",
    "mfr": "mittelfranken", "ufr": "unterfranken", "bay": "bayern", "schw": "schwaben", "sa": "sachsen",
    "sächs schw": "sächsische schweiz", "saechs schw": "sächsische schweiz", "o l": "oberlausitz",
    "thür": "thüringen", "thuer": "thüringen", "thür wald": "thüringer wald", "thuer wald": "thüringer wald",
    "erzgeb": "erzgebirge", "fichtelgeb": "fichtelgebirge", "vogtl": "vogtland", "odw": "odenwald",
    "oldb": "oldenburg", "westf": "westfalen", "rhld": "rheinland", "holst": "holstein",
    "meckl": "mecklenburg", "württ": "württemberg", "wuertt": "württemberg",
    "forstgutsbez": "forstgutsbezirk",
}  # fmt: skip
"""Those that stand after a name only: alone, "Thür" is a village."""


def _longest_first(abbreviations: Iterable[str]) -> str:
    return "|".join(sorted(abbreviations, key=len, reverse=True))


_ARTICLE = "(?: (?:d|der|dem|den))"
_PREPOSITION = f"(?:(?:a|am|an|auf|b|bei|beim|i|im|in|ob|unter|vor|vorm){_ARTICLE}?|[lorv]{_ARTICLE})"
"""Words between a name and its suffix. A single "o" is none: it stands for a river ("Frankfurt/O.")."""

_PREPOSITIONS = {
    " a d": " an der", " i d": " in der", " o d": " ob der", " v d": " vor der", " l d": " links der",
    " r d": " rechts der", " a": " am", " b": " bei", " i": " im",
}  # fmt: skip

_OTHER_MARKS = re.compile("[\u0300-\u0307\u0309-\u036f\u00ad\u200b-\u200d\ufeff]")
_SUFFIX_SIGN = re.compile(r"[(),;/\[\]]")
_NO_WORD = re.compile(r"[^\w\n|]+")
_AFTER_MARK = re.compile(r"\|[ |]+")
_ABBREVIATED = re.compile(rf"([ |\n])({_longest_first(_ABBREVIATIONS)})(?![^ |\n])")
_ABBREVIATED_SUFFIX = re.compile(rf"([ |])({_longest_first(_ABBREVIATED_SUFFIXES)})(?![^ |\n])")
_SHORT_PREPOSITION = re.compile(f"(?:{_longest_first(_PREPOSITIONS)})(?=[ |][^ |\n])")
_CONNECTED = re.compile(f"[ |](?=[abiloruv]){_PREPOSITION}(?:[ |]{_PREPOSITION})*[ |](?=[^ |\n])")


def folded(names: Sequence[str]) -> list[str]:
    """Write each of ``names`` in lower case, with one kind of umlaut and no other accents, blanks or marks.

    All names at once: there are thousands, and one pass over all is ten times as fast as one over each.
    """
    text = "\n".join(names)
    if text.count("\n") >= len(names):
        text = "\n".join([name.replace("\n", " ") for name in names])
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = _OTHER_MARKS.sub("", text)
    text = text.replace("a\u0308", "ä").replace("o\u0308", "ö").replace("u\u0308", "ü").replace("\u0308", "")
    text = text.replace("ø", "ö").replace("æ", "ä").replace("ł", "l")
    text = _NO_WORD.sub(" ", _SUFFIX_SIGN.sub(MARK, text.replace("_", " ")))
    text = _AFTER_MARK.sub(MARK, text.replace(" |", MARK))
    return [line.strip(" |") for line in text.split("\n")] if names else []


def forms(names: Sequence[str]) -> list[str]:
    """Write each of ``names``, which are folded, as a form.

    Abbreviations are written out ("st" → "sankt") and words such as "an der" become a :data:`MARK`.
    """
    text = "\n" + "\n".join(names)
    text = _ABBREVIATED.sub(lambda found: found[1] + _ABBREVIATIONS[found[2]], text)
    text = _ABBREVIATED_SUFFIX.sub(lambda found: found[1] + _ABBREVIATED_SUFFIXES[found[2]], text)
    return _CONNECTED.sub(MARK, text)[1:].split("\n") if names else []


def spoken_forms(names: Sequence[str]) -> list[str]:
    """Write each of ``names``, which are folded, with all words between name and suffix, as they are spoken.

    So "Neustadt an d" is the beginning of "Neustadt a.d. Aisch". Other abbreviations stay: while "Sa" is
    typed, it is no Saxony yet.
    """
    text = "\n".join(names)
    return _SHORT_PREPOSITION.sub(lambda found: _PREPOSITIONS[found[0]], text).split("\n") if names else []


def form(name: str) -> str:
    """Write one name as a form, see :func:`forms`."""
    return forms(folded([name]))[0]


def with_umlauts_written_out(text: str) -> str:
    """Write ä as ae: the spelling of those who have no umlauts."""
    return text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def without_umlauts(text: str) -> str:
    """Write ä as a: the spelling of those who leave the dots out."""
    return text.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def compact(text: str) -> str:
    """Leave out blanks and marks of a form: "garmisch partenkirchen" → "garmischpartenkirchen"."""
    return text.replace(" ", "").replace(MARK, "")


def words(text: str) -> list[str]:
    """The words of a form."""
    return text.replace(MARK, " ").split()


def stems(text: str) -> Iterator[str]:
    """The form cut before each of its suffixes: "herxheim", "herxheim|landau" of "herxheim|landau|pfalz"."""
    place = text.find(MARK)
    while place >= 0:
        yield text[:place]
        place = text.find(MARK, place + 1)
