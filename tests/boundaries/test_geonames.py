import numpy as np
import pytest

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.geonames import (
    POPULATION_SOURCE,
    PopulatedPlace,
    estimate_population,
    german_places_of,
    with_estimated_population,
)
from geoplan.boundaries.measure import lon_lat
from geoplan.units import Level

A, B, C, U = "05111000", "05222001", "05222002", "05222999"


@pytest.fixture
def bare(raw_world, provenance):
    return assemble(raw_world(), provenance)


@pytest.fixture
def place(bare):
    """Make an entry of GeoNames on the surface of a unit."""

    def make(unit: str, name: str, population: int, *alternates: str) -> PopulatedPlace:
        longitude, latitude = lon_lat(bare.units.xy[[bare.units.row(unit)]], bare.provenance.crs)[0]
        return PopulatedPlace(
            name=name,
            alternate_names=alternates,
            longitude=longitude,
            latitude=latitude,
            population=population,
        )

    return make


def estimate(dataset, *places):
    units = dataset.units
    known = estimate_population(
        units, dataset.read_geometry(Level.MUNICIPALITY), dataset.provenance.crs, list(places)
    )
    return {
        key: int(number)
        for key, number in zip(units.ids, known.tolist(), strict=True)
        if not np.isnan(number)
    }


def test_an_entry_counts_for_the_municipality_of_its_name_around_it(bare, place):
    assert estimate(bare, place(B, "Bedorf", 300)) == {B: 300}


def test_an_entry_inside_another_municipality_does_not_count(bare, place):
    assert estimate(bare, place(C, "Bedorf", 300)) == {}


def test_a_village_of_another_name_does_not_count(bare, place):
    assert estimate(bare, place(B, "Kleindorf", 300)) == {}


def test_an_unincorporated_area_has_no_inhabitants_to_estimate(bare, place):
    assert estimate(bare, place(U, "Uhwald", 300)) == {}


@pytest.mark.parametrize(
    ("official", "entry"),
    [
        ("Neustadt a.d. Aisch", "Neustadt an der Aisch"),
        ("Bad Kötzting", "Kötzting"),
        ("Herxheim bei Landau/Pfalz", "Herxheim"),
        ("Kalbe (Milde)", "Kalbe"),
        ("Sankt Augustin", "St. Augustin"),
        ("Großenkneten", "Grossenkneten"),
        ("Köln", "Koeln"),
        ("Haag i. OB", "Haag in Oberbayern"),
        ("Nordseebad Wangerooge", "Nordseebad Wangerooge"),
    ],
)
def test_spellings_of_a_name_are_one(raw_world, provenance, place, official, entry):
    raw = raw_world()
    raw.places.names[0] = official
    assert estimate(assemble(raw, provenance), place(A, entry, 700))[A] == 700


def test_the_very_name_goes_before_an_alternate_and_size_decides_last(bare, place):
    entries = [place(B, "Altdorf", 900, "Bedorf"), place(B, "Bedorf", 300), place(B, "Bedorf", 310)]
    assert estimate(bare, *entries) == {B: 310}
    assert estimate(bare, entries[0]) == {B: 900}


def test_a_main_village_among_others_is_not_the_municipality(bare, place):
    villages = [place(B, "Ober", 100), place(B, "Unter", 100)]
    assert estimate(bare, place(B, "Bedorf", 300), *villages) == {}
    assert estimate(bare, place(B, "Bedorf", 500), *villages) == {B: 500}
    assert estimate(bare, place(B, "Bedorf", 300), villages[0]) == {B: 300}


def test_the_districts_of_a_town_do_not_make_it_a_village(bare, place):
    districts = [place(B, "Nord", 15_000), place(B, "Süd", 15_000)]
    assert estimate(bare, place(B, "Bedorf", 20_000), *districts)[B] == 20_000


def test_levels_above_are_known_where_all_their_municipalities_are(bare, place):
    entries = [place(A, "Aburg", 5000), place(B, "Bedorf", 300)]
    assert estimate(bare, *entries) == {A: 5000, B: 300, "05111": 5000}
    everyone = estimate(bare, *entries, place(C, "Ceheim", 20))
    assert everyone == {
        A: 5000, B: 300, C: 20, "052225001": 320, "05111": 5000, "05222": 320, "052": 320, "05": 5320,
    }  # fmt: skip


def test_the_source_stands_beside_every_figure(bare, place):
    dataset = with_estimated_population(bare, [place(B, "Bedorf", 300)])
    assert dataset.provenance.population_source == POPULATION_SOURCE
    assert dataset.units[B].population_source == POPULATION_SOURCE
    assert dataset.units[A].population is None
    assert dataset.units[A].population_source is None


def test_only_german_entries_with_inhabitants_are_taken():
    entry = {
        "name": "X",
        "alternatenames": ["Y"],
        "longitude": 9,
        "latitude": 51,
        "population": 5,
        "countrycode": "DE",
    }
    cities = [entry, {**entry, "countrycode": "AT"}, {**entry, "population": 0}]
    assert german_places_of(cities) == [
        PopulatedPlace(name="X", alternate_names=("Y",), longitude=9.0, latitude=51.0, population=5)
    ]
