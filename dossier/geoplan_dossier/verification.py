"""Whether a dossier says what geoplan computes: recomputed from its request and compared leaf by leaf."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_dossier.dossier import checksum
from geoplan_dossier.making import make_dossier, origin_of
from geoplan_dossier.reading import Record

SAME = 1e-9
"""Relative: what the last bits of a sum may differ by between machines."""
MISSING = "∅"
"""What stands for a field that is not there."""


class Verdict(StrEnum):
    """What became of it."""

    VERIFIED = "verified"
    DIFFERS = "differs"
    OTHER_DATASET = "other-dataset"
    OTHER_VERSION = "other-version"

    @property
    def label(self) -> Message:
        """The verdict for a reader."""
        return _LABELS[self]


_LABELS = {
    Verdict.VERIFIED: Message("Verified: every field is what geoplan computes from the request."),
    Verdict.DIFFERS: Message("Not verified: the dossier says something else than geoplan computes."),
    Verdict.OTHER_DATASET: Message("Not verified: the dossier was made with other data than are at hand."),
    Verdict.OTHER_VERSION: Message(
        "Not verified: the dossier was made by another version of geoplan, which computes something else."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that is not what it should be."""

    field: str
    """Its path, e.g. ``results.network.checks[3].status``."""
    kept: Any
    """What the dossier says."""
    computed: Any
    """What it should say."""

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON."""
        return {"field": self.field, "kept": self.kept, "computed": self.computed}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The verdict, and the fields it rests on."""

    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    """In the order of the document."""
    kept_version: str
    version: str

    def to_dict(self) -> dict[str, Any]:
        """The verification as JSON."""
        return {
            "verdict": self.verdict.value, "differences": [one.to_dict() for one in self.differences],
            "geoplan_version": {"kept": self.kept_version, "computed": self.version},
        }  # fmt: skip


def verify(record: Record, atlas: Atlas) -> Verification:
    """Compute the dossier once more with the data at hand, and compare.

    Data other than those of the dossier are told and nothing is computed; the same holds for a request
    that is not the one its checksum was made for. Errors of :func:`~geoplan_dossier.make_dossier` pass.
    """
    origin, kept = origin_of(atlas).to_dict(), record.kept
    kept_version, version = str(kept["geoplan_version"]), origin["geoplan_version"]

    def verdict(said: Verdict, found: tuple[Difference, ...]) -> Verification:
        return Verification(verdict=said, differences=found, kept_version=kept_version, version=version)

    parts = ("data", "files", "register")
    strange = _all({key: kept[key] for key in parts}, {key: origin[key] for key in parts}, "")
    if strange:
        return verdict(Verdict.OTHER_DATASET, strange)
    asked = _all(kept["sha256"].get("request"), checksum(kept["request"]), "sha256.request")
    if asked:
        return verdict(Verdict.DIFFERS, asked)
    found = _all(kept["results"], _recomputed(record, atlas), "results")
    found += _all(kept["sha256"].get("results"), checksum(kept["results"]), "sha256.results")
    if not found:
        return verdict(Verdict.VERIFIED, ())
    return verdict(Verdict.DIFFERS if kept_version == version else Verdict.OTHER_VERSION, found)


def _recomputed(record: Record, atlas: Atlas) -> dict[str, Any]:
    request = record.request
    dossier = make_dossier(
        atlas, request.members, service=request.service, on=request.on, intentions=request.intentions,
        plan=request.plan, seeds=request.seeds, weights=request.weights,
    )  # fmt: skip
    return dossier.results(record.lang)


def _all(kept: object, computed: object, path: str) -> tuple[Difference, ...]:
    return tuple(_differences(kept, computed, path))


def _differences(kept: object, computed: object, path: str) -> Iterator[Difference]:
    if isinstance(kept, Mapping) and isinstance(computed, Mapping):
        for key in dict.fromkeys([*computed, *kept]):
            inner = f"{path}.{key}" if path else str(key)
            yield from _differences(kept.get(key, MISSING), computed.get(key, MISSING), inner)
    elif isinstance(kept, list) and isinstance(computed, list):
        for place in range(max(len(kept), len(computed))):
            one, other = (part[place] if place < len(part) else MISSING for part in (kept, computed))
            yield from _differences(one, other, f"{path}[{place}]")
    elif not _same(kept, computed):
        yield Difference(field=path, kept=kept, computed=computed)


def _same(kept: object, computed: object) -> bool:
    if _is_number(kept) and _is_number(computed):
        return math.isclose(float(str(kept)), float(str(computed)), rel_tol=SAME, abs_tol=SAME)
    return kept == computed and type(kept) is type(computed)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
