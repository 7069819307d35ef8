"""What the page around the map says: title, legend, table and sources, in the reader's language."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from geoplan.atlas import Atlas
from geoplan.provenance import Provenance
from geoplan.services import find_service
from geoplan.suggestions.result import Role, SuggestionList
from geoplan_maps.style import score_classes
from geoplan_maps.table import Remark, Row, remarks, table_rows
from geoplan_maps.wording import (
    TYPES,
    county_name,
    day,
    population,
    say,
    score,
    source_name,
    state_name,
    unit_title,
)


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
    rows: tuple[Row, ...]
    legend: tuple[LegendEntry, ...]
    sources: tuple[Source, ...]
    credit: Source
    """The source note that stands on the map itself."""


def build_content(atlas: Atlas, answer: SuggestionList, lang: str) -> Content:
    """Put the answer into words."""
    return Content(
        lang=lang,
        title=_title(answer, lang),
        place=_place(atlas, answer, lang),
        question=_question(answer, lang),
        remarks=remarks(answer.flags, lang),
        rows=table_rows(atlas, answer, lang),
        legend=_legend(answer, lang),
        sources=_sources(atlas.provenance, lang),
        credit=_data_credit(atlas.provenance),
    )


def _title(answer: SuggestionList, lang: str) -> str:
    if answer.service is None:
        return say("Partners for {name}", lang, name=unit_title(answer.unit))
    service = find_service(answer.service).label
    return say("Partners for {name}: {service}", lang, name=unit_title(answer.unit), service=service)


def _place(atlas: Atlas, answer: SuggestionList, lang: str) -> str:
    unit = answer.unit
    parts = (unit.designation, county_name(atlas, unit), state_name(atlas, unit), population(unit, lang))
    return " · ".join(part for part in parts if part)


def _question(answer: SuggestionList, lang: str) -> str:
    kind = TYPES[answer.type].text(lang)
    if not answer.partners:
        return kind
    names = ", ".join(unit_title(partner) for partner in answer.partners)
    on_board = say("already on board: {names}", lang, names=names)
    return f"{kind} · {on_board}"


def _legend(answer: SuggestionList, lang: str) -> tuple[LegendEntry, ...]:
    scores = [suggestion.score for suggestion in answer.suggestions]
    reached = [part for part in score_classes(scores) if part.high > min(scores)]
    entries = [LegendEntry(sign="unit", text=unit_title(answer.unit))]
    if answer.partners:
        entries.append(LegendEntry(sign="partner", text=say("already on board", lang)))
    entries += [
        LegendEntry(sign=f"step-{part.step}", text=f"{score(part.low, lang)}–{score(part.high, lang)}")
        for part in reversed(reached)
    ]
    if any(suggestion.role == Role.COORDINATOR for suggestion in answer.suggestions):
        entries.append(LegendEntry(sign="above", text=say("coordination", lang)))
    entries.append(LegendEntry(sign="county", text=say("county border", lang)))
    entries.append(LegendEntry(sign="state", text=say("state border", lang)))
    return tuple(entries)


def _data_credit(provenance: Provenance) -> Source:
    return _link(provenance.attribution, provenance.attribution_url)


def _sources(provenance: Provenance, lang: str) -> tuple[Source, ...]:
    known = [
        _data_credit(provenance),
        Source(
            text=say(
                "Boundaries: {dataset}, territorial status {day}, licence {licence}", lang,
                dataset=provenance.dataset, day=day(provenance.vintage, lang), licence=provenance.licence,
            ),
            url=None,
        ),
    ]  # fmt: skip
    population_source = source_name(provenance.population_source, lang)
    if population_source is not None:
        known.append(Source(text=say("Inhabitants: {source}", lang, source=population_source), url=None))
    return tuple(known)


def _link(text: str, url: str | None) -> Source:
    """A source note; an address that is no web address is not linked."""
    web = url is not None and urlsplit(url).scheme in ("https", "http")
    return Source(text=text, url=url if web else None)
