"""Which area a planner of a unit may ask about as a whole: its own, its county or its state."""

from geoplan.atlas import Atlas
from geoplan.units import AdministrativeUnit, Level


def area_of(atlas: Atlas, unit: AdministrativeUnit) -> AdministrativeUnit | None:
    """The smallest area of several municipalities that ``unit`` is or lies in; ``None`` where there is none.

    A county-free city is a county of one municipality: there, only the state says who has nobody.
    """
    if unit.level == Level.METROPOLITAN_REGION:
        return unit
    own = (unit.id,) if unit.level != Level.MUNICIPALITY else ()
    for one in (*own, unit.county, unit.state):
        if one is not None and one in atlas.units and _municipalities(atlas, one) > 1:
            return atlas.units[one]
    return None


def _municipalities(atlas: Atlas, area: str) -> int:
    return len(atlas.hierarchy.members(atlas.units.row(area), Level.MUNICIPALITY))
