"""The crosswalk from the embedded 2016 to VG5000 2021 finds the reforms that are known."""

import tomllib
from pathlib import Path

import pytest

from geoplan.crosswalk import Crosswalk, Kind
from geoplan.units import PLACE_LEVELS, Level

pytestmark = pytest.mark.slow

REFORMS = tomllib.loads((Path(__file__).parent / "reforms.toml").read_text(encoding="utf-8"))["reform"]


@pytest.fixture
def crosswalk(crosswalk_to_2021: Crosswalk) -> Crosswalk:
    return crosswalk_to_2021


def test_there_are_enough_reforms():
    assert len(REFORMS) >= 30
    assert len({reform["new"] for reform in REFORMS}) == len(REFORMS)


@pytest.mark.parametrize("reform", REFORMS, ids=[reform["new"] for reform in REFORMS])
def test_reform(crosswalk, atlas, atlas_2021, reform):
    new, old = reform["new"], reform["old"]
    assert atlas_2021.units[new].name == reform["name"]
    assert [one for one in old if one != new and one in atlas_2021.units] == []
    assert [one for one in old if one not in atlas.units] == []
    for one in old:
        assert crosswalk.new_of(one) == [(new, 1.0)]
        assert crosswalk.kind(one) == reform["kind"]
    from_old = [unit for unit, _ in crosswalk.old_of(new)]
    assert sorted(from_old) == sorted(old)


def test_shares_add_up_to_one(crosswalk):
    sums = [
        sum(one.share for one in change.successors)
        for change in crosswalk.changes_of_all
        if change.successors
    ]
    assert max(abs(total - 1) for total in sums) < 1e-3
    by_new: dict[str, float] = {}
    for change in crosswalk.changes_of_all:
        for one in change.successors:
            by_new[one.id] = by_new.get(one.id, 0) + one.new_share
    assert max(abs(total - 1) for total in by_new.values()) < 1e-3


def test_every_municipality_has_a_successor_and_a_source(crosswalk, atlas_2021):
    places = [change for change in crosswalk.changes_of_all if change.level in PLACE_LEVELS]
    assert [change.id for change in places if not change.successors] == []
    fed = {one.id for change in places for one in change.successors}
    assert fed == {atlas_2021.units.ids[row] for row in atlas_2021.units.rows_of(*PLACE_LEVELS)}


def test_a_key_that_both_have_leads_to_itself(crosswalk, atlas_2021):
    """No municipality of 2016 gave its key to another one of 2021."""
    for change in crosswalk.changes_of_all:
        if change.id in atlas_2021.units and change.main is not None:
            assert change.main.id == change.id


def test_few_municipalities_are_changed_that_keep_key_and_name(crosswalk, atlas_2021):
    """Borders drawn twice are no changes: of 10,800 that stay, a handful moved its border."""
    moved = crosswalk.changes(only=[Kind.BORDER_CHANGE], level=Level.MUNICIPALITY)
    assert 10 <= len(moved) <= 40


def test_states_and_government_regions_stay(crosswalk):
    assert set(crosswalk.counts()["state"]) == {"unchanged"}
    assert set(crosswalk.counts()["government-region"]) == {"unchanged"}


def test_municipalities_that_changed_county_take_their_area_along(crosswalk):
    """Thuringia: Kaltennordheim left the Wartburgkreis, Piesau and Lichte went to Sonneberg."""
    assert [unit for unit, _ in crosswalk.new_of("16063")] == ["16063", "16066"]
    assert [unit for unit, _ in crosswalk.new_of("16073")] == ["16073", "16072"]
    assert crosswalk.kind("16066") == crosswalk.kind("16072") == "border-change"


def test_forest_without_municipality_was_divided(crosswalk):
    assert crosswalk.kind("09472459") == "split"  # Langweiler Wald
    assert [unit for unit, _ in crosswalk.new_of("09472459")] == ["09472167", "09472111", "09472197"]


def test_list_of_members_migrates(crosswalk):
    migration = crosswalk.migrate(["03152012", "03156011", "16063102", "16066042", "01053002", "16054000"])
    assert migration.members == ("03159016", "03159026", "16066095", "16066042", "01053002", "16054000")
    assert [step.old_id for step in migration.renamed] == ["03152012", "03156011", "01053002"]
    assert crosswalk.migrate(migration.members).members == migration.members
