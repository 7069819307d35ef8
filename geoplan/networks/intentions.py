"""What the partners intend, as far as they have said: what cannot be read off the map."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.shares import ShareKey
from geoplan.rules import Depth
from geoplan.rules.facts import Value
from geoplan.rules.stated import asked_facts, check_facts


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
    stated: Mapping[str, Value] = field(default_factory=dict)
    """Further facts that rules ask for (:func:`statable_facts`), by their names."""


SAID = ("duration_months", "meetings_per_year", "participation_contract", "saving_share", "confirmed_rate")
"""Facts that have a field of their own here."""
COMPUTED = (
    "on", "service", "depth", "participants", "municipalities", "landkreise", "companies",
    "smallest_municipal_share", "states", "state", "state_names", "only_one_association",
    "exactly_one_association", "states_adjacent", "treaty_known", "largest_population",
    "smallest_population", "grant_eur",
)  # fmt: skip
"""Facts that follow from the members, the question and the cost: nobody may state them otherwise."""


@cache
def statable_facts() -> tuple[str, ...]:
    """Facts that the planner may state: a rule asks for them, and neither map nor question tells them."""
    return tuple(sorted(asked_facts() - set(COMPUTED)))


def with_facts(intentions: Intentions, facts: Mapping[str, Value]) -> Intentions:
    """The intentions with ``facts`` that the planner states.

    Raises
    ------
    UnknownChoiceError, InvalidValueError
        As :func:`geoplan.rules.stated.check_facts`; or a fact is said in its own field already.
    """
    check_facts(facts, statable_facts())
    given = {key: _plain(value) for key, value in facts.items()}
    said: dict[str, Any] = {key: given[key] for key in SAID if key in given}
    twice = next((key for key in said if getattr(intentions, key) is not None), None)
    if twice is not None:
        raise InvalidValueError(Message("The fact “{value}” is stated twice.", value=twice), value=twice)
    return replace(intentions, **said, stated={key: value for key, value in given.items() if key not in SAID})


def _plain(value: Value) -> Value:
    """36 months and not 36.0, as the answers repeat it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
