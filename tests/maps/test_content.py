from dataclasses import replace

import pytest

from geoplan.suggestions.result import Role
from geoplan_maps.content import build_content


def test_title_names_the_unit_and_the_service(world, answer):
    assert build_content(world, answer, "de").title == "Partner für Ort 01001000"
    served = build_content(world, replace(answer, service="heat-planning"), "de")
    assert served.title == "Partner für Ort 01001000: Kommunale Wärmeplanung"


def test_place_and_question(world, answer):
    content = build_content(world, answer, "de")
    assert content.place == "Gemeinde · Landkreis Ort 01001 · Ort 01 · 1.000 Einwohner"
    assert content.question == "alle Formen der Zusammenarbeit · bereits beteiligt: Ort 01001001"
    assert build_content(world, replace(answer, partners=()), "en").question == "all types of cooperation"


def test_scale_runs_from_the_best_to_the_weakest(world, answer):
    scale = build_content(world, answer, "de").scale
    assert [(entry.sign, entry.text) for entry in scale] == [
        ("step-5", "0,80–0,90"),
        ("step-4", "0,70–0,80"),
        ("step-3", "0,60–0,70"),
        ("step-2", "0,50–0,60"),
    ]


def test_legend_names_the_signs_that_are_on_the_map(world, answer):
    signs = [entry.sign for entry in build_content(world, answer, "de").legend]
    assert signs == ["unit", "partner", "county", "state"]
    county = replace(answer.suggestions[0], unit=world.unit("01001"), role=Role.COORDINATOR)
    led = replace(answer, partners=(), suggestions=(county,))
    content = build_content(world, led, "de")
    assert [entry.sign for entry in content.legend] == ["unit", "above", "county", "state"]
    assert content.scale == ()


@pytest.mark.parametrize(
    ("count", "caption"),
    [(1, "Ein Vorschlag mit Begründung"), (3, "Die 3 besten Vorschläge mit Begründung")],
)
def test_caption_counts(world, answer, count, caption):
    fewer = replace(answer, suggestions=answer.suggestions[:count])
    assert build_content(world, fewer, "de").caption == caption


def test_no_suggestions(world, answer):
    content = build_content(world, replace(answer, suggestions=()), "de")
    assert content.rows == ()
    assert content.scale == ()


def test_sources_link_to_the_publisher(world, answer):
    sources = build_content(world, answer, "de").sources
    assert [(source.text, source.url) for source in sources] == [
        ("© Probe (2024)", "https://example.org/source"),
        ("Grenzen: Probe, Gebietsstand 01.01.2024, Lizenz dl-de/by-2-0", None),
        ("Einwohnerzahlen: Probe 2024", None),
    ]


def test_an_address_that_is_no_web_address_is_not_linked(hostile_world, ask):
    content = build_content(hostile_world, ask(hostile_world), "de")
    assert [source.url for source in content.sources] == [None, None, None]
    assert content.credit.url is None
