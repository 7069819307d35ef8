import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geoplan import load_atlas, suggest
from geoplan.boundaries.canonical import read_canonical, write_canonical
from geoplan.boundaries.catalogue import load_dataset
from geoplan.boundaries.metric import metric_crs
from geoplan.boundaries.source import SourceRow
from geoplan.errors import AmbiguousUnitError, DatasetError, InvalidKeyError, UnknownUnitError
from geoplan.units import Level
from geoplan_maps import map_html

ROOT = Path(__file__).resolve().parents[2]
AUSTRIA = ROOT / "data" / "mappings" / "austria.toml"
DEGREE = 0.05

MAPPING = """
[dataset]
name = "Inselreich"
vintage = 2024-05-01
country = "XI"
publisher = "Vermessungsamt"
licence = "CC0-1.0"
attribution = "Vermessungsamt Inselreich"

[file]
path = "isles.geojson"

[place]
id = "key"
name = "title"
designation_column = "kind"
designation = "Dorf"
population = "people"
unincorporated = {column = "kind", values = ["Wald"]}

[levels.county]
column = "island"
name_column = "island_name"
designation = "Insel"
"""
FEATURES = [
    # key, title, kind, people, island, island_name, column
    (11, "Altdorf", "Stadt", 1000, "N", "Nordinsel", 0),
    (12, "Neudorf", None, 200, "N", "Nordinsel", 1),
    (13, "Urwald", "Wald", None, "N", "Nordinsel", 2),
    (21, "Süddorf", "Dorf", -1, "S", None, 3),
]


def isles(**changed: object) -> dict:
    """The made-up country as GeoJSON: four squares in a row, on two islands."""
    features = []
    for key, title, kind, people, island, island_name, column in FEATURES:
        west, south = 10 + column * DEGREE, 50.0
        square = shapely.box(west, south, west + DEGREE, south + DEGREE)
        properties = {
            "key": key, "title": title, "kind": kind, "people": people, "island": island,
            "island_name": island_name, **changed,
        }  # fmt: skip
        features.append(
            {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(square))}
        )
    return {"type": "FeatureCollection", "features": features}


@pytest.fixture
def write(tmp_path):
    """Write the country with a mapping in which texts are replaced; return the mapping's path."""

    def write_country(*replaced: tuple[str, str], content: object = None) -> Path:
        (tmp_path / "isles.geojson").write_text(json.dumps(content or isles()), encoding="utf-8")
        mapping = MAPPING
        for old, new in replaced:
            assert old in mapping
            mapping = mapping.replace(old, new)
        path = tmp_path / "isles.toml"
        path.write_text(mapping, encoding="utf-8")
        return path

    return write_country


def test_two_level_country(write):
    dataset = load_dataset(write())
    units = dataset.units
    assert units.ids == ["11", "12", "13", "21", "N", "S"]
    assert units.names == ["Altdorf", "Neudorf", "Urwald", "Süddorf", "Nordinsel", "Süddorf"]
    assert units.designations[:4] == ["Stadt", "Dorf", "Wald", "Dorf"]
    assert units.level[2] == Level.UNINCORPORATED_AREA
    assert units["12"].county == "N"
    assert units["12"].state is None
    assert units["11"].population == 1000
    assert units["11"].population_source == "Vermessungsamt"
    assert units["21"].population is None
    assert units["N"].population == 1200
    assert dataset.provenance.vintage == "2024-05-01"
    assert dataset.provenance.crs == "EPSG:32632"
    assert units["11"].area_km2 == pytest.approx(19.8, abs=0.3)
    assert units["11"].longitude == pytest.approx(10.025, abs=0.01)


def test_atlas_of_a_two_level_country_answers(write):
    atlas = load_atlas(write())
    assert atlas.unit("11").name == "Altdorf"
    assert atlas.unit("Nordinsel").id == "N"
    assert {near.unit.id for near in atlas.neighbours("12")} == {"11", "13"}
    assert [near.unit.id for near in atlas.neighbours("N")] == ["S"]
    found = suggest(atlas, "Altdorf")
    assert "12" in {suggestion.unit.id for suggestion in found.suggestions}
    assert "13" not in {suggestion.unit.id for suggestion in found.suggestions}
    assert "Altdorf" in map_html(atlas, found, lang="de")


def test_german_rules_stay_silent(write):
    atlas = load_atlas(write(("[levels.county]", "[levels.state]\nprefix = 1\n\n[levels.county]")))
    assert atlas.counts()["metropolitan-region"] == 0
    found = suggest(atlas, "Neudorf", service="waste")
    codes = {flag.code for flag in found.flags} | {
        flag.code for one in found.suggestions for flag in one.flags
    }
    assert codes & {"state-border", "task-of-the-county"} == set()
    criteria = {part.criterion for one in found.suggestions for part in one.contributions}
    assert "task_level" not in criteria


def test_short_ids_are_resolved_as_they_stand(write):
    atlas = load_atlas(write())
    with pytest.raises(UnknownUnitError) as caught:
        atlas.unit("14")
    assert not isinstance(caught.value, InvalidKeyError)


@pytest.mark.parametrize("ending", ["gpkg", "shp", "parquet"])
def test_other_formats_say_the_same(write, tmp_path, ending):
    expected = load_dataset(write())
    meta, _, wkb, values = pyogrio.raw.read(tmp_path / "isles.geojson")
    target = tmp_path / f"isles.{ending}"
    fields = meta["fields"].tolist()
    if ending == "parquet":
        columns = {
            name: pa.array(list(column), from_pandas=True)
            for name, column in zip(fields, values, strict=True)
        }
        geo = {
            "version": "1.0.0",
            "primary_column": "geom",
            "columns": {"geom": {"encoding": "WKB", "geometry_types": []}},
        }
        table = pa.table({**columns, "geom": pa.array(list(wkb), pa.binary())})
        pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), target)
    else:
        names = [name[:10] for name in fields] if ending == "shp" else fields
        pyogrio.raw.write(target, wkb, values, names, geometry_type="Polygon", crs="EPSG:4326")
    replaced = [('"isles.geojson"', f'"{target.name}"')]
    if ending == "shp":
        replaced.append(('"island_name"', '"island_nam"'))
    dataset = load_dataset(write(*replaced))
    assert dataset.units.ids == expected.units.ids
    assert dataset.units.names == expected.units.names
    np.testing.assert_allclose(dataset.units.population, expected.units.population)
    np.testing.assert_allclose(dataset.units.area_km2, expected.units.area_km2)
    np.testing.assert_array_equal(dataset.borders.pairs, expected.borders.pairs)


def test_canonical_form_of_a_mapped_dataset(write, tmp_path, source: SourceRow, projjson):
    dataset = load_dataset(write())
    write_canonical(tmp_path / "canonical", dataset, source, projjson)
    read = read_canonical(tmp_path / "canonical")
    assert read.units.ids == dataset.units.ids
    assert read.provenance == dataset.provenance


def test_file_without_crs_is_told_and_mended_by_the_mapping(write, tmp_path):
    write()
    meta, _, wkb, values = pyogrio.raw.read(tmp_path / "isles.geojson")
    names = [name[:10] for name in meta["fields"].tolist()]
    pyogrio.raw.write(tmp_path / "isles.shp", wkb, values, names, geometry_type="Polygon", crs="EPSG:4326")
    (tmp_path / "isles.prj").unlink()
    shapefile = [('"isles.geojson"', '"isles.shp"'), ('"island_name"', '"island_nam"')]
    with pytest.raises(DatasetError, match="names no CRS"):
        load_dataset(write(*shapefile))
    mended = [('"isles.geojson"', '"isles.shp"\ncrs = "EPSG:4326"'), shapefile[1]]
    assert load_dataset(write(*mended)).units["11"].longitude == pytest.approx(10.025, abs=0.01)


def test_units_that_lie_over_others_are_skipped(write):
    assert "12" not in load_dataset(write(('id = "key"', 'id = "key"\nskip = ["12"]'))).units


def test_names_may_stand_in_the_mapping(write):
    path = write(('name_column = "island_name"', 'names = {N = "Norden"}'))
    units = load_dataset(path).units
    assert units["N"].name == "Norden"
    assert units["S"].name == "Süddorf"


@pytest.mark.parametrize(
    ("replaced", "said", "nearest"),
    [
        (('"isles.geojson"', '"isle.geojson"'), "There is no file", "isles.geojson"),
        (('id = "key"', 'id = "kez"'), "has no column “kez”", "key"),
        (('name = "title"', 'name = "titel"'), "has no column “titel”", "title"),
        (('population = "people"', 'population = "title"'), "has something else than numbers", None),
        (('column = "island"', 'colum = "island"'), "there is no field “levels.county.colum”", "column"),
        (("[levels.county]", "[levels.conty]"), "there is no field “levels.conty”", "county"),
        (('column = "island"', 'column = "island"\nprefix = 1'), "only one of them", None),
        (('column = "island"', 'prefix = "one"'), "is no number of characters", None),
        (('column = "island"', "prefix = 3"), "is shorter than the prefix of 3", None),
        (('column = "island"', 'column = "key"'), "is on two levels, municipality and county", None),
        (('designation = "Dorf"', "designation = 3"), "has a value of another kind: “3”", None),
        (('licence = "CC0-1.0"\n', ""), "the field “dataset.licence” is missing", None),
        (('licence = "CC0-1.0"', 'licence = " "'), "“dataset.licence” is empty", None),
        (("vintage = 2024-05-01\n", ""), "the field “dataset.vintage” is missing", None),
        (("vintage = 2024-05-01", 'vintage = "May"'), "is no date", None),
        (("[dataset]", "[datset]"), "there is no field “datset”", "dataset"),
        (("[dataset]", "[dataset"), "it is no TOML", None),
        (('"isles.geojson"', '"isles.geojson"\nlayer = "isle"'), "has no layer “isle”", "isles"),
        (('"isles.geojson"', '"isles.geojson"\ncrs = "EPSG:none"'), "CRS “EPSG:none” is not known", None),
        (('"isles.geojson"', '"isles.geojson"\nmetric_crs = "EPSG:4326"'), "is not one in metres", None),
        (('"isles.geojson"', '"isles.geojson"\nmetric_crs = "EPSG:3857"'), "is not one in metres", None),
        (('"isles.geojson"', '"isles.toml"'), "cannot be read", None),
    ],
)
def test_mistakes_are_told(write, replaced, said, nearest):
    with pytest.raises(DatasetError) as caught:
        load_dataset(write(replaced))
    assert said in str(caught.value)
    assert nearest is None or nearest in caught.value.nearest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"type": "FeatureCollection", "features": []}, "cannot be read"),
        (isles(key=None), "the column “key” is empty in feature 1"),
        ({"type": "Topology"}, "cannot be read"),
    ],
)
def test_files_that_are_of_no_use_are_told(write, content, said):
    with pytest.raises(DatasetError, match=said):
        load_dataset(write(content=content))


def test_points_are_no_polygons(write):
    content = isles()
    content["features"][2]["geometry"] = {"type": "Point", "coordinates": [10, 50]}
    with pytest.raises(DatasetError, match="1 of 4 features are no polygons"):
        load_dataset(write(content=content))


def test_feature_without_geometry_is_told(write):
    content = isles()
    content["features"][0]["geometry"] = None
    with pytest.raises(DatasetError, match="1 of 4 features are no polygons"):
        load_dataset(write(content=content))


def test_coordinates_outside_their_crs_are_told(write):
    content = isles()
    content["features"][0]["geometry"]["coordinates"] = [
        [[500000, 5e6], [600000, 5e6], [600000, 6e6], [500000, 5e6]]
    ]
    with pytest.raises(DatasetError, match="do not fit the CRS"):
        load_dataset(write(content=content))


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((5, 47, 10, 55), "EPSG:32632"),
        ((-75, -40, -70, -30), "EPSG:32718"),
        ((100, 20, 130, 50), "+proj=laea +lat_0=35.0 +lon_0=115.0 +datum=WGS84 +units=m +no_defs"),
        ((175, -40, 179.9, -35), "EPSG:32760"),
    ],
)
def test_metric_crs_is_chosen_by_where_the_places_lie(bounds, expected):
    assert metric_crs(None, np.array(bounds, dtype=float), "EPSG:4326") == expected


def test_metric_crs_of_the_file_is_kept():
    bounds = np.array([400_000, 5_200_000, 600_000, 5_400_000], dtype=float)
    assert metric_crs(None, bounds, "EPSG:25833") == "EPSG:25833"
    assert metric_crs("EPSG:3416", bounds, "EPSG:25833") == "EPSG:3416"


def test_web_mercator_is_not_kept():
    bounds = np.array([1_100_000, 6_000_000, 1_200_000, 6_100_000], dtype=float)
    assert metric_crs(None, bounds, "EPSG:3857") == "EPSG:32632"


@pytest.fixture(scope="module")
def austria(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("austria")
    shutil.copy(AUSTRIA, folder)
    shutil.copy(shared_data / "austria" / "gemeinden_995_geo.json", folder)
    return load_atlas(folder / AUSTRIA.name)


def test_austria(austria):
    counts = austria.counts()
    assert (counts["municipality"], counts["county"], counts["state"]) == (2095, 94, 9)
    assert counts["metropolitan-region"] == 0
    assert austria.unit("80202").name == "Andelsbuch"
    assert austria.unit("802").name == "Bregenz"
    assert austria.units["80202"].state == "8"
    assert austria.unit("9").name == "Wien"
    assert austria.units["7"].area_km2 == pytest.approx(12_640, rel=0.02)
    assert all(name and not name.isdigit() for name in austria.units.names)
    assert [near.unit.name for near in austria.neighbours("80202")][:2] == ["Egg", "Bezau"]


def test_suggestions_for_austria(austria):
    found = suggest(austria, "Andelsbuch", service="waste")
    assert found.suggestions
    assert {one.unit.county for one in found.suggestions[:3]} == {"802"}
    across = suggest(austria, "Warth, Vorarlberg", limit=50)  # Lech and the Tyrol are next door
    codes = {flag.code for one in across.suggestions for flag in one.flags}
    assert "state-border" not in codes
    assert {one.unit.state for one in across.suggestions} == {"7", "8"}
    assert "Andelsbuch" in map_html(austria, found, lang="de")


def test_names_of_austria_are_ambiguous_where_they_are(austria):
    with pytest.raises(AmbiguousUnitError) as caught:
        austria.unit("Krumbach")
    assert len(caught.value.nearest) == 2
