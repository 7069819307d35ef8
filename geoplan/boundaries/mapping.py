"""How any polygon file becomes a dataset: a TOML text says which column is what, see ``docs/mapping.md``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.units import PARENT_LEVELS, Level

SUFFIX = ".toml"
MAX_BYTES = 2**20
"""A mapping with the names of all units of a country has a twentieth of it."""

_TABLES = ("dataset", "file", "place", "levels")
_DATASET = (
    "name", "vintage", "country", "publisher", "licence", "attribution", "attribution_url",
    "population_source",
)  # fmt: skip
_FILE = ("path", "layer", "crs", "metric_crs")
_PLACE = ("id", "name", "designation", "designation_column", "population", "skip", "unincorporated")
_UNINCORPORATED = ("column", "values")
_LEVEL = ("prefix", "column", "names", "name_column", "designation", "id_prefix")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelMapping:
    """How the units of a level above the places are told."""

    prefix: int | None
    """The first characters of a place's id that are the unit's id; ``None`` where a column has it."""
    column: str | None
    name_column: str | None
    names: Mapping[str, str]
    """Names by id (without ``id_prefix``)."""
    designation: str
    id_prefix: str
    """Put before each id, so that ids of several levels differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """Which file is read, and in which CRS."""

    path: Path
    layer: str | None
    crs: str | None
    """In place of that of the file; ``None``: as the file says."""
    metric_crs: str | None
    """The CRS to keep and to measure in; ``None``: one is chosen by where the places lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMapping:
    """Which columns of the file describe a place."""

    id: str
    name: str
    designation: str
    """For all places that have none in ``designation_column``."""
    designation_column: str | None
    population: str | None
    skip: frozenset[str]
    """Ids to leave out: units that lie over others."""
    unincorporated_column: str | None
    unincorporated_values: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetMapping:
    """A whole mapping."""

    texts: Mapping[str, str]
    """The fields of the provenance, as far as they are given."""
    file: FileMapping
    place: PlaceMapping
    levels: Mapping[Level, LevelMapping]


def is_mapping(path: Path) -> bool:
    """Say whether ``path`` is meant as a mapping."""
    return path.suffix.lower() == SUFFIX


def parse_mapping(path: Path) -> DatasetMapping:
    """Read a mapping; the path of its file is taken from where the mapping lies.

    Raises
    ------
    DatasetError
        No TOML, or a field is missing, unknown or of another kind; names the field and the nearest.
    """
    table = _Table(path=path, name="", values=_read(path), known=_TABLES)
    dataset = table.table("dataset", _DATASET)
    return DatasetMapping(
        texts=_texts(dataset),
        file=_file(table.table("file", _FILE), path.parent),
        place=_place(table.table("place", _PLACE)),
        levels=_levels(table),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table of the mapping, whose fields are asked for by name and kind."""

    path: Path
    name: str
    values: Mapping[str, Any]
    known: Sequence[str]

    def __post_init__(self) -> None:
        for key in self.values:
            if self.known and key not in self.known:
                reason = Message("there is no field “{field}”", field=self._full(key))
                raise _broken(self.path, reason, value=key, nearest=nearest_values(key, self.known))

    def _full(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def table(self, key: str, known: Sequence[str], *, needed: bool = True) -> "_Table":
        """A table within this one."""
        if key not in self.values and needed:
            raise self.missing(key)
        return _Table(path=self.path, name=self._full(key), values=self._of(key, dict, {}), known=known)

    def text(self, key: str) -> str:
        """A text that must be there."""
        found = self.text_or_none(key)
        if found is None:
            raise self.missing(key)
        return found

    def text_or_none(self, key: str) -> str | None:
        """A text that may be missing."""
        text = self._of(key, str, None)
        if text is not None and not text.strip():
            raise self.wrong(key, Message("is empty"))
        return None if text is None else str(text)

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty where it is missing."""
        return [str(value) for value in self._of(key, list, [])]

    def _of(self, key: str, kind: type, default: Any) -> Any:
        value = self.values.get(key, default)
        if value is not default and not isinstance(value, kind):
            raise self.wrong(key, Message("has a value of another kind: “{value}”", value=str(value)[:80]))
        return value

    def missing(self, key: str) -> DatasetError:
        """The error of a missing field."""
        reason = Message("the field “{field}” is missing", field=self._full(key))
        return _broken(self.path, reason, value=self._full(key))

    def wrong(self, key: str, what: Message) -> DatasetError:
        """The error of a field that cannot be what it is."""
        reason = Message("the field “{field}” {what}", field=self._full(key), what=what)
        return _broken(self.path, reason, value=self._full(key))


def _read(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            raise _broken(path, Message("it is larger than a mapping can be"))
        return tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise _broken(path, Message("it cannot be opened")) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(path, Message("it is no TOML ({reason})", reason=str(error))) from error


def _broken(
    path: Path, reason: Message, *, value: str | None = None, nearest: Sequence[str] = ()
) -> DatasetError:
    message = Message("The mapping “{path}” cannot be used: {reason}.", path=path, reason=reason)
    return DatasetError(message, value=str(path) if value is None else value, nearest=nearest)


def _texts(table: _Table) -> dict[str, str]:
    found = {key: table.text(key) for key in ("name", "publisher", "licence", "attribution")}
    for key in ("country", "attribution_url", "population_source"):
        text = table.text_or_none(key)
        if text is not None:
            found[key] = text
    return found | {"vintage": _vintage(table)}


def _vintage(table: _Table) -> str:
    given = table.values.get("vintage")
    if given is None:
        raise table.missing("vintage")
    try:
        return given.isoformat() if isinstance(given, date) else date.fromisoformat(given).isoformat()
    except (TypeError, ValueError) as error:
        raise table.wrong("vintage", Message("is no date (year-month-day)")) from error


def _file(table: _Table, folder: Path) -> FileMapping:
    return FileMapping(
        path=folder / table.text("path"), layer=table.text_or_none("layer"),
        crs=table.text_or_none("crs"), metric_crs=table.text_or_none("metric_crs"),
    )  # fmt: skip


def _place(table: _Table) -> PlaceMapping:
    unincorporated = table.table("unincorporated", _UNINCORPORATED, needed=False)
    return PlaceMapping(
        id=table.text("id"), name=table.text("name"), designation=table.text_or_none("designation") or "",
        designation_column=table.text_or_none("designation_column"),
        population=table.text_or_none("population"), skip=frozenset(table.texts("skip")),
        unincorporated_column=unincorporated.text("column") if unincorporated.values else None,
        unincorporated_values=frozenset(unincorporated.texts("values")),
    )  # fmt: skip


def _levels(table: _Table) -> dict[Level, LevelMapping]:
    names = [level.value for level in PARENT_LEVELS]
    levels = table.table("levels", names, needed=False)
    return {Level(name): _level(levels.table(name, _LEVEL)) for name in levels.values}


def _level(table: _Table) -> LevelMapping:
    prefix, column = table.values.get("prefix"), table.text_or_none("column")
    if (prefix is None) == (column is None):
        raise table.wrong("prefix", Message("or else the field “column” is needed, and only one of them"))
    if prefix is not None and (isinstance(prefix, bool) or not isinstance(prefix, int) or prefix < 1):
        raise table.wrong("prefix", Message("is no number of characters"))
    named = table.table("names", (), needed=False)
    return LevelMapping(
        prefix=prefix, column=column, name_column=table.text_or_none("name_column"),
        names={key: named.text(key) for key in named.values},
        designation=table.text_or_none("designation") or "", id_prefix=table.text_or_none("id_prefix") or "",
    )  # fmt: skip
