"""The embed of a group: who is in it, where it is in pieces, what law and funding ask."""

from geoplan.messages import Message
from geoplan.plans import Plan
from geoplan.services import find_service
from geoplan.units import PLACE_LEVELS, AdministrativeUnit, Level
from geoplan_api.embedding import network_title
from geoplan_api.embeds.findings import findings
from geoplan_api.embeds.view import EmbedTable, EmbedView, county_of
from geoplan_api.planner import PlannerContext
from geoplan_api.planner.scene import bounds_of, gaps_of, outlined
from geoplan_maps.content import Content, LegendEntry, data_credit, sources
from geoplan_maps.table import Row
from geoplan_maps.wording import county_name, holder_label, population, state_name


def network_embed(context: PlannerContext, title: Message | None = None, *, checks: bool = True) -> EmbedView:
    """Put the group of the context into an embed; a network of one member has no checks.

    Parameters
    ----------
    title
        What it is called; by default by its members.
    checks
        Whether to say how it stands against map, law and funding.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError, InvalidValueError
        As :func:`geoplan.check_network`.
    """
    units = list(context.members)
    called = title or network_title([context.title(unit) for unit in units])
    table = EmbedTable(
        caption=Message("The members").text(context.lang), value=None,
        rows=tuple(_row(context, unit, number) for number, unit in enumerate(units, start=1)),
        units=tuple(unit.id for unit in units),
    )  # fmt: skip
    return EmbedView(
        content=_content(context, called, table), scene=_scene(context, units), tables=(table,),
        findings=findings(context) if checks else None,
        empty=Message("This network has no members yet."), county=county_of(units),
        planner=context.state.query(),
    )  # fmt: skip


def plan_embed(context: PlannerContext, plan: Plan, *, checks: bool = True) -> EmbedView:
    """Put what may be read of a plan into an embed: its title and the members of its network."""
    return network_embed(context, Message("Plan: {title}", title=plan.title), checks=checks)


def _scene(context: PlannerContext, units: list[AdministrativeUnit]) -> dict[str, object]:
    ids = [unit.id for unit in units]
    return {
        "asking": None, "level": _level(units), "partners": [], "outlined": outlined(units),
        "group": ids, "suggestions": [], "names": {unit.id: context.title(unit) for unit in units},
        "gaps": gaps_of(context), "bounds": bounds_of(context.atlas, units), "view": ",".join(ids),
    }  # fmt: skip


def _level(units: list[AdministrativeUnit]) -> str:
    """The level that the map draws: that of the places where there are any."""
    levels = {unit.level for unit in units}
    return Level.MUNICIPALITY.value if not levels or levels & set(PLACE_LEVELS) else units[0].level.value


def _row(context: PlannerContext, unit: AdministrativeUnit, number: int) -> Row:
    told = context.title(unit).endswith(f"({unit.designation})")
    place = (
        "" if told else unit.designation,
        county_name(context.atlas, unit),
        state_name(context.atlas, unit),
    )
    return Row(
        rank=number, name=context.title(unit), place=" · ".join(part for part in place if part),
        population=population(context.atlas, unit, context.lang),
        population_source=None, part="", score="", sign="group",
        reasons=(), further=(), further_title="", remarks=(),
    )  # fmt: skip


def _content(context: PlannerContext, called: Message, table: EmbedTable) -> Content:
    lang, network = context.lang, context.network
    title = called.text(lang)
    legend = [LegendEntry(sign="group", text=Message("member of the network").text(lang))]
    legend += holder_entries(context)
    if network is not None and not network.contiguous:
        legend.append(LegendEntry(sign="gap", text=Message("gap in the network").text(lang)))
    legend.append(LegendEntry(sign="county", text=Message("county border").text(lang)))
    legend.append(LegendEntry(sign="state", text=Message("state border").text(lang)))
    service = context.state.service
    return Content(
        lang=lang, title=title, map_title=Message("Map: {title}", title=title).text(lang),
        place=_size(context), question=find_service(service).label.text(lang) if service else "",
        remarks=(), caption=table.caption, rows=table.rows, scale=(), legend=tuple(legend),
        sources=sources(context.atlas.provenance, lang), credit=data_credit(context.atlas.provenance),
    )  # fmt: skip


def holder_entries(context: PlannerContext) -> list[LegendEntry]:
    """The sign of members that hold other members, where there are any."""
    holders = [context.atlas.units[one] for one in outlined(context.members)]
    return [LegendEntry(sign="holder", text=holder_label(holders).text(context.lang))] if holders else []


def _size(context: PlannerContext) -> str:
    network = context.network
    if network is None:
        return ""
    said = [Message("{count} members", count=len(network.members))]
    said.append(network.headcount.text)
    said.append(Message("{area:n0} km²", area=network.area_km2))
    return " · ".join(part.text(context.lang) for part in said)
