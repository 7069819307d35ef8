from dataclasses import replace

import pytest

from geoplan.messages import Message
from geoplan.suggestions.result import Flag, Severity
from geoplan_maps.table import remarks, table_rows


def test_rows_in_rank_order_with_numbers_of_the_language(world, answer):
    rows = table_rows(world, answer, "de")
    assert [(row.rank, row.score, row.sign) for row in rows][:2] == [
        (1, "0,83", "step-5"),
        (2, "0,76", "step-4"),
    ]
    assert table_rows(world, answer, "en")[0].score == "0.83"


def test_a_row_names_place_population_and_part(world, answer):
    row = table_rows(world, answer, "de")[0]
    assert row.place == "Gemeinde · Landkreis Ort 01001"
    assert (row.population, row.population_source) == ("3.000 Einwohner", "Quelle: Probe 2024")
    assert row.part == "Partner · horizontal"


def test_that_a_number_is_an_estimate_is_said_once(world, answer):
    first = answer.suggestions[0]
    guessed = replace(first.unit, population_source="GeoNames (estimate by place name)")
    row = table_rows(world, replace(answer, suggestions=(replace(first, unit=guessed),)), "de")[0]
    assert (row.population, row.population_source) == ("3.000 Einwohner (Schätzung)", "Quelle: GeoNames")


def test_the_type_is_not_repeated_where_it_was_asked_for(world, answer):
    asked = replace(answer, type="horizontal-rural")
    assert table_rows(world, asked, "de")[0].part == "Partner"


def test_another_state_is_named(world, answer):
    abroad = replace(answer.suggestions[0], unit=world.unit("02001004"))
    row = table_rows(world, replace(answer, suggestions=(abroad,)), "de")[0]
    assert row.place == "Gemeinde · Landkreis Ort 02001 · Ort 02"


def test_three_reasons_are_read_at_once(world, answer):
    row = table_rows(world, answer, "en")[0]
    assert [reason.sentence for reason in row.reasons] == [
        "reason 1,000.5",
        "reason 2,001.0",
        "reason 3,001.5",
    ]
    assert [reason.sentence for reason in row.further] == ["reason 4,002.0"]
    assert row.further_title == "one more criterion"


def test_bars_share_one_scale(world, answer):
    rows = table_rows(world, answer, "en")
    assert rows[0].reasons[0].bar == 100
    assert rows[4].reasons[0].bar == pytest.approx(100 * 0.55 / 0.83, abs=0.1)


def test_what_adds_nothing_is_read_later(world, answer):
    first, *others = answer.suggestions[0].contributions
    idle = tuple(replace(part, contribution=0.0) for part in others)
    suggestion = replace(answer.suggestions[0], contributions=(first, *idle))
    row = table_rows(world, replace(answer, suggestions=(suggestion,)), "en")[0]
    assert len(row.reasons) == 1
    assert row.further_title == "3 more criteria"
    assert row.further[0].bar == 0


def test_reasons_are_named_even_if_none_adds_anything(world, answer):
    idle = tuple(replace(part, contribution=0.0) for part in answer.suggestions[0].contributions)
    suggestion = replace(answer.suggestions[0], contributions=idle, score=0.0)
    row = table_rows(world, replace(answer, suggestions=(suggestion,)), "en")[0]
    assert len(row.reasons) == 3


def test_the_weightiest_remark_comes_first():
    flags = [
        Flag(code=severity.value, severity=severity, text=Message("mind this"), source=None)
        for severity in (Severity.INFO, Severity.BLOCKER, Severity.WARNING)
    ]
    said = remarks(flags, "de")
    assert [remark.severity for remark in said] == ["blocker", "warning", "info"]
    assert [remark.label for remark in said] == ["Hindernis", "Zu beachten", "Hinweis"]
