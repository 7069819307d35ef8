"""A dossier holds what its network, its plan and its data say."""

import json

import numpy as np
import pytest

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.networks.fit import member_fits, pair_fits
from geoplan.services import find_service
from geoplan_dossier import make_dossier, named_by
from geoplan_dossier.making import origin_of
from tests.dossier.conftest import DAY


def test_members_are_numbered_by_name(six):
    assert [member.unit.name for member in six.members] == [
        "Beelen", "Everswinkel", "Ostbevern", "Sassenberg", "Telgte", "Warendorf",
    ]  # fmt: skip
    assert [member.number for member in six.members] == [1, 2, 3, 4, 5, 6]
    assert six.members[4].county == "Kreis Warendorf"
    assert six.members[4].state == "Nordrhein-Westfalen"


def test_fits_average_to_the_score(six, atlas):
    fits = [member.fit for member in six.members]
    assert sum(fits) / len(fits) == pytest.approx(six.network.score)
    rows = [atlas.units.row(member.unit.id) for member in six.members]
    expected = member_fits(pair_fits(atlas, np.array(rows), find_service("heat-planning")))
    assert fits == pytest.approx(expected.tolist())


def test_borders_are_those_of_the_atlas(six, atlas):
    borders = {(one.one, one.other): one.border_km for one in six.borders}
    telgte, ostbevern = "05570044", "05570032"
    expected = next(n.border_km for n in atlas.neighbours(telgte) if n.unit.id == ostbevern)
    assert borders[(ostbevern, telgte)] == pytest.approx(expected)
    assert all(one < other for one, other in borders)


def test_neighbours_are_outside(six):
    inside = {member.unit.id for member in six.members}
    assert six.neighbours
    assert not inside & {unit.id for unit in six.neighbours}
    assert "Münster" in {unit.name for unit in six.neighbours}


def test_other_weights_give_another_score(grid):
    usual = make_dossier(grid, ["m00", "m06"], service="it", on=DAY)
    changed = make_dossier(grid, ["m00", "m06"], service="it", on=DAY, weights={"closeness": 0})
    assert changed.network.score != usual.network.score
    assert changed.members[0].fit == pytest.approx(changed.network.score)


def test_unknown_weight_is_an_error(grid):
    with pytest.raises(UnknownChoiceError, match="nothing"):
        make_dossier(grid, ["m00", "m01"], service="it", weights={"nothing": 1})


def test_single_member_has_no_fit(grid):
    dossier = make_dossier(grid, ["m00"], service="it", on=DAY)
    assert (dossier.network.score, dossier.members[0].fit) == (None, None)


def test_seeds_are_marked(grid):
    dossier = make_dossier(grid, ["m00", "m01"], service="it", on=DAY, seeds=["Ort m01"])
    assert [member.seed for member in dossier.members] == [False, True]
    assert dossier.request.seeds == ("m01",)


def test_files_of_a_canonical_dataset_are_named(atlas):
    files = origin_of(atlas).files
    assert "borders.parquet" in files
    assert all(len(checksum) == 64 for checksum in files.values())


def test_a_dataset_without_files_is_told_apart_by_its_columns(grid, nasty_atlas):
    one, other = origin_of(grid).files, origin_of(nasty_atlas).files
    assert one["units"] != other["units"]
    assert one["borders"] == other["borders"]


def test_the_record_is_json(nasty):
    kept = json.loads(json.dumps(nasty.to_dict("de"), allow_nan=False))
    assert kept == nasty.to_dict("de")
    assert kept["request"]["plan"]["title"] == "=Bauhof #1 – „gemeinsam“"


def test_a_plan_names_what_the_request_leaves_out(full_plan):
    named = named_by(full_plan, (), None, {})
    assert (named.members, named.service) == (("m00", "m01"), "building-yard")
    named = named_by(full_plan, ["m02"], "it", {"closeness": 2})
    assert (named.members, named.service, named.weights) == (("m02",), "it", {"closeness": 2})
    assert named.facts == full_plan.facts
    named = named_by(full_plan, (), None, {}, {"duration_months": 24, "saving_share": 0.2})
    assert named.facts == {"participation_contract": True, "duration_months": 24, "saving_share": 0.2}


def test_neighbours_lie_in_no_member_and_stand_there_once(atlas):
    """Warendorf and Sendenhorst lie in the county on board; Münster is a county and a municipality."""
    made = make_dossier(atlas, ["05570", "Telgte", "Ostbevern"], service="climate-network")
    near = [unit.id for unit in made.neighbours]
    assert [one for one in near if one.startswith("05570")] == []
    assert ("05515000" in near, "05515" in near) == (True, False)
    assert {"05566", "05754"} <= set(near)


@pytest.mark.parametrize(("members", "service"), [((), "it"), (["m00"], None)])
def test_members_and_service_have_to_be_named(members, service):
    with pytest.raises(InvalidValueError, match="dossier needs"):
        named_by(None, members, service, {})
