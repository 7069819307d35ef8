"""What every part of the planner page is made from: the data, the place in the planner, the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from geoplan.atlas import Atlas
from geoplan.errors import GeoplanError
from geoplan.insight import WhiteSpots, white_spots
from geoplan.messages import Localised
from geoplan.networks import Intentions, Network, check_network
from geoplan.services import find_service
from geoplan.suggestions import SuggestionList, suggest
from geoplan.suggestions.ranking import Ranking
from geoplan.suggestions.suggest import Asked, read_inquiry
from geoplan.units import AdministrativeUnit, titles_beside
from geoplan_api import labels
from geoplan_api.planner.areas import area_of
from geoplan_api.planner.intending import intentions_of
from geoplan_api.planner.state import PlannerState

CHECKED_WITHOUT_SERVICE = "climate-network"
"""A group of a planner who has named no service field is checked as what most of them are after."""
LEAST_GROUP = 2


@dataclass(frozen=True, kw_only=True)
class PlannerContext:
    """The data and the state; what several parts need is computed once."""

    atlas: Atlas
    state: PlannerState
    lang: str
    base: str
    """Where the planner is reached from outside."""
    desk: bool
    """Whether plans can be kept from this page."""

    @cached_property
    def answer(self) -> SuggestionList | None:
        """Who fits; ``None`` where nobody asks. Errors as in :func:`geoplan.suggest`."""
        state = self.state
        if not state.unit:
            return None
        return suggest(
            self.atlas, state.unit, partners=state.partners, type=state.type or "any",
            service=state.service or None, limit=state.limit, weights=state.weight_map,
            as_level=state.as_level or None,
        )  # fmt: skip

    @cached_property
    def rankings(self) -> list[Ranking]:
        """All candidates as the question ranks them; none where nobody asks."""
        return self.rankings_for(self.state.service)

    def rankings_for(self, service: str) -> list[Ranking]:
        """The same question, asked for another service field or for none."""
        state = self.state
        if not state.unit:
            return []
        asked = Asked(
            partners=state.partners, type=state.type or "any", service=service or None,
            weights=state.weight_map, as_level=state.as_level or None,
        )  # fmt: skip
        return read_inquiry(self.atlas, state.unit, asked).rankings()

    @cached_property
    def members(self) -> tuple[AdministrativeUnit, ...]:
        """The asking unit and its partners, in the order they came on board."""
        return tuple(self.atlas.unit(one) for one in self.state.group)

    @property
    def checked_service(self) -> str:
        """The service that the group is checked for."""
        return self.state.service or CHECKED_WITHOUT_SERVICE

    @property
    def network(self) -> Network | None:
        """The group, checked; ``None`` where it is no group yet."""
        return self._checked[0]

    @property
    def refusal(self) -> str | None:
        """Why the group is checked as is usual, and not as the address asks."""
        return self._checked[1]

    @cached_property
    def _checked(self) -> tuple[Network | None, str | None]:
        if len(self.members) < LEAST_GROUP:
            return None, None
        try:
            return self._check(intentions_of(self.state)), None
        except GeoplanError as error:
            # A slip in a number is no reason to withhold what can be said without it.
            return self._check(Intentions()), error.text(self.lang)

    def _check(self, intentions: Intentions) -> Network:
        state = self.state
        return check_network(
            self.atlas,
            state.group,
            service=self.checked_service,
            intentions=intentions,
            seeds=(state.unit,),
            weights=state.weight_map,
        )

    @cached_property
    def area(self) -> AdministrativeUnit | None:
        """The area whose white spots can be looked for: the asking one's, or that which holds it."""
        return area_of(self.atlas, self.members[0]) if self.members else None

    @property
    def area_name(self) -> str:
        """What that area is called."""
        return "" if self.area is None else labels.parent_name(self.atlas, self.area.id) or self.area.name

    @cached_property
    def white_spots(self) -> WhiteSpots | None:
        """Who has nobody in the area; ``None`` where that is not asked for."""
        if self.state.panel != "white-spots" or self.area is None:
            return None
        return white_spots(self.atlas, self.area.id, service=self.checked_service)

    @property
    def service_label(self) -> Localised:
        """The name of the service that is checked for."""
        return find_service(self.checked_service).label

    @cached_property
    def title(self) -> Callable[[AdministrativeUnit], str]:
        """What units are called on this page: a town says that it is one where its county is there too."""
        suggested = [] if self.answer is None else [one.unit for one in self.answer.suggestions]
        pinned = [self.atlas.unit(one) for one in self.state.pinned]
        return titles_beside([*self.members, *suggested, *pinned])
