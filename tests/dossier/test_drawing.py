"""The map shows who is in it, escapes every name, and names do not cover one another."""

import xml.etree.ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoplan_dossier import make_dossier
from geoplan_dossier.drawing import build_ground, draw
from geoplan_dossier.drawing.labels import Wish, place_labels
from geoplan_dossier.drawing.legend import INNER, OUTER
from geoplan_dossier.drawing.picture import scale_km
from geoplan_dossier.drawing.seats import seat_of
from tests.dossier.conftest import NASTY

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(part.itertext()) for part in ET.fromstring(svg).iter(f"{SVG}text")]


def test_members_and_neighbours_are_named(six):
    said = texts(draw(six, build_ground(six), "de"))
    assert {"1 Beelen", "5 Telgte", "6 Warendorf", "Münster", "10 km", "Landesgrenze"} <= set(said)


def test_a_county_does_not_hide_its_municipalities(atlas):
    levels = make_dossier(atlas, ["05570044", "05570032", "05570052", "05570"], service="climate-network")
    ground = build_ground(levels)
    assert len(ground.filled) == 3
    assert len(ground.outlined) == 1
    drawn = draw(levels, ground, "de")
    assert drawn.count('fill="#b7cbdc" stroke="#fff"') == 3
    said = texts(drawn)
    assert any("Kreis Warendorf" in text for text in said)
    assert any("Warendorf (Stadt)" in text for text in said)


def test_a_county_on_board_has_a_sign_of_its_own(atlas, six):
    levels = make_dossier(atlas, ["05570044", "05570032", "05570"], service="climate-network")
    drawn = draw(levels, build_ground(levels), "de")
    assert "Kreis, der beteiligt ist" in texts(drawn)
    # Two lines, around the area and in the legend.
    assert drawn.count(OUTER) == drawn.count(INNER) == 2
    assert OUTER not in draw(six, build_ground(six), "de")


def test_a_connected_network_has_no_gap(six):
    ground = build_ground(six)
    assert ground.gaps == ()
    assert "gap between the pieces" not in texts(draw(six, ground, "en"))


def test_gaps_join_all_pieces(apart):
    ground = build_ground(apart)
    assert len(ground.gaps) == len(apart.network.components) - 1 == 2
    assert {round(gap.km) for gap in ground.gaps} == {20, 0}
    assert [gap.touches for gap in ground.gaps] == [True, False]
    assert shapely.length(ground.gaps[1].line) == pytest.approx(20_000)


def test_gaps_are_told_on_the_map(apart):
    assert "20.0 km" in texts(draw(apart, build_ground(apart), "en"))


def test_borders_lie_between_their_members(six):
    ground = build_ground(six)
    shapes = {member.unit.id: shape for member, shape in zip(six.members, ground.members, strict=True)}
    for border, line in ground.borders:
        assert shapely.length(line) > 0.5 * 1000 * border.border_km
        assert shapely.distance(line, shapes[border.one]) == 0 == shapely.distance(line, shapes[border.other])


def test_nasty_names_stay_texts(nasty):
    said = " ".join(texts(draw(nasty, build_ground(nasty), "de")))
    assert all(name in said for name in NASTY[:3])


def test_of_many_members_every_one_is_numbered(grid):
    members = [f"m{number:02d}" for number in range(32) if number != 12]
    dossier = make_dossier(grid, members, service="it")
    said = texts(draw(dossier, build_ground(dossier), "de"))
    numbers = {text.split()[0] for text in said}
    assert {str(number) for number in range(1, 32)} <= numbers


@pytest.mark.parametrize(("across", "bar"), [(40, 10), (8, 2), (83, 20), (1000, 200), (3, 0.5)])
def test_the_scale_bar_is_a_round_length(across, bar):
    assert scale_km(across) == pytest.approx(bar)


def test_a_name_is_put_where_it_lies_within_its_area():
    """The widest part of an L is where its arms meet, but a long name fits into the long arm alone."""
    corner = shapely.union_all([shapely.box(0, 0, 40, 100), shapely.box(0, 0, 200, 22)])
    seat = seat_of(corner, 150, 10, 0.1)
    assert seat.within
    assert corner.contains(shapely.box(seat.x - 75, seat.y - 5, seat.x + 75, seat.y + 5))
    small = seat_of(corner, 10, 10, 0.1)
    middle = shapely.maximum_inscribed_circle(corner, tolerance=0.1).coords[0]
    assert (small.x, small.y) == pytest.approx(middle)
    assert not seat_of(corner, 250, 10, 0.1).within


@pytest.mark.property
@given(
    st.lists(
        st.tuples(st.floats(0, 600), st.floats(0, 400), st.text("abc ", min_size=1, max_size=20)), max_size=30
    )
)
def test_labels_never_cover_one_another(wishes):
    placed = place_labels((Wish(x=x, y=y, texts=(text,), size=10) for x, y, text in wishes), 600, 400)
    boxes = [shapely.box(*label.box) for label in placed]
    for place, one in enumerate(boxes):
        assert all(shapely.area(shapely.intersection(one, other)) < 1e-6 for other in boxes[place + 1 :])


def test_a_label_that_must_be_there_is_there():
    wishes = [Wish(x=50, y=50, texts=("long name", "1"), size=10, must=True) for _ in range(40)]
    assert len(place_labels(wishes, 100, 100)) == 40
