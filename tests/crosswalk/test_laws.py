"""Laws that hold for any two drawings of a country."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geoplan.crosswalk import build_crosswalk

pytestmark = pytest.mark.property

WIDTH, HEIGHT = 4, 3
LETTERS = "ABCDEFGHIJKL"
EVERY = ["ABCD", "EFGH", "IJKL"]


@st.composite
def groupings(draw):
    """A new letter for each square: neighbours in a row merge, under a letter of theirs or a new one."""
    rows = []
    for row in EVERY:
        letters = list(row)
        for place in range(1, WIDTH):
            if draw(st.booleans()):
                letters[place] = letters[place - 1]
        new = draw(st.sets(st.sampled_from(row)))
        rows.append("".join(letter.lower() if letter in new else letter for letter in letters))
    return rows


drawings = st.lists(st.text(alphabet="ABCDE", min_size=3, max_size=3), min_size=2, max_size=3)
redrawn = drawings.flatmap(
    lambda before: st.tuples(
        st.just(before),
        st.lists(
            st.text(alphabet="ABCxy", min_size=3, max_size=3), min_size=len(before), max_size=len(before)
        ),
    )
)


@given(groupings())
@settings(max_examples=25)
def test_mergers_are_recognised(draw, rows):
    crosswalk = build_crosswalk(draw(*EVERY), draw(*rows))
    new_of = dict(zip("".join(EVERY), "".join(rows), strict=True))
    for old, new in new_of.items():
        assert crosswalk.new_of(old) == [(new, 1.0)]
        together = sum(other == new for other in new_of.values()) > 1
        assert ("merged" in crosswalk.kind(old)) == together
        assert ("re-keyed" in crosswalk.kind(old)) == new.islower()


@given(groupings())
@settings(max_examples=25)
def test_splits_are_recognised(draw, rows):
    """The other way round: what was one falls into its squares."""
    crosswalk = build_crosswalk(draw(*rows), draw(*EVERY))
    parts: dict[str, set[str]] = {}
    for old, new in zip("".join(rows), "".join(EVERY), strict=True):
        parts.setdefault(old, set()).add(new)
    for old, new in parts.items():
        assert {one for one, _ in crosswalk.new_of(old)} == new
        assert ("split" in crosswalk.kind(old)) == (len(new) > 1)


@given(redrawn)
@example((["AAB", "AAC", "BDB"], ["xAB", "AAC", "CDD"]))  # of the few units that are alike, A did change
@settings(max_examples=40)
def test_shares_add_up_to_one(draw, redrawn):
    before, after = redrawn
    crosswalk = build_crosswalk(draw(*before), draw(*after))
    for change in crosswalk.changes_of_all:
        assert sum(one.share for one in change.successors) == pytest.approx(1, abs=1e-3)
        assert 0 <= change.dropped <= 1e-3
    for unit in set("".join(after)):
        assert sum(share for _, share in crosswalk.old_of(unit)) == pytest.approx(1, abs=1e-3)


@given(drawings)
@settings(max_examples=25)
def test_identity_is_all_unchanged(draw, rows):
    crosswalk = build_crosswalk(draw(*rows), draw(*rows))
    assert crosswalk.changes() == []


@given(groupings(), st.sets(st.sampled_from(LETTERS), min_size=1))
@settings(max_examples=25)
def test_migrating_twice_is_migrating_once(draw, rows, members):
    crosswalk = build_crosswalk(draw(*EVERY), draw(*rows))
    once = crosswalk.migrate(sorted(members))
    assert crosswalk.migrate(once.members).members == once.members
    assert len(set(once.members)) == len(once.members)


@given(groupings(), st.floats(min_value=10, max_value=120))
@example(["AACC", "EEGG", "IIKK"], 10.0)  # no unit is alike
@settings(max_examples=10)
def test_mergers_are_recognised_in_another_drawing(draw, rows, moved_m):
    crosswalk = build_crosswalk(draw(*EVERY), draw(*rows, moved_m=moved_m))
    for old, new in zip("".join(EVERY), "".join(rows), strict=True):
        assert crosswalk.new_of(old) == [(new, 1.0)]
