"""The plans that the operator has made public, as features: each the area of its members."""

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import UnknownPlanError
from geoplan.messages import Message
from geoplan.plans import Plan, PlanStore
from geoplan_api.ogc.collections import PLANS, content_version
from geoplan_api.ogc.served import Served
from geoplan_maps.exchange.columns import Table, texts, whole_numbers


def public_plans(store: PlanStore, ids: tuple[str, ...]) -> list[Plan]:
    """The plans with these ids that there are.

    Raises
    ------
    PlanStoreError
        The store cannot be read.
    """
    found = []
    for plan_id in ids:
        try:
            found.append(store.get(plan_id).plan)
        except UnknownPlanError:  # deleted since the operator named it
            continue
    return found


def plan_collection(atlas: Atlas, plans: list[Plan]) -> Served:
    """Public plans: title, state, service and members, and nothing else of them."""
    members = [[one for one in plan.network.members if one in atlas.units] for plan in plans]
    names = [[atlas.units[one].name for one in known] for known in members]
    table = Table(
        ids=[plan.id for plan in plans],
        columns={
            "id": texts(plan.id for plan in plans),
            "title": texts(plan.title for plan in plans),
            "state": texts(plan.state.value for plan in plans),
            "service": texts(plan.network.service for plan in plans),
            "members": texts(",".join(known) for known in members),
            "member_names": texts(", ".join(known) for known in names),
            "member_count": whole_numbers(np.array([len(plan.network.members) for plan in plans])),
        },
        crs=atlas.provenance.crs, shape="MultiPolygon",
        read_geometry=lambda: _areas(atlas, members),
    )  # fmt: skip
    return Served(
        name=PLANS, title=Message("Public plans"),
        description=Message("Networks that their operator shows to everybody: title, state and members."),
        table=table, version=f"{PLANS}-{content_version(table)}",
    )  # fmt: skip


def _areas(atlas: Atlas, members: list[list[str]]) -> NDArray[np.object_]:
    areas = np.full(len(members), shapely.MultiPolygon(), dtype=object)
    for place, known in enumerate(members):
        rows = np.array([atlas.units.row(one) for one in known], dtype=np.int64)
        if len(rows):
            areas[place] = shapely.union_all(atlas.geometry(rows))
    return areas
