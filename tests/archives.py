"""Archives in the publisher's own layout, of a made-up country that is quick to read.

::

    3   H  H  I  J     A, B, C  an association in county 05111      H        a city of its own county
    2   H  H  U  J     D, E, F  county 05112, D on two sides        I, J     county 06201, another state
    1   D  E  F  D     U        an unincorporated area              b        the lake part of B
    0   A  B  b  C
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

from geoplan.boundaries.measure import reproject

EAST, NORTH, CELL_M = 500_000, 5_700_000, 1000
METRIC = "EPSG:25832"
LAND, WATER = 4, 2
PLACES = [  # name, ARS, designation, GF, cells (column, row)
    ("Aburg", "051115001001", "Stadt", LAND, [(0, 0)]),
    ("Bedorf", "051115001002", "Gemeinde", LAND, [(1, 0)]),
    ("Bedorf", "051115001002", "Gemeinde", WATER, [(2, 0)]),
    ("Ceheim", "051115001003", "Gemeinde", LAND, [(3, 0)]),
    ("Dören", "051120000004", "Stadt", LAND, [(0, 1), (3, 1)]),
    ("Eßlach", "051120000005", "Gemeinde", LAND, [(1, 1)]),
    ("Fühl", "051120000006", "Gemeinde", LAND, [(2, 1)]),
    ("Hastadt", "051130000000", "Stadt", LAND, [(0, 2), (1, 2), (0, 3), (1, 3)]),
    ("Iwald", "062010000001", "Gemeinde", LAND, [(2, 3)]),
    ("Jetal", "062010000002", "Gemeinde", LAND, [(3, 2), (3, 3)]),
    ("Uhwald", "051129999999", "Gemeindefreies Gebiet", LAND, [(2, 2)]),
]
PARENTS = {  # layer: key, name, designation
    "VWG": [
        ("051115001", "Amt Seeufer", "Amt"),
        ("051120000", "Dören", "Stadt"),
        ("051130000", "Hastadt", "Stadt"),
        ("051129999", "Uhwald", "Gemeindefreies Gebiet"),
        ("062010000", "Iwald", "Gemeinde"),
    ],
    "KRS": [
        ("05111", "Seekreis", "Landkreis"),
        ("05112", "Mittelkreis", "Landkreis"),
        ("05113", "Hastadt", "Kreisfreie Stadt"),
        ("06201", "Bergkreis", "Landkreis"),
    ],
    "RBZ": [("051", "Osten", "Regierungsbezirk")],
    "LAN": [("05", "Muster", "Land"), ("06", "Nachbarland", "Land")],
}
INHABITANTS = [5000, 800, 800, 900, 12_000, 700, 650, 50_000, 300, 420, 0]


@dataclass(kw_only=True)
class Sketch:
    """What is written; tests change it before."""

    columns: dict[str, list]
    geometry: np.ndarray
    parents: dict[str, list[tuple[str, str, str]]]
    crs: str | None = METRIC
    encoding: str | None = "UTF-8"
    key: str = "ARS"
    product: str = "VG250"
    folder: str = "vg250-ew_12-31.utm32s.{form}.ebenen"
    inner: str = "vg250-ew_ebenen_1231"
    status: str | None = "31.12.2023\n"
    more: Mapping[str, bytes] = field(default_factory=dict)


def cells(places: Sequence[tuple[int, int]]) -> shapely.Geometry:
    """Square kilometres of the drawing, as one area."""
    return shapely.union_all(
        [
            shapely.box(
                EAST + CELL_M * column, NORTH + CELL_M * row, EAST + CELL_M * (column + 1),
                NORTH + CELL_M * (row + 1),
            )
            for column, row in places
        ]
    )  # fmt: skip


def sketch(*, population: bool = True, **changed) -> Sketch:
    """The made-up country."""
    columns = {
        "ARS": [ars for _, ars, *_ in PLACES],
        "AGS": [ars[:5] + ars[9:] for _, ars, *_ in PLACES],
        "GEN": [name for name, *_ in PLACES],
        "BEZ": [designation for _, _, designation, *_ in PLACES],
        "GF": [code for *_, code, _ in PLACES],
    }
    if population:
        columns["EWZ"] = list(INHABITANTS)
        columns["KFL"] = [float(len(places)) for *_, places in PLACES]
    geometry = np.array([cells(places) for *_, places in PLACES], dtype=object)
    parents = {kind: list(rows) for kind, rows in PARENTS.items()}
    return Sketch(columns=columns, geometry=geometry, parents=parents, **changed)


def write_folder(drawn: Sketch, into: Path, *, form: str = "shape") -> Path:
    """Write a sketch as the publisher packs it; returns the outer folder."""
    outer = into / drawn.folder.format(form=form)
    inner = outer / drawn.inner
    inner.mkdir(parents=True)
    geometry = drawn.geometry
    if drawn.crs not in (None, METRIC):
        geometry = reproject(geometry, METRIC, drawn.crs)
    places = {drawn.key if name == "ARS" else name: values for name, values in drawn.columns.items()}
    _write_layer(drawn, inner, "GEM", places, geometry)
    for kind, rows in drawn.parents.items():
        columns = {
            drawn.key: [key for key, *_ in rows],
            "GEN": [name for _, name, _ in rows],
            "BEZ": [designation for *_, designation in rows],
            "GF": [LAND] * len(rows),
        }
        _write_layer(drawn, inner, kind, columns, np.array([cells([(0, 0)])] * len(rows), dtype=object))
    if drawn.status is not None:
        (outer / "aktualitaet.txt").write_text(drawn.status)
    for name, content in drawn.more.items():
        (outer / name).write_bytes(content)
    return outer


def _write_layer(drawn, inner, kind, columns, geometry) -> None:
    is_geopackage = inner.parent.name.endswith(".gpkg.ebenen")
    path = inner / (f"DE_{drawn.product}.gpkg" if is_geopackage else f"{drawn.product}_{kind}.shp")
    name = f"{drawn.product}_{kind}"
    fields = [np.array(values, dtype=object if isinstance((values or [""])[0], str) else None)
              for values in columns.values()]  # fmt: skip
    pyogrio.raw.write(
        path, shapely.to_wkb(geometry), fields, list(columns), layer=name.lower() if is_geopackage else name,
        driver="GPKG" if is_geopackage else "ESRI Shapefile",
        geometry_type="MultiPolygon" if is_geopackage else "Polygon", promote_to_multi=is_geopackage,
        crs=drawn.crs, append=is_geopackage and path.exists(),
        encoding=None if is_geopackage else drawn.encoding,
    )  # fmt: skip


def zipped(folder: Path, archive: Path | None = None, *, without: Sequence[str] = ()) -> Path:
    """Pack a folder as the publisher does, without the files whose names end as said."""
    archive = archive or folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith(tuple(without) or "\0"):
                file.write(path, path.relative_to(folder.parent))
    return archive


def tiny_zip(into: Path, *, form: str = "shape", without: Sequence[str] = (), **changed) -> Path:
    """The made-up country as a zip archive."""
    into.mkdir(parents=True, exist_ok=True)
    return zipped(write_folder(sketch(**changed), into, form=form), without=without)
