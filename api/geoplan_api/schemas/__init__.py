"""What answers look like, for the description of the API.

The core writes the answers; these models describe them and are checked against real answers by the tests.
"""

from geoplan_api.schemas.answer import Data, Described
from geoplan_api.schemas.insight import (
    Counterfactual,
    Drawback,
    Explanation,
    MissingData,
    Mutuality,
    PartnerSupply,
    SpotReason,
    StabilityText,
    WhiteSpots,
)
from geoplan_api.schemas.networks import (
    Check,
    Cost,
    Drivers,
    LegalForm,
    Network,
    NetworkAnswer,
    NetworkSearch,
    Optimality,
    Variant,
)
from geoplan_api.schemas.operation import Health, OEmbed, Readiness
from geoplan_api.schemas.selected import (
    SelectedNeighbours,
    SelectedRow,
    SelectedSuggestions,
    SelectedUnit,
    SelectedUnits,
)
from geoplan_api.schemas.services import Service, ServiceAnswer, Services
from geoplan_api.schemas.suggestions import Constellation, Contribution, Flag, Suggestion, Suggestions
from geoplan_api.schemas.units import FoundUnit, NeighbourRow, Neighbours, Unit, UnitRow, Units

__all__ = [
    "Check",
    "Constellation",
    "Contribution",
    "Cost",
    "Counterfactual",
    "Data",
    "Described",
    "Drawback",
    "Drivers",
    "Explanation",
    "Flag",
    "FoundUnit",
    "Health",
    "LegalForm",
    "MissingData",
    "Mutuality",
    "NeighbourRow",
    "Neighbours",
    "Network",
    "NetworkAnswer",
    "NetworkSearch",
    "OEmbed",
    "Optimality",
    "PartnerSupply",
    "Readiness",
    "SelectedNeighbours",
    "SelectedRow",
    "SelectedSuggestions",
    "SelectedUnit",
    "SelectedUnits",
    "Service",
    "ServiceAnswer",
    "Services",
    "SpotReason",
    "StabilityText",
    "Suggestion",
    "Suggestions",
    "Unit",
    "UnitRow",
    "Units",
    "Variant",
    "WhiteSpots",
]
