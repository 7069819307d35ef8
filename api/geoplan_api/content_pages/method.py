"""How scores are computed, told from the weights and judgements that they are computed with."""

from dataclasses import dataclass
from typing import Any

from geoplan.atlas import Atlas
from geoplan.criteria import CRITERIA
from geoplan.evidence import Mark
from geoplan.insight.doubts import SOURCE_OF_CRITERION
from geoplan.insight.scoreboard import FIRST
from geoplan.insight.stability import CONCENTRATION, DRAWS
from geoplan.messages import Message
from geoplan.networks.fit import SHARE_OF_SEEDS
from geoplan.services import Service, load_services
from geoplan.suggestions.weights import (
    calibration,
    service_factor,
    weight_sets,
    weights_evidence,
    weights_with_partners,
)
from geoplan_api import labels
from geoplan_api.content_pages.formulas import FORMULAS
from geoplan_api.planner.sliders import MEANINGS

SETS = {
    "horizontal-rural": Message("Neighbours among equals"),
    "urban-rural-centre": Message("Surroundings look for a city"),
    "urban-rural-ring": Message("City looks for its surroundings"),
    "urban-rural-fellows": Message("Surroundings among themselves"),
    "metropolitan-regions": Message("Metropolitan regions among themselves"),
    "metropolitan-counties": Message("Counties of metropolitan regions"),
    "metropolitan-door": Message("Metropolitan region as a point of contact"),
    "vertical-coordinator": Message("County coordinates its municipalities"),
    "vertical-members": Message("County looks for municipalities"),
    "vertical-fellows": Message("Municipalities of one county"),
    "vertical-around": Message("Counties around a county-free city"),
}
"""What the sets of weights are called."""
SHAPED = ("border_share", "centre_pull", "size_parity", "same_county")
"""One criterion for each of the four judgements of a service, in the order of the table."""
DATA = {
    "population": Message("inhabitants"),
    "cooperations": Message("register of cooperations"),
    "commuters": Message("commuter flows"),
    "profiles": Message("what municipalities have and need"),
    "areas": Message("regions of the BBSR"),
}
"""What data a criterion needs beside the boundaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionTold:
    """A criterion as the page tells it."""

    key: str
    label: Message
    meaning: Message
    formula: Message
    data: Message | None
    weights: tuple[tuple[Message, float], ...]
    """Its share of the say in each set, 0 … 1."""


def method_values(atlas: Atlas, lang: str) -> dict[str, Any]:
    """The values of ``content/method.html``."""
    evidence, learnt = weights_evidence(), calibration()
    return {
        "criteria": criteria_told(), "unused": [one for one in criteria_told() if not one.weights],
        "evidence": evidence, "mark": Mark(evidence["mark"]).meaning, "day": lambda text: labels.day(text,
        lang),
        "learnt": learnt, "learnt_parts": _learnt(learnt),
        "learnt_for": _services(learnt["used_for"]["services"]),
        "associations": sum(learnt["associations"].values()), "services": _shaped(lang),
        "sets": [(SETS[key], bool(weights_with_partners().get(key))) for key in weight_sets()],
        "draws": DRAWS, "concentration": CONCENTRATION, "first": FIRST, "seeds": SHARE_OF_SEEDS,
        "addable": list(DATA.values()), "source": labels.data_line(atlas.provenance.to_dict(), lang),
        "source_url": atlas.provenance.attribution_url,
    }  # fmt: skip


def criteria_told() -> list[CriterionTold]:
    """All criteria, those that count most somewhere first."""
    shares = {name: _shares(weights) for name, weights in weight_sets().items()}
    found = [
        CriterionTold(
            key=key, label=criterion.label, meaning=MEANINGS[key], formula=FORMULAS[key],
            data=DATA.get(SOURCE_OF_CRITERION.get(key, "")),
            weights=tuple((SETS[name], parts[key]) for name, parts in shares.items() if parts.get(key)),
        )
        for key, criterion in CRITERIA.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: -max((share for _, share in one.weights), default=0.0))


def _shares(weights: dict[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def _learnt(learnt: dict[str, Any]) -> list[tuple[Message, float, float]]:
    """What existing associations have taught: the share of each criterion, alone and with partners."""
    alone, together = (_shares(learnt["weights"][name]) for name in ("alone", "with_partners"))
    return [(CRITERIA[key].label, alone[key], together[key]) for key in alone if alone[key] or together[key]]


def _services(keys: list[str]) -> list[Service]:
    return [service for key, service in load_services().items() if key in keys]


def _shaped(lang: str) -> list[tuple[str, list[float]]]:
    """By what factor each service multiplies what its judgements shape."""
    told = [
        (service.label.text(lang), [service_factor(service, key) for key in SHAPED])
        for service in load_services().values()
    ]
    return sorted(told)
