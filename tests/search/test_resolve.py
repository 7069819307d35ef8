import pytest

from geoplan.errors import AmbiguousUnitError, InvalidValueError, UnknownUnitError
from geoplan.search import NameIndex
from geoplan.units import Level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telgte", "05570044"),
        ("  telgte ", "05570044"),
        ("Wuerzburg", "09663000"),
        ("Wurzburg", "09663000"),
        ("Giessen", "06531005"),
        ("St. Augustin", "05382056"),
        ("Sankt Ingbert", "10045117"),
        ("Garmisch Partenkirchen", "09180117"),
        ("garmischpartenkirchen", "09180117"),
        ("Fürstl. Löwenstein scher Park", "09677456"),
        ("Neustadt an der Aisch", "09575153"),
        ("Neustadt/Aisch", "09575153"),
        ("Neustadt a. d. Weinstr.", "07316000"),
        ("Weiden in der Oberpfalz", "09363000"),
        ("Amt Wachsenburg", "16070028"),
        ("Markt Schwaben", "09175127"),
        ("Rhein-Sieg", "05382"),
        ("NRW", "05"),
        ("Hausen bei Würzburg", "09679143"),
    ],
)
def test_a_name_is_read_in_any_writing(resolved, text, expected):
    assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warendorf", "05570052"),  # the town, not the county around it
        ("Würzburg", "09663000"),  # nor the county beside it, nor the one that is the town
        ("Berlin", "11000000"),  # nor the state
        ("Altenkirchen", "07132501"),  # nor the association
        ("Königslutter", "03154013"),  # nor the forest, though that is the forest's full name
        ("Hannover", "03241001"),
        ("Essen", "05113000"),  # full name before a smaller town's short one
        ("Sachsen", "14"),  # a state in full before a municipality for short
        ("Badendorf", "01062003"),
        ("bad endorf", "09187128"),
    ],
)
def test_the_town_is_meant(resolved, text, expected):
    assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kreis Warendorf", "05570"),
        ("Landkreis Warendorf", "05570"),
        ("Warendorf, Kreis", "05570"),
        ("Landkreis Würzburg", "09679"),
        ("Kreis Würzburg", "09679"),
        ("Kreisfreie Stadt Würzburg", "09663000"),
        ("Land Berlin", "11"),
        ("Stadt Berlin", "11000000"),
        ("VG Altenkirchen", "071325001"),
        ("gemeindefreies Gebiet Königslutter", "03154503"),
        ("Kreis Steinburg", "01061"),
        ("Gemeinde Steinburg", "01062091"),
        ("Landkreis Garmisch", "09180"),
        ("Landkreis Hannover", "03241"),
    ],
)
def test_a_designation_decides(resolved, text, expected):
    assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neustadt, Marburg-Biedenkopf", "06534016"),
        ("Neustadt (Marburg-Biedenkopf)", "06534016"),
        ("Neustadt Hessen", "06534016"),
        ("Neustadt, Bayern", "09575153"),
        ("Neuenkirchen, Kreis Steinfurt", "05566060"),
        ("Neuenkirchen Steinfurt", "05566060"),
        ("Neuenkirchen NRW", "05566060"),
        ("Hausen, Kreis Würzburg", "09679143"),
        ("Neustadt a.d.W.", "07316000"),
    ],
)
def test_county_or_state_tells_namesakes_apart(resolved, text, expected):
    assert resolved(text) == expected


def test_a_county_that_is_a_town_is_not_the_county_asked_for(table):
    rows = [
        ("09663001", "Aub", "Stadt", Level.MUNICIPALITY, 10, None, "09663", None),
        ("09679114", "Aub", "Stadt", Level.MUNICIPALITY, 10, None, "09679", None),
        ("09663", "Würzburg", "Kreisfreie Stadt", Level.COUNTY, None, None, None, None),
        ("09679", "Würzburg", "Landkreis", Level.COUNTY, None, None, None, None),
    ]
    assert NameIndex(table(rows)).resolve("Aub, Kreis Würzburg") == 1


def test_a_name_to_the_letter_is_meant(table):
    rows = [
        ("07339055", "Sankt Johann", "Gemeinde", Level.MUNICIPALITY, 10, None, None, None),
        ("08415093", "St. Johann", "Gemeinde", Level.MUNICIPALITY, 10, None, None, None),
    ]
    index = NameIndex(table(rows))
    assert index.resolve("Sankt Johann") == 0
    assert index.resolve("St. Johann") == 1
    with pytest.raises(AmbiguousUnitError):
        index.resolve("st johann")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        (
            "Neustadt",
            [
                "07316000 (Neustadt an der Weinstraße)",
                "09575153 (Neustadt a.d. Aisch, Bayern)",
                "06534016 (Neustadt (Hessen), Marburg-Biedenkopf, Hessen)",
                "16062036 (Neustadt/Harz)",
            ],
        ),
        (
            "Neuenkirchen",
            ["05566060 (Neuenkirchen, Steinfurt, Nordrhein-Westfalen)", "01051075 (Neuenkirchen)"],
        ),
        ("Weiden", ["09363000 (Weiden i.d. OPf., Weiden i.d. OPf., Bayern)", "07134091 (Weiden)"]),
        ("Steinburg", ["01062091 (Steinburg)", "01061 (Kreis Steinburg)"]),
    ],
)
def test_candidates_are_listed_when_a_name_may_mean_several(index, text, candidates):
    with pytest.raises(AmbiguousUnitError) as error:
        index.resolve(text)
    assert list(error.value.nearest) == candidates
    assert text in str(error.value)


def test_a_long_list_of_candidates_is_cut(table):
    rows = [
        (f"010510{n:02d}", "Berg", "Gemeinde", Level.MUNICIPALITY, n, None, None, None) for n in range(50)
    ]
    with pytest.raises(AmbiguousUnitError) as error:
        NameIndex(table(rows)).resolve("Berg")
    assert len(error.value.nearest) == 40
    assert error.value.nearest[0] == "01051049 (Berg)"
    assert error.value.nearest[-1] == "01051010 (Berg)"
    assert "50 units" in str(error.value)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Telgtee", "05570044 (Telgte, Warendorf, Nordrhein-Westfalen)"),
        ("Garmisch-Partenkrichen", "09180117 (Garmisch-Partenkirchen, Garmisch-Partenkirchen, Bayern)"),
        ("Landkreis Telgte", "05570044 (Telgte, Warendorf, Nordrhein-Westfalen)"),
        ("Telgtenhausen", "05570044 (Telgte, Warendorf, Nordrhein-Westfalen)"),
        ("Neustadt, Sachsen-Anhalt", "07316000 (Neustadt"),
    ],
)
def test_an_unknown_name_names_the_nearest(index, text, nearest):
    with pytest.raises(UnknownUnitError) as error:
        index.resolve(text)
    assert error.value.nearest[0].startswith(nearest)
    assert text in str(error.value)


def test_a_name_like_no_other_has_no_nearest(index):
    with pytest.raises(UnknownUnitError) as error:
        index.resolve("Xyzzy")
    assert error.value.nearest == ()


def test_a_name_like_no_other_names_those_that_begin_like_it(index):
    with pytest.raises(UnknownUnitError) as error:
        index.resolve("Tqx")
    assert error.value.nearest == ("05570044 (Telgte, Warendorf, Nordrhein-Westfalen)",)


def test_an_unknown_id_that_is_a_word_names_those_of_its_kind(table):
    rows = [
        ("05570044", "Moos", "Stadt", Level.MUNICIPALITY, 10, None, None, None),
        ("mr-ruhr", "Metropole Ruhr", "Metropolregion", Level.METROPOLITAN_REGION, None, None, None, None),
    ]
    for text in ("mr-foo", "MR-Moos"):
        with pytest.raises(UnknownUnitError) as error:
            NameIndex(table(rows)).resolve(text)
        assert error.value.nearest == ("mr-ruhr (Metropole Ruhr)",)


@pytest.mark.parametrize("text", ["", "  ", "…", "-/-", "Tel\x00gte", "Tel\ud800gte", "a" * 201])
def test_what_is_no_name_is_refused(index, text):
    with pytest.raises(InvalidValueError) as error:
        index.resolve(text)
    assert error.value.text("de")


def test_an_id_that_is_a_word_is_read_in_any_case(table):
    rows = [
        ("mr-ruhr", "Metropole Ruhr", "Metropolregion", Level.METROPOLITAN_REGION, None, None, None, None)
    ]
    index = NameIndex(table(rows))
    assert index.resolve("mr-ruhr") == index.resolve("MR-Ruhr") == index.resolve("Ruhr") == 0


def test_nothing_is_found_among_no_units(table):
    index = NameIndex(table([]))
    assert index.search("Telgte") == []
    with pytest.raises(UnknownUnitError):
        index.resolve("Telgte")
