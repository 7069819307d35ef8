"""What people type, against the embedded dataset: ``queries.csv`` says which unit each of them means."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from geoplan.enrichment.postcodes import Postcode, Postcodes
from geoplan.errors import AmbiguousUnitError, UnknownUnitError
from geoplan.search import Ground, NameIndex, Sources

with Path(__file__).with_name("queries.csv").open(encoding="utf-8", newline="") as file:
    QUERIES = [(row["kind"], row["query"], row["id"], row["near"] or None) for row in csv.DictReader(file)]

# Postcodes of the administrations: Destatis, Gemeindeverzeichnis, 31.12.2021 (dl-de/by-2-0).
with Path(__file__).with_name("postcodes.csv").open(encoding="utf-8", newline="") as file:
    POSTCODES = [(row["postcode"], row["id"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def names(atlas):
    """The names of the embedded dataset, which has no postcodes, with some."""
    known = Postcodes(
        tuple(
            Postcode(row=atlas.units.row(unit_id), postcode=postcode, share=None, seat=True)
            for postcode, unit_id in POSTCODES
        )
    )
    ground = Ground(units=atlas.units, geometry_of=atlas.geometry, crs=atlas.provenance.crs)
    return NameIndex(atlas.units, Sources(postcodes=lambda: known, ground=ground))


def _hits(names, at):
    return [
        (kind, query)
        for kind, query, expected, near in QUERIES
        if expected in [result.unit.id for result in names.search(query, limit=at, near=near)]
    ]


def test_the_list_is_long_enough_to_say_something():
    assert len(QUERIES) >= 400
    assert len({(query, near) for _, query, _, near in QUERIES}) == len(QUERIES)


def test_what_is_meant_is_among_the_first_five(names):
    assert len(_hits(names, 5)) / len(QUERIES) >= 0.98


def test_what_is_meant_is_mostly_first(names):
    assert len(_hits(names, 1)) / len(QUERIES) >= 0.95


def test_no_kind_of_query_is_left_behind(names):
    hits = Counter(kind for kind, _ in _hits(names, 5))
    for kind, count in Counter(kind for kind, _, _, _ in QUERIES).items():
        assert hits[kind] / count >= 0.9, kind


@pytest.mark.parametrize(
    "kind", ["exact", "case", "umlaut", "ss", "hyphen", "sankt", "context", "designation"]
)
def test_a_right_name_means_one_unit_or_asks_back(atlas, kind):
    for query_kind, query, expected, _ in QUERIES:
        if query_kind != kind:
            continue
        try:
            assert atlas.unit(query).id == expected, query
        except AmbiguousUnitError as error:
            assert any(expected in candidate for candidate in error.nearest), query
        except UnknownUnitError as error:
            assert kind in ("ss", "context"), query  # with a typo, or with the beginning of a county
            assert any(expected in candidate for candidate in error.nearest), query


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Reichenau", "08335066"),
        ("Büsingen", "08335015"),
        ("Helgoland", "01056025"),
        ("Bremen", "04011000"),
        ("Region Hannover", "03241"),
        ("Städteregion Aachen", "05334"),
    ],
)
def test_the_named_cases_are_found(atlas, name, expected):
    assert atlas.unit(name).id == expected


def test_neustadt_is_many(atlas):
    with pytest.raises(AmbiguousUnitError) as error:
        atlas.unit("Neustadt")
    assert "06534016 (Neustadt (Hessen), Marburg-Biedenkopf, Hessen)" in error.value.nearest
    assert len(error.value.nearest) == 18
    assert "…" not in error.value.nearest
