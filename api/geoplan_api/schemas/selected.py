"""What answers look like where `fields` has chosen some of each row."""

from pydantic import Field

from geoplan_api.schemas.answer import Data, Described, Links
from geoplan_api.schemas.suggestions import Constellation, Flag


class SelectedRow(Described):
    """A row with the chosen fields; each looks as it does in the whole row."""

    id: str


class SelectedUnit(SelectedRow):
    """A unit with the chosen fields."""

    data: Data


class SelectedUnits(Described):
    """Search results with the chosen fields."""

    results: list[SelectedRow]
    links: Links | None = None
    unknown: list[str] = Field(default=[], description="With `ids`: those that nobody has.")
    data: Data


class SelectedNeighbours(Described):
    """Neighbours with the chosen fields."""

    unit: str
    neighbours: list[SelectedRow]
    links: Links | None = None
    data: Data


class SelectedSuggestions(Described):
    """Suggestions with the chosen fields."""

    unit: str
    partners: list[str] = Field(alias="with")
    type: str
    service: str | None
    suggestions: list[SelectedRow]
    constellations: list[Constellation] = Field(default=[])
    flags: list[Flag]
    links: Links | None = None
    data: Data
