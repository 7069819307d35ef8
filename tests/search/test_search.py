import pytest

from geoplan.errors import InvalidValueError
from geoplan.search import Match, NameIndex
from geoplan.units import Level


def matches(index, text, **options):
    return [(result.unit.id, result.match) for result in index.search(text, **options)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("05570044", ("05570044", Match.ID)),
        ("Telgte", ("05570044", Match.EXACT)),
        ("Tel", ("05570044", Match.PREFIX)),
        ("Partenk", ("09180117", Match.WORD)),
        ("Tegte", ("05570044", Match.TYPO)),
        ("055700", ("05570044", Match.PREFIX)),
        ("5570044", ("05570044", Match.TYPO)),
    ],
)
def test_a_result_says_how_it_fits(index, text, first):
    assert matches(index, text)[0] == first


def test_better_matches_come_first(found, index):
    assert [match for _, match in matches(index, "Neustadt")] == [Match.EXACT] * 4
    assert [match for _, match in matches(index, "Würzburg")] == [Match.EXACT] * 3 + [Match.WORD]


def test_of_equal_matches_the_larger_comes_first_and_unknown_last(found):
    assert found("Neusta") == ["07316000", "09575153", "06534016", "16062036"]


def test_the_town_comes_before_the_larger_county_of_its_name(found):
    assert found("Warendorf")[:2] == ["05570052", "05570"]
    assert found("Waren")[:2] == ["05570052", "05570"]


def test_the_county_that_is_the_town_comes_after_the_one_around_it(found):
    assert found("Würzburg")[:3] == ["09663000", "09679", "09663"]


def test_full_names_come_before_shortened_ones_unless_those_are_larger(found):
    assert found("Essen")[:2] == ["05113000", "03453006"]
    assert found("Weiden")[:2] == ["09363000", "07134091"]


def test_a_unit_above_the_places_has_at_least_the_inhabitants_of_its_places(found):
    assert found("Ha")[0] == "03241001"
    assert found("B")[:2] == ["11000000", "11"]
    assert found("Ba")[0] == "09"  # Bayern: unknown, but its towns are larger than Bad Endorf


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Landkreis Würz", "09679"),
        ("Kreis War", "05570"),
        ("Land Ber", "11"),
        ("Stadt Würz", "09663000"),
        ("Landkreis Würzbrug", "09679"),
        ("Amt Wach", "16070028"),
    ],
)
def test_the_kind_that_is_asked_for_comes_first(found, text, first):
    assert found(text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Neustadt Hes", "06534016"),
        ("Hessen Neustadt", "06534016"),
        ("Neustadt Marburg", "06534016"),
        ("Neuenk Steinf", "05566060"),
        ("Neuenkirchen NRW", "05566060"),
        ("Neustadt an d", "07316000"),
        ("Neustadt a. d. Ai", "09575153"),
        ("Weiden i", "09363000"),
        ("Bad E", "09187128"),
        ("Sankt Aug", "05382056"),
        ("St. Ing", "10045117"),
    ],
)
def test_names_are_found_while_they_are_typed(found, text, first):
    assert found(text)[0] == first


def test_what_the_dataset_does_not_know_behind_a_name_is_read_over(index):
    assert matches(index, "Telgte (Westf.)")[0] == ("05570044", Match.WORD)
    assert matches(index, "Wuerzburg Grombühl")[0] == ("09663000", Match.WORD)


def test_fewer_typos_come_first(table):
    rows = [
        ("09179118", "Eichenau", "Gemeinde", Level.MUNICIPALITY, 11_000, None, None, None),
        ("08335066", "Reichenau", "Gemeinde", Level.MUNICIPALITY, 5_000, None, None, None),
    ]
    assert [result.unit.name for result in NameIndex(table(rows)).search("Reichenaw")] == [
        "Reichenau",
        "Eichenau",
    ]


def test_levels_leave_out_the_others(found):
    assert found("Würzburg", levels=[Level.COUNTY]) == ["09679", "09663"]
    assert found("05570", levels=[Level.MUNICIPALITY]) == ["05570044", "05570052"]
    assert found("Würzburg", levels=[]) == []


def test_no_more_than_the_limit_is_returned(found):
    assert found("Neustadt", limit=2) == found("Neustadt")[:2]
    assert len(found("e", limit=1)) == 1


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_bounds_is_refused(index, limit):
    with pytest.raises(InvalidValueError, match=str(limit)):
        index.search("Telgte", limit=limit)


@pytest.mark.parametrize("text", ["", " ", "()", "a\tb", "x" * 201])
def test_what_is_no_text_is_refused(index, text):
    with pytest.raises(InvalidValueError):
        index.search(text)


def test_nothing_like_it_is_no_error(index):
    assert index.search("Xyzzy") == []
    assert index.search("123456789012") == []


def test_a_result_is_written_as_in_the_contract(country, index):
    assert index.search("Telgte")[0].to_dict(country) == {
        "id": "05570044", "name": "Telgte", "designation": "Stadt", "level": "municipality",
        "county": "05570", "county_name": "Warendorf", "county_title": "Kreis Warendorf",
        "state": "05", "state_name": "Nordrhein-Westfalen", "population": 19_000, "match": "exact",
    }  # fmt: skip


def test_parents_that_the_table_lacks_have_no_name(country, index):
    result = index.search("16062036")[0].to_dict(country)
    assert (result["county"], result["county_name"], result["county_title"]) == ("16062", None, None)
    assert index.search("05")[0].to_dict(country)["state_name"] is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Neustadt Marburg-Bidenkof", "06534016"),
        ("Neustatd Marburg-Bidenkopf", "06534016"),
        ("Marburg-Bidenkopf Neustadt", "06534016"),
        ("Neuenkirchen Nordrhein-Westfahlen", "05566060"),
        ("Garmishpar", "09180117"),
        ("Garmsich-Parten", "09180117"),
    ],
)
def test_typos_are_read_over_in_the_county_and_while_a_long_name_is_typed(found, text, first):
    assert found(text)[0] == first


@pytest.mark.parametrize("text", ["Garmishp", "Xarmischpart", "Garmixxpxrten"])
def test_too_little_or_too_wrong_a_beginning_finds_nothing(found, text):
    assert found(text) == []


def test_a_part_of_a_word_is_the_last_that_fits(index):
    assert matches(index, "dorf") == [
        ("05570052", Match.PART), ("05570", Match.PART), ("09187128", Match.PART), ("01062003", Match.PART),
    ]  # fmt: skip
    assert [match for _, match in matches(index, "endorf")] == [Match.WORD] + [Match.PART] * 3
    assert matches(index, "or") == []
