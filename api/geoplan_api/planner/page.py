"""The values of the planner page: one per region, each made from the state alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from geoplan.messages import Message, alphabetical
from geoplan.networks.headcount import headcount_of
from geoplan.search import SearchResult
from geoplan.services import load_services
from geoplan.units import AdministrativeUnit, Level
from geoplan_api import labels
from geoplan_api.map_words import map_words
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.gaps import white_legend
from geoplan_api.planner.listing import lines
from geoplan_api.planner.panels import panel_values
from geoplan_api.planner.reasons import reasons
from geoplan_api.planner.scene import outlined, scene
from geoplan_api.planner.shaping import FORMS, service_effect
from geoplan_api.planner.sliders import sliders
from geoplan_api.planner.state import PlannerState
from geoplan_api.planner.strings import script_strings
from geoplan_api.planner.tray import county_to_join, next_step, tray
from geoplan_maps.style import bounds_of, classes_of
from geoplan_maps.wording import holder_label

EXAMPLES = (
    ("05570044", "heat-planning", Message("Telgte · heat planning")),
    ("08336", "climate-network", Message("Landkreis Lörrach · climate network")),
    ("mr-nuernberg", "", Message("Metropolitan region Nuremberg")),
)
"""What the first visit offers to click; those that the dataset does not know are left out."""

OLD_YEARS = 3
"""A territorial status of so many years is old enough to say so."""
ABOVE_PARTNERS = (Level.STATE, Level.GOVERNMENT_REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was searched for, and what came of it."""

    text: str = ""
    found: tuple[SearchResult, ...] = ()
    note: str | None = None
    """What is to be said where nothing was found."""


def planner_values(
    context: PlannerContext, *, search: Search, to: Callable[[PlannerState], str]
) -> dict[str, Any]:
    """The values of ``planner/page.html``.

    Parameters
    ----------
    context
        Data, state and reader.
    search
        What was searched for.
    to
        The address of a state.
    """
    listed = lines(context)
    return {
        "state": context.state, "to": to, "context": context, "answer": context.answer, "lines": listed,
        "text": search.text, "results": [one.unit for one in search.found], "search_note": search.note,
        "members": context.members, "notes": _notes(context),
        "sliders": sliders(context), "reasons": reasons(context), "tray": tray(context),
        "joining": county_to_join(context), "next_step": next_step(context),
        "white_legend": white_legend(context),
        "scale": bounds_of(classes_of(context.answer)) if context.answer else (), "holder": _holder(context),
        "panel": panel_values(context), "scene": scene(context, listed), "examples": _examples(context),
        "effect": service_effect(context), "title": _title(context), "news": _news(context),
        "oembed": _oembed(context),
        "strings": script_strings(context.lang) | map_words(context.lang), **_words(context),
    }  # fmt: skip


def _holder(context: PlannerContext) -> Message | None:
    """What the legend calls members that hold other members; ``None`` where there are none."""
    holders = outlined(context.members)
    return holder_label(context.atlas.units[one] for one in holders) if holders else None


def _words(context: PlannerContext) -> dict[str, Any]:
    """What things are called."""
    provenance = context.atlas.provenance

    def place_of(unit: AdministrativeUnit) -> str:
        return labels.place_of(context.atlas, unit)

    def inhabitants(unit: AdministrativeUnit) -> Message:
        return labels.inhabitants(context.atlas, unit)

    def counted(unit: AdministrativeUnit) -> Message:
        return headcount_of(context.atlas, unit).short

    return {
        "services": _services(context.lang), "forms": FORMS, "types": labels.TYPES, "roles": labels.ROLES,
        "levels": labels.LEVELS, "compactness": labels.COMPACTNESS,
        "unit_name": context.title, "place_of": place_of,
        "inhabitants": inhabitants, "counted": counted,
        "source": labels.data_line(provenance.to_dict(), context.lang),
        "source_url": provenance.attribution_url,
    }  # fmt: skip


def _oembed(context: PlannerContext) -> str:
    address = f"{context.base}/?{context.state.query()}"
    return f"{context.base}/oembed?{urlencode({'url': address})}"


def _examples(context: PlannerContext) -> list[tuple[PlannerState, Message]]:
    start = PlannerState(lang=context.state.lang, theme=context.state.theme, dataset=context.state.dataset)
    return [
        (start.ask(unit).asking_for(service), label)
        for unit, service, label in EXAMPLES
        if unit in context.atlas.units
    ]


def _services(lang: str) -> list[tuple[str, str]]:
    """Keys and names for a list to choose from, without the brackets that only explain a name."""
    named = [(one.key, one.label.text(lang).split(" (")[0]) for one in load_services().values()]
    return sorted(named, key=lambda one: alphabetical(one[1]))


def _title(context: PlannerContext) -> Message:
    if context.answer is None:
        return Message("Whom should we cooperate with, and why?")
    return labels.question_title(context.answer)


def _notes(context: PlannerContext) -> list[Message]:
    """What is to be known before the answer is read."""
    answer, provenance = context.answer, context.atlas.provenance
    notes = []
    if answer is not None and answer.unit.level in ABOVE_PARTNERS:
        notes.append(
            Message(
                "A state or government region is no partner itself: ask from a municipality or a county, or"
                " look at the white spots."
            )
        )
    years = _years_since(provenance.vintage)
    if years is not None and years >= OLD_YEARS:
        day = labels.day(provenance.vintage, context.lang)
        notes.append(
            Message("Territorial status {day}, {years} years old: partly out of date", day=day, years=years)
        )
    return notes


def _years_since(vintage: str) -> int | None:
    try:
        return (date.today() - date.fromisoformat(vintage)).days // 365
    except ValueError:
        return None


def _news(context: PlannerContext) -> str:
    """What a screen reader is told when the answer has changed."""
    answer = context.answer
    if answer is None:
        return ""
    count = len(answer.suggestions)
    if not count:
        return Message("No unit fits this question.").text(context.lang)
    first = context.title(answer.suggestions[0].unit)
    if count == 1:
        return Message("One suggestion: {name}.", name=first).text(context.lang)
    said = Message("{count} suggestions; the first is {name}.", count=count, name=first)
    return said.text(context.lang)
