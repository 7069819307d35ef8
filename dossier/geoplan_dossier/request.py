"""What a dossier was asked for: everything that is needed to compute it once more."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from geoplan.networks import Intentions
from geoplan.plans import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRequest:
    """A question that has one answer on one dataset."""

    members: tuple[str, ...]
    """Ids, sorted, each once."""
    service: str
    on: datetime.date
    """The day the rules are asked for."""
    intentions: Intentions
    seeds: tuple[str, ...] = ()
    """Which members have asked for the network."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Weights of criteria the planner changed."""
    plan: Plan | None = None

    def to_dict(self) -> dict[str, Any]:
        """The request as JSON; :func:`geoplan_dossier.reading.read_record` reads it back."""
        return {
            "members": list(self.members), "service": self.service, "on": self.on.isoformat(),
            "intentions": _plain(self.intentions), "seeds": list(self.seeds), "weights": dict(self.weights),
            "plan": None if self.plan is None else self.plan.to_dict(),
        }  # fmt: skip


def _plain(intentions: Intentions) -> dict[str, Any]:
    return {part.name: _value(getattr(intentions, part.name)) for part in fields(Intentions)}


def _value(value: object) -> Any:
    match value:
        case Decimal():
            return float(value)
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
    return value
