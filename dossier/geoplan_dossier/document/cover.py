"""The first page of the document: whose network, in what, its figures, its map."""

from collections import Counter
from typing import Any

from geoplan.messages import Message, format_number
from geoplan.networks.fundable import funding_answer
from geoplan.rules import Group, group_of
from geoplan.services import find_service
from geoplan_dossier.cells import UNKNOWN, day_text
from geoplan_dossier.document.parts import Part, paragraph
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets.money import years
from geoplan_maps.wording import day as iso_day

MOST_NAMES = 8
TITLE = Message("{service}: {names}")
SUBTITLE = Message("Dossier on a network · {day} · boundaries as of {vintage}")
SUBTITLE_OF_PLAN = Message(
    "Dossier on a network · {service} · plan: {state} · {day} · boundaries as of {vintage}"
)
ONE_PIECE, PIECES = (
    Message("They form one connected area."),
    Message("They form {count} separate pieces."),
)
SUMMARY = Message(
    "{count} members with {population} inhabitants on {area_km2:n0} km². {pieces} Of {checks} checks: met"
    " {met}, missed {missed}, unclear {unclear}, hints {hints}. Coordinating the network is estimated to cost"
    " €{low:n0} to €{high:n0} over {years:n0} years; this is no offer, and the assumptions are listed."
)
AT_LEAST, AT_LEAST_SHORT = Message("at least {count:n0}"), Message("≥ {count:n0}")
CAPTION = Message("Boundaries: {attribution}; status of {vintage}; generalised.")
ALT = Message(
    "Map: the members {names} in blue, numbered as in the table, with their neighbours, county and state"
    " lines. {pieces}"
)


def title_of(dossier: Dossier, lang: str) -> str:
    """The title: that of the plan, else the field and the members."""
    plan = dossier.request.plan
    if plan is not None:
        return plan.title
    service = find_service(dossier.network.service).label
    return TITLE.filled(service=service, names=names_of(dossier, lang)).text(lang)


def heading_of(dossier: Dossier, lang: str) -> str:
    """What stands largest: the title of the plan, else the field."""
    plan = dossier.request.plan
    return find_service(dossier.network.service).label(lang) if plan is None else plan.title


def names_of(dossier: Dossier, lang: str) -> str:
    """The members in one line; of many the first."""
    names = [member.title for member in dossier.members]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    shown = ", ".join(names[:MOST_NAMES])
    return Message("{names} and {count} more", names=shown, count=len(names) - MOST_NAMES).text(lang)


def subtitle_of(dossier: Dossier, lang: str) -> str:
    """The line below the title."""
    network, plan = dossier.network, dossier.request.plan
    told: dict[str, Any] = {
        "day": day_text(network.on, lang),
        "vintage": iso_day(network.data["vintage"], lang),
    }
    if plan is None:
        return SUBTITLE.filled(**told).text(lang)
    service = find_service(network.service).label
    return SUBTITLE_OF_PLAN.filled(service=service, state=plan.state.label, **told).text(lang)


def cover(dossier: Dossier, lang: str) -> list[Part]:
    """Summary, figures and map."""
    plan = dossier.request.plan
    summary = [] if plan is None or plan.summary is None else [paragraph(plan.summary)]
    funding = funding_answer(dossier.network, lang)
    summary += [] if funding is None else [paragraph(funding)]
    summary += [paragraph(_summary(dossier, lang))]
    summary += [paragraph(one.text(lang)) for one in dossier.network.counted_once]
    return [*summary, _figures(dossier, lang), _map(dossier, lang)]


def _summary(dossier: Dossier, lang: str) -> str:
    network = dossier.network
    groups = Counter(group_of(check) for check in network.checks)
    return SUMMARY.filled(
        count=len(network.members), population=_inhabitants(dossier, lang, AT_LEAST),
        area_km2=network.area_km2, pieces=_pieces(dossier), checks=len(network.checks),
        met=groups[Group.MET], missed=groups[Group.MISSED], unclear=groups[Group.UNCLEAR],
        hints=groups[Group.HINT],
        low=network.cost.total.rounded.low, high=network.cost.total.rounded.high, years=years(dossier),
    ).text(lang)  # fmt: skip


def _pieces(dossier: Dossier) -> Message:
    network = dossier.network
    count = len(network.components)
    if network.only_by is not None:
        return network.only_by
    return ONE_PIECE if count == 1 else PIECES.filled(count=count)


def _figures(dossier: Dossier, lang: str) -> Part:
    network = dossier.network
    items = (
        (Message("members"), _number(len(network.members), 0, lang)),
        (Message("inhabitants"), _inhabitants(dossier, lang, AT_LEAST_SHORT)),
        (Message("km²"), _number(network.area_km2, 0, lang)),
        (Message("fit (0 to 1)"), _number(network.score, 2, lang)),
        (Message("counties / states"), f"{len(network.counties)} / {len(network.states)}"),
    )
    said = [{"value": value, "label": label.text(lang)} for label, value in items]
    return {"part": "figures", "items": said}


def _map(dossier: Dossier, lang: str) -> Part:
    data = dossier.network.data
    caption = CAPTION.filled(attribution=data["attribution"], vintage=iso_day(data["vintage"], lang))
    names = ", ".join(member.title for member in dossier.members)
    alt = ALT.filled(names=names, pieces=_pieces(dossier))
    return {"part": "map", "alt": alt.text(lang), "caption": caption.text(lang)}


def _inhabitants(dossier: Dossier, lang: str, at_least: Message) -> str:
    """The sum; where some are unknown, that of the others as a lower bound."""
    count = dossier.network.headcount
    if count.total is not None:
        return format_number(count.total, 0, lang)
    return at_least.filled(count=count.known).text(lang) if count.known else UNKNOWN


def _number(value: float | None, digits: int, lang: str) -> str:
    return UNKNOWN if value is None else format_number(value, digits, lang)
