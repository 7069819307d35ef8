"""``geoplan data build-borders``: who borders whom among any polygons, however many."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.adjacency.streaming import Budget
from geoplan.boundaries.bordering import Engine, EngineChoice, border_file, unit_ids
from geoplan.boundaries.bordering import build_borders as build
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan_api.cli.failures import SystemFailedError
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import check_writable, write_file, write_json

_BYTES = {"GB": 10**9, "MB": 10**6, "GIB": 2**30, "MIB": 2**20}


def read_engine(text: str) -> Engine:
    """Read the name of an engine; ``UnknownChoiceError`` where there is none of this name."""
    try:
        return Engine(text)
    except ValueError as error:
        message = Message("There is no engine “{value}”.", value=text)
        raise UnknownChoiceError(message, value=text, nearest=list(Engine)) from error


def read_memory(text: str) -> int:
    """Read an amount of memory such as “4GB” or “512 MiB”, in bytes.

    Raises
    ------
    InvalidValueError
        Not one.
    """
    amount = text.strip().upper()
    unit = next((unit for unit in _BYTES if amount.endswith(unit)), None)
    try:
        number = float(amount.removesuffix(unit or "?"))
        if unit is None or not 0 < number < 2**40:
            raise ValueError
    except ValueError as error:
        message = Message("“{value}” is no amount of memory; one is “4GB” or “512MB”.", value=text)
        raise InvalidValueError(message, value=text) from error
    return int(number * _BYTES[unit])


def build_borders(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(metavar="SOURCE", help="GeoParquet file, or a folder of them, in a CRS in metres."),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The Parquet file to write.")] = Path(
        "borders.parquet"
    ),
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine",
            metavar="memory|stream|dask",
            parser=read_engine,
            help="All at once in memory, streamed from disk, or on a Dask cluster.",
        ),
    ] = Engine.MEMORY,
    memory: Annotated[
        int,
        typer.Option(
            "--memory", metavar="SIZE", parser=read_memory, help="What “stream” may take of memory, e.g. 4GB."
        ),
    ] = "4GB",  # type: ignore[assignment] # read by the parser
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="Where the scheduler of “dask” listens.")
    ] = "",
    id_column: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="COLUMN", help="Column with the ids of the units; “id” where there is one."
        ),
    ] = None,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Build the borders and write them."""
    check_writable(out)
    if engine == Engine.DASK and not scheduler:
        message = Message("The engine “dask” needs --scheduler ADDRESS.")
        raise InvalidValueError(message, value=scheduler)
    ids = unit_ids(source, id_column)
    choice = EngineChoice(engine=engine, budget=Budget(memory_bytes=memory), scheduler=scheduler)
    try:
        found = build(source, choice)
    except ModuleNotFoundError as error:
        message = Message(
            "“{value}” needs more than is installed: pip install “geoplan[{extra}]”.",
            value=f"--engine {engine}", extra="scale",
        )  # fmt: skip
        raise SystemFailedError(message, value=error.name) from error
    write_file(out, border_file(ids, found))
    kilometres = float(found.border_m.sum() / 1000)
    if form == "json":
        write_json(
            {
                "units": found.count, "borders": len(found.pairs), "border_km": round(kilometres, 4),
                "point_contacts": len(found.point_pairs), "file": str(out),
            }
        )  # fmt: skip
        return
    text = Message(
        "“{path}”: {units:n0} units, {borders:n0} borders ({kilometres:n0} km), {contacts:n0} in points only",
        units=found.count, borders=len(found.pairs), kilometres=kilometres,
        contacts=len(found.point_pairs), path=str(out),
    )  # fmt: skip
    typer.echo(text.text(context.obj.lang))
