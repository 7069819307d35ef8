"""The embed of a unit: who fits, and why."""

from dataclasses import replace

from geoplan.messages import Message
from geoplan_api.embeds.network import holder_entries
from geoplan_api.embeds.view import EmbedTable, EmbedView, county_of
from geoplan_api.planner import PlannerContext
from geoplan_api.planner.listing import lines
from geoplan_api.planner.scene import scene
from geoplan_api.problems import NotFoundError
from geoplan_maps.content import build_content
from geoplan_maps.wording import PAGE


def suggestions_embed(context: PlannerContext) -> EmbedView:
    """Put the suggestions of the context into an embed.

    Raises
    ------
    NotFoundError
        Nobody asks in this context.
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError, InvalidValueError
        As :func:`geoplan.suggest`.
    """
    answer = context.answer
    if answer is None:
        raise NotFoundError(Message("A unit is needed to embed its suggestions."))
    content = build_content(context.atlas, answer, context.lang)
    content = replace(content, legend=(*content.legend, *holder_entries(context)))
    table = EmbedTable(
        caption=content.caption, value=PAGE["fit"], rows=content.rows,
        units=tuple(one.unit.id for one in answer.suggestions),
    )  # fmt: skip
    return EmbedView(
        content=content, scene=scene(context, lines(context)), tables=(table,), empty=PAGE["nothing"],
        county=county_of([answer.unit]), planner=context.state.query(),
    )  # fmt: skip
