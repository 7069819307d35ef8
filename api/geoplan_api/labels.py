"""What levels, types and roles are called when people read them."""

from dataclasses import dataclass

from geoplan.atlas import Atlas
from geoplan.messages import IsoDay, Message
from geoplan.networks.headcount import headcount_of
from geoplan.provenance import source_name
from geoplan.services import find_service
from geoplan.suggestions import CooperationType, Role, Severity, SuggestionList
from geoplan.units import COUNTY_FREE, SELF_NAMED, AdministrativeUnit, Level

LEVELS = {
    Level.MUNICIPALITY: Message("municipality"),
    Level.UNINCORPORATED_AREA: Message("unincorporated area"),
    Level.ASSOCIATION: Message("association of municipalities"),
    Level.COUNTY: Message("county"),
    Level.GOVERNMENT_REGION: Message("government region"),
    Level.STATE: Message("state"),
    Level.METROPOLITAN_REGION: Message("metropolitan region"),
}
LEVELS_COUNTED = {
    Level.MUNICIPALITY: Message("municipalities"),
    Level.UNINCORPORATED_AREA: Message("unincorporated areas"),
    Level.ASSOCIATION: Message("associations of municipalities"),
    Level.COUNTY: Message("counties and county-free cities"),
    Level.GOVERNMENT_REGION: Message("government regions"),
    Level.STATE: Message("states"),
    Level.METROPOLITAN_REGION: Message("metropolitan regions"),
}
TYPES = {
    "any": Message("all types of cooperation"),
    "horizontal": Message("horizontal"),
    CooperationType.HORIZONTAL_RURAL.value: Message("horizontal"),
    CooperationType.HORIZONTAL_METROPOLITAN.value: Message("between metropolitan regions"),
    CooperationType.URBAN_RURAL.value: Message("city and surroundings"),
    CooperationType.VERTICAL.value: Message("vertical"),
}
ROLES = {
    Role.PARTNER: Message("partner"),
    Role.CENTRE: Message("centre"),
    Role.HINTERLAND: Message("surrounding municipality"),
    Role.COORDINATOR: Message("coordination"),
    Role.MEMBER: Message("member"),
}
COMPACTNESS = Message(
    "how close the common area comes to a circle: 1 is a circle; the more frayed or drawn out, the lower"
)
SIGNS = {Severity.INFO: "i", Severity.WARNING: "!", Severity.BLOCKER: "✗"}


def unit_name(unit: AdministrativeUnit) -> str:
    """The name with the designation behind it, where the name does not say it itself."""
    if not unit.designation or unit.designation.casefold() in unit.name.casefold():
        return unit.name
    return f"{unit.name} ({unit.designation})"


def parent_name(atlas: Atlas, unit_id: str | None) -> str | None:
    """The name of a unit that another belongs to, designated where the name alone would mislead."""
    if unit_id is None or unit_id not in atlas.units:
        return None
    parent = atlas.units[unit_id]
    whole = parent.level == Level.STATE or any(word in parent.name.lower() for word in SELF_NAMED)
    return parent.name if whole else f"{parent.designation} {parent.name}".strip()


@dataclass(frozen=True, slots=True)
class Within:
    """“in” a unit, as each language says it: im Kreis Warendorf, in der Region Hannover, in Hessen."""

    name: str

    def text(self, lang: str) -> str:
        """The unit with the word that leads into it."""
        if lang != "de":
            return f"in {self.name}"
        first = self.name.split(" ")[0].casefold()
        return next(said for ends, said in LEADING_IN if first.endswith(ends)) + self.name


LEADING_IN = (
    (("kreis", "verband", "bezirk", "amt", "saarland"), "im "),
    (("region", "gemeinde", "gemeinschaft"), "in der "),
    (("",), "in "),
)
"""By how the first word of a name ends."""


def place_of(atlas: Atlas, unit: AdministrativeUnit) -> str:
    """County and state of a unit; empty where it has none above it.

    A city that is its own county is not named twice: of that county only what it is called is said.
    """
    above = [parent_name(atlas, key) for key in (unit.county, unit.state) if key != unit.id]
    if unit.county and unit.county in atlas.units and unit.county != unit.id:
        county = atlas.units[unit.county]
        above[0] = county.designation if county.designation in COUNTY_FREE else above[0]
    return ", ".join(name for name in above if name)


def day(iso_date: str, lang: str) -> str:
    """A date as the language writes it; what is no ISO date stays as it is."""
    return IsoDay(iso_date).text(lang)


def inhabitants(atlas: Atlas, unit: AdministrativeUnit) -> Message:
    """How many live there, whether that is an estimate, and for how many municipalities it is unknown."""
    return headcount_of(atlas, unit).text


def data_line(data: dict[str, object], lang: str) -> str:
    """The source of an answer in a line: what, of when, whose, under which licence."""
    said = Message(
        "{dataset}, territorial status {day} · {attribution} · {licence}",
        dataset=data["dataset"], day=day(str(data["vintage"]), lang),
        attribution=data["attribution"], licence=data["licence"],
    ).text(lang)  # fmt: skip
    population = source_name(str(data["population_source"] or ""), lang)
    if not population:
        return said
    return f"{said} · {Message('Inhabitants: {source}', source=population).text(lang)}"


def question_title(answer: SuggestionList) -> Message:
    """Who asks for partners, and for what."""
    name = ", ".join(unit_name(unit) for unit in (answer.unit, *answer.partners))
    if answer.service is None:
        return Message("Partners for {name}", name=name)
    return Message("Partners for {name}: {service}", name=name, service=find_service(answer.service).label)
