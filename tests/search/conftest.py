"""A small country to search in, with the namesakes that a large one has."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from geoplan.search import NameIndex
from geoplan.units import PARENT_LEVELS, Level, UnitTable

#: id, name, designation, level, inhabitants (None: unknown), association, county, state
Row = tuple[str, str, str, Level, float | None, str | None, str | None, str | None]

TOWN, FOREST = Level.MUNICIPALITY, Level.UNINCORPORATED_AREA
UNION, COUNTY, REGION, STATE = Level.ASSOCIATION, Level.COUNTY, Level.GOVERNMENT_REGION, Level.STATE

ROWS: list[Row] = [
    # A county named after its town, and a neighbour in it.
    ("05570044", "Telgte", "Stadt", TOWN, 19_000, None, "05570", "05"),
    ("05570052", "Warendorf", "Stadt", TOWN, 37_000, None, "05570", "05"),
    # A town that is a county of its own, beside the county named after it.
    ("09663000", "Würzburg", "Stadt", TOWN, 125_000, None, "09663", "09"),
    ("09679143", "Hausen b. Würzburg", "Gemeinde", TOWN, 2_400, None, "09679", "09"),
    # A city that is county and state as well.
    ("11000000", "Berlin", "Stadt", TOWN, 3_400_000, None, "11000", "11"),
    # Many of one name, none of them without a suffix.
    ("06534016", "Neustadt (Hessen)", "Stadt", TOWN, 9_000, None, "06534", "06"),
    ("07316000", "Neustadt an der Weinstraße", "Stadt", TOWN, 53_000, None, "07316", "07"),
    ("09575153", "Neustadt a.d. Aisch", "Stadt", TOWN, 12_000, None, "09575", "09"),
    ("16062036", "Neustadt/Harz", "Gemeinde", TOWN, None, None, "16062", "16"),
    # Several with exactly the same name.
    ("01051075", "Neuenkirchen", "Gemeinde", TOWN, 1_000, None, "01051", "01"),
    ("05566060", "Neuenkirchen", "Gemeinde", TOWN, 14_000, None, "05566", "05"),
    # A village whose name is that of a town for short, and a city whose name a village has for short.
    ("07134091", "Weiden", "Gemeinde", TOWN, 80, None, "07134", "07"),
    ("09363000", "Weiden i.d. OPf.", "Stadt", TOWN, 42_000, None, "09363", "09"),
    ("05113000", "Essen", "Stadt", TOWN, 580_000, None, "05113", "05"),
    ("03453006", "Essen (Oldenburg)", "Gemeinde", TOWN, 8_000, None, "03453", "03"),
    # A town of one county, and elsewhere a county with its name.
    ("01062091", "Steinburg", "Gemeinde", TOWN, 2_700, None, "01062", "01"),
    # A municipality, its association and a forest with its name.
    ("07132501", "Altenkirchen (Westerwald)", "Stadt", TOWN, 6_000, "071325001", "07132", "07"),
    ("03154013", "Königslutter am Elm", "Stadt", TOWN, 15_000, None, "03154", "03"),
    ("03154503", "Königslutter", "Gemeindefreies Gebiet", FOREST, None, None, "03154", "03"),
    # Names that are written in many ways.
    ("05382056", "Sankt Augustin", "Stadt", TOWN, 55_000, None, "05382", "05"),
    ("10045117", "St. Ingbert", "Stadt", TOWN, 36_000, None, "10045", "10"),
    ("09180117", "Garmisch-Partenkirchen", "Markt", TOWN, 27_000, None, "09180", "09"),
    ("16070028", "Amt Wachsenburg", "Gemeinde", TOWN, 7_500, None, "16070", "16"),
    ("09175127", "Markt Schwaben", "Markt", TOWN, 13_000, None, "09175", "09"),
    ("06531005", "Gießen", "Stadt", TOWN, 89_000, None, "06531", "06"),
    ("01062003", "Badendorf", "Gemeinde", TOWN, 800, None, "01062", "01"),
    ("09187128", "Bad Endorf", "Markt", TOWN, 8_000, None, "09187", "09"),
    ("09677456", "Fürstl. Löwenstein'scher Park", "Gemeindefreies Gebiet", FOREST, None, None, "09677", "09"),
    ("09571196", "Sachsen b. Ansbach", "Gemeinde", TOWN, 3_000, None, "09571", "09"),
    ("03241001", "Hannover", "Stadt", TOWN, 520_000, None, "03241", "03"),
    ("071325001", "Altenkirchen (Westerwald)", "Verbandsgemeinde", UNION, None, None, "07132", "07"),
    ("01061", "Steinburg", "Kreis", COUNTY, 131_000, None, None, "01"),
    ("03241", "Region Hannover", "Landkreis", COUNTY, None, None, None, "03"),
    ("05382", "Rhein-Sieg-Kreis", "Kreis", COUNTY, None, None, None, "05"),
    ("05566", "Steinfurt", "Kreis", COUNTY, None, None, None, "05"),
    ("05570", "Warendorf", "Kreis", COUNTY, 277_000, None, None, "05"),
    ("06534", "Marburg-Biedenkopf", "Landkreis", COUNTY, None, None, None, "06"),
    ("09180", "Garmisch-Partenkirchen", "Landkreis", COUNTY, None, None, None, "09"),
    ("09363", "Weiden i.d. OPf.", "Kreisfreie Stadt", COUNTY, None, None, None, "09"),
    ("09663", "Würzburg", "Kreisfreie Stadt", COUNTY, None, None, None, "09"),
    ("09679", "Würzburg", "Landkreis", COUNTY, 160_000, None, None, "09"),
    ("11000", "Berlin", "Kreisfreie Stadt", COUNTY, None, None, None, "11"),
    ("097", "Schwaben", "Regierungsbezirk", REGION, None, None, None, "09"),
    ("05", "Nordrhein-Westfalen", "Land", STATE, None, None, None, None),
    ("06", "Hessen", "Land", STATE, None, None, None, None),
    ("09", "Bayern", "Freistaat", STATE, None, None, None, None),
    ("11", "Berlin", "Land", STATE, None, None, None, None),
    ("14", "Sachsen", "Freistaat", STATE, None, None, None, None),
]


def _table(rows: Sequence[Row]) -> UnitTable:
    count = len(rows)
    parents: dict[Level, list[str | None]] = {level: [None] * count for level in PARENT_LEVELS}
    parents |= {
        UNION: [row[5] for row in rows],
        COUNTY: [row[6] for row in rows],
        STATE: [row[7] for row in rows],
    }
    ars = [f"{key[:5]}0000{key[5:]}" if key.isdecimal() and len(key) == 8 else None for key, *_ in rows]
    return UnitTable(
        ids=[row[0] for row in rows], names=[row[1] for row in rows], designations=[row[2] for row in rows],
        level=np.array([row[3] for row in rows], dtype=object),
        ars=ars, parent_ids=parents,
        population=np.array([np.nan if row[4] is None else row[4] for row in rows], dtype=float),
        population_source=["made up"] * count, area_km2=np.ones(count), perimeter_km=np.ones(count),
        xy=np.zeros((count, 2)), longitude=np.zeros(count), latitude=np.zeros(count),
    )  # fmt: skip


@pytest.fixture(scope="session")
def table() -> Callable[[Sequence[Row]], UnitTable]:
    """Make a table of units of these rows."""
    return _table


@pytest.fixture(scope="session")
def country() -> UnitTable:
    """The small country."""
    return _table(ROWS)


@pytest.fixture(scope="session")
def index(country: UnitTable) -> NameIndex:
    """Its names."""
    return NameIndex(country)


@pytest.fixture(scope="session")
def resolved(country: UnitTable, index: NameIndex) -> Callable[[str], str]:
    """The id that a text means."""
    return lambda text: country.ids[index.resolve(text)]


@pytest.fixture(scope="session")
def found(index: NameIndex) -> Callable[..., list[str]]:
    """The ids that a search finds, best first."""
    return lambda text, **options: [result.unit.id for result in index.search(text, **options)]
