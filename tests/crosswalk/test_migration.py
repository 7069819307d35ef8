import pytest

from geoplan.crosswalk import build_crosswalk
from geoplan.errors import UnknownUnitError


@pytest.fixture(scope="module")
def crosswalk(draw):
    """A stays, B is called Neu, C and D merge into M, X is divided between A and G, G is gone else."""
    old = draw("AABCDXXG.Z")
    return build_crosswalk(old, draw("AABMMAGG..", names={"B": "Neu"}))


def test_members_are_sorted_into_groups(crosswalk):
    migration = crosswalk.migrate(["A", "B", "C", "D", "X", "Z"])
    assert migration.members == ("A", "B", "M", "G")
    assert [step.old_id for step in migration.kept] == ["A"]
    assert [step.old_id for step in migration.renamed] == ["B"]
    assert [step.old_id for step in migration.merged] == ["C", "D"]
    assert [step.old_id for step in migration.split] == ["X"]
    assert [step.old_id for step in migration.gone] == ["Z"]
    assert migration.split[0].new == (("A", "Ort A"), ("G", "Ort G"))


def test_ids_of_the_new_vintage_stay(crosswalk):
    migration = crosswalk.migrate(["M", "C"])
    assert migration.members == ("M",)
    assert migration.kept[0].old_name == "Ort M"


def test_unknown_member_is_told(crosswalk):
    with pytest.raises(UnknownUnitError, match="has no unit “Q”"):
        crosswalk.migrate(["A", "Q"])


def test_empty_list(crosswalk):
    assert crosswalk.migrate([]).members == ()


def test_migration_as_json(crosswalk):
    answer = crosswalk.migrate(["C"]).to_dict()
    assert answer["members"] == ["M"]
    assert answer["merged"] == [
        {"id": "C", "name": "Ort C", "kind": "merged+renamed+re-keyed", "new": [{"id": "M", "name": "Ort M"}]}
    ]
