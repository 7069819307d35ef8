from dataclasses import dataclass

import pytest

from geoplan.errors import AmbiguousUnitError, UnknownUnitError
from geoplan.search import Match, NameIndex, Sources


@dataclass(frozen=True)
class Entry:
    row: int
    postcode: str
    share: float | None = None


@dataclass(frozen=True)
class Postcodes:
    entries: tuple[Entry, ...]

    def serving(self, postcode):
        return [entry for entry in self.entries if entry.postcode == postcode]


@pytest.fixture(scope="module")
def served(country):
    row = country.row
    known = Postcodes((
        Entry(row("05570044"), "48291"),
        Entry(row("01051075"), "25541", 0.2),
        Entry(row("05566060"), "25541", 0.7),
        Entry(row("01062091"), "25541"),
        Entry(row("06531005"), "05570", 0.5),  # also the key of a county
    ))  # fmt: skip
    return NameIndex(country, Sources(postcodes=lambda: known))


def found(index, text, **options):
    return [(one.unit.id, one.match, one.share) for one in index.search(text, **options)]


def test_a_postcode_finds_its_municipality(served, country):
    assert found(served, "48291") == [("05570044", Match.POSTCODE, None)]
    assert country.ids[served.resolve("48291")] == "05570044"
    assert served.search("48291")[0].to_dict(country)["share"] is None


def test_the_largest_share_comes_first_and_unknown_last(served):
    assert found(served, "25541") == [
        ("05566060", Match.POSTCODE, 0.7),
        ("01051075", Match.POSTCODE, 0.2),
        ("01062091", Match.POSTCODE, None),
    ]  # fmt: skip


def test_a_postcode_of_several_is_never_silently_the_first(served):
    with pytest.raises(AmbiguousUnitError) as error:
        served.resolve("25541")
    assert len(error.value.nearest) == 3
    assert "05566060" in error.value.nearest[0]


def test_what_is_a_key_as_well_is_told_with_both_the_key_first(served, country):
    matches = found(served, "05570")
    assert matches[:2] == [("05570", Match.ID, None), ("06531005", Match.POSTCODE, 0.5)]
    assert {match for _, match, _ in matches[2:]} == {Match.PREFIX}
    assert country.ids[served.resolve("05570")] == "05570"


def test_levels_leave_out_municipalities(served):
    assert found(served, "48291", levels=["county"]) == []


@pytest.mark.parametrize("ask", ["resolve", "search"])
def test_an_unknown_postcode_names_the_nearest(served, ask):
    with pytest.raises(UnknownUnitError) as error:
        getattr(served, ask)("48290")
    assert error.value.nearest[0] == "48291 (Telgte)"
    assert "3 postcodes" in str(error.value)


@pytest.mark.parametrize("ask", ["resolve", "search"])
def test_without_postcodes_it_says_so_and_the_way_to_them_is_for_whoever_runs_geoplan(index, ask):
    with pytest.raises(UnknownUnitError, match="no data on postcodes") as error:
        getattr(index, ask)("48291")
    assert "geoplan data" not in error.value.text("de")
    assert "geoplan data enrich" in error.value.remedy.text("de")


def test_a_key_with_a_slip_is_still_found_with_a_hint(index, served):
    assert index.search("05571")[0].unit.id == "05570"
    assert "data enrich" in str(index.hint("05571"))
    assert index.hint("05570") is None
    assert index.hint("Telgte") is None
    assert served.hint("05571") is None


def test_postcodes_are_not_read_for_names_and_keys(country):
    def unneeded():
        raise AssertionError("the postcodes are not needed")

    index = NameIndex(country, Sources(postcodes=unneeded))
    assert index.resolve("05570044") == index.resolve("Telgte")
    assert index.search("Telgte")
