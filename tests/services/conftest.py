"""Catalogues and registers to damage."""

from copy import deepcopy

import pytest

SERVICE = {
    "label": {"de": "Bauhof", "en": "Building yard"},
    "description": {"de": "Gerät teilen.", "en": "Share machines."},
    "task": {"level": "municipality", "duty": "support", "mark": "D", "sources": ["judgement"]},
    "spatial": {
        "contiguity": 3, "commuting": 0, "size_parity": 2, "same_county": 1, "network": 0,
        "asymmetry_wanted": False, "contiguity_required": True, "mark": "D", "sources": ["judgement"],
    },
    "legal_forms": {"usual": ["special-purpose-association"], "mark": "V", "sources": ["law"]},
    "partners": {"min": 2, "max": 4, "mark": "D", "sources": ["judgement"]},
    "types": {"suited": ["horizontal-rural"], "mark": "D", "sources": ["judgement"]},
}  # fmt: skip
COOPERATION = {
    "id": "konvoi",
    "name": "Konvoi",
    "type": "horizontal-rural",
    "service": "heat-planning",
    "legal_form": "public-law-agreement",
    "members": ["05570044", "05570028", "05570008"],
    "complete": True,
    "source": "made up",
}


@pytest.fixture
def service() -> dict:
    """One valid entry of the catalogue as TOML gives it."""
    return deepcopy(SERVICE)


@pytest.fixture
def cooperation() -> dict:
    """One valid entry of a register."""
    return deepcopy(COOPERATION)
