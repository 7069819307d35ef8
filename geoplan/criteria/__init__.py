"""Why two units might cooperate: one pure function per criterion, with formula, unit and source."""

from geoplan.criteria.administration import SAME_ASSOCIATION, SAME_COUNTY, SAME_GOVERNMENT_REGION, SAME_STATE
from geoplan.criteria.city_region import CENTRE_PULL, RING_SHARE, SIZE_CONTRAST
from geoplan.criteria.criterion import Criterion, Measure
from geoplan.criteria.enriched import (
    COMMUTER_TIES,
    SAME_LABOUR_MARKET,
    SAME_MITTELBEREICH,
    SAME_PLANNING_REGION,
    SERVICE_PROFILE,
)
from geoplan.criteria.geography import BORDER_SHARE, CHAIN, CLOSENESS, ENCLOSURE
from geoplan.criteria.membership import BELONGS_TO, SHARED_MEMBERS, SHARED_REGION
from geoplan.criteria.size import CAPACITY, OWN_NEED, SIMILAR_DENSITY, SIZE_PARITY, SMALL_SIZE
from geoplan.criteria.task import TASK_LEVEL
from geoplan.criteria.ties import COMMON_PARTNERS, PRIOR_COOPERATION
from geoplan.criteria.view import View

CRITERIA: dict[str, Criterion] = {
    criterion.key: criterion
    for criterion in (
        BORDER_SHARE, ENCLOSURE, CLOSENESS, CHAIN,
        SAME_COUNTY, SAME_ASSOCIATION, SAME_STATE, SAME_GOVERNMENT_REGION,
        SIZE_PARITY, SIMILAR_DENSITY, SMALL_SIZE, OWN_NEED, CAPACITY, SIZE_CONTRAST, CENTRE_PULL, RING_SHARE,
        PRIOR_COOPERATION, COMMON_PARTNERS,
        COMMUTER_TIES, SAME_MITTELBEREICH, SAME_LABOUR_MARKET, SAME_PLANNING_REGION, SERVICE_PROFILE,
        BELONGS_TO, SHARED_REGION, SHARED_MEMBERS, TASK_LEVEL,
    )
}  # fmt: skip
"""All criteria by key."""

__all__ = ["CRITERIA", "Criterion", "Measure", "View"]
