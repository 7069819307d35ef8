"""Which municipalities a postcode means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from geoplan.errors import AmbiguousUnitError, UnknownUnitError
from geoplan.messages import Message
from geoplan.search.identifiers import NEAREST, nearest_rows
from geoplan.units import UnitTable

DIGITS = 5
"""Of a German postcode (Postleitzahl), and of a county key: a text may be both."""

ADDED_BY = Message("Postcodes are added by “geoplan data enrich”.")
NONE_HERE = Message("The dataset has no postcodes; “geoplan data enrich” adds them.")
"""Both are for whoever runs geoplan."""


class PostcodeEntry(Protocol):
    """A postcode in a municipality."""

    @property
    def row(self) -> int:
        """Row of the municipality."""

    @property
    def postcode(self) -> str:
        """The postcode."""

    @property
    def share(self) -> float | None:
        """Share of the municipality that has it, 0 … 1; ``None`` where unknown."""


class PostcodeSource(Protocol):
    """The postcodes of municipalities, many to many."""

    @property
    def entries(self) -> Sequence[PostcodeEntry]:
        """All of them."""

    def serving(self, postcode: str) -> Sequence[PostcodeEntry]:
        """Those of a postcode."""


@dataclass(frozen=True, slots=True)
class NoPostcodes:
    """What a dataset knows of postcodes that was not enriched."""

    entries: tuple[PostcodeEntry, ...] = ()

    def serving(self, postcode: str) -> tuple[PostcodeEntry, ...]:  # noqa: ARG002 - none, whichever is asked for
        """No municipality."""
        return ()


def is_no_key(units: UnitTable, text: str) -> bool:
    """Say whether five digits cannot be a county key with a slip: no state of the dataset begins so."""
    return not any(unit_id.startswith(text[:2]) for unit_id in units.ids)


def may_be_postcode(units: UnitTable, text: str) -> bool:
    """Say whether ``text`` is written like a German postcode, in a dataset with German keys."""
    return len(text) == DIGITS and text.isascii() and text.isdecimal() and any(units.ars)


def sorted_by_share(units: UnitTable, entries: Sequence[PostcodeEntry]) -> list[PostcodeEntry]:
    """The entries with the largest share first, those of unknown share last; then by inhabitants."""

    def rank(entry: PostcodeEntry) -> tuple[float, float, int]:
        share = 1.0 if entry.share is None else -entry.share
        return (share, -float(np.nan_to_num(units.population[entry.row], nan=-1.0)), entry.row)

    return sorted(entries, key=rank)


def ambiguous_postcode(text: str, described: Sequence[str]) -> AmbiguousUnitError:
    """Say that a postcode is that of several municipalities."""
    message = Message(
        "The postcode “{value}” is that of {count} municipalities.", value=text, count=len(described)
    )
    return AmbiguousUnitError(message, value=text, nearest=described)


def unknown_postcode(units: UnitTable, source: PostcodeSource, text: str) -> UnknownUnitError:
    """Say that five digits are no key and no postcode, with the nearest keys, else the nearest postcodes."""
    rows = [] if is_no_key(units, text) else nearest_rows(units, text)
    nearest = [f"{units.ids[row]} ({units.names[row]})" for row in rows]
    if not source.entries:
        message = Message(
            "No unit has the key “{value}”, and there are no data on postcodes here: enter the name of the"
            " place.",
            value=text,
        )
        unknown = UnknownUnitError(message, value=text, nearest=nearest)
        unknown.remedy = ADDED_BY
        return unknown
    known = {entry.postcode: entry.row for entry in reversed(source.entries)}
    if not nearest:
        near = sorted(filter(str.isdecimal, known), key=lambda one: (abs(int(one) - int(text)), one))
        nearest = [f"{one} ({units.names[known[one]]})" for one in near[:NEAREST]]
    message = Message(
        "“{value}” is neither a key nor one of the {count:n0} postcodes of the dataset.",
        value=text, count=len(known),
    )  # fmt: skip
    return UnknownUnitError(message, value=text, nearest=nearest)
