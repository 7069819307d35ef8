"""Features answered from PostGIS: the same bytes as from memory, of the same version of the data only."""

import subprocess
import sys

import pytest
import shapely
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from geoplan.errors import FeatureStoreError, InvalidValueError
from geoplan_api import Settings, create_app
from geoplan_api.ogc import Served
from geoplan_api.ogc.crs import CRS84
from geoplan_api.ogc.postgis import InPostgis, open_features
from geoplan_api.ogc.postgis.loading import load_features
from geoplan_api.ogc.queries import ItemsQuery
from geoplan_api.ogc.sources import InMemory
from geoplan_maps.exchange import dataset_version
from tests.api.ogc.test_filters import FOUND, REFUSED

METRES = "http://www.opengis.net/def/crs/EPSG/0/25832"
LATITUDE_FIRST = "http://www.opengis.net/def/crs/EPSG/0/4326"
QUERIES = [
    {}, {"limit": 2}, {"limit": 2, "offset": 3}, {"offset": 100}, {"crs": METRES}, {"crs": LATITUDE_FIRST},
    {"bbox": "9.0,51.45,9.08,51.455"}, {"bbox": "-180,-90,180,90"}, {"bbox": "0,0,1,1"},
    {"bbox": "500000,5700000,502000,5702000", "bbox-crs": METRES}, {"bbox": "170,50,10,52"},
    {"name": "Neudorf"}, {"id": "01099001"}, {"f": "html"}, {"f": "html", "limit": 1, "offset": 1},
    {"filter": "population > 2600", "bbox": "9.0,51.45,9.08,51.455", "limit": 1},
]  # fmt: skip
EVERYWHERE = ("municipalities", "unincorporated-areas", "counties", "states", "borders")
MORE = [
    "1 < 2", "1 / 0 > 1", "population > 1 / 0", "'a' LIKE '%'", "name < CASEI('ÄZ')", "name > ''",
    "population IN (3000)", "population * 1e308 > 1", "population * 1e-320 = 0", "population % 7 = 4",
    "population div 7 > 400", "(0 - population) ^ 0.5 > 1", "population + 0 IS NULL", "county > name",
    "population = 3000.5", "name = 'x'' OR TRUE --'", "name LIKE 'A%f' AND NOT (county IS NULL)",
    "CASEI(ACCENTI(name)) = 'kothel'", "ACCENTI(CASEI(name)) LIKE 'k_thel'", "name = 'Köthel'", "NOT TRUE",
    "name LIKE 'Al\\'",
    "S_EQUALS(geometry, BBOX(9.0, 51.45, 9.08, 51.455))", "NOT S_INTERSECTS(geometry, POINT(9.01 51.46))",
    "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(9.01 51.46), LINESTRING(9.2 51.5, 9.3 51.5)))",
    "S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(9.01 51.46), POINT(9.0 51.4)))",
    "S_TOUCHES(geometry, GEOMETRYCOLLECTION(POINT(9.01 51.46), POINT(9.0 51.4)))",
    "S_CONTAINS(geometry, GEOMETRYCOLLECTION(POINT(9.01 51.46), POINT(9.02 51.46)))",
    "S_WITHIN(geometry, GEOMETRYCOLLECTION(POLYGON((8 51, 10 51, 10 52, 8 52, 8 51))))",
    "S_OVERLAPS(BBOX(9.0, 51.45, 9.08, 51.455), geometry)", "S_TOUCHES(geometry, POINT(9.01 51.46))",
]  # fmt: skip


@pytest.fixture(scope="session")
def database(features_url, village_atlas):
    """The database with the features of the villages."""
    database = open_features(features_url)
    load_features(village_atlas, database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgis_client(database, features_url, villages):
    """The villages, their features answered from the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPLAN_FEATURES_URL", features_url)
        app = create_app(Settings(data=str(villages)))
    with TestClient(app) as client:
        yield client


def content(answer):
    """What an answer says; in a problem the number of the request is of course another one."""
    if answer.headers["content-type"] == "application/problem+json":
        return answer.json() | {"request_id": None}
    return answer.content


@pytest.fixture
def same(village_client, postgis_client):
    """Asks both for what is below ``/ogc/collections``, and makes sure that they say the same."""

    def same(path, **parameters):
        one, other = (
            client.get(f"/ogc/collections/{path}", params=parameters)
            for client in (village_client, postgis_client)
        )
        assert content(one) == content(other)
        names = ("etag", "content-type", "content-crs", "cache-control")
        assert [one.headers.get(name) for name in names] == [other.headers.get(name) for name in names]
        assert one.status_code == other.status_code
        return one

    return same


@pytest.mark.parametrize("collection", EVERYWHERE)
def test_pages_boxes_and_coordinate_systems(same, collection):
    assert same(collection).status_code == 200
    for query in QUERIES:
        same(f"{collection}/items", **query)
    for feature in same(f"{collection}/items").json()["features"]:
        same(f"{collection}/items/{feature['id']}", crs=METRES)
        same(f"{collection}/items/{feature['id']}", f="html")
    assert same(f"{collection}/items/nobody").status_code == 404


def test_filters(same):
    for text in (*FOUND, *MORE):
        assert same("municipalities/items", filter=text).status_code == 200, text
    for text in REFUSED:
        assert same("municipalities/items", filter=text)  # the guard of long filters has its own tests


def test_memory_is_not_asked(postgis_client, monkeypatch):
    monkeypatch.setattr(InMemory, "written", None)
    monkeypatch.setattr(Served, "geometry", None)
    answer = postgis_client.get("/ogc/collections/counties/items", params={"filter": "name <> 'asked once'"})
    assert answer.json()["numberMatched"] == 2


def test_what_belongs_to_a_unit_is_computed_as_ever(village_client, postgis_client):
    path = "/ogc/units/01099001/collections/neighbours/items"
    assert postgis_client.get(path).content == village_client.get(path).content


NUMBERS = st.one_of(
    st.integers(-5, 30_000), st.sampled_from([0, 1.5, 3000, 1e308, 1e-320, 24_000]),
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
COLUMN = st.sampled_from(["population", "area_km2", "longitude"]).map(lambda name: {"property": name})
OPERATORS = st.sampled_from(["<", "<=", ">", ">=", "=", "<>"])
WORDS = st.one_of(
    st.sampled_from(["Neudorf", "altdorf", "Köthel", "", "K", "\x00", "ä%_\\"]), st.text(max_size=6)
)
NAMES = st.sampled_from(["name", "county", "ars", "id"]).map(lambda name: {"property": name})


def operation(names, *parts):
    return st.tuples(st.sampled_from(names), st.tuples(*parts).map(list)).map(
        lambda pair: {"op": pair[0], "args": pair[1]}
    )


VALUES = st.recursive(
    st.one_of(COLUMN, NUMBERS),
    lambda inner: operation(["+", "-", "*", "/", "%", "div", "^"], inner, inner),
    max_leaves=3,
)
TEXTS = st.recursive(
    st.one_of(NAMES, WORDS), lambda inner: operation(["casei", "accenti"], inner), max_leaves=3
)
COMPARED = ["<", "<=", ">", ">=", "=", "<>"]
BOXES = st.tuples(*[st.floats(8.95, 9.25), st.floats(51.4, 51.6)] * 2).map(
    lambda box: {"bbox": [min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])]}
)
POINTS = st.tuples(st.floats(8.95, 9.25), st.floats(51.4, 51.6)).map(
    lambda xy: {"type": "Point", "coordinates": list(xy)}
)
PLACES = st.one_of(BOXES, POINTS)
GEOMETRY = st.just({"property": "geometry"})
SPATIAL = [
    "s_intersects", "s_disjoint", "s_within", "s_contains", "s_touches", "s_overlaps", "s_crosses",
    "s_equals",
]  # fmt: skip
LEAVES = st.one_of(
    operation(COMPARED, VALUES, VALUES),
    operation(COMPARED, TEXTS, TEXTS),
    operation(["like"], TEXTS, st.text("Ndoe%_\\", max_size=6)),
    operation(["between"], VALUES, VALUES, VALUES),
    operation(["in"], VALUES, st.lists(VALUES, min_size=1, max_size=3)),
    operation(["in"], TEXTS, st.lists(TEXTS, min_size=1, max_size=3)),
    operation(["isNull"], st.one_of(VALUES, TEXTS, GEOMETRY)),
    operation(SPATIAL, GEOMETRY, PLACES),
    operation(SPATIAL, PLACES, GEOMETRY),
    st.booleans(),
    operation(["=", "<"], COLUMN, NAMES),  # refused
)
FILTERS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        operation(["not"], inner), operation(["and", "or"], inner, inner), operation(["and"], inner)
    ),
    max_leaves=5,
)


def answer(source, query):
    try:
        return source.written(query)
    except InvalidValueError as error:
        return error.text("en")


@pytest.fixture(scope="session")
def served(village_client):
    app = village_client.app
    return app.state.collections.of(app.state.atlas, "municipalities")


QUERIES_OF_ANY_KIND = st.builds(
    ItemsQuery, limit=st.integers(1, 5), offset=st.integers(0, 4), crs=st.sampled_from([CRS84, METRES]),
    box=st.none() | BOXES.map(lambda one: (tuple(one["bbox"]), CRS84)),
    filter=FILTERS.map(lambda one: (one, CRS84)), equal=st.just({}),
)  # fmt: skip


@pytest.mark.property
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(query=QUERIES_OF_ANY_KIND)
def test_any_filter_has_the_same_answer(database, served, query):
    stored = InPostgis(served, served.dataset, database)
    assert answer(stored, query) == answer(InMemory(served), query)


def test_what_is_loaded(database, village_atlas, features_url):
    """Keys, indexes, polygons, and the source row; a second time nothing is there twice."""
    loaded = load_features(village_atlas, database)
    assert (loaded.tables, loaded.features) == (5, 5 + 1 + 2 + 2 + 7)
    with database.connection() as connection:
        row = connection.execute(sa.text("SELECT * FROM geoplan.datasets")).one()
        assert (row.version, row.licence, row.vintage) == (
            dataset_version(village_atlas), "CC0", "2026-01-01"
        )  # fmt: skip
        shapes = connection.execute(
            sa.text("SELECT id, ST_AsBinary(geometry), ST_SRID(geometry) FROM geoplan.counties ORDER BY fid")
        ).all()
        inspector = sa.inspect(connection)
        assert inspector.get_pk_constraint("borders", loaded.schema)["constrained_columns"] == ["fid"]
        indexed = {one["name"] for one in inspector.get_indexes("borders", loaded.schema)}
        assert {"borders_geometry", "borders_one", "borders_other", "borders_id_key"} <= indexed
    rows = village_atlas.units.rows_of(village_atlas.units.level[village_atlas.units.row("01099")])
    assert [one[0] for one in shapes] == [village_atlas.units.ids[row] for row in rows]
    assert {one[2] for one in shapes} == {25832}
    parts = zip(shapely.from_wkb([one[1] for one in shapes]), village_atlas.geometry(rows), strict=True)
    assert all(shapely.equals(one, other) for one, other in parts)


def test_a_database_with_other_data_is_refused(database, features_url, later, monkeypatch):
    """One sentence that names both versions, instead of a server that mixes them."""
    monkeypatch.setenv("GEOPLAN_FEATURES_URL", features_url)
    with pytest.raises(FeatureStoreError, match=r"no features .* it has: Villages 2026-01-01") as told:
        TestClient(create_app(Settings(data=str(later)))).__enter__()
    assert "geoplan export postgis" in told.value.text("de")


def test_another_dataset_that_is_asked_for_is_refused_by_the_same_words(database, served):
    """As ``?dataset=`` may, after the server has started."""
    with pytest.raises(FeatureStoreError, match=r"no features .* version 0-1; it has: Villages 2026-01-01"):
        InPostgis(served, "0-1", database).record(0)
    with pytest.raises(FeatureStoreError, match=r"no features"):
        database.bounds("0-1", "municipalities")


def test_a_server_without_the_driver_answers_from_memory():
    """Whoever does not ask for PostGIS does not need what it needs."""
    code = "import sys; sys.modules['psycopg'] = None; import geoplan_api; geoplan_api.create_app()"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_a_database_that_does_not_answer_is_told(monkeypatch, villages):
    monkeypatch.setenv("GEOPLAN_FEATURES_URL", "postgresql://reader:kennwort@/nobody?host=/nowhere")
    with pytest.raises(FeatureStoreError, match="cannot be reached") as told:
        TestClient(create_app(Settings(data=str(villages)))).__enter__()
    assert "kennwort" not in told.value.text("en")


def test_features_that_are_gone_are_told(postgis_client, database, village_atlas):
    with database.connection() as connection:
        schema = f"geoplan_{dataset_version(village_atlas)}".replace("-", "_")
        connection.exec_driver_sql(f"ALTER SCHEMA {schema} RENAME TO away")
    answer = postgis_client.get("/ogc/collections/states/items", params={"filter": "name = 'gone'"})
    with database.connection() as connection:
        connection.exec_driver_sql(f"ALTER SCHEMA away RENAME TO {schema}")
    assert (answer.status_code, answer.json()["kind"]) == (503, "feature-store")


def test_a_server_whose_features_are_gone_is_not_ready(postgis_client, database):
    assert postgis_client.get("/health/ready").status_code == 200
    with database.connection() as connection:
        connection.exec_driver_sql("ALTER TABLE geoplan.datasets RENAME TO away")
    answer = postgis_client.get("/health/ready")
    with database.connection() as connection:
        connection.exec_driver_sql("ALTER TABLE geoplan.away RENAME TO datasets")
    assert (answer.status_code, answer.json()["kind"]) == (503, "feature-store")
    assert postgis_client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("url", ["sqlite:///x.db", "no url", "postgresql"])
def test_what_is_no_url_is_refused(url):
    with pytest.raises(InvalidValueError, match="GEOPLAN_FEATURES_URL is not the URL"):
        open_features(url)
