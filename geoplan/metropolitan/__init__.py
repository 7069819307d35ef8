"""The European metropolitan regions as units, with counties and county-free cities as members."""

from geoplan.metropolitan.definitions import KeyChange, MetropolitanRegion, RegionCatalogue, load_regions
from geoplan.metropolitan.regions import MetropolitanRegions
from geoplan.metropolitan.rows import with_metropolitan_regions

__all__ = [
    "KeyChange",
    "MetropolitanRegion",
    "MetropolitanRegions",
    "RegionCatalogue",
    "load_regions",
    "with_metropolitan_regions",
]
