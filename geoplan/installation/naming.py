"""What an installed dataset is called, and whether it is the one that was asked for."""

import re
import unicodedata

from geoplan.boundaries.bkg import UNKNOWN_VINTAGE
from geoplan.boundaries.catalogue import EMBEDDED
from geoplan.boundaries.products import Edition, Product, products
from geoplan.boundaries.store import stored_path
from geoplan.errors import DatasetError, InvalidValueError
from geoplan.messages import IsoDay, Message
from geoplan.provenance import Provenance

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def check_name(name: str) -> str:
    """Return ``name`` if a dataset may be called so.

    Raises
    ------
    InvalidValueError
        No name of a folder, or that of the embedded dataset.
    """
    stored_path(name)
    if name == EMBEDDED:
        message = Message(
            "“{value}” is the dataset that comes with geoplan; choose another name.", value=name
        )
        raise InvalidValueError(message, value=name)
    return name


def usual_name(data: Provenance, edition: Edition | None) -> str:
    """Product and year (``vg250-ew-2023``); with the day where it is not the one the product usually has."""
    product = edition.product if edition else _product_of(data)
    base = product.id if product else _slug(data.dataset)
    if data.vintage == UNKNOWN_VINTAGE:
        return f"{base}-{edition.year}" if edition and edition.year else base
    usual_day = product is None or data.vintage[5:] == product.day
    return f"{base}-{data.vintage[:4] if usual_day else data.vintage}"


def _product_of(data: Provenance) -> Product | None:
    has_population = data.population_source is not None
    return next(
        (
            product
            for product in products().values()
            if product.layers == data.dataset and product.population == has_population
        ),
        None,
    )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return _NOT_IN_NAMES.sub("-", plain).strip("-")[:50] or "dataset"


def check_asked(data: Provenance, edition: Edition) -> None:
    """Make sure that an archive is of the product and year that was asked for.

    Raises
    ------
    DatasetError
        It is another.
    """
    product = edition.product
    other_year = (
        edition.year is not None and data.vintage != UNKNOWN_VINTAGE and data.vintage[:4] != str(edition.year)
    )
    without = product.population and data.population_source is None
    if data.dataset != product.layers or other_year or without:
        found = data.dataset if data.population_source is None else f"{data.dataset}-EW"
        message = Message(
            "The archive holds {found} of {vintage}, not {asked}. Without a product the same command installs"
            " what it holds.",
            found=found,
            vintage=IsoDay(data.vintage),
            asked=f"{product.id}-{edition.year}" if edition.year else product.id,
        )
        raise DatasetError(message, value=data.dataset)
