"""Which state of the data somebody has: a short word that changes with them."""

from geoplan.atlas import Atlas

FORMAT = 1
"""Grows when tables, files or tiles are written another way, so that nobody keeps the old ones."""


def dataset_version(atlas: Atlas) -> str:
    """What changes with anything that tables, files and tiles are made of; fit for a path."""
    return f"{atlas.version}-{FORMAT}"
