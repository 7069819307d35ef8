"""The embed of an area: which of its municipalities find good partners for a service, and which do not."""

from dataclasses import replace
from typing import Any

from geoplan.atlas import Atlas
from geoplan.insight import PartnerSupply, WhiteSpots
from geoplan.messages import Message
from geoplan.units import Level
from geoplan_api.embeds.view import EmbedTable, EmbedView, county_of
from geoplan_api.planner import PlannerState
from geoplan_api.planner.gaps import supply_classes, supply_legend
from geoplan_api.planner.scene import bounds_of
from geoplan_maps.content import Content, LegendEntry
from geoplan_maps.white_spot_map import WORDS, supply_row, supply_text, white_spot_content
from geoplan_maps.wording import unit_title


def white_spots_embed(atlas: Atlas, found: WhiteSpots, state: PlannerState, lang: str) -> EmbedView:
    """Put white spots into an embed; ``state`` is the place in the planner that shows the same."""
    white = list(found.white)
    others = [one for one in found.municipalities if not one.white]
    others.sort(key=lambda one: (one.good_partners, -(one.best_score or 0.0)))
    content = white_spot_content(atlas, found, lang)
    tables = (
        _table(atlas, content.caption, white, 1, lang),
        _table(
            atlas,
            Message("Municipalities with enough good partners").text(lang),
            others,
            len(white) + 1,
            lang,
        ),
    )
    return EmbedView(
        content=_with_legend(content, found, lang), scene=_scene(atlas, found, [*white, *others], lang),
        tables=tuple(table for table in tables if table.rows),
        empty=WORDS["nothing"], scale_label=WORDS["fit"], county=county_of([found.unit]),
        planner=state.query(),
    )  # fmt: skip


def _table(atlas: Atlas, caption: str, supplies: list[PartnerSupply], first: int, lang: str) -> EmbedTable:
    return EmbedTable(
        caption=caption, value=WORDS["fit"], units=tuple(one.unit.id for one in supplies),
        rows=tuple(supply_row(atlas, one, rank, lang) for rank, one in enumerate(supplies, start=first)),
    )  # fmt: skip


def _with_legend(content: Content, found: WhiteSpots, lang: str) -> Content:
    """The words with the colours of this map, which shows how many good partners there are."""
    scale = [
        LegendEntry(sign=f"step-{step}" if step else "white", text=text.text(lang))
        for step, text in reversed(supply_legend(found))
    ]
    legend = [entry for entry in content.legend if entry.sign in ("county", "state")]
    return replace(content, scale=tuple(scale), legend=tuple(legend))


def _scene(atlas: Atlas, found: WhiteSpots, ordered: list[PartnerSupply], lang: str) -> dict[str, Any]:
    white = [one.unit.id for one in found.white]
    units = [one.unit for one in ordered]
    told = [
        {
            "id": one.unit.id, "rank": rank if one.white else None, "cls": 0, "name": one.unit.name,
            "level": one.unit.level.value, "text": supply_text(one, lang),
        }
        for rank, one in enumerate(ordered, start=1)
    ]  # fmt: skip
    area = {"id": found.unit.id, "level": found.unit.level.value, "name": unit_title(found.unit)}
    return {
        "asking": area, "level": Level.MUNICIPALITY.value, "partners": [], "group": white,
        "suggestions": told, "names": {one.id: one.name for one in units}, "gaps": [],
        "whiteSpots": supply_classes(found), "bounds": bounds_of(atlas, units), "view": found.unit.id,
    }  # fmt: skip
