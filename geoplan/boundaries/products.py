"""Which official boundaries can be fetched, and where they lie."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values

_LAST_YEAR = 2100
DEFAULT_FORMAT = "gpkg"
DEFAULT_CRS = "utm32s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name in both languages."""

    de: str
    en: str

    def text(self, lang: str) -> str:
        """The name in ``lang``."""
        return self.de if lang == "de" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product of the publisher, of any year."""

    id: str
    label: Label
    layers: str
    """How its layers' names begin: VG250, VG5000."""
    population: bool
    """Whether it says the inhabitants."""
    day: str
    """Month and day of its territorial status, ``12-31``."""
    page: str
    first: int
    """The first year that was published."""
    url: str
    seen: Sequence[str]
    """Folder, coordinate system and format that were seen under this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A product of a year, or the latest one."""

    product: Product
    year: int | None
    """``None``: the latest."""

    def is_seen(self, *, form: str, crs: str) -> bool:
        """Say whether the address was seen in use, or only follows the pattern of others."""
        return f"{self._folder} {crs} {form}" in self.product.seen

    def url(self, *, form: str = DEFAULT_FORMAT, crs: str = DEFAULT_CRS) -> str:
        """The address of the archive."""
        host = str(_document()["host"])
        return self.product.url.format(host=host, folder=self._folder, crs=crs, format=form)

    @property
    def _folder(self) -> str:
        return str(_document()["latest"]) if self.year is None else str(self.year)


@cache
def _document() -> dict[str, Any]:
    text = resources.files("geoplan.boundaries").joinpath("products.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def products() -> Mapping[str, Product]:
    """The known products, by id."""
    return MappingProxyType({row["id"]: _product(row) for row in _document()["product"]})


def _product(row: dict[str, Any]) -> Product:
    fields = ("id", "layers", "population", "day", "page", "first", "url", "seen")
    return Product(label=Label(de=row["de"], en=row["en"]), **{field: row[field] for field in fields})


def formats() -> Sequence[str]:
    """The formats that products are published in."""
    return tuple(_document()["formats"])


def coordinate_systems() -> Sequence[str]:
    """The coordinate systems that products are published in, as their file names call them."""
    return tuple(_document()["crs"])


def checked_on() -> str:
    """The day on which the addresses were looked at, ISO date."""
    return str(_document()["checked"])


def licence_url() -> str:
    """Where the licence of the products stands."""
    return str(_document()["licence_url"])


def find_edition(text: str) -> Edition:
    """Read ``PRODUCT`` or ``PRODUCT-YEAR``: ``vg250-ew``, ``VG250-2024``.

    Raises
    ------
    UnknownChoiceError
        No such product.
    InvalidValueError
        A year in which it was not published.
    """
    wanted = text.strip().lower()
    if wanted in products():
        return Edition(product=products()[wanted], year=None)
    name, _, year = wanted.rpartition("-")
    if name not in products() or not (year.isascii() and year.isdecimal()):
        message = Message("There is no product “{value}”.", value=text[:80])
        raise UnknownChoiceError(message, value=text, nearest=nearest_values(wanted[:80], products()))
    product = products()[name]
    if len(year) > 4 or not product.first <= int(year) <= _LAST_YEAR:
        message = Message(
            "{product} was not published for the year {year}; it begins with {first}.",
            product=product.id,
            year=year[:20],
            first=product.first,
        )
        raise InvalidValueError(message, value=text, nearest=[f"{product.id}-{product.first}"])
    return Edition(product=product, year=int(year))
