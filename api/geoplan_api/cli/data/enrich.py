"""``geoplan data enrich``: join population, jobs, commuters and more to a dataset."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from geoplan.boundaries.catalogue import dataset_path, load_dataset
from geoplan.boundaries.store import stored_datasets, stored_path
from geoplan.enrichment import Enriched, EnrichmentFiles, JoinReport
from geoplan.enrichment import enrich as enrich_dataset
from geoplan.enrichment.note import Day
from geoplan.enrichment.writing import check_free, store_enriched, write_enriched
from geoplan.errors import InvalidValueError
from geoplan.messages import Message, format_number
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.tables import number, print_table, table_of

KINDS = {
    "population": Message("population"),
    "jobs": Message("jobs"),
    "commuters": Message("commuters"),
    "bbsr": Message("types and regions (BBSR)"),
    "postcodes": Message("postcodes"),
    "cooperations": Message("cooperations"),
    "profiles": Message("service profiles"),
}
SHOWN_UNMATCHED = 5
"""Of each source the table names so many rows that found no unit; JSON and the dataset have them all."""

File = Path | None


def enrich(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    *,
    dataset: Annotated[
        str | None,
        typer.Option(
            "--dataset",
            metavar="NAME|PATH",
            help="Dataset to enrich; by default that of --data, or the active one.",
        ),
    ] = None,
    population: Annotated[
        File,
        typer.Option(
            metavar="FILE", help="Gemeindeverzeichnis of Destatis (XLSX or GV100AD), or CSV with population."
        ),
    ] = None,
    jobs: Annotated[File, typer.Option(metavar="FILE", help="CSV with jobs at the place of work.")] = None,
    commuters: Annotated[
        File,
        typer.Option(metavar="FILE", help="CSV with commuters between counties or between municipalities."),
    ] = None,
    bbsr: Annotated[
        File, typer.Option(metavar="FILE", help="CSV with types and regions of the BBSR.")
    ] = None,
    postcodes: Annotated[
        File, typer.Option(metavar="FILE", help="CSV with postcodes: ags, plz, share.")
    ] = None,
    cooperations: Annotated[
        File, typer.Option(metavar="FILE", help="Register of existing cooperations (JSON).")
    ] = None,
    profiles: Annotated[
        File,
        typer.Option(metavar="FILE", help="Services that municipalities have, need and offer (CSV or JSON)."),
    ] = None,
    out: Annotated[
        File, typer.Option("--out", metavar="FOLDER", help="New folder to write the dataset to.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Name to keep the dataset under on this machine."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the result in the place of a dataset of this name.")
    ] = False,
    allow_mixed: Annotated[
        bool, typer.Option("--allow-mixed", help="Join figures of different times, and flag them.")
    ] = False,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write the enriched dataset and say what was joined."""
    target = _target(out, name, replace=replace)
    asked = dataset or context.obj.data
    files = EnrichmentFiles(
        population=population, jobs=jobs, commuters=commuters, bbsr=bbsr, postcodes=postcodes,
        cooperations=cooperations, profiles=profiles,
    )  # fmt: skip
    with Console(stderr=True).status(Message("Joining the figures …").text(context.obj.lang)):
        enriched = enrich_dataset(load_dataset(asked), files, allow_mixed=allow_mixed)
        origin = dataset_path(asked)
        if out is not None:
            write_enriched(out, origin, enriched)
        elif name is not None:
            store_enriched(name, origin, enriched)
    if form == "json":
        lang = context.obj.lang
        write_json(
            {
                "written": target,
                "data": enriched.dataset.provenance.to_dict(),
                "joins": {report.note.kind: report.to_dict(lang) for report in enriched.reports},
            }
        )
    else:
        _print(target, enriched, context.obj.lang)


def _target(out: Path | None, name: str | None, *, replace: bool) -> str:
    """Where the dataset goes; that it can go there is looked at before the work begins."""
    if out is not None and name is None:
        check_free(out)
        return str(out)
    if name is not None and out is None:
        if name in stored_datasets() and not replace:
            message = Message(
                "There is a dataset {value} already; --replace puts the new one, with these figures only,"
                " in its place.",
                value=name,
            )
            raise InvalidValueError(message, value=name)
        stored_path(name)
        return name
    raise InvalidValueError(Message("Either --out or --name says where the enriched dataset goes."))


def _print(target: str, enriched: Enriched, lang: str) -> None:
    columns = [
        (Message("Figures"), "left"), (Message("Source"), "left"), (Message("Vintage"), "left"),
        (Message("Rows"), "right"), (Message("Matched"), "right"), (Message("Join rate"), "right"),
    ]  # fmt: skip
    rows = [_row(report, lang) for report in enriched.reports]
    notes = [note for report in enriched.reports for note in _notes(report, lang)]
    if enriched.dataset.provenance.population_source:
        source = Message("Inhabitants: {source}", source=enriched.dataset.provenance.population_source)
        notes.append(source.text(lang))
    title = Message("Enriched dataset: {target}", target=target)
    print_table(title.text(lang), table_of(columns, rows, lang), notes)


def _row(report: JoinReport, lang: str) -> list[str]:
    return [
        KINDS[report.note.kind].text(lang),
        report.note.publisher or report.note.file,
        Day(report.note.vintage).text(lang),
        number(report.rows, lang),
        number(report.matched, lang),
        f"{format_number(100 * report.rate, 2, lang)} %",
    ]


def _notes(report: JoinReport, lang: str) -> Sequence[str]:
    """What is to be known of a join, and the first rows that found no unit."""
    kind = KINDS[report.note.kind].text(lang)
    notes = [f"{kind}: {flag.text(lang)}" for flag in report.flags]
    for one in report.unmatched[:SHOWN_UNMATCHED]:
        notes.append(f"{kind}: {one.name} ({one.id}): {one.why.text(lang)}")
    more = len(report.unmatched) - SHOWN_UNMATCHED
    if more > 0:
        notes.append(f"{kind}: " + Message("{count:n0} further rows found no unit", count=more).text(lang))
    return notes
