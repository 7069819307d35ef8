import pytest

from geoplan.crosswalk import Kind, build_crosswalk
from geoplan.errors import InvalidValueError, UnknownUnitError
from geoplan.units import Level


def test_same_drawing_is_unchanged(draw):
    crosswalk = build_crosswalk(draw("AAB", "ACB"), draw("AAB", "ACB"))
    assert [crosswalk.kind(unit) for unit in "ABC"] == ["unchanged"] * 3
    assert crosswalk.changes() == []
    assert crosswalk.new_of("A") == [("A", 1.0)]


def test_unit_that_is_called_something_else_is_renamed(draw):
    crosswalk = build_crosswalk(draw("AB"), draw("AB", names={"A": "Bad A"}))
    assert crosswalk.kind("A") == "renamed"
    assert crosswalk.kind("B") == "unchanged"


def test_unit_with_another_key_is_rekeyed(draw):
    crosswalk = build_crosswalk(draw("AB"), draw("AB", ids={"A": "X"}))
    assert crosswalk.kind("A") == "re-keyed"
    assert crosswalk.new_of("A") == [("X", 1.0)]


def test_merger_under_the_key_of_one(draw):
    crosswalk = build_crosswalk(draw("AAB", "AAC"), draw("AAA", "AAC", names={"A": "Ort A"}))
    assert crosswalk.kind("A") == crosswalk.kind("B") == "merged"
    assert crosswalk.old_of("A") == [("A", pytest.approx(4 / 5)), ("B", pytest.approx(1 / 5))]


def test_merger_under_a_new_key_and_name(draw):
    crosswalk = build_crosswalk(draw("AB", "CC"), draw("NN", "CC"))
    assert crosswalk.kind("A") == crosswalk.kind("B") == "merged+renamed+re-keyed"


def test_merger_that_keeps_the_name_of_one_is_not_renamed(draw):
    crosswalk = build_crosswalk(draw("AB", "CC"), draw("NN", "CC", names={"N": "Ort B"}))
    assert crosswalk.kind("A") == crosswalk.kind("B") == "merged+re-keyed"


def test_unit_that_is_divided_among_others(draw):
    crosswalk = build_crosswalk(draw("AXXB", "AXXB"), draw("AABB", "AABB"))
    assert crosswalk.kind("X") == "split"
    assert crosswalk.new_of("X") == [("A", pytest.approx(0.5)), ("B", pytest.approx(0.5))]
    assert crosswalk.kind("A") == "border-change"


def test_part_that_becomes_a_unit_of_its_own_is_a_split(draw):
    crosswalk = build_crosswalk(draw("AAAAAB"), draw("AAAANB"))
    assert crosswalk.kind("A") == "split"
    assert crosswalk.new_of("A") == [("A", pytest.approx(0.8)), ("N", pytest.approx(0.2))]


def test_border_that_moves(draw):
    crosswalk = build_crosswalk(draw("AAAB", "AAAB"), draw("AAAB", "AABB"))
    assert crosswalk.kind("A") == crosswalk.kind("B") == "border-change"
    assert crosswalk.new_of("A") == [("A", pytest.approx(5 / 6)), ("B", pytest.approx(1 / 6))]
    assert crosswalk.new_of("B") == [("B", 1.0)]


def test_unit_that_nothing_lies_on_is_gone(draw):
    crosswalk = build_crosswalk(draw("AB"), draw("A."))
    assert crosswalk.kind("B") == "gone"
    assert crosswalk.new_of("B") == []
    assert crosswalk.change("B").dropped == 1


def test_unit_where_nothing_was_appears(draw):
    crosswalk = build_crosswalk(draw("A."), draw("AB"))
    assert [one.id for one in crosswalk.appeared] == ["B"]
    assert crosswalk.old_of("B") == []


def test_slivers_between_two_drawings_are_no_changes(draw):
    crosswalk = build_crosswalk(draw("AAB", "ACC", "DDE"), draw("AAB", "ACC", "DDE", moved_m=90))
    assert crosswalk.changes() == []
    assert 90 < crosswalk.tolerance_m < 500
    assert all(change.dropped < 0.1 for change in crosswalk.changes_of_all)


def test_real_changes_are_seen_through_slivers(draw):
    old = draw("AAB", "ACC", "DDE")
    crosswalk = build_crosswalk(old, draw("AAA", "ACC", "DDC", moved_m=90))
    assert crosswalk.kind("B") == "merged"
    assert crosswalk.kind("E") == "merged"
    assert [crosswalk.new_of(unit) for unit in "BE"] == [[("A", 1.0)], [("C", 1.0)]]
    assert crosswalk.kind("D") == "unchanged"


def test_counties_are_followed_through_their_places(draw):
    old = draw(
        "ABCD",
        counties={"A": "k1", "B": "k1", "C": "k2", "D": "k3"},
        population=dict(zip("ABCD", (100, 300, 50, 50), strict=True)),
    )
    new = draw("ABCD", counties={"A": "k1", "B": "k9", "C": "k9", "D": "k3"})
    crosswalk = build_crosswalk(old, new)
    assert crosswalk.kind("k1") == "border-change"
    assert crosswalk.kind("k3") == "unchanged"
    assert crosswalk.new_of("k1") == [("k1", pytest.approx(0.5)), ("k9", pytest.approx(0.5))]
    by_people = {one.id: one.population_share for one in crosswalk.change("k1").successors}
    assert by_people == {"k1": pytest.approx(0.25), "k9": pytest.approx(0.75)}


def test_counties_that_merge(draw):
    old = draw("ABC", counties={"A": "k1", "B": "k2", "C": "k3"})
    new = draw("ABC", counties={"A": "k9", "B": "k9", "C": "k3"})
    crosswalk = build_crosswalk(old, new)
    assert crosswalk.kind("k1") == crosswalk.kind("k2") == "merged+renamed+re-keyed"
    assert crosswalk.new_of("k1") == [("k9", 1.0)]


def test_level_that_is_given_up_is_gone(draw):
    crosswalk = build_crosswalk(draw("AB", counties={"A": "k1", "B": "k1"}), draw("AB"))
    assert crosswalk.kind("k1") == "gone"


def test_people_of_a_divided_municipality_are_not_told(draw):
    old = draw("AXXB", population={"A": 10, "X": 20, "B": 30})
    crosswalk = build_crosswalk(old, draw("AABB"))
    assert [one.population_share for one in crosswalk.change("X").successors] == [None, None]
    assert [one.population_share for one in crosswalk.change("A").successors] == [1.0]


def test_drawings_in_two_crs(draw, reprojected):
    crosswalk = build_crosswalk(draw("AAB", "ACB"), reprojected(draw("AAB", "AAB"), "EPSG:3035"))
    assert crosswalk.new_of("C") == [("A", 1.0)]
    assert crosswalk.kind("B") == "unchanged"


def test_drawings_of_two_places_on_earth(draw, reprojected):
    with pytest.raises(InvalidValueError, match="hardly any area in common"):
        build_crosswalk(draw("A"), draw("..............B"))
    with pytest.raises(InvalidValueError, match="hardly any area in common"):
        build_crosswalk(draw("A" * 12, "." * 12), draw("B" + "." * 11, "B" * 12))


def test_changes_can_be_narrowed(draw):
    old = draw("ABC", counties={"A": "k1", "B": "k1", "C": "k2"})
    new = draw("ABC", ids={"A": "X"}, names={"B": "Neu"}, counties={"A": "k1", "B": "k1", "C": "k2"})
    crosswalk = build_crosswalk(old, new)
    assert [change.id for change in crosswalk.changes()] == ["A", "B"]
    assert [change.id for change in crosswalk.changes(only=[Kind.RENAMED])] == ["B"]
    assert [change.id for change in crosswalk.changes(only=[Kind.UNCHANGED], level=Level.COUNTY)] == [
        "k1",
        "k2",
    ]
    assert crosswalk.counts()["county"] == {"unchanged": 2}


def test_unknown_unit_is_told_with_the_nearest(draw):
    crosswalk = build_crosswalk(draw("AB"), draw("AB"))
    with pytest.raises(UnknownUnitError, match="1 January 2020, has no unit “A1”") as caught:
        crosswalk.new_of("A1")
    assert "A" in caught.value.nearest
    with pytest.raises(UnknownUnitError):
        crosswalk.old_of("Z")
