"""What a dossier says, as tables with numbers that are still numbers."""

from geoplan_dossier.cells import Table
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets.checklist import checklist_table
from geoplan_dossier.sheets.findings import checks, forms, score
from geoplan_dossier.sheets.money import assumptions, costs, grant, shares
from geoplan_dossier.sheets.overview import members, overview
from geoplan_dossier.sheets.plan_tables import plan_tables
from geoplan_dossier.sheets.sources import sources

__all__ = ["all_tables", "members"]


def all_tables(dossier: Dossier, lang: str) -> list[Table]:
    """Every table that has rows, in the order of a reader."""
    plan = dossier.request.plan
    made = [
        overview(dossier, lang), members(dossier, lang), checks(dossier, lang), forms(dossier, lang),
        costs(dossier, lang), grant(dossier, lang), assumptions(dossier, lang), shares(dossier, lang),
        score(dossier, lang), *([] if plan is None else plan_tables(plan, dossier.atlas, lang)),
        checklist_table(dossier, lang), sources(dossier, lang),
    ]  # fmt: skip
    return [table for table in made if table.rows]
