"""Where somebody stands on the planner page, as the address says it; every link is another such state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from pydantic import ConfigDict, Field

from geoplan.networks.cost_model import load_cost_model
from geoplan_api.parameters import QuestionQuery, TextList, Word
from geoplan_api.weights import read_weights
from geoplan_api.written_numbers import plain_number

USUAL_ROWS = 20
MORE_ROWS = 60
WEIGHT_FIELD = "w_"
"""What the sliders are called in a form that is sent without a script."""
ASSUMPTION_FIELD = "a_"
"""What the assumptions of the cost are called in their form."""


class PlannerQuery(QuestionQuery):
    """What the address of the planner page may say; what it does not know it leaves alone.

    Portals and mail programs add parameters of their own to links.
    """

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    q: Word = ""
    unit: Word = ""
    why: Word = ""
    panel: Literal["", "build", "check", "compare", "save", "embed", "white-spots"] = ""
    pin: TextList = ""
    view: Literal["", "map", "table"] = ""
    theme: Literal["", "light", "dark"] = ""
    min: Word = ""
    max: Word = ""
    within: Literal["", "county", "state", "own", "counties"] = ""
    exclude: TextList = ""
    whole: Literal["", "1"] = ""
    alternatives: Word = ""
    depth: Word = ""
    key: Word = ""
    assume: TextList = ""
    facts: TextList = ""
    limit: int = Field(default=USUAL_ROWS, ge=1, le=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerState:
    """A place in the planner. Empty text: not said."""

    unit: str = ""
    """Id of the asking unit."""
    type: str = ""
    service: str = ""
    partners: tuple[str, ...] = ()
    """Ids of those on board beside the asking unit."""
    weights: tuple[tuple[str, float], ...] = ()
    """Changed weights, by criterion."""
    as_level: str = ""
    why: str = ""
    """Id of the candidate that is explained."""
    panel: str = ""
    pinned: tuple[str, ...] = ()
    """Ids of the group that is kept beside for comparison."""
    view: str = ""
    least: str = ""
    most: str = ""
    within: str = ""
    excluded: tuple[str, ...] = ()
    """Who must not be in a network that is built: ids or names as they were typed."""
    whole: bool = False
    """Whether associations of municipalities stay whole in it."""
    alternatives: str = ""
    depth: str = ""
    """How deeply the group works together; empty: as is usual for the service."""
    key: str = ""
    """By what the cost is shared."""
    assumed: tuple[tuple[str, str], ...] = ()
    """Changed assumptions of the cost by their keys, as they were typed."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the partners state in the plan that this was opened from."""
    limit: int = USUAL_ROWS
    lang: str = ""
    theme: str = ""
    dataset: str = ""

    @property
    def group(self) -> tuple[str, ...]:
        """The asking unit and its partners."""
        return (self.unit, *self.partners) if self.unit else ()

    @property
    def weight_map(self) -> dict[str, float]:
        """The changed weights by criterion."""
        return dict(self.weights)

    def query(self) -> str:
        """The state as the query of an address, without what is as usual."""
        said = {
            "unit": self.unit, "type": "" if self.type == "any" else self.type, "service": self.service,
            "with": ",".join(self.partners), "as": self.as_level,
            "weights": ",".join(f"{key}:{weight:g}" for key, weight in self.weights),
            "why": self.why, "panel": self.panel, "pin": ",".join(self.pinned), "view": self.view,
            "min": self.least, "max": self.most, "within": self.within,
            "exclude": ",".join(self.excluded), "whole": "1" if self.whole else "",
            "alternatives": self.alternatives, "depth": self.depth, "key": self.key,
            "assume": ",".join(f"{key}:{value}" for key, value in self.assumed),
            "facts": ",".join(f"{key}:{value}" for key, value in self.facts),
            "limit": "" if self.limit == USUAL_ROWS else str(self.limit),
            "lang": self.lang, "theme": self.theme, "dataset": self.dataset,
        }  # fmt: skip
        return urlencode({key: value for key, value in said.items() if value}, safe=",:")

    def kept(self, *without: str) -> dict[str, str]:
        """What a form sends along beside its own fields, by name."""
        return {name: value for name, value in parse_qsl(self.query()) if name not in without}

    def named(self, id_of: Callable[[str], str]) -> "PlannerState":
        """The same state with all units by id; errors as those of ``id_of``."""
        partners = dict.fromkeys(id_of(one) for one in self.partners)
        unit = id_of(self.unit) if self.unit else ""
        return replace(
            self, unit=unit, partners=tuple(one for one in partners if one != unit) if unit else (),
            why=id_of(self.why) if self.why and unit else "",
            pinned=tuple(dict.fromkeys(id_of(one) for one in self.pinned)) if unit else (),
        )  # fmt: skip

    def ask(self, unit: str) -> "PlannerState":
        """The same question asked by another unit, with nobody on board yet."""
        return replace(
            self, unit=unit, partners=(), why="", panel="", pinned=(), least="", most="", excluded=(),
            facts=(), limit=USUAL_ROWS,
        )  # fmt: skip

    def asking_for(self, service: str) -> "PlannerState":
        """The question for another service field."""
        return replace(self, service=service)

    def any_form(self) -> "PlannerState":
        """The question for all forms of cooperation."""
        return replace(self, type="")

    def explain(self, candidate: str) -> "PlannerState":
        """The reasons for a candidate beside the list; none where ``candidate`` is empty."""
        return replace(self, why=candidate, panel="")

    def add(self, partner: str) -> "PlannerState":
        """With one more on board."""
        if partner in self.group:
            return self
        return replace(self, partners=(*self.partners, partner), panel=self._group_panel)

    def remove(self, partner: str) -> "PlannerState":
        """With one less on board."""
        rest = tuple(one for one in self.partners if one != partner)
        return replace(self, partners=rest, panel=self._group_panel)

    def with_group(self, group: tuple[str, ...]) -> "PlannerState":
        """With just this group; who asks stays the one who asks."""
        return replace(self, partners=tuple(one for one in group if one != self.unit), why="", panel="")

    def open(self, panel: str) -> "PlannerState":
        """With a panel of the group open; none where ``panel`` is empty."""
        return replace(self, panel=panel, why="")

    def pin(self) -> "PlannerState":
        """With the group kept beside for comparison."""
        return replace(self, pinned=self.group)

    def beside(self, partner: str) -> "PlannerState":
        """The group as it is, compared with the group with one more: what changes if it joins?"""
        return replace(self, pinned=(*self.group, partner), panel="compare", why="")

    def swap(self) -> "PlannerState":
        """With the group that was kept beside, and the group beside."""
        return replace(self.with_group(self.pinned), pinned=self.group, panel=self.panel)

    def without(self, excluded: str) -> "PlannerState":
        """With one more who must not be in a network that is built."""
        return replace(self, excluded=tuple(dict.fromkeys((*self.excluded, excluded))))

    def usual_assumptions(self) -> "PlannerState":
        """With the assumptions of the cost as they are kept."""
        return replace(self, assumed=())

    def without_facts(self) -> "PlannerState":
        """Without what the partners state in the plan that this was opened from."""
        return replace(self, facts=())

    def unpin(self) -> "PlannerState":
        """With nothing kept beside."""
        return replace(self, pinned=(), panel="" if self.panel == "compare" else self.panel)

    def usual_weights(self) -> "PlannerState":
        """With the weights as they are kept."""
        return replace(self, weights=())

    def seen(self, view: str) -> "PlannerState":
        """With the answer seen as a list, a map or a table; a wide screen has list and map beside."""
        return replace(self, view="" if view == "list" else view)

    def themed(self, theme: str) -> "PlannerState":
        """In light or dark colours."""
        return replace(self, theme=theme)

    def more(self) -> "PlannerState":
        """With a longer list."""
        return replace(self, limit=MORE_ROWS)

    @property
    def _group_panel(self) -> str:
        # What is open stays open while the group changes; proposals for another group would mislead.
        return "" if self.panel == "build" else self.panel


def read_state(query: PlannerQuery, fields: Mapping[str, str], lang: str) -> PlannerState:
    """The state that an address says; ``fields`` are those of a form that has a field a criterion or number.

    Raises
    ------
    InvalidValueError
        The weights cannot be read.
    """
    moved = [
        f"{name.removeprefix(WEIGHT_FIELD)}:{value}"
        for name, value in fields.items() if name.startswith(WEIGHT_FIELD)
    ]  # fmt: skip
    weights = query.weight_map() | read_weights(moved, ":")
    partners = tuple(dict.fromkeys(query.partner_list()))
    pinned, excluded = _listed(query.pin), _listed(query.exclude)
    return PlannerState(
        unit=query.unit.strip(), type="" if query.type == "any" else query.type, service=query.service or "",
        partners=partners, weights=tuple(weights.items()), as_level=query.as_level or "", why=query.why,
        panel=query.panel, pinned=pinned, view=query.view, least=query.min.strip(), most=query.max.strip(),
        within=query.within, excluded=excluded, whole=bool(query.whole),
        alternatives=query.alternatives.strip(), depth=query.depth.strip(),
        key=query.key.strip(), assumed=_assumed(query, fields, lang),
        facts=tuple(_pairs(query.facts).items()),
        limit=query.limit, lang=lang, theme=query.theme, dataset=query.dataset or "",
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _pairs(text: str) -> dict[str, str]:
    parts = (one.partition(":") for one in _listed(text))
    return {key.strip(): value.strip() for key, _, value in parts}


def _assumed(query: PlannerQuery, fields: Mapping[str, str], lang: str) -> tuple[tuple[str, str], ...]:
    """The changed assumptions; those that a form sends as they are kept are none."""
    sent = {
        name.removeprefix(ASSUMPTION_FIELD): value.strip()
        for name, value in fields.items() if name.startswith(ASSUMPTION_FIELD)
    }  # fmt: skip
    kept = {key: f"{one.value:g}" for key, one in load_cost_model().assumptions.items()}
    changed = _pairs(query.assume) | {key: plain_number(value, lang) for key, value in sent.items()}
    return tuple((key, value) for key, value in changed.items() if value and value != kept.get(key))
