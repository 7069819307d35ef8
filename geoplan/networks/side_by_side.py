"""Checked groups as rows with one cell a group: figures, members, reasons, checks, legal forms, shares."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from geoplan.messages import SOURCE_LANGUAGE, Message
from geoplan.networks.network import Network
from geoplan.units import AdministrativeUnit

Row = dict[str, Any]
Found = TypeVar("Found")

FIGURES: tuple[tuple[str, Message, int, Callable[[Network], float | None]], ...] = (
    ("score", Message("Fit"), 2, lambda one: one.score),
    ("members", Message("Members"), 0, lambda one: len(one.members)),
    ("population", Message("Inhabitants"), 0, lambda one: one.population),
    ("area_km2", Message("Area, km²"), 0, lambda one: one.area_km2),
    ("compactness", Message("Compactness"), 2, lambda one: one.compactness),
    ("components", Message("Connected pieces"), 0, lambda one: len(one.components)),
    ("counties", Message("Counties"), 0, lambda one: len(one.counties)),
    ("states", Message("States"), 0, lambda one: len(one.states)),
    ("cost_low_eur", Message("Cost from, €"), 0, lambda one: float(one.cost.total.low)),
    ("cost_high_eur", Message("Cost to, €"), 0, lambda one: float(one.cost.total.high)),
    ("yearly_low_eur", Message("Cost per year from, €"), 0, lambda one: float(one.cost.yearly.low)),
    ("yearly_high_eur", Message("Cost per year to, €"), 0, lambda one: float(one.cost.yearly.high)),
    ("member_low_eur", Message("Cost per member from, €"), 0, lambda one: _mean(one.cost.shares_low)),
    ("member_high_eur", Message("Cost per member to, €"), 0, lambda one: _mean(one.cost.shares_high)),
    ("grant_low_eur", Message("Grant from, €"), 0, lambda one: _grant(one, "low_eur")),
    ("grant_high_eur", Message("Grant to, €"), 0, lambda one: _grant(one, "high_eur")),
)
"""Key, label, decimals worth showing, and the figure of a group; ``None``: unknown."""


def _mean(cents: Mapping[str, int]) -> float:
    return round(sum(cents.values()) / len(cents)) / 100


def _grant(network: Network, amount: str) -> float | None:
    grant = network.cost.grant
    return None if grant is None else grant.to_dict(SOURCE_LANGUAGE)[amount]


def member_rows(networks: Sequence[Network]) -> list[Row]:
    """Everybody: first who is in all groups, then by the groups they are in, each by id."""
    groups = [{unit.id for unit in network.members} for network in networks]
    units = {unit.id: unit for network in networks for unit in network.members}
    rows = [_member_row(networks, units[one], [one in group for group in groups]) for one in sorted(units)]
    return sorted(rows, key=lambda row: (row["differs"], *(not here for here in row["values"])))


def _member_row(networks: Sequence[Network], unit: AdministrativeUnit, present: list[bool]) -> Row:
    return {
        "id": unit.id, "name": unit.name, "population": unit.population,
        "values": present, "differs": not all(present),
        "share_low_eur": [_euro(one.cost.shares_low, unit.id) for one in networks],
        "share_high_eur": [_euro(one.cost.shares_high, unit.id) for one in networks],
    }  # fmt: skip


def _euro(cents: Mapping[str, int], member: str) -> float | None:
    return cents[member] / 100 if member in cents else None


def figure_rows(networks: Sequence[Network], lang: str) -> list[Row]:
    """What the groups are in numbers."""
    rows: list[Row] = []
    for key, label, digits, figure in FIGURES:
        values = [figure(network) for network in networks]
        if any(value is not None for value in values):
            rows.append(
                {
                    "key": key, "label": label.text(lang), "digits": digits, "values": values,
                    "differs": _differs(values),
                }
            )  # fmt: skip
    return rows


def contribution_rows(networks: Sequence[Network], lang: str) -> list[Row]:
    """What each criterion adds to the scores."""
    by_key = [{one.criterion: one.to_dict(lang) for one in network.contributions} for network in networks]
    rows = []
    for key in _keys(by_key):
        cells = [found.get(key) for found in by_key]
        values = [None if cell is None else cell["contribution"] for cell in cells]
        rows.append({"criterion": key, "values": values, "cells": cells, "differs": _differs(values)})
    return rows


def check_rows(networks: Sequence[Network], lang: str) -> list[Row]:
    """How every rule stands for each group; null where it is not asked."""
    by_key = [{one.rule: one.to_dict(lang) for one in network.checks} for network in networks]
    rows = []
    for key in _keys(by_key):
        cells = [found.get(key) for found in by_key]
        values = [None if cell is None else cell["status"] for cell in cells]
        label = next(cell["label"] for cell in cells if cell is not None)
        rows.append(
            {"rule": key, "label": label, "values": values, "cells": cells, "differs": _differs(values)}
        )
    return rows


def legal_form_rows(networks: Sequence[Network], lang: str) -> list[Row]:
    """The forms for each group, that which fits one of them best first."""
    by_key = [{one.form.key: one.to_dict(lang) for one in network.legal_forms} for network in networks]
    rows = []
    for key in _keys(by_key):
        cells = [found.get(key) for found in by_key]
        values = [None if cell is None else cell["fit"] for cell in cells]
        label = next(cell["label"] for cell in cells if cell is not None)
        rows.append(
            {"form": key, "label": label, "values": values, "cells": cells, "differs": _differs(values)}
        )
    return sorted(rows, key=lambda row: -max(fit or 0.0 for fit in row["values"]))


def _keys(found: Iterable[Mapping[str, Found]]) -> list[str]:
    """The keys of all, each where it first stands."""
    return list(dict.fromkeys(key for one in found for key in one))


def _differs(values: Sequence[Any]) -> bool:
    return any(value != values[0] for value in values)
