"""A dossier that says what geoplan computes is verified; whatever is changed in it is named."""

import copy
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoplan import Atlas
from geoplan.errors import InvalidValueError, RequestError
from geoplan.networks import Intentions, ShareKey
from geoplan.rules import Depth
from geoplan_dossier import Verdict, make_dossier, read_record, verify
from geoplan_dossier.dossier import checksum
from tests.dossier.conftest import DAY


@pytest.fixture(scope="module")
def record(nasty):
    return json.loads(json.dumps(nasty.to_dict("de")))


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place))
    else:
        yield path


def written(path):
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def at(document, path):
    for part in path:
        document = document[part]
    return document


def tampered(document, path, value):
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def other(value):
    """Something else of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
    return "x"


def test_what_was_written_is_verified(record, nasty_atlas):
    found = verify(read_record(record), nasty_atlas)
    assert (found.verdict, found.differences) == (Verdict.VERIFIED, ())


def test_every_intention_is_kept(grid):
    intentions = Intentions(
        depth=Depth.SHARED_TASK, key=ShareKey.USE, use={"m00": 1.0, "m01": 2.5}, companies=(0.3, 1.0),
        duration_months=36, participation_contract=True, eligible_eur=Decimal("123456.78"),
        confirmed_rate=0.6, assumptions={"hour_high_eur": 99.0}, stated={"heat_plan": False},
    )  # fmt: skip
    dossier = make_dossier(
        grid, ["m00", "m01"], service="heat-planning", on=DAY, intentions=intentions, seeds=["m00"],
        weights={"closeness": 3},
    )  # fmt: skip
    record = read_record(json.loads(json.dumps(dossier.to_dict("en"))))
    assert record.request.intentions == intentions
    assert verify(record, grid).verdict == Verdict.VERIFIED


@pytest.mark.property
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_changed_in_the_results_is_named(record, nasty_atlas, data):
    path = data.draw(st.sampled_from(list(leaves(record["results"], ("results",)))))
    changed = tampered(record, path, other(at(record, path)))
    changed["sha256"]["results"] = checksum(changed["results"])  # whoever tampers may know of the checksum
    found = verify(read_record(changed), nasty_atlas)
    assert found.verdict == Verdict.DIFFERS
    assert [one.field for one in found.differences] == [written(path)]
    assert found.differences[0].computed == at(record, path)


def test_a_changed_result_does_not_fit_its_checksum(record, nasty_atlas):
    changed = tampered(record, ("results", "network", "score"), 0.99)
    fields = [one.field for one in verify(read_record(changed), nasty_atlas).differences]
    assert fields == ["results.network.score", "sha256.results"]


def test_a_missing_and_an_added_field_are_named(record, nasty_atlas):
    changed = copy.deepcopy(record)
    del changed["results"]["members"][0]["fit"]
    changed["results"]["members"][1]["extra"] = 1
    changed["results"]["neighbours"].append({"id": "x"})
    last = len(record["results"]["neighbours"])
    fields = {one.field for one in verify(read_record(changed), nasty_atlas).differences}
    expected = {"results.members[0].fit", "results.members[1].extra", f"results.neighbours[{last}]"}
    assert fields == expected | {"sha256.results"}


def test_a_changed_request_is_told(record, nasty_atlas):
    changed = tampered(record, ("request", "service"), "it")
    found = verify(read_record(changed), nasty_atlas)
    assert found.verdict == Verdict.DIFFERS
    assert [one.field for one in found.differences] == ["sha256.request"]


def test_a_changed_request_with_its_checksum_changes_the_results(record, nasty_atlas):
    changed = tampered(record, ("request", "service"), "it")
    changed["sha256"]["request"] = checksum(changed["request"])
    found = verify(read_record(changed), nasty_atlas)
    assert "results.network.service" in [one.field for one in found.differences]


def test_other_data_are_told(record, grid):
    found = verify(read_record(record), grid)
    assert found.verdict == Verdict.OTHER_DATASET
    assert [one.field for one in found.differences] == ["files.units"]


def test_another_vintage_is_told(record, nasty_atlas):
    provenance = replace(nasty_atlas.provenance, vintage="2030-01-01")
    later = Atlas.from_dataset(replace(nasty_atlas.dataset, provenance=provenance))
    found = verify(read_record(record), later)
    assert found.verdict == Verdict.OTHER_DATASET
    assert found.differences[0].field == "data.vintage"


def test_another_version_that_computes_the_same_is_fine(record, nasty_atlas):
    changed = tampered(record, ("geoplan_version",), "99.0")
    assert verify(read_record(changed), nasty_atlas).verdict == Verdict.VERIFIED


def test_another_version_that_computes_something_else_is_told(record, nasty_atlas):
    changed = tampered(record, ("geoplan_version",), "99.0")
    changed = tampered(changed, ("results", "network", "score"), 0.99)
    found = verify(read_record(changed), nasty_atlas)
    assert (found.verdict, found.kept_version) == (Verdict.OTHER_VERSION, "99.0")


def test_the_last_bits_of_a_sum_do_not_matter(record, nasty_atlas):
    score = record["results"]["network"]["score"]
    changed = tampered(record, ("results", "network", "score"), score * (1 + 1e-13))
    changed["sha256"]["results"] = checksum(changed["results"])
    assert verify(read_record(changed), nasty_atlas).verdict == Verdict.VERIFIED


@pytest.mark.parametrize(
    "path",
    [("format",), ("lang",), ("request",), ("results",), ("sha256",), ("files",), ("request", "members"),
     ("request", "intentions"), ("request", "intentions", "stated"), ("request", "on")],
    ids=".".join,
)  # fmt: skip
@pytest.mark.parametrize("value", [None, 7, "?"])
def test_a_broken_record_is_one_clear_error(record, path, value):
    with pytest.raises(RequestError):
        read_record(tampered(record, path, value))


@pytest.mark.parametrize("document", [None, [], "x", 1, {}, {"format": "geoplan-dossier-1"}])
def test_what_is_no_record_is_an_error(document):
    with pytest.raises(InvalidValueError):
        read_record(document)
