"""The pages of a site in one language: an index, a page a municipality and service, white spots a service."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geoplan.atlas import Atlas
from geoplan.insight import white_spots
from geoplan.messages import Localised, Message
from geoplan.services import find_service
from geoplan.units import AdministrativeUnit, Level
from geoplan_api.embeds import EmbedView, Look, embed_values, suggestions_embed, white_spots_embed
from geoplan_api.html import rendered
from geoplan_api.map_layers import around, map_config, shown_units
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.site_export.assets import SURROUNDINGS
from geoplan_maps.content import sources
from geoplan_maps.layers import MapLayers
from geoplan_maps.wording import population, unit_title

GENERAL = "general"
"""The folder of pages that are about no service."""
WHITE_SPOTS = "white-spots.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What the pages of one folder are about."""

    folder: str
    service: str
    """Empty: cooperation in general."""
    label: Localised


@dataclass(frozen=True, kw_only=True)
class LanguageSite:
    """A site in one language."""

    atlas: Atlas
    county: AdministrativeUnit
    services: tuple[str, ...]
    lang: str
    folder: str
    """Where its pages lie: empty, or a name with a slash at its end."""
    planner: str | None
    others: tuple[tuple[str, str], ...]
    """The other languages, and the way from this index to theirs."""

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """One a service; without services, cooperation in general."""
        if not self.services:
            return (Topic(folder=GENERAL, service="", label=Message("Partners")),)
        return tuple(Topic(folder=key, service=key, label=find_service(key).label) for key in self.services)

    @cached_property
    def municipalities(self) -> tuple[AdministrativeUnit, ...]:
        """Those of the county, by name."""
        rows = self.atlas.hierarchy.members(self.atlas.units.row(self.county.id), Level.MUNICIPALITY)
        return tuple(sorted(map(self.atlas.units.at, rows.tolist()), key=lambda unit: (unit.name, unit.id)))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The pages by path below the site's folder."""
        yield f"{self.folder}index.html", self._index().encode()
        for topic in self.topics:
            for unit in self.municipalities:
                page = self._page(self._suggestions(unit, topic), topic, unit_title(unit))
                yield f"{self.folder}{topic.folder}/{unit.id}.html", page.encode()
            if topic.service:
                page = self._page(self._white_spots(topic), topic, Message("White spots").text(self.lang))
                yield f"{self.folder}{topic.folder}/{WHITE_SPOTS}", page.encode()

    def _suggestions(self, unit: AdministrativeUnit, topic: Topic) -> EmbedView:
        state = PlannerState(unit=unit.id, service=topic.service, lang=self.lang)
        return suggestions_embed(
            PlannerContext(atlas=self.atlas, state=state, lang=self.lang, base=self.planner or "", desk=False)
        )

    def _white_spots(self, topic: Topic) -> EmbedView:
        found = white_spots(self.atlas, self.county.id, service=topic.service)
        state = PlannerState(unit=self.county.id, service=topic.service, panel="white-spots", lang=self.lang)
        return white_spots_embed(self.atlas, found, state, self.lang)

    def _page(self, view: EmbedView, topic: Topic, name: str) -> str:
        root = self._root(1)
        layers = MapLayers(atlas=self.atlas)
        config = around(map_config(layers, root), self.county.id, self._further(layers, view))
        values = embed_values(view, Look(), config, planner=self.planner, lang=self.lang)
        county = unit_title(self.county)
        return rendered(
            "site/map.html", lang=self.lang, root=root, county=county, topic=topic, name=name, **values
        )

    def _further(self, layers: MapLayers, view: EmbedView) -> list[str]:
        """Counties that a page is about too, as far as the site has them."""
        exported = {self.atlas.units.ids[row] for row in layers.near(self.county.id, SURROUNDINGS).tolist()}
        return [one for one in layers.beyond(self.county.id, shown_units(view.scene)) if one in exported]

    def _index(self) -> str:
        values: dict[str, Any] = {
            "county": unit_title(self.county), "topics": self.topics, "others": self.others,
            "units": [
                (unit.id, unit_title(unit), population(self.atlas, unit, self.lang))
                for unit in self.municipalities
            ],
            "white_spots": WHITE_SPOTS, "sources": sources(self.atlas.provenance, self.lang),
            "planner": self.planner, "theme": "",
        }  # fmt: skip
        return rendered("site/index.html", lang=self.lang, root=self._root(0), **values)

    def _root(self, depth: int) -> str:
        """The way from a page up to the site's folder."""
        return "/".join([".."] * (depth + (1 if self.folder else 0))) or "."
