"""``geoplan export site``: a county's maps and tables as a folder that any web server can host."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from geoplan.errors import UnknownChoiceError
from geoplan.messages import LANGUAGES, Message
from geoplan_api.cli.export.folder import check_folder, write_folder
from geoplan_api.cli.global_options import BOTH
from geoplan_api.cli.options import split_list
from geoplan_api.cli.session import open_atlas
from geoplan_api.site_export import export_site, site_request

MEGABYTE = 1e6


def read_langs(text: str) -> str:
    """Read which languages are written.

    Raises
    ------
    UnknownChoiceError
        Neither a language nor ``both``.
    """
    if text not in (*LANGUAGES, BOTH):
        message = Message("There is no language “{value}” here.", value=text)
        raise UnknownChoiceError(message, value=text, nearest=[*LANGUAGES, BOTH])
    return text


def site(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    *,
    county: Annotated[str, typer.Option("--county", metavar="ID", help="The county: an id or a name.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The folder to write.")],
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="SERVICE,…", help="Service fields to make pages for. Repeatable."),
    ] = None,
    langs: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="de|en|both", help="Language of the pages; else that of the command line.",
            parser=read_langs,
        ),
    ] = None,
    planner: Annotated[
        str | None,
        typer.Option("--planner", metavar="URL", help="Where the planner is found, to link to it."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a folder that is not empty, with all that is in it.")
    ] = False,
) -> None:  # fmt: skip
    """Write a page for each municipality of a county, with map, table and reasons, and its white spots."""
    check_folder(out, force=force)
    lang, began = context.obj.lang, time.monotonic()
    wanted = LANGUAGES if langs == BOTH else (langs or lang,)
    atlas = open_atlas(context.obj)
    request = site_request(atlas, county, services=split_list(service or ()), langs=wanted, planner=planner)
    with Console(stderr=True).status(Message("Making the pages …").text(lang)):
        files = export_site(atlas, request)
        write_folder(out, files)
    said = Message(
        "{name}: {count:n0} files, {size:n1} MB in {seconds:n1} s: {path}", name=request.county.title,
        count=len(files), size=sum(map(len, files.values())) / MEGABYTE,
        seconds=time.monotonic() - began, path=str(out),
    )  # fmt: skip
    typer.echo(said.text(lang), err=True)
