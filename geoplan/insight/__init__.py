"""What stands behind a suggestion, whom to talk to together, and who has nobody."""

from geoplan.insight.constellations import Constellation, constellations
from geoplan.insight.counterfactual import Counterfactual
from geoplan.insight.doubts import Drawback, MissingData
from geoplan.insight.explanation import Explanation, Mutuality, Stability, explain
from geoplan.insight.obstacles import Obstacle
from geoplan.insight.rivals import Difference, Rival
from geoplan.insight.stability import stabilities, stability
from geoplan.insight.white_spots import PartnerSupply, WhiteSpots, white_spots

__all__ = [
    "Constellation",
    "Counterfactual",
    "Difference",
    "Drawback",
    "Explanation",
    "MissingData",
    "Mutuality",
    "Obstacle",
    "PartnerSupply",
    "Rival",
    "Stability",
    "WhiteSpots",
    "constellations",
    "explain",
    "stabilities",
    "stability",
    "white_spots",
]
