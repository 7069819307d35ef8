"""How suggestions look in a terminal: rank, name, score and the strongest reasons."""

from collections.abc import Sequence

from geoplan.atlas import Atlas
from geoplan.insight import Constellation, Stability
from geoplan.insight.stability import DRAWS
from geoplan.messages import Message
from geoplan.services import find_service
from geoplan.suggestions import Flag, Suggestion, SuggestionList
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import ROLES, SIGNS, TYPES, data_line, parent_name, unit_name

REASONS_SHOWN = 3

COLUMNS = [
    (Message("Rank"), "right"),
    (Message("Name"), "left"),
    (Message("Inhabitants"), "right"),
    (Message("Form"), "left"),
    (Message("Fit"), "right"),
    (Message("Reasons and notes"), "left"),
]
NOBODY = Message(
    "No unit fits this question. Another type of cooperation or another service may have suggestions."
)


GROUP_COLUMNS = [
    (Message("Together with"), "left"),
    (Message("Members"), "right"),
    (Message("Inhabitants"), "right"),
    (Message("Fit"), "right"),
    (Message("Why"), "left"),
]
NO_GROUP = Message("The best candidates form no small connected group.")


def print_suggestions(
    atlas: Atlas, answer: SuggestionList, lang: str, *, stable: dict[str, float] | None = None
) -> None:
    """Print the suggestions as a table; ``stable`` says how often each is among the first five."""
    rows = [
        _row(atlas, suggestion, rank, lang) for rank, suggestion in enumerate(answer.suggestions, start=1)
    ]
    for row, suggestion in zip(rows, answer.suggestions, strict=True):
        if stable is not None:
            row[-1] = _lines(row[-1], _stability(stable[suggestion.unit.id], lang))
    notes = [_noted(flag, lang) for flag in answer.flags]
    if not rows:
        notes.append(NOBODY.text(lang))
    print_table(_title(answer, lang), table_of(COLUMNS, rows, lang), [*notes, data_line(answer.data, lang)])


def _stability(share: float, lang: str) -> str:
    return Stability(share=share, draws=DRAWS).text.text(lang)


def print_constellations(groups: Sequence[Constellation], lang: str) -> None:
    """Print groups to talk to together as a table."""
    rows = [
        [
            ", ".join(member.name for member in group.members[1:]), number(len(group.members), lang),
            number(group.population, lang), number(group.score, lang, 2), group.facts.text(lang),
        ]
        for group in groups
    ]  # fmt: skip
    notes = [] if rows else [NO_GROUP.text(lang)]
    print_table(Message("Whom to talk to together").text(lang), table_of(GROUP_COLUMNS, rows, lang), notes)


def _title(answer: SuggestionList, lang: str) -> str:
    name = ", ".join(unit_name(unit) for unit in (answer.unit, *answer.partners))
    if answer.service is None:
        return Message("Partners for {name}", name=name).text(lang)
    return Message(
        "Partners for {name}: {service}", name=name, service=find_service(answer.service).label
    ).text(lang)


def _row(atlas: Atlas, suggestion: Suggestion, rank: int, lang: str) -> list[str]:
    unit = suggestion.unit
    return [
        number(rank, lang),
        _lines(unit_name(unit), parent_name(atlas, unit.county)),
        number(unit.population, lang),
        _lines(ROLES[suggestion.role].text(lang), TYPES[suggestion.type].text(lang)),
        number(suggestion.score, lang, 2),
        _why(suggestion, lang),
    ]


def _why(suggestion: Suggestion, lang: str) -> str:
    strongest = [part for part in suggestion.contributions if part.contribution > 0][:REASONS_SHOWN]
    reasons = (part.explanation.text(lang) for part in strongest)
    return _lines(*reasons, *(_noted(flag, lang) for flag in suggestion.flags))


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _noted(flag: Flag, lang: str) -> str:
    return f"{SIGNS[flag.severity]} {flag.text.text(lang)}"
