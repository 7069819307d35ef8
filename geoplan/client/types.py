"""What a server answers, as types: made by ``python -m tests.client.client_types``."""

from typing import Any, Literal, NotRequired, TypedDict

Level = Literal[
    "municipality",
    "unincorporated-area",
    "association",
    "county",
    "government-region",
    "state",
    "metropolitan-region",
]


class FoundUnit(TypedDict):
    """A search result."""

    id: str
    name: str
    designation: str
    level: Level
    county: str | None
    state: str | None
    county_title: NotRequired[str | None]
    population: int | None
    match: str
    share: NotRequired[float | None]
    distance_km: NotRequired[float | None]


class Links(TypedDict):
    """Where this page of a list is, and those beside it; from the root of the server on."""

    self: str
    next: NotRequired[str | None]
    prev: NotRequired[str | None]


class Data(TypedDict):
    """Where the data come from; show ``attribution`` wherever you show the data."""

    dataset: str
    vintage: str
    licence: str
    attribution: str
    population_source: str | None


class Units(TypedDict):
    """Search results, best first."""

    results: list[FoundUnit]
    links: NotRequired[Links | None]
    unknown: NotRequired[list[str]]
    data: Data


class Unit(TypedDict):
    """Everything known of a unit."""

    id: str
    name: str
    designation: str
    level: Level
    county: str | None
    state: str | None
    ars: str | None
    association: str | None
    government_region: str | None
    population: int | None
    population_source: str | None
    area_km2: float
    perimeter_km: float | None
    longitude: float
    latitude: float
    county_name: str | None
    state_name: str | None
    data: Data


class NeighbourRow(TypedDict):
    """A neighbour."""

    id: str
    name: str
    designation: str
    level: Level
    county: str | None
    state: str | None
    order: int
    border_km: float | None


class Neighbours(TypedDict):
    """Neighbours by order, then by length of the common border."""

    unit: str
    neighbours: list[NeighbourRow]
    links: NotRequired[Links | None]
    data: Data


CooperationType = Literal[
    "horizontal-rural",
    "horizontal-metropolitan",
    "urban-rural",
    "vertical",
]


Role = Literal[
    "partner",
    "centre",
    "hinterland",
    "coordinator",
    "member",
]


class Contribution(TypedDict):
    """What one criterion adds to the score."""

    criterion: str
    value: float | None
    unit: str
    weight: float
    contribution: float
    explanation: str


Severity = Literal[
    "info",
    "warning",
    "blocker",
]


class Flag(TypedDict):
    """Something to know before talking to this partner."""

    code: str
    severity: Severity
    text: str
    source: str | None


class Suggestion(TypedDict):
    """A unit worth talking to, and why."""

    id: str
    name: str
    designation: str
    level: Level
    county: str | None
    state: str | None
    population: int | None
    type: CooperationType
    role: Role
    score: float
    contributions: list[Contribution]
    flags: list[Flag]
    stability: NotRequired[float | None]


class Constellation(TypedDict):
    """A small group to talk to together."""

    members: list[str]
    names: list[str]
    score: float
    contiguous: bool
    counties: list[str]
    associations: list[str]
    population: int | None
    text: str


Suggestions = TypedDict(
    "Suggestions",
    {
        "unit": str,
        "with": list[str],
        "type": str,
        "service": str | None,
        "suggestions": list[Suggestion],
        "constellations": NotRequired[list[Constellation]],
        "flags": list[Flag],
        "links": NotRequired[Links | None],
        "data": Data,
    },
)


class Bystander(TypedDict):
    """Who stands directly beside a candidate in the list, in another form of cooperation."""

    id: str
    name: str
    rank: int
    score: float
    role: str
    text: str


class Difference(TypedDict):
    """What one criterion adds to the score of a candidate, beside what it adds to that of a rival."""

    criterion: str
    contribution: float
    rival_contribution: float
    explanation: str | None
    rival_explanation: str | None


class Rival(TypedDict):
    """The nearest in the list before or after that is judged by the same criteria, or the very next."""

    id: str
    name: str
    rank: int
    score: float
    between: int
    beside: Bystander | None
    same_criteria: bool
    text: str
    differences: list[Difference]


class StabilityText(TypedDict):
    """How often a candidate is among the first five when the weights are others."""

    share: float
    draws: int
    first: int
    text: str


class Mutuality(TypedDict):
    """Where the asking unit stands in the candidate's own list."""

    rank: int | None
    among: int
    text: str


class Counterfactual(TypedDict):
    """One change that would lift a candidate into the first five."""

    kind: Literal["value", "weight"]
    about: str
    unit: str
    current: float
    needed: float
    change: float
    rank: int
    text: str


class Drawback(TypedDict):
    """Something that speaks against a candidate."""

    criterion: str | None
    lost: float
    text: str


class MissingData(TypedDict):
    """Something that is unknown or estimated, and how to add it."""

    criteria: list[str]
    estimated: bool
    text: str
    remedy: str


Explanation = TypedDict(
    "Explanation",
    {
        "unit": str,
        "candidate": str,
        "with": list[str],
        "rank": int,
        "candidates": int,
        "text": str,
        "suggestion": Suggestion,
        "rivals": list[Rival],
        "stability": StabilityText,
        "mutuality": Mutuality,
        "way_up": str | None,
        "counterfactuals": list[Counterfactual],
        "against": list[Drawback],
        "missing_data": list[MissingData],
        "data": Data,
    },
)


class Service(TypedDict):
    """A service field."""

    key: str
    label: str


class Services(TypedDict):
    """All service fields of the catalogue."""

    services: list[Service]
    data: Data


class ServiceAnswer(TypedDict):
    """One service field."""

    key: str
    label: str
    data: Data


class Check(TypedDict):
    """How one rule stands."""

    rule: str
    status: Literal["met", "missed", "unclear"]
    text: str
    source: str | None
    label: str
    kind: Literal["requirement", "advice", "hint"]
    as_of: str | None
    pack: str | None
    mark: Literal["V", "U", "D", "C"]
    stated: list[str]


class LegalForm(TypedDict):
    """A legal form the network could take."""

    form: str
    kind: Literal["informal", "public-law", "private-law"]
    fit: float
    reason: str
    statute: str
    contents: list[str]


class Drivers(TypedDict):
    """What drives the cost."""

    participants: int
    scope: str
    depth: str


class Cost(TypedDict):
    """What coordination costs, on open assumptions."""

    low_eur: float
    high_eur: float
    drivers: Drivers
    assumptions: list[dict[str, Any]]


class Network(TypedDict):
    """A checked network."""

    members: list[str]
    score: float | None
    population: int | None
    population_at_least: int
    population_unknown_for: int
    area_km2: float
    contiguous: bool
    components: list[list[str]]
    compactness: float | None
    counties: int
    states: int
    checks: list[Check]
    legal_forms: list[LegalForm]
    cost: Cost
    contributions: list[Contribution]


class Optimality(TypedDict):
    """How sure it is that no network is better."""

    status: Literal["optimal", "heuristic"]
    gap: float
    candidates: int
    alternatives: Literal["optimal", "heuristic"]


class Variant(TypedDict):
    """A group in short."""

    members: list[str]
    score: float
    compactness: float | None
    population_balance: float | None


class NetworkSearch(TypedDict):
    """Networks, the best first, then clearly different ones."""

    seeds: list[str]
    networks: list[Network]
    member_fits: list[dict[str, float]]
    optimality: Optimality
    by_size: list[Variant]
    pareto: list[Variant]
    service: str
    contiguous: bool
    data: Data


class NetworkAnswer(TypedDict):
    """One network."""

    network: Network
    data: Data


class ComparedScenario(TypedDict):
    """One of the groups, a column of the comparison."""

    name: str
    service: str
    depth: str
    contiguous: bool
    members: list[str]
    only_here: list[str]


class ComparedMember(TypedDict):
    """Who is in which group."""

    differs: bool
    id: str
    name: str
    population: int | None
    values: list[bool]
    share_low_eur: list[float | None]
    share_high_eur: list[float | None]


class ComparedFigure(TypedDict):
    """A figure of the groups."""

    differs: bool
    key: str
    label: str
    digits: int
    values: list[float | None]


class ComparedContribution(TypedDict):
    """What a criterion adds to each score."""

    differs: bool
    criterion: str
    values: list[float | None]
    cells: list[Contribution | None]


class ComparedCheck(TypedDict):
    """How a rule stands for each group."""

    differs: bool
    rule: str
    label: str
    values: list[Literal["met", "missed", "unclear"] | None]
    cells: list[Check | None]


class ComparedForm(TypedDict):
    """How well a legal form fits each group."""

    differs: bool
    form: str
    label: str
    values: list[float | None]
    cells: list[LegalForm | None]


class Comparison(TypedDict):
    """Groups side by side."""

    scenarios: list[ComparedScenario]
    on: str
    in_all: list[str]
    members: list[ComparedMember]
    figures: list[ComparedFigure]
    contributions: list[ComparedContribution]
    checks: list[ComparedCheck]
    legal_forms: list[ComparedForm]
    data: Data


PlanState = Literal[
    "idea",
    "exploring",
    "agreed",
    "founded",
    "operating",
    "evaluated",
    "ended",
]


class PlanSummary(TypedDict):
    """A plan in a list."""

    version: int
    at: str
    actor: str
    action: str
    deleted: bool
    id: str
    title: str
    state: PlanState
    service: str | None
    members: list[str]


class Plans(TypedDict):
    """Plans, last changed first."""

    plans: list[PlanSummary]
    data: Data


class Plan(TypedDict):
    """A plan."""

    id: str
    title: str
    state: PlanState


class ChecklistItem(TypedDict):
    """A success factor, and how the plan stands to it."""

    factor: str
    label: str
    hint: str
    since: PlanState
    done: bool
    due: bool
    missing: bool
    source: str


class FinanceTotals(TypedDict):
    """The finance plan added up, exact to the cent; null where a year does not say."""

    years: list[int]
    cost_eur: float | None
    grant_eur: float | None
    own_eur: float | None
    open_eur: float | None


class DatasetVintage(TypedDict):
    """A dataset and its territorial status."""

    dataset: str | None
    vintage: str | None


class Basis(TypedDict):
    """What the plan was computed with, beside the dataset of the answer."""

    stale: bool | None
    plan: DatasetVintage
    here: DatasetVintage


class StoredPlan(TypedDict):
    """The newest version of a plan."""

    version: int
    at: str
    actor: str
    action: str
    deleted: bool
    plan: Plan
    checklist: list[ChecklistItem]
    finance_totals: FinanceTotals
    basis: Basis
    data: Data


class VersionedPlan(TypedDict):
    """A version of a plan."""

    version: int
    at: str
    actor: str
    action: str
    deleted: bool
    plan: Plan


class History(TypedDict):
    """All versions, oldest first."""

    id: str
    versions: list[VersionedPlan]
    data: Data
