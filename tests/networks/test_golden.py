"""Built networks as a county's climate coordinator would read them: the files in ``golden``.

Each file is a municipality with three services: what was asked, how it was read, and what came out. After a
change of weights, rules or data write them anew with ``GEOPLAN_GOLDEN=write`` and read what has changed.
"""

import datetime
import json
import os
from pathlib import Path
from typing import Any

import pytest

from geoplan import Atlas, build_network
from geoplan.networks import Network
from geoplan.rules import Status

GOLDEN = Path(__file__).with_name("golden")
CASES = sorted(GOLDEN.glob("*.json"))
DAY = datetime.date(2026, 11, 22)


def summary(network: Network) -> dict[str, Any]:
    """What is read: who, how well they fit, what stands against it, which form, what cost."""
    return {
        "members": ", ".join(f"{unit.name} ({unit.population})" for unit in network.members),
        "score": None if network.score is None else round(network.score, 3),
        "population": network.population,
        "contiguous": network.contiguous,
        "counties": len(network.counties),
        "missed": [check.rule for check in network.checks if check.status == Status.MISSED],
        "unclear": [check.rule for check in network.checks if check.status == Status.UNCLEAR],
        "form": network.legal_forms[0].form.key,
        "cost_eur": [round(network.cost.total.low), round(network.cost.total.high)],
    }


def built(atlas: Atlas, question: dict[str, Any]) -> dict[str, Any]:
    found = build_network(
        atlas, [question["unit"]], service=question["service"], alternatives=2, time_limit=None, on=DAY
    )
    alternative = found.alternatives[0].members if found.alternatives else ()
    return {
        "status": found.status,
        "best": summary(found.networks[0]),
        "alternative": ", ".join(unit.name for unit in alternative),
        "sizes": {str(len(one.members)): round(one.score, 3) for one in found.by_size},
    }


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_the_networks_are_those_that_were_read(atlas: Atlas, path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    found = [case | {"built": built(atlas, {"unit": kept["unit"]} | case)} for case in kept["cases"]]
    if os.environ.get("GEOPLAN_GOLDEN") == "write":
        path.write_text(json.dumps({**kept, "cases": found}, ensure_ascii=False, indent=2) + "\n", "utf-8")
        return
    assert found == kept["cases"]


def test_there_are_ten_municipalities_with_three_services_each_and_each_was_read() -> None:
    cases = [json.loads(path.read_text("utf-8"))["cases"] for path in CASES]
    assert len(cases) >= 10
    for services in cases:
        assert len({case["service"] for case in services}) >= 3
        assert all(len(case["read"]) > 20 for case in services)
