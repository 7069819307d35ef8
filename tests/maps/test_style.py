import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan_maps.style import RAMP, ramp_variables, score_classes, score_step

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def _lightness(colour: str) -> float:
    """CIE L* of an sRGB colour."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(part * share for part, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16


def test_the_ramp_is_told_apart_in_greyscale():
    lightness = [_lightness(colour) for colour in RAMP]
    steps = [one - other for one, other in itertools.pairwise(lightness)]
    assert len(RAMP) == 5
    assert min(steps) > 10


def test_ramp_variables_name_every_step():
    assert ramp_variables().startswith(":root{--step-1:#cce1f4;")
    assert all(f"--step-{step}:" in ramp_variables() for step in range(1, 6))


def test_no_scores_no_classes():
    assert score_classes([]) == ()


@pytest.mark.parametrize(
    ("scores", "bounds"),
    [
        ([0.55, 0.83], [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        ([0.71, 0.73], [0.5, 0.55, 0.6, 0.65, 0.7, 0.75]),
        ([0.0, 1.0], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([0.02], [0.0, 0.05, 0.1, 0.15, 0.2, 0.25]),
        ([1.0], [0.75, 0.8, 0.85, 0.9, 0.95, 1.0]),
    ],
)
def test_classes_have_round_bounds_and_the_best_is_darkest(scores, bounds):
    classes = score_classes(scores)
    assert [part.low for part in classes] == pytest.approx(bounds[:-1])
    assert [part.high for part in classes] == pytest.approx(bounds[1:])
    assert [part.step for part in classes] == [1, 2, 3, 4, 5]


def test_a_score_on_a_bound_belongs_to_the_class_above():
    classes = score_classes([0.55, 0.83])
    assert [score_step(score, classes) for score in (0.55, 0.6, 0.699, 0.7, 0.83)] == [2, 3, 3, 4, 5]


@pytest.mark.property
@given(SCORES)
def test_every_score_lies_in_the_class_it_is_given(scores):
    classes = score_classes(scores)
    for score in scores:
        part = classes[score_step(score, classes) - 1]
        assert part.low - 1e-6 <= score <= part.high + 1e-6


@pytest.mark.property
@given(SCORES)
def test_a_better_score_is_never_lighter(scores):
    classes = score_classes(scores)
    steps = [score_step(score, classes) for score in sorted(scores)]
    assert steps == sorted(steps)
