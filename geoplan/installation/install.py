"""From a product or a file to a dataset in the store: fetched, checked, converted, put in place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyproj import CRS

from geoplan.boundaries.active import active_dataset, set_active
from geoplan.boundaries.bkg import read_bkg, read_bkg_provenance
from geoplan.boundaries.canonical import is_canonical, read_canonical, write_canonical
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.foreign import read_mapped
from geoplan.boundaries.lock import WAIT_S, store_lock
from geoplan.boundaries.products import DEFAULT_CRS, DEFAULT_FORMAT, Edition, find_edition, licence_url
from geoplan.boundaries.publishing import publish, sweep
from geoplan.boundaries.source import SourceRow, read_source
from geoplan.boundaries.store import stored_datasets
from geoplan.errors import DatasetError
from geoplan.inspection import CheckReport, Severity, check, check_dataset
from geoplan.installation.address import Address
from geoplan.installation.download import Patience
from geoplan.installation.naming import check_asked, check_name, usual_name
from geoplan.installation.origin import (
    Origin,
    address_of,
    downloads_folder,
    dropped_when_done,
    fetched_origin,
    local_origin,
)
from geoplan.installation.partial import drop_old
from geoplan.messages import Message
from geoplan.provenance import Provenance

GEOMETRY_NOTE = "as published, reprojected; parts merged, invalid rings repaired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to install."""

    product: str | None = None
    """``PRODUCT`` or ``PRODUCT-YEAR``; may be left out where there is a source."""
    source: str | None = None
    """Path or address to read in place of the publisher's."""
    form: str = DEFAULT_FORMAT
    crs: str = DEFAULT_CRS
    name: str | None = None
    mapping: Path | None = None
    """Describes polygons that are not the BKG's."""
    activate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What was installed."""

    name: str
    folder: Path
    dataset: BoundaryDataset
    report: CheckReport
    source: SourceRow
    replaced: bool
    """There was a dataset of this name."""
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """Who is told how far it is."""

    say: Callable[[Message], None] = lambda _message: None
    progress: Callable[[int, int | None], None] = lambda _done, _total: None
    """Bytes so far and in all, while a file is fetched."""


def install(
    order: Order,
    *,
    observer: Observer | None = None,
    patience: Patience | None = None,
    wait_s: float = WAIT_S,
) -> Installed:
    """Install a dataset; whatever fails, what was in the store before stays as it was.

    Raises
    ------
    UnknownChoiceError, InvalidValueError
        No such product, name, path or address.
    DatasetError
        It cannot be fetched or read, or the check found errors.
    """
    observer = observer or Observer()
    edition = find_edition(order.product) if order.product else None
    if order.name is not None:
        check_name(order.name)
    place = (
        address_of(order.source, edition, form=order.form, crs=order.crs) if _needs_source(order) else None
    )
    waiting = Message("Another geoplan is changing the datasets; waiting for it …")
    with store_lock(wait_s=wait_s, on_wait=lambda: observer.say(waiting)):
        sweep()
        drop_old(downloads_folder())
        with dropped_when_done(_origin(order, place, observer, patience)) as origin:
            dataset, report = _checked(order, edition, origin, observer)
            if edition is not None:
                check_asked(dataset.provenance, edition)
            name = check_name(order.name or usual_name(dataset.provenance, edition))
            return _put(order, name, _Read(origin=origin, dataset=dataset, report=report), observer)


def _needs_source(order: Order) -> bool:
    """A mapping names the file itself."""
    return order.mapping is None or order.source is not None


def _origin(
    order: Order, place: Address | Path | None, observer: Observer, patience: Patience | None
) -> Origin:
    if place is None:
        assert order.mapping is not None
        return local_origin(order.mapping)
    if isinstance(place, Path):
        return local_origin(place)
    observer.say(Message("Fetching {url} …", url=place.shown))
    return fetched_origin(place, patience=patience, progress=observer.progress)


def _checked(
    order: Order, edition: Edition | None, origin: Origin, observer: Observer
) -> tuple[BoundaryDataset, CheckReport]:
    observer.say(Message("Checking {file} …", file=origin.path.name))
    if order.mapping is not None:
        dataset = read_mapped(order.mapping, origin.path if order.source is not None else None)
        report = check_dataset(origin.path, dataset)
    else:
        report = check(origin.path)
        _refuse_if_unusable(report)
        if edition is not None:
            # Measuring takes minutes: another product is told before.
            check_asked(_provenance(origin.path), edition)
        observer.say(Message("Measuring borders and areas …"))
        dataset = read_canonical(origin.path) if is_canonical(origin.path) else read_bkg(origin.path)
    _refuse_if_unusable(report)
    return dataset, report


def _provenance(path: Path) -> Provenance:
    return read_source(path).provenance if is_canonical(path) else read_bkg_provenance(path)


def _refuse_if_unusable(report: CheckReport) -> None:
    errors = report.of(Severity.ERROR)
    if not errors:
        return
    message = Message(
        "“{path}” is not installed, errors found: {count:n0}. The first: {text} {mend} “geoplan data check”"
        " shows all.",
        path=report.path,
        count=len(errors),
        text=errors[0].text,
        mend=errors[0].mend,
    )
    raise DatasetError(message, value=str(report.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read and found good."""

    origin: Origin
    dataset: BoundaryDataset
    report: CheckReport


def _put(order: Order, name: str, read: _Read, observer: Observer) -> Installed:
    observer.say(Message("Installing as {name} …", name=name))
    replaced = name in stored_datasets()
    row = _source_row(read)
    crs = CRS.from_user_input(read.dataset.provenance.crs).to_json_dict()
    folder = publish(name, lambda draft: write_canonical(draft, read.dataset, row, crs))
    if order.activate:
        set_active(name)
    return Installed(
        name=name,
        folder=folder,
        dataset=read.dataset,
        report=read.report,
        source=row,
        replaced=replaced,
        active=active_dataset() == name,
    )


def _source_row(read: _Read) -> SourceRow:
    if is_canonical(read.origin.path):
        return read_source(read.origin.path)
    data = read.dataset.provenance
    population = {"package": data.population_source, "licence": data.licence, "attribution": data.attribution}
    return SourceRow(
        provenance=data,
        licence_url=licence_url() if data.country == "DE" else "",
        retrieved=datetime.now(UTC).date().isoformat(),
        source=dict(read.origin.source),
        population={key: str(value) for key, value in population.items()} if data.population_source else {},
        geometry=GEOMETRY_NOTE,
        files={},
    )
