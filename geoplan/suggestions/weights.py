"""How much each criterion counts: kept sets, the service's say, and what the planner changed."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import Any

from geoplan.criteria import CRITERIA
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.services import Service

MAX_WEIGHT = 1000.0
CALIBRATION_FILE = Path(__file__).with_name("calibration.json")
"""Written by ``make calibrate``: weights, their spread over folds, what they reach, the date."""


@cache
def _kept() -> dict[str, Any]:
    return tomllib.loads(resources.files("geoplan.suggestions").joinpath("weights.toml").read_text("utf-8"))


@cache
def _calibration() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(CALIBRATION_FILE.read_text("utf-8"))
    return kept


def weight_sets() -> dict[str, dict[str, float]]:
    """The kept weights by set; see ``weights.toml`` for date, mark and source."""
    sets: dict[str, dict[str, float]] = _kept()["sets"]
    return sets


def weights_with_partners() -> dict[str, dict[str, float]]:
    """By set the weights that are others as soon as partners are on board."""
    sets: dict[str, dict[str, float]] = _kept()["sets_with_partners"]
    return sets


def weights_evidence() -> dict[str, str]:
    """What the kept weights rest on: ``as_of``, ``mark`` and ``source``."""
    return {name: str(_kept()[name]) for name in ("as_of", "mark", "source")}


def calibration() -> dict[str, Any]:
    """What ``make calibrate`` has learnt, with what it is ``used_for``: services and the set."""
    return {**_calibration(), "used_for": _kept()["calibrated"]}


def criteria_in_use() -> list[str]:
    """The criteria that have a weight in some set of candidates, sorted."""
    sets = [*weight_sets().values(), *_kept()["sets_with_partners"].values()]
    return sorted({key for weights in sets for key, weight in weights.items() if weight > 0})


def _base_weights(weight_set: str, service: Service | None, *, with_partners: bool) -> dict[str, float]:
    """The weights of a set before a service shapes them.

    Administrations that are to be shared are weighed as the existing ones have taught (calibration.json),
    and by what that ground truth cannot teach; the other criteria of the set stay at hand with weight 0.
    """
    learnt, kept = _kept()["calibrated"], weight_sets()[weight_set]
    if weight_set == learnt["set"] and service is not None and service.key in learnt["services"]:
        taught: dict[str, float] = _calibration()["weights"]["with_partners" if with_partners else "alone"]
        return dict.fromkeys(kept, 0.0) | taught | {key: kept[key] for key in learnt["untaught"]}
    return kept | _kept()["sets_with_partners"].get(weight_set, {}) if with_partners else kept


def check_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    """The planner's weights, checked.

    Raises
    ------
    UnknownChoiceError
        A criterion that is none.
    InvalidValueError
        A weight that is not a number from 0 to 1000.
    """
    for key, weight in (weights or {}).items():
        if key not in CRITERIA:
            message = Message("There is no criterion “{value}”.", value=key)
            raise UnknownChoiceError(message, value=key, nearest=nearest_values(key, CRITERIA))
        if not isfinite(weight) or not 0 <= weight <= MAX_WEIGHT:
            message = Message(
                "The weight of {key} is a number from 0 to {limit}, not {value}.",
                key=key,
                value=weight,
                limit=int(MAX_WEIGHT),
            )
            raise InvalidValueError(message, value=weight)
    return dict(weights or {})


def weights_for(
    weight_set: str, service: Service | None, changed: Mapping[str, float], *, with_partners: bool = False
) -> dict[str, float]:
    """The weights of a set as a service shapes them and with the planner's changes; zeros are left out.

    Changes apply as they are, after the service's shaping, and only to sets that have the criterion:
    it means nothing to the others.
    """
    kept = _base_weights(weight_set, service, with_partners=with_partners)
    weights = {key: weight * service_factor(service, key) for key, weight in kept.items()}
    weights |= {key: weight for key, weight in changed.items() if key in kept}
    return {key: weight for key, weight in weights.items() if weight > 0}


_LOGIC_OF_CRITERION = {
    "border_share": "contiguity",
    "enclosure": "contiguity",
    "chain": "contiguity",
    "centre_pull": "commuting",
    "ring_share": "commuting",
    "size_parity": "size_parity",
    "capacity": "size_parity",
    "same_county": "same_county",
}
"""Which of a service's four spatial judgements (0 … 3) shapes a criterion."""
_WHERE_IT_MATTERS_LESS = frozenset({"capacity"})
"""Criteria that count where the judgement is low: where equals are wanted, a large partner is none."""
_FACTOR = (0.25, 0.6, 1.0, 1.5)
"""None, weak, helpful, decisive: even where a service does not care, the criterion keeps a quarter of its
say, because councils do."""


def service_factor(service: Service | None, criterion: str) -> float:
    """By how much a service multiplies the weight of a criterion."""
    if service is None or criterion not in _LOGIC_OF_CRITERION:
        return 1.0
    judged: int = getattr(service.spatial, _LOGIC_OF_CRITERION[criterion])
    return _FACTOR[-1 - judged] if criterion in _WHERE_IT_MATTERS_LESS else _FACTOR[judged]
