"""Whatever is done to a file of figures: it is joined or refused with a message, and nothing else happens."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoplan.enrichment import EnrichmentFiles, enrich
from geoplan.errors import GeoplanError

SOUND = {
    "population": None,  # the workbook, see below
    "jobs": b"ags,name,jobs\n01002001,Adorf,10\n01002002,Bedorf,20\n",
    "commuters": b"origin_kreis,dest_kreis,commuters\n01002,01001,500\n01001,01002,70\n",
    "bbsr": b"ags,sgtyp,sgtyp_name,mb\n01002001,50,Landgemeinde,7\n01002002,40,Kleinstadt,7\n",
    "postcodes": b"ags,plz,share\n01002001,01234,0.7\n01002001,01235,0.3\n",
    "profiles": b"ags,service,has,needs,offers\n01002001,it,0,1,\n",
    "cooperations": json.dumps(
        {
            "cooperations": [
                {
                    "id": "a", "name": "A", "type": "horizontal-rural", "service": None, "complete": True,
                    "members": ["01002001", "01002002"], "source": "x",
                }
            ]
        }
    ).encode(),
}  # fmt: skip
GV100AD = (
    f"60202112310100200100 1{'Adorf':<50}{'':<50}64{'':<4}{'100':>11}{'123':>11}{'60':>11}".ljust(165)
    + "01234*****".ljust(55)
).encode()

cuts = st.tuples(st.just("cut"), st.floats(0, 1), st.just(b""))
overwritten = st.tuples(st.just("overwrite"), st.floats(0, 1), st.binary(min_size=1, max_size=8))
inserted = st.tuples(
    st.just("insert"),
    st.floats(0, 1),
    st.sampled_from([b"\x00", b"\n", b'"', b",", b"\xff", b";", b"{", b"-", b"9" * 400, "ä".encode(), b"\r"]),
)
doubled = st.tuples(st.just("double"), st.floats(0, 1), st.just(b""))
damages = st.lists(st.one_of(cuts, overwritten, inserted, doubled), min_size=1, max_size=3)


def damaged(content, damages):
    for kind, where, more in damages:
        place = int(where * len(content))
        if kind == "cut":
            content = content[:place]
        elif kind == "overwrite":
            content = content[:place] + more + content[place + len(more) :]
        elif kind == "insert":
            content = content[:place] + more + content[place:]
        else:
            content = content[:place] + content[place // 2 :]
    return content


def outcome(world, kind, path):
    """Join one file: what came of it, or the message."""
    try:
        enriched = enrich(world, EnrichmentFiles(**{kind: path}), allow_mixed=True)
    except GeoplanError as error:
        assert error.text("de")
        return str(error)
    (report,) = enriched.reports
    assert report.matched + len(report.unmatched) == report.rows
    assert report.covered + len(report.without) == report.units
    return report


@pytest.mark.property
@pytest.mark.parametrize("kind", [kind for kind, content in SOUND.items() if content])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damages=damages)
def test_a_damaged_text_is_joined_or_refused(counted_world, tmp_path, kind, damages):
    path = tmp_path / f"{kind}_2021.txt"
    path.write_bytes(damaged(SOUND[kind], damages))
    assert outcome(counted_world, kind, path)


@pytest.mark.property
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damages=damages)
def test_a_damaged_record_is_joined_or_refused(counted_world, tmp_path, damages):
    path = tmp_path / "gv.txt"
    path.write_bytes(damaged(GV100AD + b"\n" + GV100AD.replace(b"001 1", b"002 1"), damages))
    assert outcome(counted_world, "population", path)


@pytest.mark.property
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damages=damages)
def test_a_damaged_workbook_is_joined_or_refused(counted_world, tmp_path, make_gazetteer, damages):
    path = tmp_path / "gv.xlsx"
    path.write_bytes(damaged(make_gazetteer(), damages))
    assert outcome(counted_world, "population", path)


@pytest.mark.property
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(0, 12),
    column=st.integers(0, 19),
    value=st.one_of(
        st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6),
        st.integers(-5, 10**12),
        st.just("2"),
    ),
)
def test_any_cell_may_be_anything(
    counted_world, tmp_path, make_workbook, gazetteer_sheet, *, row, column, value
):
    sheet = [list(cells) + [""] * (20 - len(cells)) for cells in gazetteer_sheet]
    sheet[row][column] = value
    path = tmp_path / "gv.xlsx"
    path.write_bytes(make_workbook(sheet))
    assert outcome(counted_world, "population", path)


@pytest.mark.parametrize("kind", [kind for kind, content in SOUND.items() if content])
def test_the_undamaged_files_are_joined(counted_world, tmp_path, kind):
    path = tmp_path / f"{kind}_2021.txt"
    path.write_bytes(SOUND[kind])
    assert not isinstance(outcome(counted_world, kind, path), str)


def test_the_undamaged_record_is_joined(counted_world, tmp_path):
    path = tmp_path / "gv.txt"
    path.write_bytes(GV100AD)
    assert outcome(counted_world, "population", path).matched == 1
