"""Which one unit a name means."""

from collections.abc import Iterator

import numpy as np

from geoplan.errors import AmbiguousUnitError, UnknownUnitError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.search.designations import without_wish
from geoplan.search.finding import find
from geoplan.search.lookup import Lookup
from geoplan.search.name_match import NameMatch
from geoplan.search.precedence import foremost, on_level, rivals
from geoplan.search.query import Reading, readings
from geoplan.search.ranking import NOT_AS_WISHED
from geoplan.search.spelling import form, words
from geoplan.search.terms import IntArray
from geoplan.units import PLACE_LEVELS, Level

CANDIDATES = 40
"""So many units are listed at most when a name may mean several; no German name has so many bearers."""
NEAREST = 5
"""So many when it means none."""


def row_of_name(lookup: Lookup, text: str) -> int:
    """Return the row of the unit that a checked text names.

    A municipality goes before the unincorporated area, the county, the state or the association that shares
    its name, unless the text says which is meant ("Kreis Warendorf").

    Raises
    ------
    AmbiguousUnitError
        Several may be meant; ``nearest`` lists them.
    UnknownUnitError
        None is called so; ``nearest`` lists those with a similar name.
    """
    match = next(_matches(lookup, text), None)
    if match is None:
        raise _unknown(lookup, text)
    meant = _meant(lookup, match, text)
    if len(meant) > 1:
        raise _ambiguous(
            lookup, text, np.union1d(meant, on_level(lookup.units, match.rows, Level.MUNICIPALITY))
        )
    return int(meant[0])


def describe(lookup: Lookup, row: int) -> str:
    """Tell a unit from its namesakes: "06534016 (Neustadt, Marburg-Biedenkopf, Hessen)"."""
    units = lookup.units
    above = [units.parent_ids[level][row] for level in (Level.COUNTY, Level.STATE)]
    known = [one for one in above if one is not None and one != units.ids[row] and one in units]
    told = [_called_in_full(lookup, row), *(units.names[units.row(one)] for one in known)]
    return f"{units.ids[row]} ({', '.join(told)})"


def _called_in_full(lookup: Lookup, row: int) -> str:
    name, designation = lookup.units.names[row], lookup.units.designations[row]
    says_so = designation.casefold() in name.casefold() or without_wish(form(name)) is not None
    if lookup.units.level[row] in PLACE_LEVELS or says_so:
        return name
    return f"{designation} {name}"


def _matches(lookup: Lookup, text: str) -> Iterator[NameMatch]:
    """Units named in full, then those named with county or state, then abbreviated, then by a part."""
    meant = readings(text)
    for way in (_called, _called_nearby, _called_for_short, _called_by_a_part):
        for reading in meant:
            match = way(lookup, reading)
            if match:
                yield match


def _called(lookup: Lookup, reading: Reading) -> NameMatch:
    return _as_wished(lookup, lookup.names.equal_to(reading.text), reading)


def _called_nearby(lookup: Lookup, reading: Reading) -> NameMatch | None:
    match = lookup.in_context(reading)
    return None if match is None else _as_wished(lookup, match, reading)


def _called_for_short(lookup: Lookup, reading: Reading) -> NameMatch | None:
    """Units whose name has the first word in full and as many words ("Frankfurt a.M.")."""
    if len(words(reading.text)) < 2:
        return None
    rows = lookup.names.abbreviated(reading.text)
    return _as_wished(lookup, NameMatch(full=rows[:0], short=rows), reading)


def _called_by_a_part(lookup: Lookup, reading: Reading) -> NameMatch | None:
    """Units above the places by one of their names ("Landkreis Garmisch", "Kreis Neuss")."""
    if reading.wish is None or Level.MUNICIPALITY in reading.wish.levels:
        return None
    rows = lookup.names.with_whole_words(reading.text)
    return _as_wished(lookup, NameMatch(full=rows[:0], short=rows), reading)


def _as_wished(lookup: Lookup, match: NameMatch, reading: Reading) -> NameMatch:
    if reading.wish is None or not match:
        return match
    missed = np.full(len(lookup.units), NOT_AS_WISHED, dtype=np.int64)
    missed[match.rows] = lookup.ranking.missed_by(match.rows, reading.wish)
    return match.within((missed == missed.min()) & (missed < NOT_AS_WISHED))


def _meant(lookup: Lookup, match: NameMatch, text: str) -> IntArray:
    """The rows that may be meant, after all rules of precedence."""
    units = lookup.units
    others = rivals(units, match)
    full = foremost(units, match.full)
    if len(full) and units.level[full[0]] == Level.MUNICIPALITY:
        to_the_letter = full[[units.names[row] == text for row in full.tolist()]]
        meant = np.concatenate([to_the_letter if len(to_the_letter) else full, others])
    else:
        meant = foremost(units, others) if len(others) else full
    return np.concatenate([meant, _other_counties(lookup, match.full, meant)])


def _other_counties(lookup: Lookup, rows: IntArray, meant: IntArray) -> IntArray:
    """Those of ``rows`` that are counties and not named after the municipality that is meant.

    Steinburg is a municipality, but the county Steinburg is elsewhere; one that is named after a town
    surrounds it or, where the town is a county of its own, lies beside it.
    """
    units = lookup.units
    counties = on_level(units, rows, Level.COUNTY)
    counties = counties[~lookup.ranking.is_town_county[counties]]
    if not len(counties) or units.level[meant[0]] != Level.MUNICIPALITY:
        return counties[:0]
    own = {units.parent_ids[Level.COUNTY][row] for row in meant.tolist()}
    towns = {units.ids[row] for row in np.flatnonzero(lookup.ranking.is_town_county)}
    return counties[:0] if own & (towns | {units.ids[row] for row in counties}) else counties


def _ambiguous(lookup: Lookup, text: str, rows: IntArray) -> AmbiguousUnitError:
    candidates = lookup.sorted(rows)
    message = Message(
        "“{value}” may mean {count} units: tell them apart by key, or by name with county or state.",
        value=text, count=len(candidates),
    )  # fmt: skip
    return AmbiguousUnitError(
        message, value=text, nearest=[describe(lookup, row) for row in candidates[:CANDIDATES]]
    )


def _unknown(lookup: Lookup, text: str) -> UnknownUnitError:
    rows = _with_similar_id(lookup, text) or _with_similar_name(lookup, text)
    nearest = [describe(lookup, row) for row in rows]
    return UnknownUnitError(Message("No unit is called “{value}”.", value=text), value=text, nearest=nearest)


def _with_similar_id(lookup: Lookup, text: str) -> list[int]:
    """Units whose id is a word that begins as ``text`` does up to a hyphen ("mr-ruhr")."""
    kind, hyphen, _ = text.casefold().partition("-")
    alike = [one for one in lookup.units.ids if hyphen and one.startswith(f"{kind}-")]
    return [lookup.units.row(one) for one in nearest_values(text, alike, limit=NEAREST)]


def _with_similar_name(lookup: Lookup, text: str) -> list[int]:
    """Units that a search would find; else with the most similar names; else with the same beginning."""
    everywhere = np.ones(len(lookup.units), dtype=np.bool_)
    found = [hit.row for hit in find(lookup, text, NEAREST, everywhere)]
    if found:
        return found
    meant = readings(text)[-1].text
    rows = lookup.names.similar_to(meant, NEAREST)
    for length in range(len(meant), 0, -1):
        if len(rows):
            break
        rows = lookup.names.beginning_with(meant[:length])
    return lookup.sorted(rows)[:NEAREST]
