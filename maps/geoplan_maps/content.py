"""What the page around the map says: title, legend, table and sources, in the reader's language."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.provenance import Provenance, source_name
from geoplan.services import find_service
from geoplan.suggestions.result import SuggestionList
from geoplan.units import titles_beside
from geoplan_maps.style import classes_of, is_outlined, sign_of
from geoplan_maps.table import Remark, Row, remarks, table_rows
from geoplan_maps.wording import TYPES, county_name, day, population, score, state_name, unit_title


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A sign on the map and what it means."""

    sign: str
    """Name of the sign in ``assets/map.css``."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source note with where it leads."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that is read on the page."""

    lang: str
    title: str
    place: str
    """What the asking unit is and where it lies."""
    question: str
    """Type of cooperation and partners on board."""
    remarks: tuple[Remark, ...]
    map_title: str
    caption: str
    """Of the table."""
    rows: tuple[Row, ...]
    scale: tuple[LegendEntry, ...]
    """The classes of fit from the best on the map to the weakest."""
    legend: tuple[LegendEntry, ...]
    """All other signs."""
    sources: tuple[Source, ...]
    credit: Source
    """The source note that stands on the map itself."""


def build_content(atlas: Atlas, answer: SuggestionList, lang: str) -> Content:
    """Put the answer into words."""
    title = _title(answer, lang)
    return Content(
        lang=lang,
        title=title,
        map_title=Message("Map: {title}", title=title).text(lang),
        caption=_caption(len(answer.suggestions), lang),
        place=_place(atlas, answer, lang),
        question=_question(answer, lang),
        remarks=remarks(answer.flags, lang),
        rows=table_rows(atlas, answer, lang),
        scale=_scale(answer, lang),
        legend=_legend(answer, lang),
        sources=sources(atlas.provenance, lang),
        credit=data_credit(atlas.provenance),
    )


def _title(answer: SuggestionList, lang: str) -> str:
    name = unit_title(answer.unit)
    if answer.service is None:
        return Message("Partners for {name}", name=name).text(lang)
    service = find_service(answer.service).label
    return Message("Partners for {name}: {service}", name=name, service=service).text(lang)


def _place(atlas: Atlas, answer: SuggestionList, lang: str) -> str:
    unit = answer.unit
    parts = (
        unit.designation,
        county_name(atlas, unit),
        state_name(atlas, unit),
        population(atlas, unit, lang),
    )
    return " · ".join(part for part in parts if part)


def _question(answer: SuggestionList, lang: str) -> str:
    kind = TYPES[answer.type].text(lang)
    if not answer.partners:
        return kind
    title = titles_beside([answer.unit, *answer.partners])
    names = ", ".join(map(title, answer.partners))
    on_board = Message("already on board: {names}", names=names).text(lang)
    return f"{kind} · {on_board}"


def _caption(count: int, lang: str) -> str:
    if count == 1:
        return Message("One suggestion with reasons").text(lang)
    return Message("The {count} best suggestions with reasons", count=count).text(lang)


def _scale(answer: SuggestionList, lang: str) -> tuple[LegendEntry, ...]:
    classes = classes_of(answer)
    used = {sign_of(suggestion, classes) for suggestion in answer.suggestions}
    steps = [part.step for part in classes if f"step-{part.step}" in used]
    return tuple(
        LegendEntry(sign=f"step-{part.step}", text=f"{score(part.low, lang)}–{score(part.high, lang)}")
        for part in reversed(classes)
        if min(steps) <= part.step <= max(steps)
    )


def _legend(answer: SuggestionList, lang: str) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry(sign="unit", text=unit_title(answer.unit))]
    if answer.partners:
        entries.append(LegendEntry(sign="partner", text=Message("already on board").text(lang)))
    if any(map(is_outlined, answer.suggestions)):
        entries.append(LegendEntry(sign="above", text=Message("coordination").text(lang)))
    entries.append(LegendEntry(sign="county", text=Message("county border").text(lang)))
    entries.append(LegendEntry(sign="state", text=Message("state border").text(lang)))
    return tuple(entries)


def data_credit(provenance: Provenance) -> Source:
    """Whose boundaries these are."""
    return _link(provenance.attribution, provenance.attribution_url)


def sources(provenance: Provenance, lang: str) -> tuple[Source, ...]:
    """All sources behind a map."""
    boundaries = Message(
        "Boundaries: {dataset}, territorial status {day}, licence {licence}",
        dataset=provenance.dataset, day=day(provenance.vintage, lang), licence=provenance.licence,
    )  # fmt: skip
    known = [data_credit(provenance), _link(boundaries.text(lang), None)]
    population_source = source_name(provenance.population_source, lang)
    if population_source is not None:
        known.append(_link(Message("Inhabitants: {source}", source=population_source).text(lang), None))
    return tuple(known)


def _link(text: str, url: str | None) -> Source:
    """A source note; an address that is no web address is not linked."""
    web = url is not None and urlsplit(url).scheme in ("https", "http")
    return Source(text=text, url=url if web else None)
