"""Several steps in a row: which ones, and what became of a unit along them."""

from geoplan.crosswalk import Step
from geoplan.crosswalk.chain import Way, chain_between, leading_to, step_along

A, B, C, D = (("land", str(year)) for year in (2016, 2018, 2020, 2022))


def way(old, new, **steps):
    """A way on which the named units become what is said, and all others stay."""

    def step_of(unit_id):
        kind, *after = steps.get(unit_id, ("unchanged", unit_id))
        if kind == "lost":
            return None
        return Step(old_id=unit_id, old_name=f"Ort {unit_id}", kind=kind,
                    new=tuple((one, f"Ort {one}") for one in after))  # fmt: skip

    return Way(old=old, new=new, step_of=step_of)


def test_the_shortest_chain_is_taken():
    first, second, third, straight = way(A, B), way(B, C), way(C, D), way(A, C)
    assert chain_between([first, second, third, straight], A, D) == [straight, third]
    assert chain_between([first, second, third], A, D) == [first, second, third]
    assert chain_between([first, third], A, D) == []
    assert chain_between([way(A, B), way(B, A)], A, D) == []


def test_what_leads_there_is_told_nearest_first():
    assert leading_to([way(A, B), way(C, D), way(B, C)], D) == [C, B, A]
    assert leading_to([way(A, B), way(C, D)], D) == [C]


def test_what_became_of_a_unit_along_a_chain():
    first = way(A, B, x=("split", "y", "z"), m=("merged", "n"))
    second = way(B, C, y=("re-keyed", "k"), z=("merged", "k"), n=("merged+renamed", "o"), g=("gone",))
    x = step_along([first, second], "x")
    assert (x.kind, x.new, x.old_name) == ("split+re-keyed+merged", (("k", "Ort k"),), "Ort x")
    assert step_along([first, second], "m").kind == "merged+renamed"
    assert step_along([first, second], "s").kind == "unchanged"
    assert step_along([first, second], "g").new == ()
    assert step_along([way(A, B, g=("gone",)), second], "g").kind == "gone"


def test_whose_trace_is_lost_is_not_found():
    lost = way(B, C, y=("lost",))
    assert step_along([way(A, B, x=("split", "y", "z")), lost], "x") is None
    assert step_along([way(A, B, x=("lost",)), lost], "x") is None
