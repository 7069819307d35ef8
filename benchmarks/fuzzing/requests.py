"""Requests made of the description: allowed ones, wrong ones, chains along its links (schemathesis)."""

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import Any

import schemathesis
from hypothesis import given
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
UNCHECKED = [positive_data_acceptance]
"""The description cannot say which names and criteria there are: a request that it allows may be wrong."""

REFUSALS = (400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 422, 428, 429)
"""Ways to say that a request is wrong."""

Known = dict[str, str]


def fuzz_requests(atlas: Atlas, cases: int) -> Tally:
    """Send at least ``cases`` requests to a desk with plans of its own, and check every answer."""
    tally, known = Tally(), st.none() | _known_values(list(atlas.units))
    with own_home():
        application = create_app(Settings(), atlas=atlas, desk=True)
        api = schemathesis.openapi.from_asgi("/openapi.json", application, config=_config())
        operations = [one.ok() for one in api.get_all_operations()]
        chains = round(cases * CHAINED)
        each = (cases - chains) // (2 * len(operations)) + 1
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for operation in operations:
                tally.attempt(operation.label, partial(_single, operation, mode, known, tally, examples=each))
        tally.attempt("chains", partial(_chained, api, chains, tally))
        for operation in _again(operations):
            rest = cases - tally.tried.total()
            if rest <= 0:
                break
            more = partial(_single, operation, GenerationMode.POSITIVE, known, tally)
            tally.attempt(operation.label, partial(more, examples=min(rest, AT_ONCE)))
    return tally


def _config() -> SchemathesisConfig:
    refused = {"expected-statuses": list(REFUSALS)}
    return SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": refused}})


def _again(operations: list[Any]) -> Iterator[Any]:
    """Operations round and round: those without parameters are tried once, and others take their share."""
    return cycle(one for one in operations if one.method == "get" and "/api/v1/" in one.path)


def _single(
    operation: Any, mode: GenerationMode, known: st.SearchStrategy[Known | None], tally: Tally, *,
    examples: int,
) -> None:  # fmt: skip
    allowed = mode is GenerationMode.POSITIVE
    if not (allowed or _can_be_wrong(operation)):
        return

    @budget(examples)
    @given(case=operation.as_strategy(generation_mode=mode), named=known)
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


def _chained(api: Any, cases: int, tally: Tally) -> None:
    machine = api.as_state_machine()

    class Chains(machine):  # type: ignore[misc, valid-type]
        def validate_response(self, response: Any, case: Any, **more: Any) -> None:
            tally.tried["in chains"] += 1
            if response.status_code < 300:
                tally.answers[f"done in chains: {case.operation.method.upper()} {case.operation.path}"] += 1
            tally.answers[f"{response.status_code // 100}xx"] += 1
            case.validate_response(response, **{**more, "excluded_checks": UNCHECKED})

    Chains.run(settings=budget(max(cases // STEPS, 1), stateful_step_count=STEPS))
