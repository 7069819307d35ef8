"""``geoplan data install``: boundaries fetched, checked and put in place in one step."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

from geoplan.boundaries.products import DEFAULT_CRS, DEFAULT_FORMAT, coordinate_systems
from geoplan.errors import UnknownChoiceError
from geoplan.inspection import Severity
from geoplan.installation import Installed, Observer, Order
from geoplan.installation import install as install_dataset
from geoplan.messages import Message
from geoplan.units import Level
from geoplan_api.cli.failures import shown
from geoplan_api.labels import day

CRS = {name: name for name in coordinate_systems()}
FORMATS = {"gpkg": "gpkg", "geopackage": "gpkg", "shape": "shape", "shp": "shape", "shapefile": "shape"}
WARNINGS_SHOWN = 10


def install(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    product: Annotated[
        str | None,
        typer.Argument(
            metavar="[PRODUCT[-YEAR]]", help="vg250-ew, vg250-2024, vg5000 …; “geoplan data list” shows them."
        ),
    ] = None,
    *,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PATH|URL",
            help="Read this file, folder or mirror instead of the publisher's. An http or https address is"
            " asked from this machine, one of the own network too.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What to call it; by default product and year."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", metavar="FILE.toml", help="Describes the columns of other polygons, of any country."
        ),
    ] = None,
    archive: Annotated[
        str, typer.Option("--format", metavar="gpkg|shape", help="Which of the published formats to fetch.")
    ] = DEFAULT_FORMAT,
    crs: Annotated[
        str, typer.Option("--crs", metavar="CRS", help="In which coordinates: utm32s, gk3, geo84 or tm32.")
    ] = DEFAULT_CRS,
    activate: Annotated[
        bool, typer.Option("--use", help="Make it the active dataset as soon as it is installed.")
    ] = False,
) -> None:
    """Install a dataset."""
    order = Order(
        product=product,
        source=source,
        form=_choice(archive.lower(), FORMATS, Message("There is no format “{value}” here.", value=archive)),
        crs=_choice(crs.lower(), CRS, Message("There are no coordinates “{value}” here.", value=crs)),
        name=name,
        mapping=mapping,
        activate=activate,
    )
    lang = context.obj.lang
    console = Console(stderr=True)
    with Progress(
        BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    ) as progress:  # fmt: skip
        installed = install_dataset(order, observer=_observer(progress, lang))
    _tell(installed, lang)


def _choice(value: str, known: Mapping[str, str], message: Message) -> str:
    if value not in known:
        raise UnknownChoiceError(message, value=value, nearest=tuple(dict.fromkeys(known.values())))
    return known[value]


def _observer(progress: Progress, lang: str) -> Observer:
    task = progress.add_task("", visible=False, total=None)

    def say(message: Message) -> None:
        progress.console.print(shown(message.text(lang)), markup=False, highlight=False)

    def show(done: int, total: int | None) -> None:
        progress.update(task, completed=done, total=total, visible=True)

    return Observer(say=say, progress=show)


def _tell(installed: Installed, lang: str) -> None:
    for finding in installed.report.of(Severity.WARNING)[:WARNINGS_SHOWN]:
        typer.echo(shown(f"{finding.text.text(lang)} {finding.mend.text(lang)}"), err=True)
    left = len(installed.report.of(Severity.WARNING)) - WARNINGS_SHOWN
    if left > 0:
        said = Message("{count:n0} more warnings; “geoplan data check {name}” shows them.",
                       count=left, name=installed.name)  # fmt: skip
        typer.echo(said.text(lang), err=True)
    data = installed.dataset.provenance
    said = Message(
        "{name}: {count:n0} municipalities, territorial status {day}, installed.",
        name=installed.name,
        count=int((installed.dataset.units.level == Level.MUNICIPALITY).sum()),
        day=day(data.vintage, lang),
    )
    typer.echo(said.text(lang))
    if installed.active:
        typer.echo(Message("{name} is the active dataset now.", name=installed.name).text(lang), err=True)
    else:
        hint = Message("“geoplan data use {name}” makes it the active one.", name=installed.name)
        typer.echo(hint.text(lang), err=True)
