"""Cases that a planner would judge, on the embedded data: read the files in ``golden`` as advice.

Each file says what was asked, why the advice is sensible (or what is doubtful about it), and what came out:
the first eight, the constellations, one candidate explained. After a change of weights or data write them
anew with ``GEOPLAN_GOLDEN=write`` and read what has changed.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from geoplan import Atlas, suggest
from geoplan.insight import constellations, explain
from geoplan.suggestions.suggest import Asked, read_inquiry

GOLDEN = Path(__file__).with_name("golden")
FIRST = 8
CASES = sorted(GOLDEN.glob("*.json"))


def advice(atlas: Atlas, question: dict[str, Any]) -> dict[str, Any]:
    asked = {key: question[key] for key in ("partners", "type", "service", "as_level") if key in question}
    answer = suggest(atlas, question["unit"], limit=FIRST, **asked)
    inquiry = read_inquiry(atlas, question["unit"], Asked(**asked))
    advised = {
        "first": [
            f"{one.unit.name} ({one.unit.designation}), {one.type.value}, {one.role.value}"
            + "".join(f", {flag.code}" for flag in one.flags)
            for one in answer.suggestions
        ],
        "flags": [flag.code for flag in answer.flags],
        "together": [
            ", ".join(member.name for member in group.members[1:]) for group in constellations(inquiry)
        ],
    }
    if "explain" in question:
        told = explain(atlas, question["unit"], question["explain"], **asked)
        advised["explained"] = {
            "rank": told.rank,
            "mutual": told.mutuality.rank,
            "lifted_by": [f"{one.kind} of {one.about}" for one in told.counterfactuals],
            "against": [one.criterion or "flag" for one in told.drawbacks],
        }
    return advised


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_the_advice_is_the_one_that_was_read(atlas: Atlas, path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    advised = advice(atlas, kept["question"])
    if os.environ.get("GEOPLAN_GOLDEN") == "write":
        path.write_text(json.dumps({**kept, "advice": advised}, ensure_ascii=False, indent=2) + "\n", "utf-8")
        return
    assert advised == kept["advice"]


def test_there_are_a_dozen_cases_with_their_reasons() -> None:
    kept = [json.loads(path.read_text("utf-8")) for path in CASES]
    assert len(kept) >= 12
    assert all(len(case["why"]) > 60 for case in kept)
