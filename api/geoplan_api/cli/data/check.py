"""``geoplan data check``: whether boundaries can be used, and what is to be mended."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from geoplan.boundaries.catalogue import known_datasets
from geoplan.inspection import CheckReport, Finding, Severity, sorted_findings
from geoplan.inspection import check as check_boundaries
from geoplan.inspection.tiling import TOLERANCE_M2
from geoplan.messages import Message
from geoplan_api.cli.failures import DATA_OR_SYSTEM_FAILED
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.tables import print_table, table_of

SEVERITIES = {
    Severity.ERROR: Message("Error"),
    Severity.WARNING: Message("Warning"),
    Severity.INFO: Message("Note"),
}
SHOWN = 20
"""Findings of one kind in a table; JSON has all."""


def check(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="Zip archive, GeoPackage or folder, or the name of a dataset."),
    ],
    *,
    tolerance: Annotated[
        float,
        typer.Option(
            "--tolerance", metavar="M2", min=0.0, help="Overlaps and gaps up to this are not told (m²)."
        ),
    ] = TOLERANCE_M2,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Check boundaries; exit code 1 where they cannot be used."""
    report = check_boundaries(known_datasets().get(str(path), path), tolerance_m2=tolerance)
    if form == "json":
        write_json(report.to_dict(context.obj.lang))
    else:
        print_report(report, context.obj.lang)
    if not report.usable:
        raise typer.Exit(DATA_OR_SYSTEM_FAILED)


def print_report(report: CheckReport, lang: str) -> None:
    """Print a report, the worst first."""
    counts = Counter(finding.severity for finding in report.findings)
    template = (
        Message("“{path}” can be used: {errors:n0} errors, {warnings:n0} warnings, {notes:n0} notes")
        if report.usable
        else Message("“{path}” cannot be used: {errors:n0} errors, {warnings:n0} warnings, {notes:n0} notes")
    )
    title = template.filled(
        path=report.path,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.INFO],
    )
    columns = [
        (Message("Severity"), "left"),
        (Message("What was found"), "left"),
        (Message("What to do"), "left"),
    ]
    shown, left_out = _first_of_each_kind(sorted_findings(report.findings))
    rows = [[SEVERITIES[one.severity].text(lang), one.text.text(lang), one.mend.text(lang)] for one in shown]
    notes = [
        Message("{count:n0} more of the kind “{code}”; --format json has all.", code=code, count=count).text(
            lang
        )
        for code, count in left_out.items()
    ]
    print_table(title.text(lang), table_of(columns, rows, lang), notes)


def _first_of_each_kind(findings: list[Finding]) -> tuple[list[Finding], Counter[str]]:
    seen: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    shown = []
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] > SHOWN:
            left_out[finding.code] += 1
        else:
            shown.append(finding)
    return shown, left_out
