import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoplan.boundaries.geoparquet import GEOMETRY, decoded, encoded, metadata, write_table

corner = st.integers(-1000, 1000)


@st.composite
def shapes(draw):
    """A polygon, perhaps with a hole, a multipolygon, or an empty one."""
    x, y = draw(corner), draw(corner)
    square = shapely.box(x, y, x + 4, y + 4)
    holed = shapely.Polygon(square.exterior.coords, [shapely.box(x + 1, y + 1, x + 2, y + 2).exterior.coords])
    several = shapely.MultiPolygon([square, shapely.box(x + 10, y, x + 11, y + 1), holed])
    return draw(st.sampled_from([square, holed, several, shapely.MultiPolygon()]))


@pytest.mark.property
@given(st.lists(shapes(), max_size=6))
def test_what_is_encoded_comes_back(polygons):
    geometry = np.empty(len(polygons), dtype=object)
    geometry[:] = polygons
    back = decoded(pa.chunked_array([encoded(geometry)]))
    assert len(back) == len(geometry)
    assert all(shape.geom_type == "MultiPolygon" for shape in back)
    assert shapely.equals_exact(shapely.normalize(back), shapely.normalize(_multipart(geometry))).all()


def _multipart(geometry):
    return np.array(
        [shapely.MultiPolygon(list(shapely.get_parts(shape))) for shape in geometry], dtype=object
    )


def test_lines_are_refused():
    with pytest.raises(TypeError):
        encoded(np.array([shapely.LineString([(0, 0), (1, 1)])], dtype=object))


def test_the_file_says_what_its_geometry_is(tmp_path):
    geometry = np.array([shapely.box(1, 2, 3, 4)], dtype=object)
    table = pa.table({"id": ["a"]}).append_column(GEOMETRY, encoded(geometry))
    write_table(
        table.replace_schema_metadata(metadata(geometry, {"name": "flat"})), str(tmp_path / "a.parquet")
    )
    geo = json.loads(pq.read_schema(tmp_path / "a.parquet").metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"][geo["primary_column"]] == {
        "encoding": "multipolygon",
        "geometry_types": ["MultiPolygon"],
        "crs": {"name": "flat"},
        "bbox": [1.0, 2.0, 3.0, 4.0],
    }


def test_no_polygons_have_no_bounds():
    geo = json.loads(metadata(np.empty(0, dtype=object), {})["geo"])
    assert "bbox" not in geo["columns"][GEOMETRY]
