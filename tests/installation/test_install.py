"""Whole installations, from the publisher's layout to a dataset that can be loaded."""

import json
import threading
import time

import pytest

from geoplan.boundaries.active import active_dataset
from geoplan.boundaries.catalogue import EMBEDDED, load_dataset
from geoplan.boundaries.lock import store_lock
from geoplan.boundaries.products import find_edition
from geoplan.boundaries.publishing import remove, use
from geoplan.boundaries.store import stored_datasets
from geoplan.errors import DatasetError, GeoplanError, InvalidValueError, UnknownChoiceError
from geoplan.installation import Observer, Order, install
from geoplan.installation.origin import address_of
from tests.archives import LAND, sketch, tiny_zip, write_folder, zipped
from tests.fileserver import cut, status, whole, wrong_length


@pytest.fixture(autouse=True)
def _own_store(home):
    return home


def files_below(home) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize("form", ["shape", "gpkg"])
@pytest.mark.parametrize("crs", ["EPSG:25832", "EPSG:31467", "EPSG:4326", "EPSG:4647"])
@pytest.mark.parametrize("key", ["ARS", "RS"])
def test_every_published_form_becomes_the_same_dataset(tmp_path, form, crs, key):
    archive = tiny_zip(tmp_path / "in", form=form, crs=crs, key=key)
    installed = install(Order(source=str(archive)))
    assert installed.name == "vg250-ew-2023"
    dataset = load_dataset("vg250-ew-2023")
    assert dataset.units.ids[:3] == ["05111001", "05111002", "05111003"]
    assert dataset.units["05112004"].name == "Dören"
    assert dataset.units["05112004"].population == 12_000
    assert dataset.units["05112"].population == 13_350
    assert dataset.units["05113000"].area_km2 == pytest.approx(4, rel=2e-3)
    assert len(dataset.borders.pairs) == 16
    assert dataset.provenance.vintage == "2023-12-31"


def test_a_product_is_fetched_from_a_mirror(server, content, patience):
    url = server.serve(status(500), cut(content, 500), whole(content), path="/vg/vg250-ew.zip")
    installed = install(Order(product="vg250-ew-2023", source=url, activate=True), patience=patience)
    assert installed.active
    assert installed.source.source["url"] == url
    assert len(installed.source.source["sha256"]) == 64
    assert load_dataset().provenance.dataset == "VG250"


def test_a_download_does_not_stay_when_it_is_installed(server, content, patience, home):
    install(Order(source=server.serve(whole(content))), patience=patience)
    assert not [name for name in files_below(home) if "downloads" in name]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (whole(b"<!DOCTYPE html><title>Anmeldung</title>"), "neither a zip archive nor a GeoPackage"),
        (whole(b""), "neither a zip archive nor a GeoPackage"),
        (whole(b"PK\x03\x04 and then nothing that is a zip"), "cannot be opened as a zip archive"),
        (whole(b"SQLite format 3\x00" + b"\x00" * 5000), "cannot be read as a GeoPackage"),
    ],
)
def test_garbage_is_told_from_an_archive(server, patience, home, answer, words):
    with pytest.raises(DatasetError, match=words):
        install(Order(source=server.serve(answer)), patience=patience)
    assert not stored_datasets()


def test_an_archive_shorter_than_it_should_be_is_refused(server, content, patience):
    with pytest.raises(DatasetError):
        install(Order(source=server.serve(wrong_length(content, len(content) - 300))), patience=patience)
    assert not stored_datasets()


def test_another_product_or_year_than_asked_for_is_refused(archive):
    said = []
    for product in ("vg5000", "vg250-ew-2022"):
        with pytest.raises(DatasetError, match="not vg"):
            install(Order(product=product, source=str(archive)), observer=Observer(say=said.append))
    assert not any("Measuring" in one.text("en") for one in said), "it is told before the long work"
    assert not stored_datasets()


def test_a_product_with_inhabitants_must_have_them(tmp_path):
    archive = tiny_zip(tmp_path, population=False)
    with pytest.raises(DatasetError, match="holds VG250 of 31 December 2023, not vg250-ew"):
        install(Order(product="vg250-ew", source=str(archive)))


@pytest.mark.parametrize(
    ("status_text", "population", "name"),
    [
        ("31.12.2023", True, "vg250-ew-2023"),
        ("01.01.2024", False, "vg250-2024"),
        ("31.12.2023", False, "vg250-2023-12-31"),
        (None, True, "vg250-ew"),
    ],
)
def test_the_name_says_product_and_year(tmp_path, status_text, population, name):
    archive = tiny_zip(tmp_path, status=status_text, population=population)
    assert install(Order(source=str(archive))).name == name


def test_a_name_can_be_chosen(archive):
    assert install(Order(source=str(archive), name="mine")).name == "mine"
    for name in ("../mine", "Mine", EMBEDDED, "", "."):
        with pytest.raises(InvalidValueError):
            install(Order(source=str(archive), name=name))


def test_installing_again_replaces_the_dataset_and_who_reads_the_old_one_goes_on(tmp_path, home):
    drawn = sketch()
    old = install(Order(source=str(zipped(write_folder(drawn, tmp_path / "old"))), activate=True))
    reading = load_dataset()
    drawn.columns["GEN"][0] = "Aneuburg"
    new = install(Order(source=str(zipped(write_folder(drawn, tmp_path / "new")))))
    assert new.replaced
    assert new.active
    assert load_dataset().units["05111001"].name == "Aneuburg"
    assert len(reading.read_geometry("municipality")) == 10
    assert old.folder.is_dir()
    install(Order(source=str(tmp_path / "new" / "vg250-ew_12-31.utm32s.shape.ebenen")))
    assert not old.folder.exists()


def test_a_failing_installation_leaves_the_old_dataset(tmp_path, archive, home):
    install(Order(source=str(archive), activate=True))
    before = files_below(home)
    drawn = sketch()
    drawn.columns["ARS"][0] = "not a key"
    broken = zipped(write_folder(drawn, tmp_path / "broken"))
    with pytest.raises(DatasetError, match="Aburg \\(not a key\\)"):
        install(Order(source=str(broken), name="vg250-ew-2023"))
    assert files_below(home) == before
    assert load_dataset().units["05111001"].name == "Aburg"


def test_what_an_interrupted_installation_left_is_cleared_by_the_next(archive, home):
    folder = install(Order(source=str(archive))).folder
    (folder.parent / ".draft-abc").mkdir()
    (folder.parent / ".draft-abc" / "municipalities.parquet").write_text("half")
    (home / "datasets" / "other" / ".draft-def").mkdir(parents=True)
    (home / "datasets" / ".draft-ghi").mkdir()
    assert set(stored_datasets()) == {"vg250-ew-2023"}
    install(Order(source=str(archive), name="second"))
    assert not [path for path in home.rglob("*") if "draft" in path.name]
    assert not (home / "datasets" / "other").exists()


def test_a_clock_that_was_set_back_does_not_bring_the_old_dataset_back(archive, monkeypatch):
    first = install(Order(source=str(archive))).folder
    later = first.with_name("29991231T000000.000000")
    first.rename(later)
    assert install(Order(source=str(archive))).folder.name > later.name


def test_two_installations_wait_for_each_other(archive):
    done = []

    def run(name):
        install(Order(source=str(archive), name=name))
        done.append(name)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == sorted(stored_datasets()) == ["one", "two"]


def test_a_store_that_stays_busy_is_told(archive):
    with store_lock(), pytest.raises(DatasetError, match="Another geoplan"):
        install(Order(source=str(archive)), wait_s=0.2)
    install(Order(source=str(archive)), wait_s=0.2)


def test_the_active_dataset_can_be_chosen_and_is_not_removed_by_mistake(archive):
    install(Order(source=str(archive)))
    assert load_dataset().provenance.vintage == "2016-01-01"
    use("vg250-ew-2023", embedded=EMBEDDED)
    assert load_dataset().provenance.vintage == "2023-12-31"
    with pytest.raises(InvalidValueError, match="is the active dataset"):
        remove("vg250-ew-2023")
    use(EMBEDDED, embedded=EMBEDDED)
    assert load_dataset().provenance.vintage == "2016-01-01"
    remove("vg250-ew-2023")
    assert not stored_datasets()
    with pytest.raises(UnknownChoiceError):
        use("vg250-ew-2023", embedded=EMBEDDED)
    with pytest.raises(UnknownChoiceError):
        remove("vg250-ew-2023")


def test_force_removes_the_active_dataset_and_the_embedded_one_is_used(archive):
    install(Order(source=str(archive), activate=True))
    remove("vg250-ew-2023", force=True)
    assert active_dataset() is None
    assert load_dataset().provenance.vintage == "2016-01-01"


def test_an_active_dataset_that_was_deleted_by_hand_is_told(archive, home):
    folder = install(Order(source=str(archive), activate=True)).folder
    folder.rename(home / "elsewhere")
    with pytest.raises(DatasetError, match="not in the store any more"):
        load_dataset()


def test_the_environment_goes_before_the_active_dataset(archive, monkeypatch):
    install(Order(source=str(archive), activate=True))
    monkeypatch.setenv("GEOPLAN_DATA", EMBEDDED)
    assert load_dataset().provenance.vintage == "2016-01-01"


def test_a_dataset_in_canonical_form_is_installed_with_its_own_source_row(archive, home):
    first = install(Order(source=str(archive), name="first"))
    again = install(Order(source=str(first.folder), name="again"))
    assert json.loads((again.folder / "source.json").read_text()) == json.loads(
        (first.folder / "source.json").read_text()
    )


def test_a_country_with_a_mapping_is_installed(tmp_path, archive):
    folder = write_folder(sketch(), tmp_path)
    shapes = next(folder.rglob("*_GEM.shp"))
    mapping = tmp_path / "country.toml"
    mapping.write_text(
        f"""
        [dataset]
        name = "Land der Quadrate"
        vintage = 2024-01-01
        publisher = "nobody"
        licence = "CC0-1.0"
        attribution = "nobody"
        country = "XX"
        [file]
        path = "{shapes.as_posix()}"
        [place]
        id = "OBJ"
        name = "GEN"
        [levels.county]
        prefix = 5
        """.replace("OBJ", "AGS")
    )
    try:
        installed = install(Order(mapping=mapping))
    except GeoplanError as refused:
        pytest.fail(str(refused))
    assert installed.name == "land-der-quadrate-2024"
    assert len(load_dataset(installed.name).borders.pairs)


def test_neither_product_nor_source_is_a_wrong_request():
    with pytest.raises(InvalidValueError, match="Name a product"):
        install(Order())


@pytest.mark.parametrize("source", ["nothing/here.zip", "x" * 5000, "ftp://host/x.zip"])
def test_a_source_that_is_none_is_a_wrong_request(source):
    with pytest.raises(InvalidValueError):
        install(Order(source=source))


def test_the_address_of_a_product_is_the_publishers():
    address = address_of(None, find_edition("VG250-EW-2023"), form="shape", crs="utm32s")
    assert address.url == (
        "https://daten.gdz.bkg.bund.de/produkte/vg/vg250-ew_ebenen_1231/2023/"
        "vg250-ew_12-31.utm32s.shape.ebenen.zip"
    )


def test_waiting_for_the_lock_is_told(archive):
    said = []

    def hold(ready):
        with store_lock():
            ready.set()
            time.sleep(0.3)

    ready = threading.Event()
    holder = threading.Thread(target=hold, args=(ready,))
    holder.start()
    ready.wait()
    install(Order(source=str(archive)), observer=Observer(say=lambda message: said.append(str(message))))
    holder.join()
    assert said[0].startswith("Another geoplan is changing")


def test_a_part_that_lies_in_water_belongs_to_its_municipality(archive):
    install(Order(source=str(archive)))
    dataset = load_dataset("vg250-ew-2023")
    assert dataset.units["05111002"].area_km2 == pytest.approx(1, rel=2e-3)
    assert len(dataset.borders.water_pairs)
    assert LAND == 4
