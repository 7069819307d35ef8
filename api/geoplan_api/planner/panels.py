"""What can be opened for a group or an area, and who fills it."""

from collections.abc import Callable
from typing import Any

from geoplan_api.planner.building import build_panel
from geoplan_api.planner.checking import check_panel
from geoplan_api.planner.comparing import compare_panel
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.embedding import embed_panel
from geoplan_api.planner.gaps import white_spots_panel
from geoplan_api.planner.saving import save_panel

PANELS: dict[str, Callable[[PlannerContext], dict[str, Any]]] = {
    "build": build_panel,
    "check": check_panel,
    "save": save_panel,
    "compare": compare_panel,
    "embed": embed_panel,
    "white-spots": white_spots_panel,
}
"""By the name in the address: the values of the template ``planner/panel_NAME.html``."""


def panel_values(context: PlannerContext) -> dict[str, Any] | None:
    """The values of the panel that is open; ``None`` where there is none."""
    fill = PANELS.get(context.state.panel)
    return None if fill is None else fill(context)
