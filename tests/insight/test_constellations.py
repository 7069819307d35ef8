import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan import suggest
from geoplan.insight import constellations
from geoplan.insight.round_table import is_contiguous
from geoplan.suggestions.suggest import Asked, read_inquiry

MUNICIPALITIES = [f"m{number:02d}" for number in range(32) if number != 12]


@pytest.mark.property
@given(
    st.sampled_from(MUNICIPALITIES),
    st.sampled_from(["any", "horizontal", "horizontal-rural", "urban-rural"]),
    st.sampled_from([None, "heat-planning", "building-yard"]),
)
def test_groups_hold_the_asking_hang_together_and_differ(grid, ask, unit, kind, service):
    inquiry = ask(unit, type=kind, service=service)
    groups = constellations(inquiry)
    assert len(groups) <= 3
    members = [frozenset(member.id for member in group.members) for group in groups]
    assert len(set(members)) == len(members)
    for group, ids in zip(groups, members, strict=True):
        assert group.members[0].id == unit
        assert len(ids) == len(group.members)
        assert "m12" not in ids
        assert 3 <= len(ids) <= 6
        assert 0 <= group.score <= 1
        rows = [grid.row(one) for one in ids]
        assert group.contiguous == is_contiguous(grid.borders, inquiry.question, rows)
        assert group.contiguous
    for one in members:
        for other in members:
            invited = one - {unit}, other - {unit}
            assert one == other or len(invited[0] & invited[1]) <= min(map(len, invited)) / 2
    assert [group.score for group in groups] == sorted((group.score for group in groups), reverse=True)


def test_those_on_board_are_in_every_group(ask):
    groups = constellations(ask("m09", partners=["m01", "m17"], type="horizontal-rural"))
    assert groups
    assert all({"m09", "m01", "m17"} < {member.id for member in group.members} for group in groups)


def test_a_group_scores_what_its_members_score_when_the_others_ask(grid, ask):
    group = constellations(ask("m09", type="horizontal-rural"))[0]
    ids = [member.id for member in group.members]
    scores = []
    for member in ids:
        first, *others = [one for one in ids if one != member]
        answer = suggest(grid, first, partners=others, type="horizontal-rural", limit=100)
        scores.append(next(one.score for one in answer.suggestions if one.unit.id == member))
    assert group.score == pytest.approx(sum(scores) / len(scores))


def test_a_forest_between_does_not_part_a_group(grid, ask):
    """m11, m13: only the unincorporated m12 lies between."""
    question = ask("m11").question
    assert is_contiguous(grid.borders, question, [grid.row("m11"), grid.row("m13")])
    assert not is_contiguous(grid.borders, question, [grid.row("m09"), grid.row("m11")])


def test_the_county_does_not_sit_at_the_table(ask):
    assert constellations(ask("m00", type="vertical")) == []


def test_counties_form_groups_of_counties(ask):
    groups = constellations(ask("c0", type="horizontal-rural"))
    assert groups
    assert {member.id[0] for group in groups for member in group.members} == {"c"}


def test_associations_form_groups_with_free_municipalities(ask):
    groups = constellations(ask("m00", type="horizontal-rural", as_level="association"))
    assert groups
    assert groups[0].members[0].id == "a0"
    assert not {"m00", "m01"} & {member.id for group in groups for member in group.members}


def test_population_is_unknown_where_a_members_is(ask):
    for group in constellations(ask("m30", partners=["m31"], type="horizontal-rural")):
        assert group.population is None
        assert "unknown" in group.text.text("en")


def test_counties_and_associations_are_named(ask):
    said = constellations(ask("m00", type="horizontal-rural"))[0].to_dict("en")
    assert said["counties"][0] == "c0"
    assert said["associations"] == ["a0"]
    assert "connected" in said["text"]


def test_an_island_begins_where_it_lands(atlas):

    for group in constellations(read_inquiry(atlas, "Fehmarn", Asked(type="horizontal"))):
        assert "Großenbrode" in [member.name for member in group.members]
        assert not group.contiguous
