"""What the table beside the map says: every suggestion with its reasons in words and numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.provenance import source_name
from geoplan.suggestions.result import (
    Contribution,
    CooperationType,
    Flag,
    Severity,
    Suggestion,
    SuggestionList,
)
from geoplan.units import AdministrativeUnit, titles_beside
from geoplan_maps.style import ScoreClass, classes_of, sign_of
from geoplan_maps.wording import (
    ROLES,
    SEVERITIES,
    TYPES,
    county_name,
    population,
    score,
    state_name,
)

FIRST_REASONS = 3
"""Reasons that are read at once; the others are one click away."""

SEEN = 0.005
"""Contributions below this are written as 0.00."""

BAR_LENGTH = 100
"""Length of the longest bar, in its own units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One contribution to the score."""

    sentence: str
    score: str
    """What it adds, as the language writes it."""
    bar: float
    """Length of its bar, 0 … :data:`BAR_LENGTH`; the longest of the table is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One flag."""

    severity: str
    """``info``, ``warning`` or ``blocker``."""
    label: str
    text: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One suggestion."""

    rank: int
    name: str
    place: str
    """Designation, county and state."""
    population: str
    population_source: str | None
    part: str
    """Role and type of cooperation."""
    score: str
    sign: str
    """How its area is drawn, see :func:`~geoplan_maps.style.sign_of`."""
    reasons: tuple[Reason, ...]
    further: tuple[Reason, ...]
    further_title: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """What all rows of one table are measured by."""

    classes: tuple[ScoreClass, ...]
    longest: float
    """The largest contribution of all."""
    home: str | None
    """The asking unit's state: it need not be named again."""
    one_type: bool
    """Whether one type of cooperation was asked for."""
    title: Callable[[AdministrativeUnit], str]
    """What a unit is called in this table."""


def table_rows(atlas: Atlas, answer: SuggestionList, lang: str) -> tuple[Row, ...]:
    """The rows of the table, best suggestion first."""
    parts = [part.contribution for suggestion in answer.suggestions for part in suggestion.contributions]
    scale = _Scale(
        classes=classes_of(answer),
        longest=max(parts, default=0.0) or 1.0,
        home=answer.unit.state,
        one_type=answer.type in list(CooperationType),
        title=titles_beside([answer.unit, *answer.partners, *(one.unit for one in answer.suggestions)]),
    )
    ranked = enumerate(answer.suggestions, start=1)
    return tuple(_row(atlas, suggestion, lang, rank, scale) for rank, suggestion in ranked)


def _row(atlas: Atlas, suggestion: Suggestion, lang: str, rank: int, scale: _Scale) -> Row:
    unit = suggestion.unit
    title, state = scale.title(unit), state_name(atlas, unit) if unit.state != scale.home else None
    designation = (
        None
        if title.startswith(unit.designation) or title.endswith(f"({unit.designation})")
        else unit.designation
    )
    part = ROLES[suggestion.role].text(lang)
    reasons, further = _reasons(suggestion, lang, scale.longest)
    return Row(
        rank=rank,
        name=title,
        place=" · ".join(known for known in (designation, county_name(atlas, unit), state) if known),
        population=population(atlas, unit, lang),
        population_source=_population_source(unit, lang),
        part=part if scale.one_type else f"{part} · {TYPES[suggestion.type].text(lang)}",
        score=score(suggestion.score, lang),
        sign=sign_of(suggestion, scale.classes),
        reasons=reasons,
        further=further,
        further_title=_further_title(len(further), lang),
        remarks=remarks(suggestion.flags, lang),
    )


def _further_title(count: int, lang: str) -> str:
    if count == 1:
        return Message("one more criterion").text(lang)
    return Message("{count} more criteria", count=count).text(lang)


def _population_source(unit: AdministrativeUnit, lang: str) -> str | None:
    source = source_name(unit.population_source, lang)
    if source is None:
        return None
    # The number says already that it is an estimate.
    named = source.partition(" (")[0] if unit.population_is_estimate else source
    return Message("source: {source}", source=named).text(lang)


def _reasons(
    suggestion: Suggestion, lang: str, longest: float
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The strongest reasons, and the others with what adds nothing."""
    strong = sum(part.contribution >= SEEN for part in suggestion.contributions)
    first = min(strong, FIRST_REASONS) or FIRST_REASONS
    all_reasons = tuple(_reason(part, lang, longest) for part in suggestion.contributions)
    return all_reasons[:first], all_reasons[first:]


def _reason(part: Contribution, lang: str, longest: float) -> Reason:
    bar = round(BAR_LENGTH * max(part.contribution, 0.0) / longest, 1)
    return Reason(sentence=part.explanation.text(lang), score=score(part.contribution, lang), bar=bar)


def remarks(flags: Iterable[Flag], lang: str) -> tuple[Remark, ...]:
    """The flags in words, the weightiest first."""
    weight = list(Severity)
    ordered = sorted(flags, key=lambda flag: -weight.index(flag.severity))
    return tuple(
        Remark(
            severity=flag.severity.value,
            label=SEVERITIES[flag.severity].text(lang),
            text=flag.text.text(lang),
            source=flag.source,
        )
        for flag in ordered
    )
