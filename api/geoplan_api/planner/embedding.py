"""How what is shown is put into another page: what, how it looks, and the lines to paste."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from geoplan.messages import Message
from geoplan_api import labels
from geoplan_api.embedding import LAYERS, network_title, snippet
from geoplan_api.planner.context import LEAST_GROUP, PlannerContext
from geoplan_api.planner.state import USUAL_ROWS

SIZES = (("100%", 600), ("640", 480), ("320", 480))
"""Width and height in pixels; the first is offered."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that each machine takes for itself."""
LAYER_NAMES = {
    "suggestions": Message("suggestions by their fit"),
    "group": Message("partners on board"),
    "gaps": Message("gaps in the network"),
    "basemap": Message("button for a background map, where the operator has set one"),
}
OF_NETWORK = tuple(name for name in LAYERS if name != "suggestions")
WITHOUT_PARTNERS = ("suggestions", "basemap")
OF_WHITE_SPOTS = ("basemap",)
THEMES = {
    "auto": Message("as the visitor's device prefers"),
    "light": Message("light"),
    "dark": Message("dark"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be embedded."""

    label: Message
    title: str
    """Of the frame: screen readers announce it by this."""
    address: str
    """Path and query, without how it looks."""
    layers: tuple[str, ...]
    """What of its map can be left out."""
    checks: bool = False
    """Whether it says how a network stands, which can be left out too."""


def embed_panel(context: PlannerContext) -> dict[str, Any]:
    """What can be embedded here, with the lines for the first of it."""
    choices = _choices(context)
    if not choices:
        return {"choices": ()}
    first = choices[0]
    width, height = SIZES[0]
    look = urlencode({"lang": context.lang})
    address = f"{first.address}{'&' if '?' in first.address else '?'}{look}"
    return {
        "choices": choices, "sizes": SIZES, "layers": [(name, LAYER_NAMES[name]) for name in LAYERS],
        "themes": THEMES, "preview": address, "title": first.title, "height": height, "base": context.base,
        "only_here": urlsplit(context.base).hostname in LOOPBACK,
        "snippet": snippet(context.base + address, first.title, width=width, height=height),
        "host_script": f'<script src="{context.base}/static/embed/host.js" defer></script>',
    }  # fmt: skip


def _choices(context: PlannerContext) -> list[Choice]:
    answer, state = context.answer, context.state
    if answer is None:
        return []
    asked = {
        "type": state.type, "service": state.service, "with": ",".join(state.partners), "as": state.as_level,
        "weights": ",".join(f"{key}:{weight:g}" for key, weight in state.weights),
        "limit": "" if state.limit == USUAL_ROWS else str(state.limit), "dataset": state.dataset,
    }  # fmt: skip
    found = [
        Choice(
            label=Message("the suggestions"), title=labels.question_title(answer).text(context.lang),
            address=_address(f"units/{quote(answer.unit.id, safe='')}", asked),
            layers=LAYERS if state.partners else WITHOUT_PARTNERS,
        )
    ]  # fmt: skip
    if len(context.members) >= LEAST_GROUP:
        group = {"members": ",".join(state.group), "service": state.service, "dataset": state.dataset}
        title = network_title([context.title(unit) for unit in context.members]).text(context.lang)
        # Whoever has a network wants it shown: it is offered first.
        address = _address("networks", group)
        label = Message("the network")
        network = Choice(label=label, title=title, address=address, layers=OF_NETWORK, checks=True)
        found.insert(0, network)
    return found + _area(context)


def _area(context: PlannerContext) -> list[Choice]:
    area = context.area
    if area is None:
        return []
    title = Message("White spots in {name}: {service}", name=context.area_name, service=context.service_label)
    asked = {"service": context.checked_service, "dataset": context.state.dataset}
    address = _address(f"white-spots/{quote(area.id, safe='')}", asked)
    label = Message("white spots {within}", within=labels.Within(context.area_name))
    return [Choice(label=label, title=title.text(context.lang), address=address, layers=OF_WHITE_SPOTS)]


def _address(path: str, asked: dict[str, str]) -> str:
    said = urlencode({name: value for name, value in asked.items() if value}, safe=",:")
    return f"/embed/{path}?{said}" if said else f"/embed/{path}"
