"""What the partners intend, as far as they have said: what cannot be read off the map."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from geoplan.networks.shares import ShareKey
from geoplan.rules import Depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Intentions:
    """Plans for a network. ``None``: not said, so rules that ask for it are unclear."""

    depth: Depth | None = None
    """``None``: the depth that is usual for the service (cost.toml)."""
    duration_months: int | None = None
    meetings_per_year: int | None = None
    participation_contract: bool | None = None
    companies: tuple[float, ...] = ()
    """Municipal share 0 … 1 of each municipal company that takes part beside the members."""
    saving_share: float | None = None
    key: ShareKey = ShareKey.EQUAL
    use: Mapping[str, float] = field(default_factory=dict)
    """By member: what it will use, where cost is shared by use."""
    eligible_eur: Decimal | None = None
    """Eligible cost of the application; ``None``: estimated."""
    publicity: bool = False
    """Whether accompanying publicity is part of it."""
    financially_weak: bool = False
    """Whether the higher rate is applied for (financially weak, or a lignite area)."""
    confirmed_rate: float | None = None
    """The rate the funding body has confirmed, 0 … 1."""
    confirmed_cap_eur: Decimal | None = None
    """The cap per participant it has confirmed."""
    assumptions: Mapping[str, float] = field(default_factory=dict)
    """Changed assumptions of the cost model, by their keys."""
