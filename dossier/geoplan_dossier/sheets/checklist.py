"""What a plan has and lacks at its stage."""

from geoplan.messages import Message
from geoplan.networks.citations import reference_text
from geoplan.plans.checklist import ChecklistItem
from geoplan_dossier.cells import Column, Table
from geoplan_dossier.dossier import Dossier

COLUMNS = (
    Column(key="status", label=Message("Status"), width=14),
    Column(key="label", label=Message("Success factor"), width=44),
    Column(key="hint", label=Message("What to do"), width=70),
    Column(key="since", label=Message("From stage"), width=26),
    Column(key="source", label=Message("Source"), width=60),
)
DONE, MISSING, LATER = Message("done"), Message("missing"), Message("later")


def status_of(item: ChecklistItem) -> Message:
    """How a factor stands."""
    if item.done:
        return DONE
    return MISSING if item.missing else LATER


def checklist_table(dossier: Dossier, lang: str) -> Table:
    """The factors in the order of the stages."""
    rows = tuple(
        (
            status_of(item).text(lang), item.factor.label.text(lang), item.factor.hint.text(lang),
            item.factor.since.label.text(lang), reference_text(item.factor.statement.reference, lang),
        )
        for item in dossier.checklist
    )  # fmt: skip
    return Table(key="checklist", title=Message("Checklist"), columns=COLUMNS, rows=rows)
