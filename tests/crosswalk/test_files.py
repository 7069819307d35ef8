import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geoplan.crosswalk import build_crosswalk, read_crosswalk, write_crosswalk
from geoplan.errors import DatasetError, UnknownChoiceError


@pytest.fixture(scope="module")
def crosswalk(draw):
    return build_crosswalk(draw("AABZ", population={"A": 5}), draw("ACC.N"))


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_what_is_written_is_read(crosswalk, tmp_path, ending):
    path = tmp_path / f"crosswalk.{ending}"
    write_crosswalk(path, crosswalk)
    read = read_crosswalk(path)
    assert read.changes_of_all == crosswalk.changes_of_all
    assert read.appeared == crosswalk.appeared
    assert (read.old, read.new, read.tolerance_m) == (crosswalk.old, crosswalk.new, crosswalk.tolerance_m)
    assert list(tmp_path.iterdir()) == [path]


def test_other_ending_is_refused(crosswalk, tmp_path):
    with pytest.raises(UnknownChoiceError) as caught:
        write_crosswalk(tmp_path / "crosswalk.xlsx", crosswalk)
    assert caught.value.nearest == (".json", ".parquet")


def test_missing_file_is_told(tmp_path):
    with pytest.raises(DatasetError, match="There is no file"):
        read_crosswalk(tmp_path / "none.json")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "other"}',
        b'{"format": "geoplan-crosswalk-1", "changes": [1]}',
    ],
)
def test_file_that_is_no_crosswalk(tmp_path, content):
    for ending in ("json", "parquet"):
        path = tmp_path / f"crosswalk.{ending}"
        path.write_bytes(content)
        with pytest.raises(DatasetError, match="is no crosswalk"):
            read_crosswalk(path)


def test_damaged_fields_are_told(crosswalk, tmp_path):
    path = tmp_path / "crosswalk.json"
    write_crosswalk(path, crosswalk)
    content = json.loads(path.read_text(encoding="utf-8"))
    for field, value in (("kind", "moved"), ("level", "moon"), ("new", [{"id": "x"}]), ("dropped", "much")):
        changed = {**content, "changes": [{**content["changes"][0], field: value}]}
        path.write_text(json.dumps(changed), encoding="utf-8")
        with pytest.raises(DatasetError, match="is no crosswalk"):
            read_crosswalk(path)


def test_other_parquet_is_no_crosswalk(tmp_path):
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(DatasetError, match="is no crosswalk"):
        read_crosswalk(path)
