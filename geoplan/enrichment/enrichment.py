"""What a dataset knows beyond boundaries: jobs, types, commuters, postcodes; read when asked for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.columns import REGISTER_FILE, Extras, damaged, read_numbers, read_texts
from geoplan.enrichment.flows import Flows, read_flows
from geoplan.enrichment.postcodes import Postcodes, read_postcodes_of
from geoplan.enrichment.profiles import Profiles, read_profiles_of
from geoplan.errors import RegisterError
from geoplan.services import CooperationRegister
from geoplan.services.register import parse_register
from geoplan.units import UnitTable

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Enrichment:
    """The figures of a dataset by the rows of its units. The population stands in the unit table itself.

    Every table is read when it is asked for first. A figure that is not known is NaN or ``None``.
    """

    units: UnitTable
    extras: Extras = field(default_factory=dict)
    sources: tuple[Mapping[str, Any], ...] = ()
    """Where the figures come from: one row a kind."""

    @cached_property
    def _numbers(self) -> Mapping[str, FloatArray]:
        return read_numbers(self.extras, self.units.ids)

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[str | None]]:
        return read_texts(self.extras, self.units.ids)

    @property
    def jobs(self) -> FloatArray:
        """(n,) jobs subject to social insurance at the place of work (Beschäftigte am Arbeitsort)."""
        return self._numbers["jobs"]

    @property
    def degurba(self) -> FloatArray:
        """(n,) degree of urbanisation (Grad der Verstädterung): 1 city, 2 town or suburb, 3 rural."""
        return self._numbers["degurba"]

    @property
    def centre(self) -> FloatArray:
        """(n, 2) longitude and latitude of the centre (Mittelpunkt) that the publisher gives, degrees."""
        numbers = self._numbers
        return np.column_stack([numbers["centre_longitude"], numbers["centre_latitude"]])

    @property
    def published_area_km2(self) -> FloatArray:
        """(n,) area of the cadastre (Katasterfläche), waters included."""
        return self._numbers["published_area_km2"]

    @cached_property
    def density_per_km2(self) -> FloatArray:
        """(n,) inhabitants per km² (Bevölkerungsdichte) of the published area, else of the land."""
        area = np.where(np.isnan(self.published_area_km2), self.units.area_km2, self.published_area_km2)
        density = np.full(len(area), np.nan)
        np.divide(self.units.population, area, out=density, where=area > 0)
        return density

    @property
    def city_type(self) -> Sequence[str | None]:
        """City or municipality type of the BBSR (Stadt- und Gemeindetyp): 10 Großstadt … 50 Landgemeinde."""
        return self._texts["city_type"]

    @property
    def mittelbereich(self) -> Sequence[str | None]:
        """Catchment of a Mittelzentrum (Mittelbereich), key of the BBSR."""
        return self._texts["mittelbereich"]

    @property
    def planning_region(self) -> Sequence[str | None]:
        """Spatial planning region (Raumordnungsregion), key of the BBSR."""
        return self._texts["planning_region"]

    @property
    def labour_market_region(self) -> Sequence[str | None]:
        """Labour-market region (Arbeitsmarktregion), key of the BBSR."""
        return self._texts["labour_market_region"]

    @property
    def county_type(self) -> Sequence[str | None]:
        """Settlement type of the county (siedlungsstruktureller Kreistyp): 1 city … 4 thinly populated."""
        return self._texts["county_type"]

    def name_of(self, column: str, row: int) -> str | None:
        """What a key of the BBSR stands for: ``name_of("mittelbereich", row)``."""
        return self._texts[f"{column}_name"][row]

    @cached_property
    def flows(self) -> Flows:
        """Commuters from unit to unit (Pendlerverflechtung)."""
        return read_flows(self.extras, len(self.units))

    @cached_property
    def postcodes(self) -> Postcodes:
        """Postcodes (Postleitzahlen) of the municipalities."""
        return read_postcodes_of(self.extras, self.units.ids)

    @cached_property
    def profiles(self) -> Profiles:
        """Which services municipalities have, need and offer."""
        return read_profiles_of(self.extras, self.units.ids)


def register_of(extras: Extras, units: UnitTable) -> CooperationRegister:
    """The register of cooperations that lies in a dataset; empty where there is none.

    Raises
    ------
    DatasetError
        The register is damaged.
    """
    if REGISTER_FILE not in extras:
        return CooperationRegister()
    try:
        return parse_register(json.loads(extras[REGISTER_FILE]())).known(units)
    except (RegisterError, ValueError, RecursionError) as error:
        raise damaged(REGISTER_FILE) from error
