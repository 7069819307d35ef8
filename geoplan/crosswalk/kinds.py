"""Which kind of change a unit went through, from the links between the units of two vintages."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from geoplan.crosswalk.links import IntArray, Links, largest
from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values

BoolArray = NDArray[np.bool_]
StrArray = NDArray[np.str_]

JOINED = "+"
"""Between the kinds of one change: ``merged+re-keyed``."""
MOST = 0.8
"""A unit that keeps this share of its area in one successor goes on in it, whatever that is called."""


class Kind(StrEnum):
    """What happened to a unit; the values are the words of the public surface."""

    UNCHANGED = "unchanged"
    MERGED = "merged"
    """Its successor consists of several units that were whole before."""
    SPLIT = "split"
    """It was divided, or a part of it became a unit of its own."""
    BORDER_CHANGE = "border-change"
    """It goes on, and gave a part of its area or got one."""
    RENAMED = "renamed"
    """It (or what it merged into) has a name that no predecessor had."""
    REKEYED = "re-keyed"
    """It (or what it merged into) has a key that no predecessor had."""
    GONE = "gone"
    """Nothing in the other vintage lies where it was, or belongs to its level."""


def parse_kind(text: str) -> Kind:
    """Read a kind.

    Raises
    ------
    UnknownChoiceError
        Not one of :class:`Kind`; names the nearest.
    """
    if text in list(Kind):
        return Kind(text)
    kinds = [kind.value for kind in Kind]
    message = Message("There is no kind of change “{value}”.", value=text)
    raise UnknownChoiceError(message, value=text, nearest=nearest_values(text, kinds, limit=len(kinds)))


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Keys and names on both sides."""

    old_ids: StrArray
    old_names: StrArray
    new_ids: StrArray
    new_names: StrArray


def kinds_of(links: Links, labels: Labels) -> list[tuple[Kind, ...]]:
    """The kinds of each old unit, in the order of :class:`Kind`."""
    main = links.main_successor()
    flags = {Kind.GONE: main < 0, **_structure(links, main, labels), **_labelling(links, main, labels)}
    flags[Kind.UNCHANGED] = ~np.logical_or.reduce(list(flags.values()))
    return [
        tuple(kind for kind in Kind if flags[kind][old]) for old in range(links.old_count)
    ]  # fmt: skip


def _structure(links: Links, main: IntArray, labels: Labels) -> dict[Kind, BoolArray]:
    """Merged, split, border change."""
    has = main >= 0
    parts = np.bincount(links.old, minlength=links.old_count)
    whole = _mostly_in_main(links)
    # One place more than there are new units: that is where -1, no successor, looks.
    wholes = np.bincount(main[has & whole], minlength=links.new_count + 1)
    merged = has & whole & (wholes[main] > 1)
    split = _spun_off(links, main) | ((parts > 1) & ~(whole | _same_label(main, labels)))
    gave = (parts > 1) & ~split
    givers = np.bincount(links.new, minlength=links.new_count + 1)
    got = has & ~split & (givers[main] > np.maximum(wholes[main], 1))
    return {Kind.MERGED: merged, Kind.SPLIT: split, Kind.BORDER_CHANGE: gave | got}


def _mostly_in_main(links: Links) -> BoolArray:
    """Whether an old unit went into its main successor with most of its area."""
    whole = np.zeros(links.old_count, dtype=np.bool_)
    whole[links.old[links.is_main]] = links.share[links.is_main] >= MOST
    return whole


def _spun_off(links: Links, main: IntArray) -> BoolArray:
    """Whether a part of an old unit became a unit of its own: one that is no unit's main successor."""
    is_main_of_any = np.bincount(main[main >= 0], minlength=links.new_count) > 0
    source = largest(links.new, links.area, links.new_count)
    off = (source[links.new] == np.arange(len(links.new))) & ~is_main_of_any[links.new]
    spun_off = np.zeros(links.old_count, dtype=np.bool_)
    spun_off[links.old[off]] = True
    return spun_off


def _same_label(main: IntArray, labels: Labels) -> BoolArray:
    """Whether an old unit has key or name in common with its main successor."""
    has = main >= 0
    same = np.zeros(len(main), dtype=np.bool_)
    same[has] = (labels.old_ids[has] == labels.new_ids[main[has]]) | (
        labels.old_names[has] == labels.new_names[main[has]]
    )
    return same


def _labelling(links: Links, main: IntArray, labels: Labels) -> dict[Kind, BoolArray]:
    """Renamed, re-keyed: no unit that goes into the successor had its name, its key."""
    goes_on = (main >= 0) & (_mostly_in_main(links) | _same_label(main, labels))
    return {
        Kind.RENAMED: goes_on & _none_had(main, labels.old_names, labels.new_names),
        Kind.REKEYED: goes_on & _none_had(main, labels.old_ids, labels.new_ids),
    }


def _none_had(main: IntArray, old: StrArray, new: StrArray) -> BoolArray:
    has = np.flatnonzero(main >= 0)
    kept = np.zeros(len(new), dtype=np.bool_)
    kept[main[has][old[has] == new[main[has]]]] = True
    none_had = np.zeros(len(main), dtype=np.bool_)
    none_had[has] = ~kept[main[has]]
    return none_had
