import datetime
import json
from collections import Counter
from copy import deepcopy

import pytest

from geoplan.errors import DataError
from geoplan.evidence import Mark, Table
from geoplan.metropolitan import load_regions
from geoplan.metropolitan.definitions import parse_regions

REGIONS = load_regions().regions
COUNTS = {
    "mr-berlin-brandenburg": 19,
    "mr-frankfurt-rhein-main": 25,
    "mr-hamburg": 21,
    "mr-hannover-braunschweig-goettingen-wolfsburg": 18,
    "mr-mitteldeutschland": 15,
    "mr-muenchen": 31,
    "mr-nordwest": 16,
    "mr-nuernberg": 34,
    "mr-rhein-neckar": 15,
    "mr-ruhr": 15,
    "mr-rheinland": 23,
    "mr-stuttgart": 6,
}


def test_the_regions_and_how_many_members_each_has():
    assert {key: len(region.members) for key, region in REGIONS.items()} == COUNTS


def test_eleven_regions_one_of_them_in_two_halves():
    halves = [region.id for region in REGIONS.values() if region.part_of == "Rhein-Ruhr"]
    assert halves == ["mr-ruhr", "mr-rheinland"]
    assert len({region.part_of or region.id for region in REGIONS.values()}) == 11


def test_overlaps_are_those_of_the_sources():
    counted = Counter(key for region in REGIONS.values() for key in region.members)
    pairs = {
        key: {one.id for one in REGIONS.values() if key in one.members} for key, n in counted.items() if n > 1
    }
    assert pairs == {
        "07319": {"mr-rhein-neckar", "mr-frankfurt-rhein-main"},
        "06431": {"mr-rhein-neckar", "mr-frankfurt-rhein-main"},
        "03352": {"mr-hamburg", "mr-nordwest"},
        "03358": {"mr-hamburg", "mr-hannover-braunschweig-goettingen-wolfsburg"},
        "05112": {"mr-ruhr", "mr-rheinland"},
        "05170": {"mr-ruhr", "mr-rheinland"},
    }


def test_counties_inside_munich_that_are_not_members():
    munich = REGIONS["mr-muenchen"]
    assert munich.not_members == ("09177", "09185")
    assert not set(munich.not_members) & set(munich.members)


@pytest.mark.parametrize(
    ("region", "key", "mark"),
    [
        ("mr-mitteldeutschland", "14524", Mark.UNVERIFIED),
        ("mr-mitteldeutschland", "14730", Mark.UNVERIFIED),
        ("mr-mitteldeutschland", "15082", Mark.UNVERIFIED),
        ("mr-mitteldeutschland", "15087", Mark.UNVERIFIED),
        ("mr-mitteldeutschland", "14713", Mark.VERIFIED),
        ("mr-rheinland", "05314", Mark.CONFLICT),
        ("mr-rheinland", "05334", Mark.CONFLICT),
        ("mr-rheinland", "05366", Mark.CONFLICT),
        ("mr-rheinland", "05315", Mark.VERIFIED),
        ("mr-nordwest", "03459", Mark.CONFLICT),
        ("mr-hannover-braunschweig-goettingen-wolfsburg", "03241", Mark.CONFLICT),
        ("mr-berlin-brandenburg", "11000", Mark.UNVERIFIED),
        ("mr-ruhr", "05913", Mark.UNVERIFIED),
        ("mr-hamburg", "02000", Mark.VERIFIED),
    ],
)
def test_marks_of_members(region, key, mark):
    assert key in REGIONS[region].members
    assert REGIONS[region].membership(key).mark is mark


def test_stuttgart_is_the_core_and_knows_the_wider_circle():
    stuttgart = REGIONS["mr-stuttgart"]
    assert len(stuttgart.wider) == 14
    assert stuttgart.wider_statement is not None
    assert stuttgart.wider_statement.mark is Mark.UNVERIFIED


@pytest.mark.parametrize("region", REGIONS.values(), ids=list(REGIONS))
def test_json_of_a_region(region):
    said = region.to_dict("en")
    assert said["id"] == region.id
    assert said["name"] == region.name.en
    assert [member["id"] for member in said["members"]] == list(region.members)
    assert {member["mark"] for member in said["members"]} <= set(Mark)
    assert datetime.date.fromisoformat(said["as_of"]) == region.as_of


def test_hamburg_has_the_members_of_the_register(shared_data):
    register = json.loads((shared_data / "cooperations" / "cooperations.json").read_bytes())
    [hamburg] = [one["members"] for one in register["cooperations"] if one["id"] == "emr-hamburg"]
    assert set(hamburg) == set(REGIONS["mr-hamburg"].members)


@pytest.mark.parametrize(
    ("key", "known", "found"),
    [
        ("03159", {"03159"}, ("03159",)),
        ("03159", {"03152", "03156"}, ("03152", "03156")),
        ("03152", {"03159"}, ("03159",)),
        ("16056", {"16063"}, ("16063",)),
        ("16056", {"16056", "16063"}, ("16056",)),
        ("16063", {"16056", "16063"}, ("16063", "16056")),
        ("16063", {"16063"}, ("16063",)),
        ("03159", {"05570"}, ()),
        ("05570", {"05570"}, ("05570",)),
    ],
)
def test_keys_of_other_vintages(key, known, found):
    assert load_regions().county_keys(key, known) == found


VALID = {
    "as_of": datetime.date(2026, 11, 22),
    "sources": {"read": {"title": "list", "url": "https://example.org"}},
    "key_changes": [
        {
            "new": "03159",
            "old": ["03152"],
            "since": datetime.date(2016, 11, 1),
            "mark": "V",
            "sources": ["read"],
        }
    ],
    "regions": {
        "mr-x": {
            "name": {"de": "X", "en": "X"},
            "legal_form": {"de": "Verein", "en": "association"},
            "cores": ["02000"],
            "members": ["02000", "01053"],
            "not_members": ["01054"],
            "mark": "V",
            "sources": ["read"],
            "exceptions": {"01053": {"mark": "U", "sources": ["read"]}},
            "wider": {"members": ["01056"], "mark": "U", "sources": ["read"]},
        }
    },
}


def test_a_valid_document_is_read():
    assert parse_regions(Table(deepcopy(VALID))).regions["mr-x"].membership("01053").mark is Mark.UNVERIFIED


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("members", ["02000", "1053"], "regions.mr-x.members[1]: “1053” is not the key of a county."),
        ("members", ["02000", "17053"], "regions.mr-x.members[1]: “17053” is not the key of a county."),
        ("members", ["02000", "05 570"], "regions.mr-x.members[1]: “05 570” is not the key of a county."),
        ("members", ["02000", "02000"], "regions.mr-x.members[1]: “02000” stands in the list twice."),
        ("cores", ["03241"], "regions.mr-x.cores[0]: “03241” is not known."),
        ("not_members", ["02000"], "regions.mr-x.not_members: “02000” is a member."),
        (
            "wider",
            {"members": ["02000"], "mark": "U", "sources": ["read"]},
            "regions.mr-x.wider.members: “02000” is",
        ),
        ("exceptions", {"03241": {}}, "regions.mr-x.exceptions.03241: “03241” is no member."),
        ("mark", "W", "regions.mr-x.mark: “W” is not known."),
        ("name", {"de": "X"}, "regions.mr-x.name.en: this field is missing."),
        ("leader", "nobody", "regions.mr-x.leader: this field is not known."),
    ],
)
def test_a_damaged_region_is_named(field, value, said):
    document = deepcopy(VALID)
    document["regions"]["mr-x"][field] = value
    with pytest.raises(DataError) as caught:
        parse_regions(Table(document))
    assert str(caught.value).startswith(said)


def test_an_id_starts_with_the_prefix():
    document = deepcopy(VALID)
    document["regions"]["x"] = document["regions"].pop("mr-x")
    with pytest.raises(DataError, match=r"^regions\.x\.id: the id of a region starts with mr-\.$"):
        parse_regions(Table(document))


def test_a_damaged_key_change_is_named():
    document = deepcopy(VALID)
    document["key_changes"][0]["new"] = "3159"
    with pytest.raises(DataError, match=r"^key_changes\[0\]\.new: “3159” is not the key of a county\.$"):
        parse_regions(Table(document))
