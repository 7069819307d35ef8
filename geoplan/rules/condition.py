"""When a rule is fulfilled: conditions over facts and constants, answered true, false or not known.

Conditions are data, read from TOML: ``{fact, op, value | constant}``, ``{all = […]}``, ``{any = […]}``,
``{not = …}``. Answers follow Kleene's three-valued logic, so what does not matter need not be known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from geoplan.rules.constants import Constant
from geoplan.rules.facts import Fact, Facts, Value

Constants = Mapping[str, Constant]
Answer = bool | None
"""``None``: not known."""


class Operator(StrEnum):
    """How a fact is compared."""

    IS = "is"
    ONE_OF = "one-of"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"


# Kinds of the two sides are checked when a pack is read, so the comparisons need no look at types.
_COMPARE: dict[Operator, Callable[..., bool]] = {
    Operator.IS: lambda one, other: one == other,
    Operator.ONE_OF: lambda one, others: one in others,
    Operator.AT_LEAST: lambda one, other: one >= other,
    Operator.AT_MOST: lambda one, other: one <= other,
    Operator.MORE_THAN: lambda one, other: one > other,
    Operator.LESS_THAN: lambda one, other: one < other,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One fact against a value or a constant."""

    fact: str
    operator: Operator
    value: Value | tuple[str, ...] | None = None
    """``None`` where a constant stands on this side."""
    constant: str | None = None

    @property
    def facts(self) -> frozenset[str]:
        """The facts that are asked for."""
        return frozenset((self.fact,))

    @property
    def constants(self) -> frozenset[str]:
        """The constants that are compared with."""
        return frozenset(() if self.constant is None else (self.constant,))

    def answer(self, facts: Facts, constants: Constants) -> Answer:
        """Compare; not known where the fact or the constant is unknown or not to be relied on."""
        fact = facts.get(self.fact, Fact(value=None))
        other = self.value
        if self.constant is not None:
            constant = constants[self.constant]
            if not constant.sure:
                return None
            other = constant.value
        if not fact.sure:
            return None
        compare = _COMPARE[self.operator]
        ends = fact.spread or (fact.value,)
        answers = {compare(end, other) for end in ends}
        return answers.pop() if len(answers) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """All (or any) of some conditions."""

    parts: tuple["Condition", ...]
    every: bool
    """All of them, else any of them."""

    @property
    def facts(self) -> frozenset[str]:
        """The facts that are asked for."""
        return frozenset().union(*(part.facts for part in self.parts))

    @property
    def constants(self) -> frozenset[str]:
        """The constants that are compared with."""
        return frozenset().union(*(part.constants for part in self.parts))

    def answer(self, facts: Facts, constants: Constants) -> Answer:
        """False beats unknown beats true where all are wanted; the other way round where any is enough."""
        answers = [part.answer(facts, constants) for part in self.parts]
        decisive = not self.every
        if decisive in answers:
            return decisive
        return None if None in answers else self.every


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """The opposite of a condition."""

    part: "Condition"

    @property
    def facts(self) -> frozenset[str]:
        """The facts that are asked for."""
        return self.part.facts

    @property
    def constants(self) -> frozenset[str]:
        """The constants that are compared with."""
        return self.part.constants

    def answer(self, facts: Facts, constants: Constants) -> Answer:
        """The opposite; what is not known stays so."""
        answer = self.part.answer(facts, constants)
        return None if answer is None else not answer


Condition = Comparison | Combination | Negation
