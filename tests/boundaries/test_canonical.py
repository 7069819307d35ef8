import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.canonical import BORDER_FILE, LEVEL_FILES, read_canonical, write_canonical
from geoplan.boundaries.catalogue import load_dataset
from geoplan.boundaries.geoparquet import GEOMETRY
from geoplan.boundaries.source import SOURCE_FILE, read_source, sha256
from geoplan.errors import DatasetError
from geoplan.units import Level

STATES = LEVEL_FILES[Level.STATE]
PLACES = LEVEL_FILES[Level.MUNICIPALITY]


def test_a_dataset_comes_back_as_it_was(folder, world):
    back = read_canonical(folder)
    assert back.provenance == world.provenance
    assert [back.units.at(row) for row in range(len(back.units))] == [
        world.units.at(row) for row in range(len(world.units))
    ]  # fmt: skip
    for level in LEVEL_FILES:
        before, after = world.read_geometry(level), back.read_geometry(level)
        assert (shapely.get_type_id(after) == shapely.GeometryType.MULTIPOLYGON).all()
        assert shapely.equals(after, before).all()


def test_borders_come_back_as_they_were(folder, world):
    back = read_canonical(folder).borders
    assert np.array_equal(back.pairs, world.borders.pairs)
    assert back.border_m == pytest.approx(world.borders.border_m, abs=1e-3)
    assert np.array_equal(back.water_pairs, world.borders.water_pairs)
    assert back.water_border_m == pytest.approx(world.borders.water_border_m, abs=1e-3)


def test_the_source_row_lists_the_files(folder, source):
    row = read_source(folder)
    assert row.licence_url == source.licence_url
    assert row.source == source.source
    assert set(row.files) == {*LEVEL_FILES.values(), BORDER_FILE}
    assert row.files[PLACES].rows == 4
    assert all(file.sha256 == sha256((folder / name).read_bytes()) for name, file in row.files.items())


def test_the_same_dataset_makes_the_same_bytes(folder, world, source, projjson, tmp_path):
    write_canonical(tmp_path / "again", world, source, projjson)
    for file in folder.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_a_level_may_be_empty(raw_world, source, projjson, tmp_path):
    raw = raw_world()
    flat = replace(raw, parents={Level.STATE: raw.parents[Level.STATE]})
    write_canonical(tmp_path / "flat", assemble(flat, source.provenance), source, projjson)
    back = read_canonical(tmp_path / "flat")
    assert len(back.units) == 5
    assert len(back.read_geometry(Level.COUNTY)) == 0


def test_geopandas_reads_the_files(folder, world):
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed (extra “notebook”)")
    frame = geopandas.read_parquet(folder / PLACES)
    assert frame.crs.to_epsg() == 25832
    assert frame["id"].tolist() == world.units.ids[:4]
    assert frame.area.tolist() == [2e6, 1e6, 3e6, 1e6]


# ── damaged ones ──


def rewrite_source(folder: Path, change: Callable[[dict], object]) -> None:
    row = json.loads((folder / SOURCE_FILE).read_text())
    change(row)
    (folder / SOURCE_FILE).write_text(json.dumps(row))


def replace_file(folder: Path, name: str, content: bytes, rows: int | None = None) -> None:
    """Put other content in a file, with a source row that agrees."""
    (folder / name).write_bytes(content)
    rewrite_source(folder, lambda row: row["files"][name].update(sha256=sha256(content)))
    if rows is not None:
        rewrite_source(folder, lambda row: row["files"][name].update(rows=rows))


def edited(change: Callable[[dict], object]) -> Callable[[Path], object]:
    return lambda folder: rewrite_source(folder, change)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no source row": (lambda folder: (folder / SOURCE_FILE).unlink(), "source.json.*does not exist"),
    "no text": (lambda folder: (folder / SOURCE_FILE).write_bytes(b"\xff\x00{"), "no JSON text"),
    "no object": (lambda folder: (folder / SOURCE_FILE).write_text("[]"), "its format is not"),
    "another format": (edited(lambda row: row.update(format="x")), "its format is not"),
    "a field less": (edited(lambda row: row.pop("licence")), "“licence” is missing"),
    "files are a list": (edited(lambda row: row.update(files=[])), "form expected"),
    "rows are a word": (
        edited(lambda row: row["files"][STATES].update(rows="many")),
        "form expected",
    ),
    "a file not listed": (
        edited(lambda row: row["files"].pop(STATES)),
        "does not list states.parquet",
    ),
    "another count": (
        edited(lambda row: row["files"][STATES].update(rows=3)),
        "states.parquet.*has 1 rows, the source row says 3",
    ),
    "a file less": (lambda folder: (folder / STATES).unlink(), "states.parquet.*is missing"),
    "a file cut off": (
        lambda folder: (folder / PLACES).write_bytes((folder / PLACES).read_bytes()[:-9]),
        "municipalities.parquet.*checksum",
    ),
    "no Parquet": (lambda folder: replace_file(folder, STATES, b"hello"), "states.parquet.*no Parquet file"),
    "another table": (
        lambda folder: replace_file(folder, STATES, (folder / BORDER_FILE).read_bytes(), rows=5),
        "do not fit one another",
    ),
    "borders of units that are not there": (
        lambda folder: replace_file(folder, PLACES, (folder / STATES).read_bytes(), rows=1),
        "do not fit one another",
    ),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_dataset_is_refused_with_path_and_mend(folder, damage):
    do, words = DAMAGES[damage]
    do(folder)
    with pytest.raises(DatasetError, match=words) as refused:
        load_dataset(folder)
    assert str(folder) in str(refused.value)
    assert "make data" in str(refused.value)


def test_polygons_that_went_missing_after_loading_are_named(folder):
    dataset = read_canonical(folder)
    (folder / STATES).unlink()
    with pytest.raises(DatasetError, match=r"states.parquet.*is missing"):
        dataset.read_geometry(Level.STATE)


def test_a_table_without_polygons_is_named(folder):
    table = pq.read_table(folder / STATES).drop_columns([GEOMETRY])
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    replace_file(folder, STATES, sink.getvalue().to_pybytes())
    dataset = read_canonical(folder)
    with pytest.raises(DatasetError, match=r"states.parquet.*has no polygons"):
        dataset.read_geometry(Level.STATE)
