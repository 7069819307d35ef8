"""Why the members fit, how the checks stand, which legal forms there are."""

from geoplan.criteria import CRITERIA
from geoplan.messages import Message
from geoplan.networks.citations import reference_text
from geoplan.rules import Check, Group, RuleKind, Status, group_of
from geoplan.services.service import LegalFormKind
from geoplan_dossier.cells import Cell, Column, Kind, Table
from geoplan_dossier.dossier import Dossier

SCORE_COLUMNS = (
    Column(key="criterion", label=Message("Criterion"), width=30),
    Column(key="weight", label=Message("Weight"), kind=Kind.SCORE, width=10),
    Column(key="degree", label=Message("Fulfilled (0 to 1)"), kind=Kind.SCORE, width=12),
    Column(key="contribution", label=Message("Adds to the fit"), kind=Kind.SCORE, width=12),
    Column(key="value", label=Message("Mean value"), kind=Kind.PLAIN, width=12),
    Column(key="unit", label=Message("Unit"), width=10),
)
CHECK_COLUMNS = (
    Column(key="status", label=Message("Status"), width=12),
    Column(key="label", label=Message("Check"), width=36),
    Column(key="text", label=Message("Finding"), width=80),
    Column(key="kind", label=Message("Kind"), width=14),
    Column(key="mark", label=Message("Evidence"), width=30),
    Column(key="as_of", label=Message("Compared on"), kind=Kind.DAY, width=13),
    Column(key="source", label=Message("Source"), width=60),
    Column(key="note", label=Message("Note"), width=60),
)
FORM_COLUMNS = (
    Column(key="label", label=Message("Legal form"), width=34),
    Column(key="kind", label=Message("Kind"), width=18),
    Column(key="fit", label=Message("Fit"), kind=Kind.SCORE, width=8),
    Column(key="statute", label=Message("Statute"), width=34),
    Column(key="supervision", label=Message("Supervision"), width=34),
    Column(key="reason", label=Message("Reason"), width=80),
    Column(key="contents", label=Message("To be settled by contract"), width=80),
    Column(key="mark", label=Message("Evidence"), width=30),
    Column(key="source", label=Message("Source"), width=60),
)
RULE_KINDS = {
    RuleKind.REQUIREMENT: Message("requirement"),
    RuleKind.ADVICE: Message("advice"),
    RuleKind.HINT: Message("hint"),
}
FORM_KINDS = {
    LegalFormKind.INFORMAL: Message("informal"),
    LegalFormKind.PUBLIC_LAW: Message("public law"),
    LegalFormKind.PRIVATE_LAW: Message("private law"),
}


UNITS = {
    "share": Message("share"),
    "ratio": Message("ratio"),
    "count": Message("count"),
    "inhabitants": Message("inhabitants"),
}


def group_label(group: Group) -> Message:
    """The group for a reader."""
    return RULE_KINDS[RuleKind.HINT] if group is Group.HINT else Status(group.value).label


def checks_of(dossier: Dossier, group: Group) -> list[Check]:
    """The checks of a group, requirements first."""
    kinds = list(RuleKind)
    found = [check for check in dossier.network.checks if group_of(check) is group]
    return sorted(found, key=lambda check: kinds.index(check.kind))


def score(dossier: Dossier, lang: str) -> Table:
    """What each criterion adds to the fit; what adds nothing is left out."""
    parts = [part for part in dossier.network.contributions if part.weight > 0]
    rows = tuple(
        (
            CRITERIA[part.criterion].label.text(lang), part.weight, part.contribution / part.weight,
            part.contribution, None if part.value is None else round(part.value, 2),
            UNITS[part.unit].text(lang) if part.unit in UNITS else part.unit,
        )
        for part in parts
    )  # fmt: skip
    total: tuple[Cell, ...] = (
        Message("Sum").text(lang), sum(part.weight for part in parts), None, dossier.network.score, None,
        None,
    )  # fmt: skip
    return Table(
        key="score", title=Message("Fit"), columns=SCORE_COLUMNS, rows=rows, total=total if rows else None
    )


def checks(dossier: Dossier, lang: str) -> Table:
    """The checks: what is missed first, then what is unclear, hints, and what is met."""
    ordered = [check for group in Group for check in checks_of(dossier, group)]
    rows = tuple(
        (
            group_label(group_of(check)).text(lang), check.label.text(lang), check.text.text(lang),
            RULE_KINDS[check.kind].text(lang), check.mark.meaning.text(lang), check.as_of,
            check.source and reference_text(check.source, lang),
            None if check.note is None else check.note.text(lang),
        )
        for check in ordered
    )  # fmt: skip
    return Table(key="checks", title=Message("Checks"), columns=CHECK_COLUMNS, rows=rows)


def forms(dossier: Dossier, lang: str) -> Table:
    """The legal forms, best fit first."""
    rows = tuple(
        (
            form.form.label(lang), FORM_KINDS[form.form.kind].text(lang), form.fit, form.statute.text(lang),
            None if form.supervision is None else form.supervision.label.text(lang), form.reason.text(lang),
            "; ".join(point(lang) for point in form.contents), form.mark.meaning.text(lang),
            reference_text(form.source, lang),
        )
        for form in dossier.network.legal_forms
    )  # fmt: skip
    return Table(key="forms", title=Message("Legal forms"), columns=FORM_COLUMNS, rows=rows)
