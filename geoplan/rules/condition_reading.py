"""Read a condition from its table and check that both sides of every comparison are of one kind."""

from collections.abc import Mapping

from geoplan.evidence import Table
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.rules.condition import Combination, Comparison, Condition, Negation, Operator
from geoplan.rules.constants import Constant
from geoplan.rules.facts import FACTS, FactDefinition, FactKind, Value

DEEPEST = 6
"""So deeply conditions may be nested; what is deeper nobody understands."""
ORDERED = (Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN)


def read_condition(table: Table, constants: Mapping[str, Constant], depth: int = DEEPEST) -> Condition:
    """Read ``{fact, op, value | constant}``, ``{all}``, ``{any}`` or ``{not}``; DataError for a wrong one."""
    if not depth:
        table.fail("all", Message("conditions are nested too deeply"))
    for word in ("all", "any"):
        if word in table:
            parts = tuple(read_condition(part, constants, depth - 1) for part in table.tables(word))
            if not parts:
                table.fail(word, Message("expected a list of different values that is not empty"))
            table.finish()
            return Combination(parts=parts, every=word == "all")
    if "not" in table:
        negation = Negation(part=read_condition(table.table("not"), constants, depth - 1))
        table.finish()
        return negation
    return _comparison(table, constants)


def _comparison(table: Table, constants: Mapping[str, Constant]) -> Comparison:
    fact = table.known_text("fact", FACTS)
    operator = table.choice("op", Operator)
    key = table.known_text("constant", constants) if "constant" in table else None
    other = constants[key].value if key is not None else _literal(table, operator)
    table.finish()
    _check_kinds(table, FACTS[fact], operator, other, "value" if key is None else "constant")
    return Comparison(fact=fact, operator=operator, value=other if key is None else None, constant=key)


def _literal(table: Table, operator: Operator) -> Value | tuple[str, ...]:
    return table.distinct_texts("value") if operator == Operator.ONE_OF else table.scalar("value")


def _check_kinds(
    table: Table,
    definition: FactDefinition,
    operator: Operator,
    other: Value | tuple[str, ...],
    field: str,
) -> None:
    kind, values = definition.kind, other if isinstance(other, tuple) else (other,)
    if (operator == Operator.ONE_OF) != isinstance(other, tuple) or (
        operator in ORDERED and kind not in (FactKind.NUMBER, FactKind.DAY)
    ):
        problem = Message("“{operator}” does not fit a {kind}", operator=operator.value, kind=kind.value)
        table.fail("op", problem, operator.value)
    for value in values:
        if not kind.fits(value):
            table.fail(
                field, Message("expected {expected}, found {found}", expected=kind.value, found=value), value
            )
        if definition.choices and value not in definition.choices:
            nearest = nearest_values(str(value), definition.choices)
            table.fail(field, Message("“{value}” is not known", value=value), value, nearest=nearest)
