import pytest

from geoplan.crosswalk import Lineage, build_crosswalk, lineage_of, read_lineage, save_lineage
from geoplan.crosswalk.lineage import lineage_path
from geoplan.errors import DatasetError, UnknownUnitError
from geoplan.units import Level

OLD = ["AABCDXXGZ"]
COUNTIES = dict.fromkeys("AABCDXXGZ", "k1")


@pytest.fixture(scope="module")
def crosswalk(draw):
    names = {"B": "Sankt Bernd", "C": "Groß Ceheim", "X": "Xwald", "D": "Doppelort", "Z": "Zettau"}
    old = draw(*OLD, names=names, counties=COUNTIES, vintage="2016-01-01")
    new = draw(
        "AABMMAGG.", names={"B": "Bernd", "G": "Doppelort"}, counties=dict.fromkeys("ABMG", "k9"),
        vintage="2021-01-01",
    )  # fmt: skip
    return build_crosswalk(old, new), new


@pytest.fixture(scope="module")
def today(crosswalk):
    made, new = crosswalk
    return new.with_lineage(lineage_of(made))


def test_lineage_holds_what_has_another_key_or_name(crosswalk):
    made, _ = crosswalk
    lineage = lineage_of(made)
    assert {one.id for one in lineage.ancestors} == {"B", "C", "D", "X", "G", "Z", "k1"}
    assert lineage.with_id("X")[0].new_ids == ("A", "G")
    assert lineage.with_id("k1")[0].level == Level.COUNTY


def test_old_name_is_told_with_the_successor(today):
    with pytest.raises(UnknownUnitError) as caught:
        today.unit("Groß Ceheim")
    assert caught.value.nearest == ("M",)
    assert "C Groß Ceheim is part of M Ort M since 1 January 2021 at the latest" in str(caught.value)


@pytest.mark.parametrize("text", ["gross ceheim", "Gr. Ceheim", " C "])
def test_old_names_may_be_spelt_in_many_ways(today, text):
    with pytest.raises(UnknownUnitError) as caught:
        today.unit(text)
    assert caught.value.nearest == ("M",)


def test_old_key_of_a_county_is_told(today):
    with pytest.raises(UnknownUnitError, match="is k9 Kreis k9 since") as caught:
        today.row("k1")
    assert caught.value.nearest == ("k9",)
    with pytest.raises(UnknownUnitError) as caught:
        today.row("Landkreis Kreis k1")
    assert caught.value.nearest == ("k9",)


def test_divided_and_vanished_units_are_told_as_such(today):
    with pytest.raises(
        UnknownUnitError, match="is divided since 1 January 2021 at the latest; it lies in A Ort A, G"
    ):
        today.unit("Xwald")
    with pytest.raises(UnknownUnitError, match="is gone since 1 January 2021"):
        today.unit("Zettau")


def test_names_of_today_go_first(today):
    assert today.unit("Doppelort").id == "G"  # D was called so once
    found = today.names.search("Doppelort")
    assert [(result.unit.id, str(result.match)) for result in found][:2] == [("G", "exact"), ("M", "former")]


def test_search_lists_the_successor(today):
    assert [(one.unit.id, one.match) for one in today.names.search("Xwald")][:2] == [
        ("A", "former"),
        ("G", "former"),
    ]
    assert [one.unit.id for one in today.names.search("Groß Ce")][:1] == ["M"]
    assert [one.unit.id for one in today.names.search("Groß Ceheim", levels=[Level.COUNTY])] == []
    assert len(today.names.search("Xwald", limit=1)) == 1


def test_what_nobody_was_called_is_told_as_ever(today):
    with pytest.raises(UnknownUnitError, match="No unit is called"):
        today.unit("Quatschhausen")


def test_lineage_is_kept_beside_a_folder_and_beside_a_file(crosswalk, tmp_path):
    lineage = lineage_of(crosswalk[0])
    file = tmp_path / "boundaries.zip"
    file.write_bytes(b"")
    for dataset in (tmp_path, file):
        assert read_lineage(dataset) == Lineage()
        path = save_lineage(dataset, lineage)
        assert path == lineage_path(dataset)
        assert path.parent == tmp_path
        assert read_lineage(dataset) == lineage


def test_saving_again_replaces_the_same_vintage_and_keeps_others(crosswalk, draw, tmp_path):
    made, new = crosswalk
    save_lineage(tmp_path, lineage_of(made))
    older = build_crosswalk(draw("AQQCDXXGZ", vintage="2010-01-01"), new)
    save_lineage(tmp_path, lineage_of(older))
    save_lineage(tmp_path, lineage_of(made))
    kept = read_lineage(tmp_path)
    assert {one.vintage_from for one in kept.ancestors} == {"2010-01-01", "2016-01-01"}
    assert len(kept.ancestors) == len(lineage_of(made).ancestors) + len(lineage_of(older).ancestors)
    assert [one.vintage_from for one in kept.with_id("X")] == ["2016-01-01", "2010-01-01"]


def test_file_that_is_no_lineage(tmp_path):
    (tmp_path / "lineage.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(DatasetError, match="is no lineage"):
        read_lineage(tmp_path)
