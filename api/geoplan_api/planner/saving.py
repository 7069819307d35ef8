"""The group kept as a plan: on a desk in its store, elsewhere as a file that a desk can read."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from geoplan.messages import Message
from geoplan.plans import Plan, StoredPlan, read_plan
from geoplan.plans.exchange import FORMAT, FORMAT_VERSION
from geoplan.plans.origin import begun
from geoplan.plans.reading import new_id
from geoplan.plans.states import Action
from geoplan.plans.store import now
from geoplan.units import titles_beside
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.intending import facts_of

FIELDS = ("title", "summary", "goal")
"""What is asked of whoever keeps a group."""
MOST_NAME_CHARACTERS = 60
NAMED_IN_TITLE = 3
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
DOSSIERS = (("PDF", "pdf"), ("Excel", "xlsx"), ("JSON", "json"))
FILE_WRITER = "planner"


def save_panel(context: PlannerContext) -> dict[str, Any]:
    """What the form begins with, and whether there is a store behind it."""
    return {
        "desk": context.desk, "members": context.members, "entered": {"title": suggested_title(context)},
        "problem": "", "dossiers": [(label, _dossier(context, form)) for label, form in DOSSIERS],
    }  # fmt: skip


def _dossier(context: PlannerContext, form: str) -> str:
    """The query by which the dossier of the group is asked for."""
    state = context.state
    said = {
        "members": ",".join(state.group), "service": context.checked_service, "seeds": state.unit,
        "weights": ",".join(f"{key}:{weight:g}" for key, weight in state.weights),
        "depth": state.depth, "key": state.key, "format": form, "lang": context.lang,
        "dataset": state.dataset,
    }  # fmt: skip
    return urlencode({name: value for name, value in said.items() if value}, safe=",:")


def suggested_title(context: PlannerContext) -> str:
    """A title that says who, and what for."""
    names = list(map(titles_beside(context.members), context.members))
    who = ", ".join(names[:NAMED_IN_TITLE])
    if len(names) > NAMED_IN_TITLE:
        more = len(names) - NAMED_IN_TITLE
        who = Message("{names} and {count} more", names=who, count=more).text(context.lang)
    if not context.state.service:
        return Message("Network {names}", names=who).text(context.lang)
    # What stands in brackets is the programme: it is not what the network is called.
    return f"{context.service_label.text(context.lang).split(' (')[0]}: {who}"


def plan_of(context: PlannerContext, entered: Mapping[str, str]) -> Plan:
    """The group of the state as a new plan, with what it was computed with.

    Parameters
    ----------
    entered
        ``title``, and where it is said ``summary`` and the first ``goal``.

    Raises
    ------
    InvalidValueError
        What was entered is empty, too long or no text.
    """
    said = {name: entered.get(name, "").strip() for name in FIELDS}
    given = {
        "title": said["title"], "summary": said["summary"] or None,
        "goals": [{"text": said["goal"]}] if said["goal"] else [],
        "network": {"members": list(context.state.group), "service": context.state.service or None},
        "provenance": {"weights": context.state.weight_map or None},
        "facts": facts_of(context.state),
    }  # fmt: skip
    return begun(read_plan(given, plan_id=new_id()), context.atlas)


def plan_file(plan: Plan) -> dict[str, Any]:
    """A plan that is in no store yet, as ``geoplan plan export`` writes one."""
    version = StoredPlan(
        plan=plan, version=1, at=now(), actor=FILE_WRITER, action=Action.CREATE.value, deleted=False
    )
    return {
        "format": FORMAT, "format_version": FORMAT_VERSION, "exported": now(),
        "plans": [{"id": plan.id, "versions": [version.to_dict()]}], "audit": [],
    }  # fmt: skip


def file_name(title: str, ending: str) -> str:
    """A name for a file that holds something with this title."""
    return f"{plain_words(title) or 'plan'}.{ending}"


def plain_words(text: str) -> str:
    """Small letters, digits and hyphens that remind of a text; empty where nothing of it is left."""
    letters = text.lower().translate(UMLAUTS)
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST_NAME_CHARACTERS].strip("-")
