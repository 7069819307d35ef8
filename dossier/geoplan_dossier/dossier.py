"""What a dossier is: a checked network with all that is said of it, on which data, by which version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoplan.atlas import Atlas
from geoplan.networks import Network
from geoplan.plans.checklist import ChecklistItem
from geoplan.provenance import source_name
from geoplan.units import AdministrativeUnit
from geoplan_dossier.request import DossierRequest

FORMAT = "geoplan-dossier-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as the dossier lists it."""

    number: int
    """From 1; the map writes it too."""
    unit: AdministrativeUnit
    title: str
    """What it is called among the members."""
    inhabitants: int | None
    """Of a county those of its municipalities, where its own are unknown."""
    county: str | None
    """Its name; ``None`` for a county, a county-free city or where it is unknown."""
    state: str | None
    fit: float | None
    """0 … 1, the mean of its pairs; ``None`` for a single member."""
    seed: bool
    """Whether it asked for the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonBorder:
    """A border between two members."""

    one: str
    other: str
    border_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the dossier was computed with."""

    geoplan_version: str
    data: Mapping[str, Any]
    """The source row."""
    files: Mapping[str, str]
    """sha256 by file of the dataset; of its columns where the dataset has no list of files."""
    register: str | None
    """sha256 of the register of cooperations; ``None`` where none is loaded."""

    def to_dict(self) -> dict[str, Any]:
        """The origin as JSON."""
        return {
            "geoplan_version": self.geoplan_version, "data": dict(self.data), "files": dict(self.files),
            "register": self.register,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dossier:
    """A dossier; it says itself in either language."""

    atlas: Atlas
    """Whose geometry is drawn."""
    request: DossierRequest
    network: Network
    members: tuple[Member, ...]
    borders: tuple[CommonBorder, ...]
    neighbours: tuple[AdministrativeUnit, ...]
    """Units of the members' levels that border a member, are none and lie in none; sorted by id."""
    checklist: tuple[ChecklistItem, ...]
    """What the plan has and lacks at its stage; empty without a plan."""
    origin: Origin

    def results(self, lang: str) -> dict[str, Any]:
        """What was computed, as JSON."""
        return {
            "network": self.network.to_dict(lang),
            "members": [_member(member, lang) for member in self.members],
            "borders": [
                {"one": one.one, "other": one.other, "border_km": round(one.border_km, 4)}
                for one in self.borders
            ],
            "neighbours": [{"id": unit.id, "name": unit.name} for unit in self.neighbours],
            "checklist": [item.to_dict(lang) for item in self.checklist],
        }

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The record: request, results, where they come from, and a checksum of each."""
        request, results = self.request.to_dict(), self.results(lang)
        return {
            "format": FORMAT, "lang": lang, "request": request, "results": results,
            **self.origin.to_dict(),
            "sha256": {"request": checksum(request), "results": checksum(results)},
        }  # fmt: skip


def checksum(value: Any) -> str:
    """sha256 of a value as canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _member(member: Member, lang: str) -> dict[str, Any]:
    unit = member.unit
    return {
        "number": member.number, "id": unit.id, "name": unit.name, "designation": unit.designation,
        "level": unit.level.value, "county": member.county, "state": member.state,
        "population": member.inhabitants,
        "population_source": source_name(unit.population_source, lang),
        "area_km2": unit.area_km2, "fit": member.fit, "seed": member.seed,
    }  # fmt: skip
