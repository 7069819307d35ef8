"""Requests made of the description: allowed ones, wrong ones, chains along its links (schemathesis)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle
from typing import Any

import schemathesis
from hypothesis import given, seed
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from benchmarks.fuzzing.tally import Tally, budget, own_home
from geoplan import Atlas
from geoplan.services import load_services
from geoplan_api import Settings, create_app

CHAINED = 0.1
"""The share of requests that are sent in chains."""
STEPS = 6
"""Of one chain."""
AT_ONCE = 400
SEEDS = 10_000
"""So many kinds of requests one run has at most."""
WHOLE_LEVEL = "/api/v1/levels/{level}/units"
SHARE_OF_WHOLE_LEVEL = 0.05
"""An answer of it may be all units with their geometry, 30 MB; so many of its share are sent."""
REQUEST_SECONDS = 600
"""On a machine that others use, too; a server that does not begin in time says so itself (503)."""
UNCHECKED = [positive_data_acceptance]
"""The description cannot say which names and criteria there are: a request that it allows may be wrong."""

REFUSALS = (400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 422, 428, 429)
"""Ways to say that a request is wrong."""

Known = dict[str, str]


def fuzz_requests(atlas: Atlas, cases: int, *, start: int = 0, only: str = "") -> Tally:
    """Send at least ``cases`` requests to a desk with plans of its own, and check every answer.

    Parameters
    ----------
    start
        The same makes the same requests.
    only
        Of this operation (``GET /api/v1/units``), and no chains.
    """
    tally, seeds = Tally(), count(start * SEEDS)
    with own_home():
        application = create_app(Settings(), atlas=atlas, desk=True)
        api = schemathesis.openapi.from_asgi("/openapi.json", application, config=_config())
        described = (one.ok() for one in api.get_all_operations())
        operations = [one for one in described if only in ("", one.label)]
        known = st.none() | _known_values(list(atlas.units))
        chains = 0 if only else round(cases * CHAINED)
        each = (cases - chains) // (2 * len(operations)) + 1
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for one in operations:
                trial = Trial(operation=one, mode=mode, examples=_share(one, each), seed=next(seeds))
                tally.attempt(one.label, partial(_single, trial, known, tally))
        if chains:
            tally.attempt("chains", partial(_chained, api, chains, next(seeds), tally))
        again = _again(operations)
        while (rest := cases - tally.tried.total()) > 0:
            one, examples = next(again), min(rest, AT_ONCE)
            trial = Trial(operation=one, mode=GenerationMode.POSITIVE, examples=examples, seed=next(seeds))
            tally.attempt(one.label, partial(_single, trial, known, tally))
    return tally


def _config() -> SchemathesisConfig:
    refused = {"expected-statuses": list(REFUSALS)}
    checks = {"negative_data_rejection": refused}
    return SchemathesisConfig.from_dict({"checks": checks, "request-timeout": REQUEST_SECONDS})


def _share(operation: Any, each: int) -> int:
    return max(1, round(each * SHARE_OF_WHOLE_LEVEL)) if operation.path == WHOLE_LEVEL else each


def _again(operations: list[Any]) -> Iterator[Any]:
    """Operations round and round: those without parameters are tried once, and others take their share."""
    return cycle(
        one
        for one in operations
        if one.method == "get" and "/api/v1/" in one.path and one.path != WHOLE_LEVEL
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """So many requests of one kind."""

    operation: Any
    mode: GenerationMode
    examples: int
    seed: int


def _single(trial: Trial, known: st.SearchStrategy[Known | None], tally: Tally) -> None:
    allowed = trial.mode is GenerationMode.POSITIVE
    if not (allowed or _can_be_wrong(trial.operation)):
        return

    @seed(trial.seed)
    @budget(trial.examples)
    @given(case=trial.operation.as_strategy(generation_mode=trial.mode), named=known)
    def send(case: Any, named: Known | None) -> None:
        if allowed and named is not None:
            _name(case, named)
        tally.tried["allowed" if allowed else "wrong"] += 1
        answer = case.call()
        tally.answers[f"{answer.status_code // 100}xx"] += 1
        case.validate_response(answer, excluded_checks=UNCHECKED)

    send()


def _can_be_wrong(operation: Any) -> bool:
    parts = (operation.body, operation.path_parameters, operation.query, operation.headers)
    return any(bool(part) for part in parts)


def _known_values(units: list[str]) -> st.SearchStrategy[Known]:
    """Names that the description cannot list, for the fields that take them."""
    unit, service = st.sampled_from(units[:500]), st.sampled_from(sorted(load_services()))
    return st.fixed_dictionaries(
        {"unit_id": unit, "candidate_id": unit, "key": service, "service": service, "members": unit}
    )


def _name(case: Any, named: Known) -> None:
    """Put known names in the place of made-up ones, so that more than the first look-up is tried."""
    for place in (case.path_parameters, case.query):
        for name in set(place or ()) & set(named):
            place[name] = named[name]
    if isinstance(case.body, dict):
        case.body |= {"service": named["service"]} if "service" in case.body else {}
        for name in {"members", "seeds"} & set(case.body):
            case.body[name] = [named["unit_id"], named["candidate_id"]]


def _chained(api: Any, cases: int, first: int, tally: Tally) -> None:
    machine = api.as_state_machine()

    @seed(first)
    class Chains(machine):  # type: ignore[misc, valid-type]
        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            tally.tried["in chains"] += 1
            if response.status_code < 300:
                tally.answers[f"done in chains: {case.operation.method.upper()} {case.operation.path}"] += 1
            tally.answers[f"{response.status_code // 100}xx"] += 1
            case.validate_response(response, **{**more, "excluded_checks": UNCHECKED})

    Chains.run(settings=budget(max(cases // STEPS, 1), stateful_step_count=STEPS))
