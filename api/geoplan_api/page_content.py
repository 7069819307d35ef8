"""What the planner's pages say: the values that their templates set."""

from typing import Any
from urllib.parse import quote, urlencode

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.search import SearchResult
from geoplan.services import find_service, load_services
from geoplan.suggestions import SuggestionList
from geoplan.units import AdministrativeUnit
from geoplan_api import labels


def start_content(atlas: Atlas, found: list[SearchResult], lang: str) -> dict[str, Any]:
    """The search results and where the units lie."""
    units = [result.unit for result in found]
    return {
        "results": units,
        "places": _places(atlas, units),
        "levels": labels.LEVELS,
        "unit_name": labels.unit_name,
        **_source(atlas, lang),
    }


def unit_content(
    atlas: Atlas, answer: SuggestionList, base: str, lang: str, dataset: str | None = None
) -> dict[str, Any]:
    """A unit, the question about it and who fits; ``base`` is where the planner is reached from outside."""
    map_path = _map_path(answer, lang, dataset)
    unit = answer.unit
    return {
        "answer": answer,
        "title": _title(answer),
        "place": labels.place_of(atlas, unit),
        "inhabitants": _inhabitants(unit),
        "services": load_services().values(),
        "types": labels.TYPES,
        "roles": labels.ROLES,
        "places": _places(atlas, [suggestion.unit for suggestion in answer.suggestions]),
        "unit_name": labels.unit_name,
        "map": map_path,
        "oembed": f"{base}/oembed?{urlencode({'url': base + map_path})}",
        **_source(atlas, lang),
    }


def _source(atlas: Atlas, lang: str) -> dict[str, str]:
    source = atlas.provenance
    return {"source": labels.data_line(source.to_dict(), lang), "source_url": source.attribution_url}


def _title(answer: SuggestionList) -> Message:
    name = ", ".join(labels.unit_name(unit) for unit in (answer.unit, *answer.partners))
    if answer.service is None:
        return Message("Partners for {name}", name=name)
    return Message("Partners for {name}: {service}", name=name, service=find_service(answer.service).label)


def _inhabitants(unit: AdministrativeUnit) -> Message:
    if unit.population is None:
        return Message("inhabitants unknown")
    return Message("{count:n0} inhabitants", count=unit.population)


def _places(atlas: Atlas, units: list[AdministrativeUnit]) -> dict[str, str]:
    return {unit.id: labels.place_of(atlas, unit) for unit in units}


def _map_path(answer: SuggestionList, lang: str, dataset: str | None) -> str:
    asked = {"type": answer.type, "service": answer.service, "lang": lang, "dataset": dataset}
    partners = ",".join(partner.id for partner in answer.partners)
    query = {key: value for key, value in {**asked, "with": partners}.items() if value}
    return f"/embed/units/{quote(answer.unit.id, safe='')}?{urlencode(query)}"
