"""Members that other members lie in: what a county is beside municipalities of its own that are on board."""

from dataclasses import dataclass, replace

import numpy as np

from geoplan.messages import Message
from geoplan.networks.footprint import Footprint
from geoplan.networks.headcount import Headcount, headcount
from geoplan.units import AdministrativeUnit, Level

AS_A_WHOLE = Message(
    "{name} is on board as a whole. Of its {all} municipalities {count} are members themselves"
    " ({inhabitants}, {area_km2:n0} km²); in the sum each counts once."
)
ONE_AS_A_WHOLE = Message(
    "{name} is on board as a whole. Of its {all} municipalities one is a member itself ({inhabitants},"
    " {area_km2:n0} km²); in the sum each counts once."
)
CONTAINS = Message("{name} contains other members; in the sum each inhabitant and each area counts once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A member with others that lie in it."""

    unit: AdministrativeUnit
    municipalities: int
    """How many lie in it."""
    members: int
    """How many of these are members themselves; 0 where members of another level lie in it."""
    headcount: Headcount
    """Of those members."""
    area_km2: float
    """Of those members."""

    @property
    def counted_once(self) -> Message:
        """What of it are members themselves, and that sums have them once."""
        if not self.members:
            return CONTAINS.filled(name=self.unit.title)
        said = ONE_AS_A_WHOLE if self.members == 1 else AS_A_WHOLE
        return said.filled(
            name=self.unit.title, all=self.municipalities, count=self.members,
            inhabitants=self.headcount.text, area_km2=self.area_km2,
        )  # fmt: skip


def holders_of(footprint: Footprint) -> tuple[Holder, ...]:
    """What each member is that others lie in."""
    return tuple(_holder(footprint, row) for row in footprint.holding)


def _holder(footprint: Footprint, row: int) -> Holder:
    atlas = footprint.atlas
    fellows = atlas.hierarchy.members(row, Level.MUNICIPALITY)
    inside = replace(footprint, rows=footprint.rows[np.isin(footprint.rows, fellows)])
    return Holder(
        unit=atlas.units.at(row), municipalities=len(fellows), members=len(inside.rows),
        headcount=headcount(inside), area_km2=float(atlas.units.area_km2[inside.rows].sum()),
    )  # fmt: skip
