import json

import numpy as np
import pytest

from geoplan.calibration import CALIBRATED_CRITERIA, associations, calibrate, fit_weights, read_bundles
from geoplan.calibration.fit import mean_by_state, weighted_mean
from geoplan.calibration.ground_truth import ALONE, HALF, MISSING
from geoplan.criteria import CRITERIA
from geoplan.services import find_service
from geoplan.suggestions.weights import CALIBRATION_FILE, weight_sets, weights_for


@pytest.fixture(scope="module")
def truth(atlas):
    return associations(atlas)


def test_the_associations_of_the_boundaries_are_the_ground_truth(truth):
    assert len(truth) > 700
    assert {one.state for one in truth} == {"01", "03", "07", "08", "09", "12", "13", "14", "15", "16"}
    assert min(len(one.members) for one in truth) >= 4


def test_questions_hide_members_and_never_ask_for_those_on_board(atlas, truth):
    bundles = read_bundles(atlas, truth[0], CALIBRATED_CRITERIA)
    assert {bundle.kind for bundle in bundles} == {ALONE, HALF, MISSING}
    for bundle in bundles:
        assert 0 < bundle.is_member.sum() <= bundle.hidden
        assert bundle.degree.shape == (len(CALIBRATED_CRITERIA), len(bundle.is_member))
        assert "same_association" not in CALIBRATED_CRITERIA, "it is what is hidden"


def test_the_fit_is_not_negative_and_at_least_as_good_as_its_start(atlas, truth):
    bundles = [bundle for one in truth[::60] for bundle in read_bundles(atlas, one, CALIBRATED_CRITERIA)]
    fit = fit_weights(bundles)
    for weights in (fit.alone, fit.with_partners):
        assert min(weights.values()) >= 0
    flat = np.ones(len(CALIBRATED_CRITERIA))
    learnt = mean_by_state(bundles, fit.scores)
    plain = mean_by_state(bundles, lambda bundle: weighted_mean(bundle.degree, flat))
    assert np.mean(list(learnt.values())) >= np.mean(list(plain.values()))


def test_the_same_sample_gives_the_same_report(atlas):
    assert calibrate(atlas, per_state=1, seed=3) == calibrate(atlas, per_state=1, seed=3)


def test_the_kept_calibration_beats_every_simple_ranking_in_the_mean():
    kept = json.loads(CALIBRATION_FILE.read_text("utf-8"))
    ours = kept["mean"].pop("calibrated")
    for ranking in kept["mean"].values():
        assert all(ours[kind] >= ranking[kind] for kind in ours)
    assert set(kept["weights"]["alone"]) <= set(CRITERIA)


def test_services_that_share_an_administration_take_the_learnt_weights():
    kept = json.loads(CALIBRATION_FILE.read_text("utf-8"))["weights"]["alone"]
    payroll = weights_for("horizontal-rural", find_service("payroll"), {})
    assert payroll["closeness"] == kept["closeness"]
    assert payroll != weights_for("horizontal-rural", find_service("rural-development"), {})


def test_learnt_weights_leave_existing_ties_their_say():
    payroll = weights_for("horizontal-rural", find_service("payroll"), {})
    assert payroll["prior_cooperation"] > 0


def test_every_criterion_can_be_given_weight_somewhere():
    known = {key for weights in weight_sets().values() for key in weights}
    known |= {"enclosure"}  # for groups only
    assert known >= set(CRITERIA)
