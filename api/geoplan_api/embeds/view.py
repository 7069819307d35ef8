"""What an embed shows: words, map and tables, whoever they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoplan.messages import Message
from geoplan.units import AdministrativeUnit, Level
from geoplan_api.embedding import LAYERS
from geoplan_api.embeds.findings import Findings
from geoplan_api.embeds.strings import embed_strings
from geoplan_api.leaflet import VENDORED_VERSION
from geoplan_maps.content import Content
from geoplan_maps.table import Row
from geoplan_maps.wording import PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedTable:
    """One table, the twin of the map."""

    caption: str
    value: Message | None
    """What the numbers of its last column are; ``None`` where it has none."""
    rows: tuple[Row, ...]
    units: tuple[str, ...]
    """Ids of the units of the rows."""

    @property
    def lines(self) -> list[tuple[str, Row]]:
        """The rows with the ids of their units."""
        return list(zip(self.units, self.rows, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedView:
    """An embed, complete but for where its files are found."""

    content: Content
    scene: dict[str, Any]
    """What ``static/map/map.js`` draws."""
    tables: tuple[EmbedTable, ...]
    findings: Findings | None = None
    """How a network stands; ``None`` where that is not said."""
    empty: Message
    """Said in the place of an empty table."""
    scale_label: Message = PAGE["scale"]
    """What the colours stand for."""
    county: str | None
    """The county whose surroundings are drawn at once."""
    planner: str
    """The same in the planner, as the query of an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the portal wants it."""

    theme: str = "auto"
    background: str = "page"
    layers: frozenset[str] = frozenset(LAYERS)

    @property
    def root_theme(self) -> str:
        """The theme as style sheets know it; empty: as the browser prefers."""
        return "" if self.theme == "auto" else self.theme

    def scene(self, scene: Mapping[str, Any]) -> dict[str, Any]:
        """The scene without the layers that are not wanted."""
        without: dict[str, Any] = {}
        if "suggestions" not in self.layers:
            without |= {"suggestions": [], "whiteSpots": None}
        if "group" not in self.layers:
            without |= {"partners": [], "group": []}
        if "gaps" not in self.layers:
            without["gaps"] = []
        return {**scene, **without}


def embed_values(
    view: EmbedView, look: Look, config: Mapping[str, Any], *, planner: str | None, lang: str
) -> dict[str, Any]:
    """The values of ``embed/map.html``, beside language and root.

    Parameters
    ----------
    config
        The configuration of the map, see :func:`geoplan_api.map_layers.map_config`.
    planner
        Where the planner is found, without a slash at its end; ``None`` where there is none to link to.
    """
    # The source line stands below the map, with all sources.
    drawn = {**config, "attribution": None}
    if "basemap" not in look.layers:
        drawn["basemap"] = None
    return {
        "view": view, "content": view.content, "look": look, "theme": look.root_theme,
        "scene": look.scene(view.scene), "leaflet_version": VENDORED_VERSION,
        "settings": {"lang": lang, "map": drawn, "strings": embed_strings(lang)},
        "planner": None if planner is None else f"{planner}/?{view.planner}",
    }  # fmt: skip


def county_of(units: list[AdministrativeUnit]) -> str | None:
    """The county of the first unit, or that unit where it is one; ``None`` above the counties."""
    if not units:
        return None
    return units[0].id if units[0].level == Level.COUNTY else units[0].county
