import pytest

from geoplan.search.designations import (
    designated_levels,
    designation_words,
    without_designation,
    without_wish,
)
from geoplan.search.spelling import form
from geoplan.units import Level


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Landkreis Würzburg", "würzburg", Level.COUNTY),
        ("Würzburg, Landkreis", "würzburg", Level.COUNTY),
        ("Lkr. München", "münchen", Level.COUNTY),
        ("Stadt Leipzig", "leipzig", Level.MUNICIPALITY),
        ("Freie und Hansestadt Hamburg", "hamburg", Level.MUNICIPALITY),
        ("Große Kreisstadt Görlitz", "görlitz", Level.MUNICIPALITY),
        ("Görlitz, Große Kreisstadt", "görlitz", Level.MUNICIPALITY),
        ("Verbandsgemeinde Altenkirchen", "altenkirchen", Level.ASSOCIATION),
        ("Regierungsbezirk Köln", "köln", Level.GOVERNMENT_REGION),
        ("Freistaat Sachsen", "sachsen", Level.STATE),
        ("Metropolregion Hamburg", "hamburg", Level.METROPOLITAN_REGION),
        ("Staedteregion Aachen", "aachen", Level.COUNTY),
        ("gemeindefreies Gebiet Osterheide", "osterheide", Level.UNINCORPORATED_AREA),
    ],
)
def test_a_designation_says_what_kind_of_unit_is_meant(text, name, level):
    parted = without_wish(form(text))
    assert parted is not None
    assert parted[0] == name
    assert level in parted[1].levels


@pytest.mark.parametrize("text", ["Kreis", "Stadt", "Kreischa", "Marktoberdorf", "Amtsberg"])
def test_a_word_that_is_the_name_asks_for_nothing(text):
    assert without_wish(form(text)) is None


def test_published_designations_are_recognised_in_any_writing():
    assert designation_words("Kreisfreie Stadt") == designation_words("kreisfreie-stadt")
    assert designated_levels(designation_words("Erfüllende Gemeinde")) == {Level.ASSOCIATION}
    assert designated_levels("unheard") == frozenset()


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("region hannover", "hannover"),
        ("rhein erft kreis", "rhein erft"),
        ("lutherstadt wittenberg", "wittenberg"),
        ("markt schwaben", None),
        ("amt wachsenburg", None),
        ("stadt wehlen", None),
        ("telgte", None),
    ],
)
def test_only_some_designations_are_left_out_of_names(name, bare):
    assert without_designation(name) == bare
