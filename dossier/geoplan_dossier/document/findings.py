"""The sections on the members, on why they fit, and on how the checks stand."""

from collections.abc import Mapping

from geoplan.criteria import CRITERIA
from geoplan.messages import Message, format_number
from geoplan.networks.vertical import counties_with_own
from geoplan.provenance import source_name
from geoplan.rules import Check, Group
from geoplan.suggestions import Contribution
from geoplan_dossier.cells import day_text
from geoplan_dossier.document.parts import Part, begun, cell, heading, paragraph, rows_part, table_part
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets.findings import RULE_KINDS, checks_of
from geoplan_dossier.sheets.overview import members

HEADINGS = {
    Group.MISSED: Message("Missed ({count})"),
    Group.UNCLEAR: Message("Unclear: to be settled ({count})"),
    Group.HINT: Message("Hints ({count})"),
    Group.MET: Message("Met ({count})"),
}
READ_BARS = Message(
    "The fit of {score:n2} is the sum of the amounts on the right. The frame of a bar is the weight of the"
    " criterion, the filled part how far it is fulfilled on average among all pairs of members that it counts"
    " for. Amounts are rounded and those below 0.005 left out, so the last digit of their sum may differ."
)
ROUNDED = Message("Rounded; the last digit of a sum may differ.")
FULFILLED = Message("fulfilled to {degree:p0}")
FULFILLED_KM = Message("fulfilled to {degree:p0}, on average {value:n1} km")
NO_PAIRS = Message("A single member has no partner to fit.")
READ_CHECKS = Message(
    "Unclear means: the data at hand do not decide it, or the rule has not been checked against its source."
    " Nothing that rests on such a rule is called met. Numbers in brackets lead to the sources at the end."
)
UNKNOWN = Message("Inhabitants unknown: {names}.")
UNKNOWN_WITHIN = Message("Inhabitants unknown: {names} (municipalities without a number: {count}).")
PROPOSED = Message("Proposed role of {name}: coordination; this is not agreed yet.")
SEEN = 0.005
"""Contributions below this would be written as 0.00."""

Numbers = Mapping[str, int]
"""The number of each source at the end of the document."""


def member_section(dossier: Dossier, lang: str) -> list[Part]:
    """The members; county and state only where there are several."""
    columns = ["number", "name", "county", "state", "population", "area_km2", "fit"]
    if len(dossier.network.states) < 2:
        columns.remove("state")
    if not any(member.county for member in dossier.members):
        columns.remove("county")
    table = members(dossier, lang).picked(*columns)
    widths = {"name": 1.0, "county": 1.0, "state": 1.0}
    said = {source_name(one.unit.population_source, lang) for one in dossier.members}
    sources = sorted(source for source in said if source)
    notes = [Message("Inhabitants: {sources}.", sources="; ".join(sources))] if sources else []
    unknown = [member.title for member in dossier.members if member.inhabitants is None]
    if unknown:
        count = dossier.network.headcount.unknown
        within = UNKNOWN if count == len(unknown) else UNKNOWN_WITHIN
        notes.append(within.filled(names=", ".join(unknown), count=count))
    rounded = [ROUNDED] if table.total else []
    notes = [*dossier.network.counted_once, *_proposed(dossier), *notes, *rounded]
    note = " ".join(one.text(lang) for one in notes)
    return [heading(table.title.text(lang)), table_part(table, lang, widths, note=note)]


def _proposed(dossier: Dossier) -> list[Message]:
    """Which counties might coordinate; a plan tells the roles itself."""
    if dossier.request.plan is not None:
        return []
    return [PROPOSED.filled(name=one.title) for one in counties_with_own(dossier.network.members)]


def reasons_section(dossier: Dossier, lang: str) -> list[Part]:
    """What each criterion adds, as bars; what adds nothing is named in a sentence."""
    network, title = dossier.network, heading(Message("Why they fit").text(lang))
    if network.score is None:
        return [title, paragraph(NO_PAIRS.text(lang))]
    parts = [part for part in network.contributions if part.contribution >= SEEN]
    widest = max((part.weight for part in parts), default=1.0)
    labels = (Message("Criterion"), Message("Weight and fulfilment"), Message("Adds"))
    bars: Part = {
        "part": "bars", "labels": [label.text(lang) for label in labels],
        "rows": [_bar(part, widest, lang) for part in parts],
    }  # fmt: skip
    return [title, bars, paragraph(READ_BARS.filled(score=network.score).text(lang), small=True)]


def _bar(part: Contribution, widest: float, lang: str) -> Part:
    label = CRITERIA[part.criterion].label
    degree = part.contribution / part.weight if part.weight else 0.0
    said = FULFILLED.filled(degree=degree)
    if part.unit == "km" and part.value is not None:
        said = FULFILLED_KM.filled(degree=degree, value=part.value)
    return {
        "cell": cell(begun(label.text(lang)), said.text(lang)),
        "full": round(part.weight / widest, 4), "share": round(part.contribution / widest, 4),
        "value": format_number(part.contribution, 2, lang),
    }  # fmt: skip


def checks_section(dossier: Dossier, lang: str, numbers: Numbers) -> list[Part]:
    """The checks by status: what is missed first."""
    parts = [heading(Message("Checks").text(lang)), paragraph(READ_CHECKS.text(lang), small=True)]
    labels = [Message("Check").text(lang), Message("Finding").text(lang)]
    for group in Group:
        found = checks_of(dossier, group)
        if found:
            rows = [_check(check, lang, numbers) for check in found]
            parts.append(heading(HEADINGS[group].filled(count=len(found)).text(lang), 2))
            parts.append(rows_part(labels, (0.34, 0.66), rows))
    return parts


def _check(check: Check, lang: str, numbers: Numbers) -> list[dict[str, object]]:
    evidence = [RULE_KINDS[check.kind].text(lang), check.mark.meaning.text(lang)]
    if check.as_of is not None:
        evidence.append(Message("compared on {day}", day=day_text(check.as_of, lang)).text(lang))
    if check.source is not None:
        evidence.append(f"[{numbers[check.source]}]")
    note = [] if check.note is None else [check.note.text(lang)]
    return [
        cell(begun(check.label.text(lang)), strong=True),
        cell(check.text.text(lang), "\n".join([*note, " · ".join(evidence)])),
    ]
