"""What became of the units of one vintage in another: from geometry, with keys and names as evidence."""

from geoplan.crosswalk.build import Areas, build_crosswalk
from geoplan.crosswalk.crosswalk import Crosswalk
from geoplan.crosswalk.files import read_crosswalk, write_crosswalk
from geoplan.crosswalk.kinds import Kind, parse_kind
from geoplan.crosswalk.lineage import Ancestor, Lineage, lineage_of, read_lineage, save_lineage
from geoplan.crosswalk.migration import Migration, Step, migrated, step_of_kept
from geoplan.crosswalk.values import Appearance, Change, Successor

__all__ = [
    "Ancestor",
    "Appearance",
    "Areas",
    "Change",
    "Crosswalk",
    "Kind",
    "Lineage",
    "Migration",
    "Step",
    "Successor",
    "build_crosswalk",
    "lineage_of",
    "migrated",
    "parse_kind",
    "read_crosswalk",
    "read_lineage",
    "save_lineage",
    "step_of_kept",
    "write_crosswalk",
]
