"""Questions to the small grid of ``tests/worlds.py``, as hypothesis draws them."""

import pytest

from geoplan.suggestions.suggest import Asked, read_inquiry


@pytest.fixture(scope="session")
def ask(grid):
    """An inquiry of the grid."""

    def ask(unit, **asked):
        return read_inquiry(grid, unit, Asked(**asked))

    return ask
