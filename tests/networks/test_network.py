"""A network of several levels says what is counted once; what is left after the grant is of all cost."""

from decimal import Decimal

from geoplan import check_network

TOWNS = ("05570016", "05570020", "05570028", "05570032", "05570044")


def test_a_county_contains_its_municipalities(atlas):
    network = check_network(atlas, [*TOWNS, "05570"], service="climate-network")
    assert [(one.unit.id, one.members) for one in network.holders] == [("05570", 5)]
    (note,) = network.counted_once
    told = note.text("en")
    assert told.startswith("Kreis Warendorf is on board as a whole. Of its 13 municipalities 5 are members")
    own = check_network(atlas, TOWNS, service="climate-network")
    assert f"{own.headcount.text.text('en')}, {own.area_km2:.0f} km²" in told
    assert network.area_km2 < sum(unit.area_km2 for unit in network.members)


def test_one_municipality_of_a_county_is_no_plural(atlas):
    (note,) = check_network(atlas, ["05570044", "05570"], service="climate-network").counted_once
    assert "Von 13 Gemeinden darin ist eine selbst Mitglied (" in note.text("de")


def test_members_of_one_level_add_up(atlas):
    network = check_network(atlas, TOWNS, service="climate-network")
    assert network.holders == ()
    assert network.counted_once == ()


def test_only_a_part_of_the_cost_is_eligible(atlas):
    cost = check_network(atlas, [*TOWNS, "05570"], service="climate-network").cost
    left = cost.after_grant
    assert left is not None
    assert left.low == cost.total.low - cost.grant.low
    assert left.high == cost.total.high - cost.grant.high
    assert left.low > cost.grant.eligible_low - cost.grant.low > Decimal(0)


def test_nothing_is_taken_off_where_nothing_is_paid(atlas):
    assert check_network(atlas, TOWNS[:2], service="climate-network").cost.after_grant is None
    assert check_network(atlas, TOWNS[:2], service="waste").cost.after_grant is None
