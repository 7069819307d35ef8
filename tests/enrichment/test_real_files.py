"""The publishers' own files on the publishers' own boundaries."""

import numpy as np
import pytest

from geoplan.atlas import Atlas
from geoplan.boundaries.catalogue import load_dataset
from geoplan.enrichment import EnrichmentFiles, enrich
from geoplan.units import Level


@pytest.fixture(scope="session")
def boundaries(shared_data):
    return load_dataset(shared_data / "bkg" / "vg5000_01-01.gk3.shape.ebenen.zip")


@pytest.fixture(scope="session")
def enriched(shared_data, boundaries):
    """Everything at once, so that the files are read once."""
    return enrich(
        boundaries,
        EnrichmentFiles(
            population=shared_data / "destatis" / "31122021_Auszug_GV.xlsx",
            jobs=shared_data / "destatis" / "gemeinden_2020_population_jobs.csv",
            bbsr=shared_data / "bbsr" / "gemeinden_bbsr_2015.csv",
            commuters=shared_data / "commuters" / "kreis_to_kreis_2022.csv",
            cooperations=shared_data / "cooperations" / "cooperations.json",
        ),
    )


@pytest.fixture(scope="session")
def enriched_atlas(enriched):
    return Atlas.from_dataset(enriched.dataset)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "rate"),
    [("population", 0.9995), ("jobs", 0.9980), ("bbsr", 0.976), ("commuters", 0.9975), ("cooperations", 1.0)],
)
def test_join_rates_of_the_sources(enriched, kind, rate):
    report = next(report for report in enriched.reports if report.note.kind == kind)
    assert report.rate >= rate
    assert report.matched + len(report.unmatched) == report.rows
    assert all(str(one.why) for one in report.unmatched)


@pytest.mark.slow
def test_the_workbook_of_2023(shared_data, boundaries):
    files = EnrichmentFiles(population=shared_data / "destatis" / "31122023_Auszug_GV.xlsx")
    (report,) = enrich(boundaries, files).reports
    assert report.rate >= 0.9980
    assert report.note.vintage == "2023-12-31"


@pytest.mark.slow
def test_known_figures(enriched_atlas):
    telgte = enriched_atlas.row("Telgte")
    known = enriched_atlas.enrichment
    assert enriched_atlas.units.population[telgte] == pytest.approx(20_000, rel=0.05)
    assert known.degurba[telgte] == 2
    assert [one.postcode for one in known.postcodes.of(telgte)] == ["48291"]
    assert enriched_atlas.units["05570"].population > 270_000


@pytest.mark.slow
def test_eisenach_is_found_in_its_later_county(enriched_atlas):
    eisenach = enriched_atlas.row("16056000")
    assert enriched_atlas.units.population[eisenach] > 40_000
    assert enriched_atlas.enrichment.flows.from_unit(eisenach)[1].sum() > 1000


@pytest.mark.slow
def test_spread_commuters_keep_the_totals_of_every_pair_of_counties(enriched_atlas):
    units, flows = enriched_atlas.units, enriched_atlas.enrichment.flows
    county = enriched_atlas.hierarchy.parent[Level.COUNTY].copy()
    county[enriched_atlas.row("16056000")] = enriched_atlas.row("16063")  # as the source of 2022 has it
    is_county = units.level == Level.COUNTY
    published = is_county[flows.origin]
    count = len(units)
    codes = flows.origin[published] * count + flows.destination[published]
    total = dict(zip(codes.tolist(), flows.commuters[published].tolist(), strict=True))
    spread_codes = county[flows.origin[~published]] * count + county[flows.destination[~published]]
    found, at = np.unique(spread_codes, return_inverse=True)
    sums = np.bincount(at, flows.commuters[~published])
    assert len(found) > 10_000
    np.testing.assert_allclose(sums, [total[code] for code in found.tolist()], rtol=1e-6)
