"""geoplan: the planner for inter-municipal cooperation."""

from geoplan import adjacency
from geoplan.atlas import Atlas, Neighbour, load_atlas
from geoplan.errors import (
    AmbiguousUnitError,
    DataError,
    DatasetError,
    GeoplanError,
    InvalidKeyError,
    InvalidValueError,
    OutputError,
    RegisterError,
    RequestError,
    UnknownChoiceError,
    UnknownUnitError,
)
from geoplan.networks import build_network, check_network
from geoplan.suggestions import Contribution, CooperationType, Flag, Role, Suggestion, SuggestionList, suggest
from geoplan.units import AdministrativeUnit, Level

__all__ = [
    "AdministrativeUnit",
    "AmbiguousUnitError",
    "Atlas",
    "Contribution",
    "CooperationType",
    "DataError",
    "DatasetError",
    "Flag",
    "GeoplanError",
    "InvalidKeyError",
    "InvalidValueError",
    "Level",
    "Neighbour",
    "OutputError",
    "RegisterError",
    "RequestError",
    "Role",
    "Suggestion",
    "SuggestionList",
    "UnknownChoiceError",
    "UnknownUnitError",
    "adjacency",
    "build_network",
    "check_network",
    "load_atlas",
    "suggest",
]
