"""The data themselves for other programs: tables of units and borders, files of GIS formats, vector tiles."""

from geoplan_maps.exchange.columns import Column, Table, border_table, level_table
from geoplan_maps.exchange.files import FORMATS, FileFormat, file_bytes
from geoplan_maps.exchange.tiles import tile_archive
from geoplan_maps.exchange.version import dataset_version

__all__ = [
    "FORMATS",
    "Column",
    "FileFormat",
    "Table",
    "border_table",
    "dataset_version",
    "file_bytes",
    "level_table",
    "tile_archive",
]
