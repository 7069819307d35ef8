"""What an embed may be asked for, and the place in the planner that answers it."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.networks.check import MAX_MEMBERS
from geoplan_api.embedding import LAYERS
from geoplan_api.embeds.view import Look
from geoplan_api.parameters import AnswerQuery, QuestionQuery, TextList, Word
from geoplan_api.planner import PlannerContext, PlannerState


class LookQuery(BaseModel):
    """How is the embed to look?"""

    theme: Literal["auto", "light", "dark"] = Field(
        default="auto", description="Colours; `auto` as the visitor's device prefers."
    )
    background: Literal["page", "transparent"] = Field(
        default="page", description="`transparent` lets the page around show through."
    )
    layers: TextList = Field(
        default=",".join(LAYERS), description="What the map shows, parted by commas; by default all.",
        examples=["suggestions,group"],
    )  # fmt: skip

    def look(self) -> Look:
        """How the embed is to look.

        Raises
        ------
        UnknownChoiceError
            There is no such layer.
        """
        asked = [part.strip() for part in self.layers.split(",") if part.strip()]
        for one in asked:
            if one not in LAYERS:
                message = Message("There is no layer “{value}”.", value=one)
                raise UnknownChoiceError(message, value=one, nearest=nearest_values(one, LAYERS) or LAYERS)
        return Look(theme=self.theme, background=self.background, layers=frozenset(asked))


class EmbedUnitQuery(QuestionQuery, LookQuery):
    """Which suggestions, and how are they to look?"""


class EmbedPlanQuery(AnswerQuery, LookQuery):
    """How is a plan to look?"""

    checks: bool = Field(
        default=True,
        description="Whether to say how the network stands against map, law and funding;"
        " `false` leaves that out.",
    )


class EmbedNetworkQuery(EmbedPlanQuery):
    """Which network, and how is it to look?"""

    members: TextList = Field(
        description="Ids of the members, parted by commas.", examples=["05570044,05570008,05570016"]
    )
    service: Word | None = Field(
        default=None, description="Key of a service field.", examples=["climate-network"]
    )

    def member_list(self) -> list[str]:
        """The members.

        Raises
        ------
        InvalidValueError
            There are none, or too many.
        """
        found = [part.strip() for part in self.members.split(",") if part.strip()]
        if not 1 <= len(found) <= MAX_MEMBERS:
            message = Message(
                "A network has 1 to {most} members, not {count}.", most=MAX_MEMBERS, count=len(found)
            )
            raise InvalidValueError(message, value=self.members)
        return found


class EmbedWhiteSpotsQuery(AnswerQuery, LookQuery):
    """Partners for which service, and how are they to look?"""

    service: Word = Field(description="Key of a service field.", examples=["heat-planning"])
    type: Word = Field(default="horizontal", description="Form of cooperation.")


def unit_context(atlas: Atlas, unit: str, query: QuestionQuery, *, lang: str) -> PlannerContext:
    """The place in the planner where a unit asks; errors as :meth:`QuestionQuery.weight_map`."""
    state = PlannerState(
        unit=unit, type="" if query.type == "any" else query.type, service=query.service or "",
        partners=tuple(query.partner_list()), weights=tuple(query.weight_map().items()),
        as_level=query.as_level or "", limit=query.limit, lang=lang, dataset=query.dataset or "",
    )  # fmt: skip
    return _context(atlas, state, lang)


def group_context(
    atlas: Atlas, members: Sequence[str], query: AnswerQuery, *, lang: str, service: str | None = None
) -> PlannerContext:
    """The place in the planner where a group is built."""
    first, rest = (members[0], tuple(members[1:])) if members else ("", ())
    state = PlannerState(
        unit=first, partners=rest, service=service or "", lang=lang, dataset=query.dataset or ""
    )
    return _context(atlas, state, lang)


def _context(atlas: Atlas, state: PlannerState, lang: str) -> PlannerContext:
    named = state.named(lambda name: atlas.unit(name).id)
    return PlannerContext(atlas=atlas, state=named, lang=lang, base="", desk=False)
