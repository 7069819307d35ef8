"""``geoplan export tiles``: the whole country as vector tiles in one file."""

from pathlib import Path
from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan_api.cli.output import check_writable, write_file
from geoplan_api.cli.session import open_atlas
from geoplan_api.published.file_cache import cached_file
from geoplan_api.published.style import ARCHIVE
from geoplan_maps.exchange import dataset_version, tile_archive


def tiles(
    context: typer.Context,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE.pmtiles",
            help="The file to write; without it “geoplan serve” of this machine finds the tiles ready.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Cut states, counties and municipalities into vector tiles (PMTiles)."""
    if out is not None:
        check_writable(out)
    atlas = open_atlas(context.obj)
    if out is None:
        out = cached_file(dataset_version(atlas), ARCHIVE, lambda: tile_archive(atlas))
    else:
        write_file(out, tile_archive(atlas))
    megabytes = out.stat().st_size / 1e6
    said = Message("Vector tiles ({megabytes:n1} MB): {path}", megabytes=megabytes, path=str(out))
    typer.echo(said.text(context.obj.lang), err=True)
