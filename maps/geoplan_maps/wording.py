"""What a map says in the reader's language: units, dates, types and roles in a planner's words."""

from collections.abc import Iterable

from geoplan.atlas import Atlas
from geoplan.messages import IsoDay, Message, format_number
from geoplan.networks.headcount import headcount_of
from geoplan.suggestions.result import CooperationType, Role, Severity
from geoplan.units import COUNTY_FREE, AdministrativeUnit, Level

TYPES = {
    CooperationType.HORIZONTAL_RURAL: Message("horizontal"),
    CooperationType.HORIZONTAL_METROPOLITAN: Message("between metropolitan regions"),
    CooperationType.URBAN_RURAL: Message("city and surroundings"),
    CooperationType.VERTICAL: Message("vertical"),
    "horizontal": Message("horizontal"),
    "any": Message("all types of cooperation"),
}

ROLES = {
    Role.PARTNER: Message("partner"),
    Role.CENTRE: Message("centre"),
    Role.HINTERLAND: Message("surrounding municipality"),
    Role.COORDINATOR: Message("coordination"),
    Role.MEMBER: Message("member"),
}

HOLDERS = {
    Level.COUNTY: Message("county that takes part"),
    Level.ASSOCIATION: Message("association of municipalities that takes part"),
}
ANY_HOLDER = Message("larger unit that takes part")

SEVERITIES = {
    Severity.INFO: Message("Note"),
    Severity.WARNING: Message("Mind"),
    Severity.BLOCKER: Message("Obstacle"),
}

PAGE = {
    "to_table": Message("To the table"),
    "table": Message("Suggestions as a table"),
    "rank": Message("Rank"),
    "name": Message("Name"),
    "fit": Message("Fit"),
    "scale": Message("Fit (0 to 1), compared within this list"),
    "reasons": Message("Reasons"),
    "show": Message("Show on the map"),
    "sum": Message(
        "The fit is the sum of the amounts beside the reasons; 1 is the best there can be."
        " Rounded; differences of 0.01 are possible."
    ),
    "nothing": Message(
        "No unit fits this question. Another type of cooperation or another service may have suggestions."
    ),
    "sources": Message("Sources"),
    "zoom_in": Message("Zoom in"),
    "zoom_out": Message("Zoom out"),
    "close": Message("Close"),
}
"""Fixed words of the page, by the name that ``assets/`` knows them by."""


def day(iso_date: str, lang: str) -> str:
    """A date as the language writes it; what is no ISO date stays as it is."""
    return IsoDay(iso_date).text(lang)


def population(atlas: Atlas, unit: AdministrativeUnit, lang: str) -> str:
    """The inhabitants in words: an estimate, at least so many, or that they are unknown."""
    return headcount_of(atlas, unit).text.text(lang)


def holder_label(holders: Iterable[AdministrativeUnit]) -> Message:
    """What a legend calls members that hold other members."""
    levels = {one.level for one in holders}
    return HOLDERS.get(levels.pop(), ANY_HOLDER) if len(levels) == 1 else ANY_HOLDER


def score(value: float, lang: str) -> str:
    """A score with two decimals (0,81)."""
    return format_number(value, 2, lang)


def unit_title(unit: AdministrativeUnit) -> str:
    """The name as it stands alone; see :attr:`~geoplan.units.AdministrativeUnit.title`."""
    return unit.title


def county_name(atlas: Atlas, unit: AdministrativeUnit) -> str | None:
    """The county as a planner names it; ``None`` for a county, a county-free city or where it is unknown."""
    if unit.county is None or unit.county == unit.id or unit.county not in atlas.units:
        return None
    county = atlas.units[unit.county]
    return None if county.designation in COUNTY_FREE else unit_title(county)


def state_name(atlas: Atlas, unit: AdministrativeUnit) -> str | None:
    """The state's name; ``None`` for a state or where it is unknown."""
    if unit.state is None or unit.state == unit.id or unit.state not in atlas.units:
        return None
    return atlas.units[unit.state].name
