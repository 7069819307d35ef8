"""Archives in the publisher's own layout, written from the made-up world."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely

from geoplan.boundaries.bkg import read_bkg
from geoplan.boundaries.catalogue import load_dataset
from geoplan.boundaries.german import METRIC_CRS
from geoplan.boundaries.measure import reproject
from geoplan.errors import DatasetError
from geoplan.units import Level

LAYERS = {Level.ASSOCIATION: "VWG", Level.COUNTY: "KRS", Level.GOVERNMENT_REGION: "RBZ", Level.STATE: "LAN"}
POLYGON = shapely.to_wkb(shapely.box(500_000, 5_700_000, 501_000, 5_701_000))


def write_layer(
    path: Path, name: str, columns: dict[str, list], geometry: list[bytes], crs: str | None
) -> None:
    is_geopackage = path.suffix == ".gpkg"
    pyogrio.raw.write(
        path,
        np.array(geometry, dtype=object),
        [
            np.array(values, dtype=object if isinstance(values[0], str) else None)
            for values in columns.values()
        ],
        list(columns),
        layer=name,
        driver="GPKG" if is_geopackage else "ESRI Shapefile",
        geometry_type="MultiPolygon" if is_geopackage else "Polygon",
        promote_to_multi=is_geopackage,
        crs=crs,
        append=is_geopackage and path.exists(),
    )


@pytest.fixture
def write_product(tmp_path, raw_world) -> Callable[..., Path]:
    """Write all layers into a folder, or a GeoPackage in it, as ``VG250`` does; returns the folder."""

    def write(*, key="ARS", geopackage=False, crs=METRIC_CRS, geometry=None, **columns) -> Path:
        raw = raw_world()
        polygons = raw.places.geometry if geometry is None else geometry
        outer = tmp_path / "vg250_01-01.utm32s.ebenen"
        inner = outer / "vg250_ebenen_0101"
        inner.mkdir(parents=True)

        def path(kind: str) -> Path:
            return inner / ("DE_VG250.gpkg" if geopackage else f"VG250_{kind}.shp")

        def layer(kind: str) -> str:
            return f"vg250_{kind.lower()}" if geopackage else f"VG250_{kind}"

        places = {
            key: raw.places.ars,
            "GEN": raw.places.names,
            "BEZ": raw.places.designations,
            "GF": [4 if land else 2 for land in raw.places.on_land],
            **columns,
        }
        write_layer(path("GEM"), layer("GEM"), places, list(shapely.to_wkb(polygons)), crs)
        for level, kind in LAYERS.items():
            names = raw.parents[level]
            above = {
                key: names.ids,
                "GEN": names.names,
                "BEZ": names.designations,
                "GF": [4] * len(names.ids),
            }
            write_layer(path(kind), layer(kind), above, [POLYGON] * len(names.ids), crs)
        (outer / "aktualitaet.txt").write_text("01.01.2020\n")
        return outer

    return write


def zipped(folder: Path, *, without: str = "-", name: str | None = None) -> Path:
    """Pack a folder as the publisher does, with or without the files whose names end as said."""
    archive = folder.parent / (name or f"{folder.name}.zip")
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith(without):
                file.write(path, path.relative_to(folder.parent))
    return archive


def rows(dataset) -> list:
    return [dataset.units.at(row) for row in range(len(dataset.units))]


@pytest.mark.parametrize("key", ["ARS", "RS"])
@pytest.mark.parametrize("geopackage", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_of_a_product_is_the_same_dataset(write_product, world, key, geopackage, packed):
    folder = write_product(key=key, geopackage=geopackage)
    dataset = load_dataset(zipped(folder) if packed else folder)
    assert dataset.units.ids == world.units.ids
    assert dataset.units.names == world.units.names
    assert dataset.units.area_km2 == pytest.approx(world.units.area_km2)
    assert dataset.borders.border_m == pytest.approx(world.borders.border_m)
    assert dataset.borders.water_border_m == pytest.approx(world.borders.water_border_m)
    assert dataset.provenance.vintage == "2020-01-01"
    assert dataset.provenance.attribution == "© GeoBasis-DE / BKG 2020 (Daten verändert)"
    assert dataset.provenance.population_source is None


def test_a_bare_geopackage_is_read(write_product, world):
    geopackage = next(write_product(geopackage=True).rglob("*.gpkg"))
    assert load_dataset(geopackage).units.ids == world.units.ids


def test_another_crs_is_projected(write_product, raw_world, world):
    raw = raw_world()
    zone_33 = reproject(raw.places.geometry, METRIC_CRS, "EPSG:25833")
    dataset = load_dataset(write_product(geometry=zone_33, crs="EPSG:25833"))
    assert dataset.provenance.crs == METRIC_CRS
    assert dataset.units.perimeter_km == pytest.approx(world.units.perimeter_km, abs=1e-4)
    assert dataset.borders.border_m == pytest.approx(world.borders.border_m, abs=1e-3)


def test_inhabitants_come_from_their_column_and_negative_ones_are_unknown(write_product):
    dataset = read_bkg(write_product(EWZ=[5000, 300, 300, -9999, -9999, -9999, 0]))
    assert [unit.population for unit in rows(dataset)[:4]] == [5000, 300, None, 0]
    assert dataset.units["05111"].population == 5000
    assert dataset.units["05222"].population is None
    assert dataset.provenance.population_source == "BKG VG250-EW, 2020-01-01"
    assert dataset.units["05111000"].population_source == "BKG VG250-EW, 2020-01-01"


def test_umlauts_survive_a_missing_encoding_file(write_product, raw_world):
    names = ["Köln-Süd", *raw_world().places.names[1:]]
    archive = zipped(write_product(GEN=names), without=".cpg")
    assert load_dataset(archive).units.names[0] == "Köln-Süd"


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("vg250_2019-01-01.zip", "2019-01-01"),
        ("vg250_31.12.2018.zip", "2018-12-31"),
        ("vg250_20171231.zip", "2017-12-31"),
        ("vg250_01-01.zip", "unknown"),
    ],
)
def test_without_a_note_the_file_name_says_the_status(write_product, name, vintage):
    provenance = load_dataset(zipped(write_product(), without="aktualitaet.txt", name=name)).provenance
    assert provenance.vintage == vintage
    assert provenance.attribution.startswith("© GeoBasis-DE / BKG ")
    assert "  " not in provenance.attribution


@pytest.mark.parametrize(
    ("note", "licence"),
    [("geonutzv.pdf", "GeoNutzV"), ("Lizenz_CC_BY_4.0.txt", "CC-BY-4.0"), ("other.txt", "dl-de/by-2-0")],
)
def test_the_licence_is_that_of_the_text_beside_the_layers(write_product, note, licence):
    folder = write_product()
    (folder / note).write_text("text of the licence")
    assert load_dataset(zipped(folder)).provenance.licence == licence


def test_a_level_that_is_not_in_the_archive_has_no_units(write_product):
    dataset = load_dataset(zipped(write_product(), without="KRS.shp"))
    assert not len(dataset.units.rows_of(Level.COUNTY))


# ── damaged ones ──


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ("GEM.shp", "no layer VG…_GEM"),
        ("GEM.shx", "VG250_GEM in .* cannot be read"),
        ("GEM.dbf", "has no column ARS / RS"),
        ("GEM.prj", "has no CRS"),
        ("KRS.dbf", "VG250_KRS in .* cannot be read"),
    ],
)
def test_an_archive_with_a_file_less_is_refused(write_product, without, words):
    archive = zipped(write_product(), without=without)
    with pytest.raises(DatasetError, match=words) as refused:
        load_dataset(archive)
    assert str(archive) in str(refused.value)


def test_a_layer_that_was_cut_off_is_refused(write_product):
    folder = write_product()
    shapes = next(folder.rglob("*GEM.shp"))
    shapes.write_bytes(shapes.read_bytes()[:400])
    with pytest.raises(DatasetError, match="features have no polygon"):
        load_dataset(zipped(folder))


def test_a_wrong_key_is_named_with_the_layer(write_product):
    folder = write_product(ARS=["5110000000", *["052225001001"] * 6])
    with pytest.raises(DatasetError, match=r"VG250_GEM in .*“5110000000” does not have 12 digits"):
        load_dataset(folder)


def test_coordinates_that_do_not_fit_their_crs_are_refused(write_product):
    with pytest.raises(DatasetError, match="do not fit the CRS"):
        load_dataset(write_product(crs="EPSG:4326"))


def test_a_column_less_is_named(write_product, tmp_path):
    with pytest.raises(DatasetError, match="has no column ARS / RS"):
        load_dataset(write_product(key="AGS"))


@pytest.mark.parametrize("name", ["broken.zip", "broken.gpkg"])
def test_what_only_has_the_name_of_an_archive_is_refused(tmp_path, name):
    (tmp_path / name).write_text("not at all")
    with pytest.raises(DatasetError, match=f"{name}.* Fetch it again"):
        load_dataset(tmp_path / name)


@pytest.mark.parametrize("seed", range(10))
def test_flipped_bytes_never_end_in_another_error(write_product, seed):
    archive = zipped(write_product())
    content = bytearray(archive.read_bytes())
    for place in np.random.default_rng(seed).integers(0, len(content), 40):
        content[place] ^= 0xFF
    archive.write_bytes(content)
    try:
        load_dataset(archive)
    except DatasetError as error:
        assert str(archive) in str(error)


# ── the real one ──


@pytest.fixture(scope="module")
def vg5000(shared_data):
    return load_dataset(shared_data / "bkg" / "vg5000_01-01.gk3.shape.ebenen.zip")


def test_vg5000_has_the_units_of_2021(vg5000):
    counts = {level: len(vg5000.units.rows_of(level)) for level in Level}
    assert counts[Level.MUNICIPALITY] == 10_790
    assert counts[Level.UNINCORPORATED_AREA] == 207
    assert counts[Level.COUNTY] == 401
    assert counts[Level.GOVERNMENT_REGION] == 19
    assert counts[Level.STATE] == 16
    assert vg5000.units["05570044"].name == "Telgte"


def test_vg5000_has_the_borders_that_geos_finds(vg5000):
    assert len(vg5000.borders.pairs) == 30_993
    assert vg5000.borders.border_m.sum() / 1000 == pytest.approx(136_725, rel=1e-3)
    assert not len(vg5000.borders.water_pairs)


def test_vg5000_says_where_it_comes_from(vg5000):
    provenance = vg5000.provenance
    assert (provenance.dataset, provenance.vintage) == ("VG5000", "2021-01-01")
    assert provenance.licence == "dl-de/by-2-0"
    assert provenance.attribution == "© GeoBasis-DE / BKG 2021 (Daten verändert)"


def test_vg5000_counties_are_the_sum_of_their_places(vg5000):
    units = vg5000.units
    counties = vg5000.read_geometry(Level.COUNTY)
    rows = units.rows_of(Level.COUNTY)
    assert units.perimeter_km[rows] == pytest.approx(shapely.length(counties) / 1000, rel=1e-6)
    assert shapely.is_valid(counties).all()
