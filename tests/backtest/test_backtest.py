import json

import numpy as np
import pytest

from geoplan.backtest import backtest
from geoplan.backtest.measure import Asked
from geoplan.backtest.rankers import BASELINES, Case, suggested
from geoplan.errors import InvalidValueError
from geoplan.services import read_register

FIGURES = ("r_precision", "half_hidden", "missing_one")


def perfect(case: Case):
    """A ranker that knows the answer."""
    members = [case.atlas.units.row(member) for member in case.cooperation.members]
    return np.concatenate([np.setdiff1d(members, case.group), np.setdiff1d(case.pool, members)])


def wrong(case: Case):
    return perfect(case)[::-1]


@pytest.fixture(scope="module")
def cooperations(tmp_path_factory):
    """Three hills of the Harz and a pair too small to ask for."""
    document = {
        "cooperations": [
            _cooperation(
                "five", "horizontal-rural", ["05570044", "05570036", "05570020", "05570052", "05570040"]
            ),
            _cooperation("pair", "horizontal-rural", ["05570044", "05570036"]),
            _cooperation("down", "vertical", ["05570044", "05570036", "05570020"]),
        ]
    }
    path = tmp_path_factory.mktemp("register") / "register.json"
    path.write_text(json.dumps(document))
    return read_register(path)


def _cooperation(key, kind, members):
    return {
        "id": key, "name": key, "type": kind, "service": "heat-planning", "members": members,
        "complete": True, "source": "made up",
    }  # fmt: skip


def test_a_ranker_that_knows_reaches_1_and_one_that_errs_0(atlas, cooperations):
    asked = Asked.of(atlas, cooperations.cooperations[0])
    best, worst = asked.measure(perfect, (5, 10)), asked.measure(wrong, (5, 10))
    assert [getattr(best, figure) for figure in FIGURES] == [1, 1, 1]
    assert [getattr(worst, figure) for figure in FIGURES] == [0, 0, 0]
    assert best.recall == {5: 1, 10: 1}


def test_every_ranker_names_all_others_once(atlas, cooperations):
    asked = Asked.of(atlas, cooperations.cooperations[0])
    group = asked.members[:2]
    pool = np.setdiff1d(atlas.units.rows_of("municipality"), group)
    case = Case(atlas=asked.atlas, cooperation=asked.cooperation, group=group, pool=pool)
    for ranker in (suggested, *BASELINES.values()):
        assert np.array_equal(np.sort(ranker(case)), pool)


def test_the_report_has_the_words_of_the_contract(atlas, cooperations):
    report = backtest(atlas, cooperations).to_dict()
    assert report["cooperations"] == 1
    assert set(report["recall"]) == {"5", "10"}
    assert set(report["completion"]) == {"cooperations", "half_hidden", "missing_one_top3"}
    for baseline in report["baselines"].values():
        assert {"r_precision", "recall", "completion"} <= set(baseline)
    assert [one["id"] for one in report["per_cooperation"]] == ["five", "down"]
    assert report["skipped"] == {"pair": 2}
    assert report["vertical"]["cooperations"] == 1, "vertical ones are kept apart"


def test_a_cooperation_is_hidden_while_it_is_asked_for(atlas, cooperations):
    asked = Asked.of(atlas.with_register(cooperations), cooperations.cooperations[0])
    assert "five" not in [one.id for one in asked.atlas.register.cooperations]
    assert "pair" in [one.id for one in asked.atlas.register.cooperations]


def test_the_same_backtest_twice_is_the_same(atlas, cooperations):
    assert backtest(atlas, cooperations).to_dict() == backtest(atlas, cooperations).to_dict()


@pytest.mark.parametrize("cut_off", [0, -5, 1001])
def test_cut_offs_out_of_bounds_are_refused(atlas, cooperations, cut_off):
    with pytest.raises(InvalidValueError, match=str(cut_off)):
        backtest(atlas, cooperations, cut_offs=[cut_off])


def test_real_cooperations_are_found_better_than_by_any_simple_ranking(atlas, shared_data):
    report = backtest(atlas, read_register(shared_data / "cooperations" / "cooperations.json")).to_dict()
    for baseline in report["baselines"].values():
        assert report["r_precision"] >= baseline["r_precision"]
        assert report["recall"]["10"] >= baseline["recall"]["10"]
        assert report["recall"]["5"] >= baseline["recall"]["5"]
        for figure in ("half_hidden", "missing_one_top3"):
            assert report["completion"][figure] >= baseline["completion"][figure]
