"""What a search for networks answers: the networks, the proof, what else there is."""

from dataclasses import dataclass
from typing import Any

from geoplan.networks.network import Network
from geoplan.provenance import named_in

OPTIMAL, HEURISTIC = "optimal", "heuristic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A group in short: its members and what it is judged by."""

    members: tuple[str, ...]
    """Ids, ascending."""
    score: float
    compactness: float | None
    population_balance: float | None

    def to_dict(self) -> dict[str, Any]:
        """The group as JSON."""
        return {
            "members": list(self.members), "score": self.score, "compactness": self.compactness,
            "population_balance": self.population_balance,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSearch:
    """The networks that were found and how sure it is that there is none better."""

    seeds: tuple[str, ...]
    """Ids of those who asked."""
    networks: tuple[Network, ...]
    """The best first, then its alternatives."""
    member_fits: tuple[dict[str, float], ...]
    """For each network: how well each member (by id) fits the others. Half of the score is the mean of all,
    half that of the seeds."""
    status: str
    """``optimal``: no other group of the candidates has a higher score; ``heuristic``: not proven."""
    gap: float
    """By which share of its score the best network could be beaten at most; 0 where it is optimal."""
    alternatives_status: str
    """The same for the alternatives, each among the groups that differ clearly from those before."""
    candidates: int
    """Among how many candidates."""
    by_size: tuple[Variant, ...]
    """The best group found of each number of members: what a further member costs."""
    pareto: tuple[Variant, ...]
    """Score against compactness and balance: the groups looked at that no other beats in all three."""
    service: str
    contiguous: bool
    """Whether the members had to form one area."""
    data: dict[str, Any]

    @property
    def alternatives(self) -> tuple[Network, ...]:
        """The networks after the best."""
        return self.networks[1:]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The answer as the contract writes it."""
        return {
            "seeds": list(self.seeds),
            "networks": [network.to_dict(lang) for network in self.networks],
            "member_fits": list(self.member_fits),
            "optimality": {
                "status": self.status, "gap": self.gap, "candidates": self.candidates,
                "alternatives": self.alternatives_status,
            },
            "by_size": [variant.to_dict() for variant in self.by_size],
            "pareto": [variant.to_dict() for variant in self.pareto],
            "service": self.service, "contiguous": self.contiguous,
            "data": named_in(lang, self.data),
        }  # fmt: skip
