"""An enriched dataset is on the disk as a whole or not at all, and is read as it was made."""

import json

import numpy as np
import pytest

from geoplan import load_atlas, suggest
from geoplan.boundaries.catalogue import load_dataset
from geoplan.boundaries.source import read_source
from geoplan.enrichment import EnrichmentFiles, enrich, writing
from geoplan.enrichment.writing import store_enriched, write_enriched
from geoplan.errors import DatasetError, InvalidValueError, OutputError


@pytest.fixture
def enriched(world, gazetteer_file, file):
    return enrich(
        world,
        EnrichmentFiles(
            population=gazetteer_file,
            commuters=file("kreise_2021.csv", "origin,dest,commuters\n01002,01001,500\n"),
        ),
    )


@pytest.fixture
def origin(tmp_path):
    path = tmp_path / "origin.zip"
    path.write_bytes(b"what the boundaries were read from")
    return path


@pytest.fixture
def folder(tmp_path, enriched, origin):
    return write_enriched(tmp_path / "made", origin, enriched)


def test_what_was_written_is_read_again(folder, enriched):
    atlas, made = load_atlas(folder), enriched.dataset
    assert atlas.units.ids == made.units.ids
    np.testing.assert_array_equal(atlas.units.population, made.units.population)
    assert atlas.enrichment.degurba[atlas.row("Ceheim")] == 3
    assert atlas.enrichment.flows.between(atlas.row("01002"), atlas.row("01001")) == 500
    city = atlas.row("01001000")
    arriving = atlas.enrichment.flows.reversed().from_unit(city)[1]
    assert arriving.sum() == pytest.approx(500, rel=1e-6)
    assert [row["kind"] for row in atlas.enrichment.sources] == ["commuters", "population"]


def test_the_source_row_says_where_figures_come_from(folder):
    row = read_source(folder)
    assert row.population["publisher"] == "Statistisches Bundesamt (Destatis)"
    (population,) = [source for source in row.enrichment if source["kind"] == "population"]
    assert population["rows"] == population["matched"] == 5
    assert population["vintage"] == "2021-12-31"
    assert row.source["file"] == "origin.zip"


def test_a_suggestion_names_the_source_of_the_population(folder):
    answer = suggest(load_atlas(folder), "Adorf", limit=3).to_dict("de")
    source = "Statistisches Bundesamt (Destatis), 2021-12-31"
    assert answer["data"]["population_source"] == source
    assert {one["population_source"] for one in answer["suggestions"]} == {source}


def test_an_existing_folder_is_never_touched(tmp_path, folder, origin, enriched):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputError) as caught:
        write_enriched(folder, origin, enriched)
    assert caught.value.nearest == (str(tmp_path / "made-2"),)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_missing_folder_above_is_named(tmp_path, origin, enriched):
    with pytest.raises(OutputError, match="There is no folder"):
        write_enriched(tmp_path / "no" / "made", origin, enriched)


def test_an_interrupted_run_leaves_nothing(tmp_path, origin, enriched, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "sync_tree", interrupted)
    before = set(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        write_enriched(tmp_path / "made", origin, enriched)
    assert set(tmp_path.iterdir()) == before


def test_damaged_figures_are_named(folder):
    (folder / "figures.parquet").write_bytes(b"PAR1 and no more")
    atlas = load_atlas(folder)
    assert atlas.units["01002001"].population == 100
    with pytest.raises(DatasetError, match=r"figures\.parquet"):
        _ = atlas.enrichment.jobs


def test_a_file_of_another_folder_is_no_figure_of_the_dataset(folder):
    row = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    row["files"]["../away.parquet"] = row["files"]["figures.parquet"]
    (folder / "source.json").write_text(json.dumps(row), encoding="utf-8")
    assert set(load_dataset(folder).extras) == {
        "figures.parquet", "flows.parquet", "postcodes.parquet", "join-reports.json",
    }  # fmt: skip


def test_a_dataset_of_the_store_is_found_by_its_name(tmp_path, origin, enriched, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    store_enriched("mine-2021", origin, enriched)
    assert load_dataset("mine-2021").units["01002001"].population == 100


def test_a_name_that_is_a_path_is_refused(tmp_path, origin, enriched, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    with pytest.raises(InvalidValueError):
        store_enriched("../away", origin, enriched)
    assert not (tmp_path / "away").exists()
