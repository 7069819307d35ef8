"""How long one waits: loading the atlas, the first answer of a cold start, an answer of a warm one."""

import sys
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.fresh import ask, python, wall_seconds

ROUNDS = 9
UNIT, SERVICE = "Telgte", "heat-planning"
REFERENCE = ("-c", "import geopandas, networkx")
"""What an analyst's script waits for before its first line runs."""


def measure() -> dict[str, Any]:
    """Cold and warm, the two commands of a cold start by turns."""
    geoplan = str(Path(sys.executable).with_name("geoplan"))
    suggest, imports = [], []
    for _ in range(ROUNDS + 1):
        suggest.append(wall_seconds([geoplan, "suggest", UNIT, "--service", SERVICE, "--format", "json"]))
        imports.append(wall_seconds(python(*REFERENCE)))
    ratios = [one / other for one, other in zip(suggest[1:], imports[1:], strict=True)]
    loads = [ask("warm", "load") for _ in range(ROUNDS)]
    return {
        "cold_suggest_s": median(suggest[1:]),
        "import_geopandas_networkx_s": median(imports[1:]),
        "cold_ratio": median(ratios),
        "import_geoplan_s": median(load["import_s"] for load in loads),
        "load_atlas_s": median(load["load_s"] for load in loads),
        "load_peak_mb": median(load["peak_mb"] for load in loads),
        "warm_suggest": ask("warm", "suggest"),
    }
