"""What an administrative unit is, and the table of all units of a dataset."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


class Level(StrEnum):
    """The level of an administrative unit; the values are the words of the public surface."""

    MUNICIPALITY = "municipality"
    UNINCORPORATED_AREA = "unincorporated-area"
    ASSOCIATION = "association"
    COUNTY = "county"
    GOVERNMENT_REGION = "government-region"
    STATE = "state"
    METROPOLITAN_REGION = "metropolitan-region"


PLACE_LEVELS = (Level.MUNICIPALITY, Level.UNINCORPORATED_AREA)
"""The levels whose areas tile the country; borders are measured between them."""

SELF_NAMED = ("kreis", "region", "verband", "gemeinschaft")
"""Words that make a name complete: Heidekreis, Region Hannover, Regionalverband Saarbrücken."""

COUNTY_FREE = ("Kreisfreie Stadt", "Stadtkreis")
"""Designations of counties that are a city of their own."""

PARENT_LEVELS = (Level.ASSOCIATION, Level.COUNTY, Level.GOVERNMENT_REGION, Level.STATE)
"""The levels a place belongs to, from the nearest up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrativeUnit:
    """One unit, as the dataset knows it. Unknown is ``None``."""

    id: str
    """AGS (municipality), county key, state key …; see the contract of each dataset."""
    name: str
    designation: str
    """What the unit calls itself, as published: Stadt, Markt, Landkreis, Samtgemeinde …"""
    level: Level
    ars: str | None
    """Regionalschlüssel (12 digits for a municipality), where the dataset has one."""
    association: str | None
    county: str | None
    government_region: str | None
    state: str | None
    population: int | None
    """Inhabitants; an estimate where ``population_source`` says so."""
    population_source: str | None
    area_km2: float
    """Area without water parts, square kilometres."""
    perimeter_km: float | None
    """Length of the whole boundary, kilometres, on the full-resolution geometry."""
    longitude: float
    """Of a point on the surface, degrees east (WGS 84)."""
    latitude: float
    """Of a point on the surface, degrees north (WGS 84)."""

    @property
    def population_is_estimate(self) -> bool:
        """Whether the number of inhabitants is known as an estimate only."""
        return self.population is not None and "estimate" in (self.population_source or "")

    @property
    def title(self) -> str:
        """The name as people read it: above the places with the designation (Kreis Warendorf).

        A county and its municipality, an association and its seat often bear one name.
        """
        told = any(word in self.name.lower() for word in SELF_NAMED)
        if told or self.level not in (Level.COUNTY, Level.ASSOCIATION) or self.designation in COUNTY_FREE:
            return self.name
        return f"{self.designation} {self.name}".strip()


def titles_beside(units: Iterable[AdministrativeUnit]) -> Callable[[AdministrativeUnit], str]:
    """How units are called in one list.

    A town says what it is where a county or association that is called like it is in the list too: beside
    Kreis Warendorf it is Warendorf (Stadt).
    """
    above = {
        one.name for one in units if one.level not in PLACE_LEVELS and one.designation not in COUNTY_FREE
    }

    def title(unit: AdministrativeUnit) -> str:
        told = unit.level not in PLACE_LEVELS or unit.name not in above or not unit.designation
        return unit.title if told else f"{unit.title} ({unit.designation})"

    return title


UnitOrName = str | AdministrativeUnit
"""How a unit is named to the library: by its id, by a name that is unambiguous, or by itself."""


@dataclass(frozen=True, kw_only=True, eq=False)
class UnitTable(Mapping[str, AdministrativeUnit]):
    """All units of a dataset, by id; columns are kept apart so that criteria can work on whole columns.

    Rows are sorted: places first (municipalities and unincorporated areas together, by id), then the
    levels above, each by id. Row numbers are what hierarchy, borders and engines speak of.
    """

    ids: list[str]
    names: list[str]
    designations: list[str]
    level: NDArray[np.object_]
    """(n,) :class:`Level` of each unit."""
    ars: list[str | None]
    parent_ids: dict[Level, list[str | None]]
    """For each of :data:`PARENT_LEVELS`: the id of each unit's parent, ``None`` where it has none."""
    population: NDArray[np.float64]
    """(n,) inhabitants, NaN where unknown."""
    population_source: list[str | None]
    area_km2: NDArray[np.float64]
    perimeter_km: NDArray[np.float64]
    """(n,) kilometres, NaN where not measured (metropolitan regions)."""
    xy: NDArray[np.float64]
    """(n, 2) point on the surface in the dataset's metric CRS, metres."""
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]

    @cached_property
    def _row_by_id(self) -> dict[str, int]:
        return {unit_id: row for row, unit_id in enumerate(self.ids)}

    def row(self, unit_id: str) -> int:
        """The row of the unit with this id; ``KeyError`` where there is none."""
        return self._row_by_id[unit_id]

    @cached_property
    def _made(self) -> dict[int, AdministrativeUnit]:
        return {}

    def at(self, row: int) -> AdministrativeUnit:
        """The unit in ``row``; made once, as whoever asks for one asks for its neighbours next."""
        made = self._made.get(row)
        if made is None:
            made = self._made[row] = self._make(row)
        return made

    def _make(self, row: int) -> AdministrativeUnit:
        known = not np.isnan(self.population[row])
        perimeter_km = float(self.perimeter_km[row])
        return AdministrativeUnit(
            id=self.ids[row], name=self.names[row], designation=self.designations[row], level=self.level[row],
            ars=self.ars[row], association=self.parent_ids[Level.ASSOCIATION][row],
            county=self.parent_ids[Level.COUNTY][row],
            government_region=self.parent_ids[Level.GOVERNMENT_REGION][row],
            state=self.parent_ids[Level.STATE][row],
            population=int(self.population[row]) if known else None,
            population_source=self.population_source[row] if known else None,
            area_km2=float(self.area_km2[row]), perimeter_km=None if np.isnan(perimeter_km) else perimeter_km,
            longitude=float(self.longitude[row]), latitude=float(self.latitude[row]),
        )  # fmt: skip

    def title(self, row: int) -> str:
        """The unit in ``row`` as people read its name; see :attr:`AdministrativeUnit.title`."""
        return self.at(row).title

    def rows_of(self, *levels: Level) -> NDArray[np.int64]:
        """The rows of all units on ``levels``."""
        return np.flatnonzero(np.isin(self.level, levels))

    def __getitem__(self, unit_id: str) -> AdministrativeUnit:
        return self.at(self.row(unit_id))

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._row_by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)
