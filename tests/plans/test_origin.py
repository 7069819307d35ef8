"""What a plan was computed with is said by the atlas."""

from dataclasses import replace
from importlib.metadata import version
from types import SimpleNamespace

import pytest

from geoplan.errors import UnknownUnitError
from geoplan.plans.model import Participant, ParticipantRole, Plan, PlannedNetwork, PlanProvenance
from geoplan.plans.origin import asking, begun, carried_on, joined

GIVEN = Plan(
    id="a", title="Netz", network=PlannedNetwork(members=("Ort m01", "m02"), service="waste"),
    provenance=PlanProvenance(
        dataset="elsewhere", vintage="1900", weights={"closeness": 2.0}, geoplan_version="9"
    ),
)  # fmt: skip


@pytest.fixture
def before(grid):
    return begun(GIVEN, grid)


@pytest.fixture
def later(grid):
    """The same units, drawn later."""
    return SimpleNamespace(
        unit=grid.unit, units=grid.units, provenance=replace(grid.provenance, vintage="2030-01-01")
    )


def test_the_atlas_says_where_it_comes_from(before, grid):
    data = grid.provenance
    assert before.provenance == PlanProvenance(
        dataset=data.dataset, vintage=data.vintage, weights={"closeness": 2.0},
        geoplan_version=version("geoplan"),
    )  # fmt: skip
    assert before.network == PlannedNetwork(members=("m01", "m02"), service="waste")
    assert [(one.name, one.unit) for one in before.participants] == [("Ort m01", "m01"), ("Ort m02", "m02")]


def test_roles_are_open_until_they_are_chosen(before):
    assert [one.role.value for one in before.participants] == ["open", "open"]


def test_who_joins_takes_part_and_who_takes_part_stays(before, grid):
    led = replace(before.participants[0], role=ParticipantRole.LEAD)
    changed = replace(
        before, participants=(led,), network=replace(before.network, members=("m01", "m02", "m03"))
    )
    made = joined(changed, before, grid)
    # m02 was a member before and was taken out of the participants on purpose.
    assert [(one.unit, one.role.value) for one in made.participants] == [("m01", "lead"), ("m03", "open")]
    assert joined(made, changed, grid) == made
    gone = replace(made, network=replace(made.network, members=("m01", "gone")))
    assert joined(gone, gone, grid) == gone


def test_who_leads_asks_and_until_then_who_stands_first(before):
    assert asking(before) == ("m01",)
    led = replace(before, participants=tuple(
        replace(one, role=ParticipantRole.LEAD) if one.unit == "m02" else one for one in before.participants
    ))  # fmt: skip
    assert asking(led) == ("m02",)
    assert asking(Plan(id="a", title="Netz")) == ()


def test_participants_that_are_named_stay(grid):
    named = (Participant(name="Stadtwerke"), Participant(name="Amt", unit="Ort m03"))
    made = begun(replace(GIVEN, participants=named), grid)
    assert made.participants == (named[0], replace(named[1], unit="m03"))


@pytest.mark.parametrize(
    "plan",
    [
        replace(GIVEN, network=PlannedNetwork(members=("m01", "m99"))),
        replace(GIVEN, participants=(Participant(name="x", unit="m99"),)),
    ],
)
def test_units_that_are_none(grid, before, plan):
    for make in (lambda: begun(plan, grid), lambda: carried_on(plan, before, grid)):
        with pytest.raises(UnknownUnitError) as told:
            make()
        assert told.value.value == "m99"


def test_a_change_of_the_text_keeps_the_origin(before, later):
    lied = replace(before, title="Neu", provenance=replace(before.provenance, vintage="1900"))
    assert carried_on(lied, before, later) == replace(before, title="Neu")


@pytest.mark.parametrize(
    "change",
    [
        {"network": PlannedNetwork(members=("m01", "m03"), service="waste")},
        {"network": PlannedNetwork(members=("m01", "m02"), service="it")},
        {"participants": (Participant(name="Amt", unit="m03"),)},
        {"provenance": PlanProvenance(weights={"closeness": 1.0})},
    ],
)
def test_a_change_of_the_basis_is_computed_anew(before, later, change):
    made = carried_on(replace(before, **change), before, later)
    assert (made.provenance.vintage, made.provenance.geoplan_version) == ("2030-01-01", version("geoplan"))


def test_a_county_with_its_bare_name_gets_its_kind(atlas):
    bare = (
        Participant(name="Warendorf", unit="05570"),
        Participant(name="Warendorf", unit="05570052"),
        Participant(name="Unser Kreis", unit="05570"),
        Participant(name="Warendorf"),
    )
    made = begun(replace(GIVEN, network=PlannedNetwork(), participants=bare), atlas)
    told = ["Kreis Warendorf", "Warendorf", "Unser Kreis", "Warendorf"]
    assert [one.name for one in made.participants] == told
    kept = replace(made, participants=bare)
    assert [one.name for one in carried_on(replace(kept, title="Neu"), kept, atlas).participants] == told
