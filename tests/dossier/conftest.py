"""Dossiers to look at: six real municipalities, a world whose names are traps, a full plan."""

import datetime
from dataclasses import replace

import pytest

from geoplan import Atlas
from geoplan.plans import Plan, read_plan
from geoplan_dossier import Dossier, make_dossier

DAY = datetime.date(2026, 11, 22)
SIX = ("Telgte", "Ostbevern", "Everswinkel", "Warendorf", "Sassenberg", "Beelen")
NASTY = (
    '#panic("no") $x^2$', "=1+1", "<script>alert('x')</script>", 'C:\\Ort "Anführung"',
    "@import *fett* _kursiv_", "+49 251 & Söhne ]]> #[", "-2+3\u2028`raw` 😀",
)  # fmt: skip


@pytest.fixture(scope="session")
def six(atlas: Atlas) -> Dossier:
    """A convoy for heat planning around Warendorf."""
    return make_dossier(atlas, SIX, service="heat-planning", on=DAY)


@pytest.fixture(scope="session")
def apart(grid: Atlas) -> Dossier:
    """Two squares beside one another, one far off, one that meets another in a point; two states."""
    return make_dossier(grid, ["m00", "m01", "m06", "m15"], service="it", on=DAY)


@pytest.fixture(scope="session")
def nasty_atlas(grid: Atlas) -> Atlas:
    """The grid with names that a template, a spreadsheet or a page could take for something else."""
    units = grid.dataset.units
    names = [*NASTY, *units.names[len(NASTY) :]]
    return Atlas.from_dataset(replace(grid.dataset, units=replace(units, names=names)))


@pytest.fixture(scope="session")
def full_plan() -> Plan:
    """A plan with something in every field, traps among them."""
    return read_plan({
        "id": "full", "title": "=Bauhof #1 – „gemeinsam“", "state": "agreed",
        "summary": "Zwei $Zeilen$\nText",
        "network": {"members": ["m00", "m01"], "service": "building-yard"},
        "facts": {"participation_contract": True, "duration_months": 60},
        "goals": [
            {"text": "Kosten < heute", "indicators": [
                {"key": "cost", "name": "+Kosten", "unit": "€", "target": 1.5, "target_year": 2030},
            ]},
            {"text": "Ohne Kennzahl"},
        ],
        "participants": [
            {"name": "#Ort", "unit": "m00", "role": "lead", "contact": "=Bauamt",
             "decision": {"result": "approved", "on": "2026-03-01", "reference": "VL 3"}},
            {"name": "Kreis", "role": "coordinator"},
        ],
        "decisions": {"bodies": ["Lenkungskreis"], "voting": "einstimmig", "exit_rules": "zwei Jahre",
                      "conflict_steps": "Gespräch"},
        "responsibilities": [{"task": "Leitung", "who": "@Ort", "full_time_posts": 0.5}],
        "staff_informed": "2026-02-01",
        "finance": [{"year": 2027, "cost_eur": 10_000.5, "grant_eur": None, "own_eur": 10_000.5},
                    {"year": 2028, "cost_eur": 0.25, "grant_eur": None, "own_eur": 0.25}],
        "meetings": [{"title": "Lenkungskreis", "starts": "2027-01-31T10:00:00", "rhythm": "quarterly",
                      "count": 4, "place": "Rathaus"}],
        "documents": [{"title": "LoI", "link": "https://example.org/loi.pdf", "kind": "letter-of-intent"}],
        "monitoring": [{"indicator": "cost", "on": "2027-12-31", "value": 2.0}],
        "risks": [{"text": "-Austritt", "likelihood": "low", "impact": "high"}],
    })  # fmt: skip


@pytest.fixture(scope="session")
def nasty(nasty_atlas: Atlas, full_plan: Plan) -> Dossier:
    """Everything that could go wrong with texts, in one dossier."""
    members = [f"m{number:02d}" for number in range(len(NASTY))]
    return make_dossier(nasty_atlas, members, service="building-yard", on=DAY, plan=full_plan)
