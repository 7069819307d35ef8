"""A plan on another dataset: who is called what now, and what only the partners can decide."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.crosswalk import build_crosswalk, lineage_of
from geoplan.crosswalk.chain import ways_of
from geoplan.errors import InvalidValueError
from geoplan.plans import read_plan
from geoplan.plans.answer import basis, is_stale
from geoplan.plans.states import Action
from geoplan.plans.transfer import transferred
from tests.crosswalk.conftest import draw_atlas

OLD, BETWEEN, NEW = "2020-01-01", "2022-01-01", "2025-01-01"


@pytest.fixture(scope="module")
def old():
    return draw_atlas("AABCDXXG.Z", vintage=OLD)


@pytest.fixture(scope="module")
def new():
    """A stays, B is called Neu, C and D merge into M, X is divided between A and G, Z is gone."""
    return draw_atlas("AABMMAGG..", names={"B": "Neu"}, vintage=NEW)


@pytest.fixture(scope="module")
def crosswalk(old, new):
    return build_crosswalk(old, new)


def plan_of(members, *participants, state="idea", **provenance):
    named = [{"name": f"Ort {one}", "unit": one, "contact": f"Amt {one}"} for one in participants]
    made = {"dataset": "drawing", "vintage": OLD, "weights": {"closeness": 2.0}, "geoplan_version": "0"}
    return read_plan(
        {"title": "Netz", "state": state, "network": {"members": list(members), "service": "it"},
         "participants": [*named, {"name": "Stadtwerk"}], "goals": [{"text": "Ziel"}],
         "provenance": {**made, **provenance}},
        plan_id="a",
    )  # fmt: skip


@pytest.fixture(params=["crosswalk", "lineage"])
def move(request, new, crosswalk):
    """Both sources of what became of units say the same."""
    if request.param == "crosswalk":
        return lambda plan: transferred(plan, new, crosswalk)
    return lambda plan: transferred(plan, new.with_lineage(lineage_of(crosswalk)))


def test_members_and_participants_move(move):
    change = move(plan_of("ABCD", *"ABCD"))
    assert change.plan.network.members == ("A", "B", "M")
    assert change.undecided == change.unknown == ()
    told = [(one.name, one.unit, one.contact) for one in change.plan.participants]
    assert told == [("Ort A", "A", "Amt A"), ("Neu", "B", "Amt B"), ("Ort M", "M", "Amt C"),
                    ("Ort M", "M", "Amt D"), ("Stadtwerk", None, None)]  # fmt: skip
    assert change.shared == ("M",)
    provenance = change.plan.provenance
    assert (provenance.dataset, provenance.vintage, provenance.weights) == (
        "drawing",
        NEW,
        {"closeness": 2.0},
    )
    assert provenance.geoplan_version != "0"
    assert change.plan.goals == change.before.goals
    answer = change.to_dict()
    assert [one["id"] for one in answer["merged"]] == ["C", "D"]
    assert [one["id"] for one in answer["renamed"]] == ["B"]
    assert (answer["from"]["vintage"], answer["to"]["vintage"]) == (OLD, NEW)


def test_what_is_divided_gone_or_unknown_is_to_be_decided(move):
    change = move(plan_of("BXZQ", *"XZQ"))
    assert change.undecided == ("X", "Z", "Q")
    assert change.plan.network.members == ("B", "A", "G")
    told = [(one.name, one.unit, one.contact) for one in change.plan.participants]
    assert told == [("Ort A", "A", "Amt X"), ("Ort Z", None, "Amt Z"), ("Ort Q", None, "Amt Q"),
                    ("Stadtwerk", None, None), ("Ort G", "G", None)]  # fmt: skip
    assert change.to_dict()["undecided"] == ["X", "Z", "Q"]


def test_a_name_that_was_given_by_hand_stays(move):
    plan = plan_of("B", "B")
    named = replace(plan, participants=(replace(plan.participants[0], name="Amt Bergen"),))
    assert move(named).plan.participants[0].name == "Amt Bergen"


@pytest.mark.property
@given(members=st.lists(st.sampled_from("ABCDXGZQ"), unique=True, max_size=8))
def test_both_sources_say_the_same_and_nothing_is_forgotten(new, crosswalk, members):
    plan = plan_of(members, *members)
    one, other = transferred(plan, new, crosswalk), transferred(plan, new.with_lineage(lineage_of(crosswalk)))
    assert one.plan == other.plan
    assert one.undecided == other.undecided
    units = one.units
    steps = [step.old_id for group in (units.kept, units.renamed, units.merged, units.split, units.gone)
             for step in group]  # fmt: skip
    assert sorted([*steps, *one.unknown]) == sorted(members)
    assert all(member in new.units for member in one.plan.network.members)
    contacts = [participant.contact for participant in one.plan.participants if participant.contact]
    assert contacts == [f"Amt {member}" for member in members]
    if not one.undecided:
        with pytest.raises(InvalidValueError, match="already"):
            transferred(one.plan, new, crosswalk)


def test_what_became_of_the_units_has_to_be_known(new, old, crosswalk):
    with pytest.raises(InvalidValueError, match="drawing 2020-01-01"):
        transferred(plan_of("A"), new)
    with pytest.raises(InvalidValueError, match="2019"):
        transferred(plan_of("A", vintage="2019"), new, crosswalk)
    with pytest.raises(InvalidValueError, match="does not say"):
        transferred(plan_of("A", vintage=None), new, crosswalk)
    with pytest.raises(InvalidValueError, match="leads"):
        transferred(plan_of("A"), draw_atlas("AB", vintage="2030-01-01"), crosswalk)
    with pytest.raises(InvalidValueError, match="already"):
        transferred(plan_of("A"), old, crosswalk)


@pytest.fixture(scope="module")
def between():
    """Between old and new: B is called Neu already, and C, D are one under the key K."""
    return draw_atlas("AABKKXXG.Z", names={"B": "Neu", "K": "Kamp"}, vintage=BETWEEN)


@pytest.fixture(scope="module", params=["crosswalks", "lineages", "both"])
def move_far(request, old, between, new):
    """Over the vintage in between, by what is at hand."""
    first, second = build_crosswalk(old, between), build_crosswalk(between, new)
    kept = ways_of(lineage_of(first), ("drawing", BETWEEN))
    known = new.with_lineage(lineage_of(second))
    return {
        "crosswalks": lambda plan: transferred(plan, new, first, second),
        "lineages": lambda plan: transferred(plan, known, kept=kept),
        "both": lambda plan: transferred(plan, known, first),
    }[request.param]


def test_over_a_vintage_in_between(move_far):
    change = move_far(plan_of("ABCDXZQ", *"ABC"))
    assert change.plan.network.members == ("A", "B", "M", "G")
    assert change.undecided == ("X", "Z", "Q")
    kinds = {step.old_id: step.kind for step in change.units.merged}
    assert kinds == {"C": "merged+renamed+re-keyed", "D": "merged+renamed+re-keyed"}
    assert [(step.old_id, step.old_name, step.new) for step in change.units.renamed] == [
        ("B", "Ort B", (("B", "Neu"),))
    ]
    assert change.plan.provenance.vintage == NEW


def test_the_step_that_is_missing_is_named(between, new):
    known = new.with_lineage(lineage_of(build_crosswalk(between, new)))
    with pytest.raises(InvalidValueError, match=f"drawing {OLD}.*: drawing {NEW}, drawing {BETWEEN}"):
        transferred(plan_of("A"), known)


def test_the_store_calls_it_a_migration(store, chief, move):
    made = store.create(plan_of("ABCD", "A"), chief)
    store.replace(move(made.plan).plan, 1, chief, action=Action.MIGRATE)
    assert [one.action for one in store.history("a")] == ["create", "migrate"]
    assert [one.action for one in store.audit("a")] == ["create", "migrate"]
    assert store.history("a")[0].plan == made.plan


def test_a_plan_of_another_dataset_is_stale(old, new):
    plan = plan_of("A")
    assert [is_stale(plan, one.provenance) for one in (old, new)] == [False, True]
    assert is_stale(plan_of("A", dataset=None), new.provenance) is None
    told = basis(plan, new.provenance)
    assert (told["stale"], told["plan"]["vintage"], told["here"]["vintage"]) == (True, OLD, NEW)


@pytest.mark.slow
def test_from_2016_to_2021(atlas, atlas_2021, crosswalk_to_2021):
    """Walkenried swallowed two; the county Göttingen was merged; Duingen was an association of five."""
    ids = ["03152012", "03156011", "03156012", "03156013", "03254036", "09679147"]
    here = atlas.provenance
    participants = [{"name": atlas.unit(one).name, "unit": one} for one in ids]
    plan = read_plan(
        {"title": "Harz", "network": {"members": ids}, "participants": participants,
         "provenance": {"dataset": here.dataset, "vintage": here.vintage}},
        plan_id="harz",
    )  # fmt: skip
    change = transferred(plan, atlas_2021, crosswalk_to_2021)
    assert change.undecided == ()
    assert change.plan.network.members == ("03159016", "03159026", "03159036", "03254041", "09679147")
    assert {step.old_id for step in change.units.merged} == {"03156012", "03156013", "03254036"}
    assert {step.old_id for step in change.units.renamed} == {"03152012", "03156011"}
    assert change.shared == ("03159036",)
    assert [one.name for one in change.plan.participants][:3] == [
        "Göttingen",
        "Osterode am Harz",
        "Walkenried",
    ]
    assert (change.plan.provenance.vintage, is_stale(change.plan, atlas_2021.provenance)) == (
        "2021-01-01",
        False,
    )
