"""The links file: read strictly, and every link where it belongs on the map."""

import numpy as np
import pytest

from geoplan import DataError, Level
from geoplan.evidence import Mark, Table
from geoplan.networks.contiguity import linked_rows, passable_neighbours, pieces
from geoplan.networks.links import LinkKind, load_links, parse_links

ENTRY = {
    "one": "01000001", "other": "01000002", "kind": "ferry", "mark": "V", "sources": ["somewhere"],
    "label": {"de": "hin", "en": "there"},
}  # fmt: skip


def document(**entry):
    sources = {"somewhere": {"title": "Fahrplan", "url": "https://example.org"}}
    return Table({"as_of": np.datetime64("2026-11-22").item(), "sources": sources, "links": [ENTRY | entry]})


def test_entry_is_read():
    (link,) = parse_links(document())
    assert (link.one, link.other, link.kind) == ("01000001", "01000002", LinkKind.FERRY)
    assert link.usable
    assert link.label("de") == "hin"


def test_link_from_memory_joins_nobody():
    (link,) = parse_links(document(mark="U"))
    assert not link.usable


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ({"kind": "boat"}, "kind"),
        ({"one": ""}, "one"),
        ({"sources": ["nowhere"]}, "sources"),
        ({"toll": True}, "toll"),
    ],
)
def test_damaged_entry_is_named(entry, place):
    with pytest.raises(DataError, match=place):
        parse_links(document(**entry))


def test_every_link_joins_two_municipalities_that_do_not_border(atlas):
    for link in load_links():
        one, other = atlas.unit(link.one), atlas.unit(link.other)
        assert {one.level, other.level} == {Level.MUNICIPALITY}
        assert other.id not in {neighbour.unit.id for neighbour in atlas.neighbours(one.id)}
        assert {part.split(" ")[0] for part in (one.name, other.name)}


def test_pairs_stand_in_the_file_once():
    pairs = [frozenset((link.one, link.other)) for link in load_links()]
    assert len(pairs) == len(set(pairs))


def test_who_is_cut_off_in_germany(atlas):
    rows = atlas.units.rows_of(Level.MUNICIPALITY)
    alone = [piece for piece in pieces(passable_neighbours(atlas, rows)) if len(piece) < 100]
    names = [atlas.units.names[int(rows[place])] for piece in alone for place in piece]
    assert names == ["Gröde", "Insel Poel"]
    assert any(link.statement.mark == Mark.UNVERIFIED and link.one == "13074035" for link in load_links())


def test_links_of_places_join_their_counties(atlas):
    pairs = {
        frozenset((atlas.units.ids[one], atlas.units.ids[other]))
        for one, other in linked_rows(atlas, Level.COUNTY)
    }
    assert frozenset(("01056", "03352")) in pairs  # Helgoland – Cuxhaven
    assert linked_rows(atlas, Level.STATE)
