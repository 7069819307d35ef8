"""Sections whose rows are no list of the plan as it is: nested in it, or single values side by side."""

from collections.abc import Mapping
from typing import Any

from geoplan.errors import InvalidValueError
from geoplan.evidence import LocalText
from geoplan.messages import Localised, Message
from geoplan.rules.stated import read_facts
from geoplan_api.planner.saving import plain_words

Row = dict[str, Any]
Document = Mapping[str, Any]

SHOWN_CHARACTERS = 60


def basics_rows(plan: Document) -> list[Row]:
    """Title, summary, and when the staff was told."""
    return [{name: plan[name] for name in ("title", "summary", "staff_informed")}]


def basics_changes(_plan: Document, rows: list[Row]) -> dict[str, Any]:
    """The fields of the plan itself."""
    return rows[0]


def network_rows(plan: Document) -> list[Row]:
    """The service and who is a member."""
    return [dict(plan["network"])]


def network_changes(_plan: Document, rows: list[Row]) -> dict[str, Any]:
    """The network of the plan."""
    return {"network": rows[0]}


def fact_rows(plan: Document) -> list[Row]:
    """What the partners state, by fact."""
    return [{name: _answer(value) for name, value in plan["facts"].items()}]


def _answer(value: Any) -> Any:
    return value if not isinstance(value, bool) else "yes" if value else "no"


def fact_changes(plan: Document, rows: list[Row]) -> dict[str, Any]:
    """The facts of the plan with what is stated now; errors as in :func:`geoplan.rules.stated.read_facts`."""
    kept = {name: value for name, value in plan["facts"].items() if name not in rows[0]}
    said = read_facts(f"{name}={value}" for name, value in rows[0].items() if value is not None)
    return {"facts": {**kept, **said}}


def goal_rows(plan: Document) -> list[Row]:
    """The goals without their indicators; ``was`` finds them again where the text is changed."""
    return [{"text": goal["text"], "was": goal["text"]} for goal in plan["goals"]]


def goal_changes(plan: Document, rows: list[Row]) -> dict[str, Any]:
    """The goals with the indicators that they had.

    Raises
    ------
    InvalidValueError
        A goal that is left out has indicators still.
    """
    left = [dict(goal) for goal in plan["goals"]]
    goals = []
    for row in rows:
        before = next((goal for goal in left if goal["text"] == row.get("was")), None)
        if before is not None:
            left.remove(before)
        goals.append({"text": row["text"], "indicators": before["indicators"] if before else []})
    lost = next((goal for goal in left if goal["indicators"]), None)
    if lost is not None:
        message = Message(
            "The goal “{value}” still has indicators. They have to be taken out first.",
            value=_short(lost["text"]),
        )  # fmt: skip
        raise InvalidValueError(message, value=_short(lost["text"]))
    return {"goals": goals}


def goal_choices(plan: Document) -> dict[str, dict[str, Localised]]:
    """The goals that an indicator may belong to."""
    return {"goal": {goal["text"]: _said(goal["text"]) for goal in plan["goals"]}}


def indicator_rows(plan: Document) -> list[Row]:
    """The indicators of all goals."""
    return [{**indicator, "goal": goal["text"]} for goal in plan["goals"] for indicator in goal["indicators"]]


def indicator_changes(plan: Document, rows: list[Row]) -> dict[str, Any]:
    """The goals with these indicators; a new one gets a key of its name.

    Raises
    ------
    InvalidValueError
        There is no goal yet, or an indicator that is left out has values still.
    """
    goals = [{**goal, "indicators": []} for goal in plan["goals"]]
    if rows and not goals:
        raise InvalidValueError(Message("An indicator measures a goal: there is none yet."), value=None)
    taken = {row["key"] for row in rows if row.get("key")}
    for row in rows:
        goal = next((one for one in goals if one["text"] == row["goal"]), None)
        if goal is None:
            message = Message("There is no goal “{value}” any more.", value=_short(row["goal"]))
            raise InvalidValueError(message, value=_short(row["goal"]))
        key = row.get("key") or _new_key(row["name"], taken)
        taken.add(key)
        goal["indicators"].append({**{name: row[name] for name in row if name != "goal"}, "key": key})
    _check_measured(plan, taken)
    return {"goals": goals}


def _check_measured(plan: Document, kept: set[str]) -> None:
    names = {row["key"]: row["name"] for row in indicator_rows(plan)}
    lost = next((value["indicator"] for value in plan["monitoring"] if value["indicator"] not in kept), None)
    if lost is not None:
        name = _short(names.get(lost, lost))
        message = Message(
            "The indicator “{value}” still has values. They have to be taken out first.", value=name
        )
        raise InvalidValueError(message, value=name)


def indicator_choices(plan: Document) -> dict[str, dict[str, Localised]]:
    """The indicators that a value may belong to."""
    return {"indicator": {row["key"]: _said(row["name"]) for row in indicator_rows(plan)}}


def participant_rows(plan: Document) -> list[Row]:
    """The participants with their decisions beside."""
    return [
        {
            **{name: one[name] for name in ("name", "unit", "role", "contact")},
            "result": one["decision"]["result"], "decided": one["decision"]["on"],
            "reference": one["decision"]["reference"],
        }
        for one in plan["participants"]
    ]  # fmt: skip


def participant_changes(_plan: Document, rows: list[Row]) -> dict[str, Any]:
    """The participants of the plan."""
    inside = {"result": "result", "decided": "on", "reference": "reference"}
    return {
        "participants": [
            {
                **{name: value for name, value in row.items() if name not in inside},
                "decision": {inside[name]: value for name, value in row.items() if name in inside},
            }
            for row in rows
        ]
    }


def _new_key(name: str, taken: set[str]) -> str:
    stem = plain_words(name) or "indicator"
    return next(
        key for key in (stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 3))) if key not in taken
    )


def _said(text: str) -> Localised:
    return LocalText(de=_short(text), en=_short(text))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]} …"
