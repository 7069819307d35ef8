"""The planner page: one question, its answer and what is built from it, each state an address."""

from geoplan_api.planner.asking import Search
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.page import planner_values
from geoplan_api.planner.sliders import only_moved
from geoplan_api.planner.state import PlannerQuery, PlannerState, read_state

__all__ = [
    "PlannerContext",
    "PlannerQuery",
    "PlannerState",
    "Search",
    "only_moved",
    "planner_values",
    "read_state",
]
