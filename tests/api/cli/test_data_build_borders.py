"""``geoplan data build-borders`` as it is typed."""

import json
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely

from geoplan_api.cli.program import run as run_program
from tests.tessellations import merged_cells

SQUARES = merged_cells(np.arange(1, 13).reshape(3, 4))
"""Three rows of four: 17 borders of 100 m, 12 contacts in points."""


def write_part(path, geometry, *, ids=None, crs="EPSG:25832"):
    described = {"encoding": "WKB", "geometry_types": ["Polygon"]}
    if crs is not None:
        described["crs"] = pyproj.CRS(crs).to_json_dict()
    geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": described}}
    columns = {"shape": pa.array(shapely.to_wkb(geometry), pa.binary())}
    table = pa.table(columns if ids is None else {"id": ids, **columns})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)


@pytest.fixture
def source(tmp_path):
    """The squares in two partitions."""
    folder = tmp_path / "squares"
    folder.mkdir()
    for number, part in enumerate((slice(0, 5), slice(5, 12))):
        ids = [f"u{row:02}" for row in range(12)][part]
        write_part(folder / f"part-{number}.parquet", SQUARES[part], ids=ids)
    return folder


@pytest.fixture
def build(capsys, tmp_path):
    """Run the command; returns exit code, stdout, stderr."""

    def build(*arguments, lang="en"):
        capsys.readouterr()
        out = ["--out", str(tmp_path / "borders.parquet")]
        code = run_program(["--lang", lang, "data", "build-borders", *map(str, arguments), *out])
        said = capsys.readouterr()
        return code, said.out, said.err

    return build


@pytest.mark.parametrize("engine", ["memory", "stream"])
def test_the_borders_of_partitions(build, source, tmp_path, engine):
    if engine == "stream":
        pytest.importorskip("duckdb", reason="needs the extra: pip install 'geoplan[scale]'")
    code, out, err = build(source, "--engine", engine, "--memory", "2GB", "--format", "json")
    assert (code, err) == (0, "")
    path = tmp_path / "borders.parquet"
    assert json.loads(out) == {
        "units": 12, "borders": 17, "border_km": 1.7, "point_contacts": 12, "file": str(path),
    }  # fmt: skip
    rows = pq.read_table(path).to_pylist()
    assert rows[0] == {"unit": "u00", "neighbour": "u01", "border_m": 100.0, "water_border_m": 0.0}
    assert sum(row["border_m"] > 0 for row in rows) == 17
    assert len(rows) == 17 + 12


def test_what_was_found_is_told(build, source):
    code, out, _ = build(source)
    assert code == 0
    assert "12 units, 17 borders (2 km), 12 in points only" in out


def test_units_without_ids_are_numbered(build, tmp_path):
    write_part(tmp_path / "one.parquet", SQUARES[:2])
    assert build(tmp_path / "one.parquet")[0] == 0
    (row,) = pq.read_table(tmp_path / "borders.parquet").to_pylist()
    assert (row["unit"], row["neighbour"]) == ("0", "1")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--engine", "strem"], "Nearest valid values: memory, stream, dask"),
        (["--engine", "dask"], "needs --scheduler"),
        (["--engine", "dask", "--scheduler", "nowhere"], "No Dask scheduler answers at “nowhere”"),
        (["--memory", "4"], "“4” is no amount of memory"),
        (["--memory", "-1GB"], "“-1GB” is no amount of memory"),
        (["--memory", "nanGB"], "“nanGB” is no amount of memory"),
        (["--engine", "stream", "--memory", "10MB"], "at least 1500 MB, not 10"),
        (["--id", "ids"], "Nearest valid values: id"),
    ],
)
def test_wrong_options_get_one_message(build, source, arguments, named):
    if "nowhere" in arguments:
        pytest.importorskip("distributed", reason="needs the extra: pip install 'geoplan[scale]'")
    code, out, err = build(source, *arguments)
    assert code in (1, 2)
    assert out == ""
    assert named in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("crs", "named"), [("EPSG:4326", "“EPSG:4326” is not one in metres"), (None, "“OGC:CRS84” is not one in")]
)
def test_degrees_are_refused(build, tmp_path, crs, named):
    write_part(tmp_path / "one.parquet", SQUARES, crs=crs)
    code, _, err = build(tmp_path / "one.parquet")
    assert code == 1
    assert named in err


def test_partitions_of_two_planes_are_refused(build, source):
    write_part(source / "part-9.parquet", SQUARES, crs="EPSG:25833")
    code, _, err = build(source)
    assert code == 1
    assert "another CRS (EPSG:25833) than the partitions before it (EPSG:25832)" in err


def test_a_file_that_is_not_there_is_a_wrong_request(build, tmp_path):
    code, _, err = build(tmp_path / "nofile.parquet")
    assert code == 2
    assert "nofile.parquet" in err


@pytest.mark.parametrize("content", [b"", b"PAR1 and nothing else"])
def test_what_is_no_geoparquet_is_named(build, tmp_path, content):
    path = tmp_path / "broken.parquet"
    path.write_bytes(content)
    code, _, err = build(path)
    assert code == 1
    assert "broken.parquet" in err
    assert "Traceback" not in err


def test_a_folder_without_partitions_is_named(build, tmp_path):
    code, _, err = build(tmp_path)
    assert code == 1
    assert "has no GeoParquet files" in err


def test_a_polygon_that_is_none_is_named_with_its_number_in_all_partitions(build, source):
    write_part(source / "part-9.parquet", np.array([shapely.Point(1, 2)]), ids=["u12"])
    code, _, err = build(source)
    assert code == 2
    assert "Geometry 12 is no polygon" in err


def test_an_engine_that_is_not_installed_says_what_to_install(build, source, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    code, _, err = build(source, "--engine", "stream")
    assert code == 1
    assert "pip install “geoplan[scale]”" in err


def test_engines_are_loaded_only_when_they_run():
    engines = "{'dask', 'distributed', 'duckdb'}"
    asked = f"import sys, geoplan_api.cli.data.build_borders; print({engines} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
