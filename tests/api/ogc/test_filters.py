"""Filters in CQL2 (part 3): what is found, what is refused, and laws that hold for any filter."""

import json

import cql2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidValueError
from geoplan_api.ogc.crs import CRS84
from geoplan_api.ogc.evaluation import matching_rows
from geoplan_api.ogc.filters import JSON, TEXT, read_filter

ALTDORF, NEUDORF, KOETHEL, BERGHEIM, OTHER_NEUDORF = (
    "01099001",
    "01099002",
    "01099003",
    "02099001",
    "02099002",
)
ALL = [ALTDORF, NEUDORF, KOETHEL, BERGHEIM, OTHER_NEUDORF]
FOUND = {
    "name = 'Neudorf'": [NEUDORF, OTHER_NEUDORF],
    "name <> 'Neudorf'": [ALTDORF, KOETHEL, BERGHEIM],
    "name >= 'K'": [NEUDORF, KOETHEL, OTHER_NEUDORF],
    "CASEI(name) = CASEI('NEUDORF')": [NEUDORF, OTHER_NEUDORF],
    "ACCENTI(name) = 'Kothel'": [KOETHEL],
    "name LIKE '%dorf'": [ALTDORF, NEUDORF, OTHER_NEUDORF],
    "name LIKE '_e%d%'": [NEUDORF, OTHER_NEUDORF],
    "name LIKE 'Neudorf%'": [NEUDORF, OTHER_NEUDORF],
    "name NOT LIKE '%e%'": [ALTDORF],
    "name LIKE '\\%'": [],
    "population > 3000": [ALTDORF, BERGHEIM],
    "population > 3000 OR population IS NULL": [ALTDORF, BERGHEIM, OTHER_NEUDORF],
    "NOT population > 3000": [NEUDORF, KOETHEL],
    "population BETWEEN 2500 AND 3000": [NEUDORF, KOETHEL],
    "population * 2 = 6000": [NEUDORF],
    "population / 0 > 1": [],
    "population IN (3000, 8000)": [ALTDORF, NEUDORF],
    "population IS NOT NULL AND county = '02099'": [BERGHEIM],
    "geometry IS NULL": [],
    "county <> state": ALL,
    "TRUE": ALL,
    "S_INTERSECTS(geometry, POINT(9.01 51.46))": [ALTDORF],
    "S_INTERSECTS(geometry, BBOX(9.0, 51.45, 9.08, 51.455))": [ALTDORF, NEUDORF],
    "S_DISJOINT(geometry, BBOX(9.0, 51.45, 9.08, 51.455))": [KOETHEL, BERGHEIM, OTHER_NEUDORF],
    "S_WITHIN(geometry, BBOX(8.9, 51.3, 9.1, 51.6))": [ALTDORF, KOETHEL],
    "S_CONTAINS(geometry, POINT(9.01 51.46))": [ALTDORF],
    "S_CROSSES(LINESTRING(9.01 51.46, 9.1 51.46), geometry)": [ALTDORF, NEUDORF],
    "S_INTERSECTS(geometry, POINT(0 0))": [],
}
REFUSED = [
    "", "name =", "name = 1", "nobody = 1", "population LIKE 'x'", "name", "population", "1", "'x'",
    "foo(name) = 'x'", "name + 1 = 2", "T_AFTER(name, DATE('2020-01-01'))", "S_INTERSECTS(name, POINT(1 2))",
    "S_INTERSECTS(geometry, geometry)", "S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 0 1, 1 0, 0 0)))",
    "S_INTERSECTS(geometry, POINT(1e300 5))", "population > TRUE", "A_CONTAINS(name, ('x'))",
    "(" * 1000 + "TRUE" + ")" * 1000, "NOT " * 500 + "TRUE",
]  # fmt: skip


def ids(page):
    return [one["id"] for one in page["features"]]


@pytest.mark.parametrize("text", FOUND)
def test_text(municipalities, text):
    page = municipalities.features(filter=text)
    assert ids(page) == FOUND[text]
    assert page["numberMatched"] == len(FOUND[text])


@pytest.mark.parametrize("text", FOUND)
def test_json_says_the_same(municipalities, text):
    written = json.dumps(cql2.parse_text(text).to_json())
    assert ids(municipalities.features(filter=written, filter_lang="cql2-json")) == FOUND[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_used_is_refused_in_a_sentence(municipalities, text):
    answer = municipalities.items(filter=text)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_property_that_is_none_is_told_with_the_nearest(municipalities):
    assert municipalities.items(filter="populaton > 1").json()["nearest"][0] == "population"


def test_filter_in_another_crs(municipalities):
    metres = "http://www.opengis.net/def/crs/EPSG/0/25832"
    latitude_first = "http://www.opengis.net/def/crs/EPSG/0/4326"
    for point, crs in (("501000 5701000", metres), ("51.46 9.01", latitude_first)):
        page = municipalities.features(filter=f"S_INTERSECTS(geometry, POINT({point}))", filter_crs=crs)
        assert ids(page) == [ALTDORF]


def test_filter_box_and_attribute_together(municipalities):
    box = "9.0,51.45,9.08,51.455"
    assert ids(municipalities.features(filter="population > 3000", bbox=box)) == [ALTDORF]
    assert ids(municipalities.features(name="Neudorf", bbox=box)) == [NEUDORF]
    assert ids(municipalities.features(population="3000")) == [NEUDORF]
    assert municipalities.items(population="many").status_code == 400


def test_queryables_are_what_filters_can_name(collection):
    answer = collection.root.get(f"{collection.path}/queryables", accept="application/schema+json")
    assert answer.headers["content-type"] == "application/schema+json"
    described = answer.json()
    assert described["type"] == "object"
    first = collection.features(limit=1)["features"][0]["properties"]
    assert set(described["properties"]) == {*first, "geometry"}
    for name in first:
        assert collection.items(filter=f'"{name}" IS NULL').status_code == 200


conditions = st.one_of(
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]), st.integers(0, 30_000)).map(
        lambda parts: {"op": parts[0], "args": [{"property": "population"}, parts[1]]}
    ),
    st.sampled_from(["Neudorf", "Altdorf", "x"]).map(
        lambda name: {"op": "=", "args": [{"property": "name"}, name]}
    ),
    st.just({"op": "isNull", "args": [{"property": "population"}]}),
)
expressions = st.recursive(
    conditions,
    lambda inner: st.one_of(
        inner.map(lambda one: {"op": "not", "args": [one]}),
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)).map(
            lambda parts: {"op": parts[0], "args": parts[1]}
        ),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="session")
def served(village_client):
    app = village_client.app
    return app.state.collections.of(app.state.atlas, "municipalities")


@pytest.mark.property
@given(expression=expressions)
def test_a_filter_and_its_opposite_never_meet(served, expression):
    read = read_filter(json.dumps(expression), JSON, served.table.columns)
    opposite = {"op": "not", "args": [read]}
    yes, no = (set(matching_rows(one, served, CRS84).tolist()) for one in (read, opposite))
    assert not yes & no
    unknown = set(range(len(served.table))) - yes - no
    assert all(served.table.columns["population"].at(row) is None for row in unknown)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("population >", TEXT, "ends too early: a property, a number"),
        ("population >> 5", TEXT, "at character 13, “> 5”, a property, a number"),
        ("population > 5 AN\nname = 'a'", TEXT, "at character 16, “AN\nname = 'a'”, AND, OR"),
        ("name = 'a'\nAND name >", TEXT, "ends too early"),
        ("", TEXT, "ends too early"),
        ('{"op":', JSON, "it is no JSON"),
        ('{"op": "="}', JSON, 'an expression is {"op": "="'),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(served, text, language, said):
    with pytest.raises(InvalidValueError) as caught:
        read_filter(text, language, served.table.columns)
    told = caught.value.text("en")
    assert told.startswith(f"The filter “{text}” cannot be used: ")
    assert said in told
    for word in ("EOI", "NotFlag", "untagged", "-->", "Expr,"):
        assert word not in told
    assert caught.value.text("de") != told


def test_a_filter_that_is_too_long_is_refused(served):
    with pytest.raises(InvalidValueError, match="too long"):
        read_filter(f"name = '{'x' * 9000}'", TEXT, served.table.columns)


@pytest.mark.property
@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(served, text):
    for language in (TEXT, JSON):
        try:
            matching_rows(read_filter(text, language, served.table.columns), served, CRS84)
        except InvalidValueError as error:
            assert error.text("de")
