"""Groups side by side: who is in which, how each scores, what it costs, and where the checks differ."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.check import check_network
from geoplan.networks.intentions import Intentions
from geoplan.networks.network import Network
from geoplan.networks.side_by_side import (
    Row,
    check_rows,
    contribution_rows,
    figure_rows,
    legal_form_rows,
    member_rows,
)
from geoplan.provenance import named_in
from geoplan.units import UnitOrName

FEWEST, MOST = 2, 4
MOST_NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A group that could be."""

    name: str
    members: tuple[UnitOrName, ...]
    """Ids or unambiguous names."""
    service: str
    intentions: Intentions = field(default_factory=Intentions)
    seeds: tuple[UnitOrName, ...] = ()
    weights: Mapping[str, float] | None = None
    """Other weights of criteria than the usual ones of the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two to four checked groups, in the order they were named."""

    names: tuple[str, ...]
    networks: tuple[Network, ...]
    on: datetime.date
    """The day the rules were asked for."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The comparison as JSON, to be set as a table: every row has one of ``values`` for each scenario.

        ``differs`` says whether the scenarios are not alike in a row. A value that is null is unknown, or
        the row does not apply there; ``cells`` hold what stands behind the values.
        """
        members = member_rows(self.networks)
        return {
            "scenarios": [self._scenario(place, members) for place in range(len(self.names))],
            "on": self.on.isoformat(),
            "in_all": [row["id"] for row in members if not row["differs"]],
            "members": members,
            "figures": figure_rows(self.networks, lang),
            "contributions": contribution_rows(self.networks, lang),
            "checks": check_rows(self.networks, lang),
            "legal_forms": legal_form_rows(self.networks, lang),
            "data": named_in(lang, self.networks[0].data),
        }

    def _scenario(self, place: int, members: Sequence[Row]) -> dict[str, Any]:
        network = self.networks[place]
        alone = [here == place for here in range(len(self.networks))]
        return {
            "name": self.names[place], "service": network.service,
            "depth": network.depth.value, "contiguous": network.contiguous,
            "members": [unit.id for unit in network.members],
            "only_here": [row["id"] for row in members if row["values"] == alone],
        }  # fmt: skip


def compare_networks(
    atlas: Atlas, groups: Sequence[Scenario], *, on: datetime.date | None = None
) -> Comparison:
    """Check two to four groups on the same day, so that they can be laid side by side.

    Raises
    ------
    InvalidValueError
        Too few or too many groups, a name that is empty, too long or given twice; or as
        :func:`geoplan.networks.check_network`, as the other errors.
    """
    _check(groups)
    day = on or datetime.date.today()
    networks = tuple(
        check_network(
            atlas,
            one.members,
            service=one.service,
            on=day,
            intentions=one.intentions,
            seeds=one.seeds,
            weights=one.weights,
        )
        for one in groups
    )
    return Comparison(names=tuple(one.name for one in groups), networks=networks, on=day)


def _check(groups: Sequence[Scenario]) -> None:
    if not FEWEST <= len(groups) <= MOST:
        message = Message(
            "{low} to {high} scenarios are compared, not {value}.", low=FEWEST, high=MOST, value=len(groups)
        )
        raise InvalidValueError(message, value=len(groups))
    names = [one.name for one in groups]
    for place, name in enumerate(names):
        if not name.strip() or len(name) > MOST_NAME_CHARACTERS or not name.isprintable():
            message = Message(
                "“{value}” is no name of a scenario; it is a line of 1 to {most} characters.",
                value=name[:MOST_NAME_CHARACTERS], most=MOST_NAME_CHARACTERS,
            )  # fmt: skip
            raise InvalidValueError(message, value=name[:MOST_NAME_CHARACTERS])
        if name in names[:place]:
            raise InvalidValueError(Message("Two scenarios are called “{value}”.", value=name), value=name)
