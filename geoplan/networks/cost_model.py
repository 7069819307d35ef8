"""The open assumptions of the cost model: read from cost.toml, shown with every answer, changeable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import isfinite
from typing import Any

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.evidence import Mark, Source, Statement, Table, read_sources, read_toml
from geoplan.messages import Localised, Message
from geoplan.nearest import nearest_values
from geoplan.rules import Depth
from geoplan.services import load_services

MOST = 1e9
SCOPES = ("narrow", "medium", "wide")
QUANTITIES = ("member_setup_hours", "pair_setup_hours", "member_hours", "pair_hours")
EXTERNAL = ("external_low_eur", "external_high_eur")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One number of the model."""

    key: str
    label: Localised
    value: float
    unit: str
    most: float
    """The largest value that makes sense; the least is 0."""
    statement: Statement
    changed: bool = False
    """Whether the planner gave another value."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The assumption as JSON."""
        note = self.statement.note
        return {
            "key": self.key, "label": self.label.text(lang), "value": self.value, "unit": self.unit,
            "mark": self.mark.value, "source": self.statement.reference, "changed": self.changed,
            "note": None if note is None else note.text(lang),
        }  # fmt: skip

    @property
    def mark(self) -> Mark:
        """How sure the number is; one that the planner gave is a judgement."""
        return Mark.DERIVED if self.changed else self.statement.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class CostModel:
    """All assumptions, and what is usual for a service."""

    assumptions: Mapping[str, Assumption]
    scope_of: Mapping[str, str]
    """Scope by service, where it is not the usual one."""
    usual_scope: str
    depth_of: Mapping[str, Depth]
    """Depth by service, where it is not the usual one."""
    usual_depth: Depth
    external_for: frozenset[str]
    """Services with an external network manager."""

    def __getitem__(self, key: str) -> float:
        return self.assumptions[key].value

    def scope(self, service: str) -> str:
        """How wide the task of a service is: narrow, medium or wide."""
        return self.scope_of.get(service, self.usual_scope)

    def depth(self, service: str) -> Depth:
        """How deeply partners usually work together in a service."""
        return self.depth_of.get(service, self.usual_depth)

    def changed(self, values: Mapping[str, float]) -> "CostModel":
        """The model with other numbers.

        Raises
        ------
        UnknownChoiceError
            No such assumption; the nearest are named.
        InvalidValueError
            Not a number from 0 to what makes sense.
        """
        changed = {key: self._changed(key, value) for key, value in values.items()}
        return replace(self, assumptions={**self.assumptions, **changed})

    def _changed(self, key: str, value: float) -> Assumption:
        if key not in self.assumptions:
            message = Message("There is no assumption “{value}”.", value=key)
            raise UnknownChoiceError(message, value=key, nearest=nearest_values(key, self.assumptions))
        kept = self.assumptions[key]
        if not isfinite(value) or not 0 <= value <= kept.most:
            message = Message(
                "The assumption {key} is a number from 0 to {limit:n0}, not {value}.",
                key=key, limit=kept.most, value=value,
            )  # fmt: skip
            raise InvalidValueError(message, value=value)
        return replace(kept, value=float(value), changed=True)


@cache
def load_cost_model() -> CostModel:
    """Read cost.toml; a damaged file is a DataError."""
    return parse_cost_model(read_toml("geoplan.networks", "cost.toml"))


def parse_cost_model(document: Table) -> CostModel:
    """Read the model from its document; errors as in :func:`load_cost_model`."""
    document.day("as_of")
    sources = read_sources(document)
    listed = [_parameter(key, table, sources) for key, table in document.named_tables("parameters")]
    for key, table in document.named_tables("quantities"):
        listed += _quantity(key, table, sources)
    scopes, depths, external = (document.table(name) for name in ("scopes", "depths", "external"))
    listed += _factors(scopes, sources)
    usual_scope, usual_depth = scopes.known_text("usual", SCOPES), depths.choice("usual", Depth)
    depths.statement(sources)
    external_for = frozenset(external.known_texts("services", load_services()))
    listed += _external(external, sources)
    model = CostModel(
        assumptions={one.key: one for one in listed},
        scope_of=_by_service(scopes, SCOPES), usual_scope=usual_scope,
        depth_of={key: Depth(depth) for key, depth in _by_service(depths, list(Depth)).items()},
        usual_depth=usual_depth, external_for=external_for,
    )  # fmt: skip
    for table in (scopes, depths, external, document):
        table.finish()
    return model


def _parameter(key: str, table: Table, sources: Mapping[str, Source]) -> Assumption:
    most = table.number("most", 0, MOST)
    assumption = Assumption(
        key=key, label=table.local_text("label"), value=table.number("value", 0, most),
        unit=table.text("unit"), most=most, statement=table.statement(sources),
    )  # fmt: skip
    table.finish()
    return assumption


def _quantity(key: str, table: Table, sources: Mapping[str, Source]) -> list[Assumption]:
    most, label, unit = table.number("most", 0, MOST), table.local_text("label"), table.text("unit")
    values, statement = table.table("values"), table.statement(sources)
    found = [
        Assumption(
            key=f"{key}.{depth}", label=Message("{quantity} ({depth})", quantity=label, depth=depth.label),
            value=values.number(depth, 0, most), unit=unit, most=most, statement=statement,
        )
        for depth in Depth
    ]  # fmt: skip
    values.finish()
    table.finish()
    return found


def _factors(scopes: Table, sources: Mapping[str, Source]) -> list[Assumption]:
    factors, statement = scopes.table("factors"), scopes.statement(sources)
    found = [
        Assumption(
            key=f"scope.{scope}",
            label=Message("factor for the scope of the task ({scope})", scope=SCOPE_LABELS[scope]),
            value=factors.number(scope, 0, 100), unit="×", most=100, statement=statement,
        )
        for scope in SCOPES
    ]  # fmt: skip
    factors.finish()
    return found


SCOPE_LABELS = {"narrow": Message("narrow"), "medium": Message("medium"), "wide": Message("wide")}


def _external(table: Table, sources: Mapping[str, Source]) -> list[Assumption]:
    label, statement = table.local_text("label"), table.statement(sources)
    ends = zip(EXTERNAL, ("low_eur", "high_eur"), (LOWER, UPPER), strict=True)
    return [
        Assumption(
            key=key, label=Message("{quantity} ({depth})", quantity=label, depth=end), unit="EUR", most=1e6,
            value=table.number(field, 0, 1e6), statement=statement,
        )
        for key, field, end in ends
    ]  # fmt: skip


LOWER, UPPER = Message("lower value"), Message("upper value")


def _by_service(table: Table, words: Sequence[str]) -> dict[str, str]:
    """The services listed under each word."""
    return {
        service: word
        for word in words if word in table
        for service in table.known_texts(word, load_services())
    }  # fmt: skip


UNITS = {
    "EUR": Message("€"), "EUR/a": Message("€ a year"), "h": Message("hours"), "h/a": Message("hours a year"),
    "a": Message("years"), "share": Message("share"), "×": Message("factor"),
}  # fmt: skip


def unit_text(unit: str, lang: str) -> str:
    """A unit of the cost model for a reader."""
    return UNITS[unit].text(lang) if unit in UNITS else unit
