"""Who bears how much: an amount shared out by a key, exact to the cent."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from geoplan.errors import InvalidValueError
from geoplan.messages import Message

HALF = Fraction(1, 2)


class ShareKey(StrEnum):
    """By what the cost is shared."""

    EQUAL = "equal"
    POPULATION = "population"
    USE = "use"
    MIXED = "mixed"
    """Half in equal parts, half by population."""


def share_out(
    total_cents: int,
    members: Sequence[str],
    key: ShareKey = ShareKey.EQUAL,
    *,
    population: Mapping[str, float | None] | None = None,
    use: Mapping[str, float | None] | None = None,
) -> dict[str, int]:
    """Share ``total_cents`` out among ``members``; the shares add up to it exactly.

    Each gets its exact share rounded down; the cents that are left go to the largest remainders
    (Hamilton's method), ties to the lower id. So the order of the members does not matter.

    Parameters
    ----------
    population, use
        By member: inhabitants, and what it uses (cases, tonnes, hours), wherever the key needs them.

    Raises
    ------
    InvalidValueError
        A negative amount, no or repeated members, a weight that is unknown or negative, or none above 0.
    """
    _check(total_cents, members)
    if key == ShareKey.MIXED:
        equal, heads = _parts(members, None), _parts(members, population or {})
        parts = {member: HALF * equal[member] + HALF * heads[member] for member in members}
    else:
        weights = {ShareKey.EQUAL: None, ShareKey.POPULATION: population or {}, ShareKey.USE: use or {}}[key]
        parts = _parts(members, weights)
    exact = {member: total_cents * part for member, part in parts.items()}
    shares = {member: int(share) for member, share in exact.items()}
    left = total_cents - sum(shares.values())
    by_remainder = sorted(members, key=lambda member: (shares[member] - exact[member], member))
    for member in by_remainder[:left]:
        shares[member] += 1
    return shares


def _check(total_cents: int, members: Sequence[str]) -> None:
    if total_cents < 0:
        message = Message("An amount to be shared is not negative: {value}.", value=total_cents)
        raise InvalidValueError(message, value=total_cents)
    if not members or len(set(members)) < len(members):
        message = Message("Cost is shared among members, each named once: {value}.", value=", ".join(members))
        raise InvalidValueError(message, value=", ".join(members))


def _parts(members: Sequence[str], weights: Mapping[str, float | None] | None) -> dict[str, Fraction]:
    """Each member's part of the whole, exactly; ``None``: equal parts."""
    if weights is None:
        return dict.fromkeys(members, Fraction(1, len(members)))
    exact = {member: _weight(member, weights.get(member)) for member in members}
    total = sum(exact.values())
    if not total:
        message = Message("Cost cannot be shared by a key that is 0 for all members.")
        raise InvalidValueError(message, value=0)
    return {member: weight / total for member, weight in exact.items()}


def _weight(member: str, weight: float | None) -> Fraction:
    if weight is None or not 0 <= weight < float("inf"):
        message = Message(
            "The share of {member} cannot be computed: its number is {value}.",
            member=member,
            value=Message("unknown") if weight is None else weight,
        )
        raise InvalidValueError(message, value=weight)
    return Fraction(weight)
