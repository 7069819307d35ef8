"""Which old keys and names lead to which unit of today; kept beside the dataset that they lead to."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geoplan.crosswalk.crosswalk import Crosswalk
from geoplan.crosswalk.kinds import Kind
from geoplan.crosswalk.migration import Step
from geoplan.crosswalk.values import Change
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.search.designations import without_wish
from geoplan.search.spelling import form, with_umlauts_written_out
from geoplan.units import Level

LINEAGE_FILE = "lineage.parquet"
FORMAT = "geoplan-lineage-1"
_MARK = b"geoplan"
_SCHEMA = pa.schema(
    [
        ("id", pa.string()), ("name", pa.string()), ("designation", pa.string()), ("level", pa.string()),
        ("kind", pa.string()), ("new_ids", pa.list_(pa.string())), ("new_names", pa.list_(pa.string())),
        ("shares", pa.list_(pa.float64())), ("dataset", pa.string()), ("vintage_from", pa.string()),
        ("vintage_to", pa.string()),
    ],
    metadata={_MARK: json.dumps({"format": FORMAT}).encode()},
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """A unit of an older vintage whose key or name is not what it was."""

    id: str
    name: str
    designation: str
    level: Level
    kind: str
    new_ids: tuple[str, ...]
    """Where it is found today: the main successor, or all parts of a divided unit; empty where it is gone."""
    new_names: tuple[str, ...]
    shares: tuple[float, ...]
    """Of its area, one per successor."""
    dataset: str
    """The older dataset …"""
    vintage_from: str
    """… and its territorial status, in which it was there still."""
    vintage_to: str
    """The territorial status in which it is not there any more."""

    def to_dict(self) -> dict[str, Any]:
        """As a row of the table."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """The units of older vintages that a dataset knows the successors of."""

    ancestors: tuple[Ancestor, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, list[Ancestor]]:
        return _grouped((one.id, one) for one in self.ancestors)

    @cached_property
    def _by_name(self) -> dict[str, list[Ancestor]]:
        return _grouped((_written(one.name), one) for one in self.ancestors)

    def with_id(self, key: str) -> list[Ancestor]:
        """The ancestors that had this key, the youngest first."""
        return self._by_id.get(key, [])

    def steps(self, dataset: str, vintage: str) -> dict[str, Step]:
        """By id: what stands in the place of those units of a dataset that are not what they were."""
        return {
            one.id: Step(
                old_id=one.id, old_name=one.name, kind=one.kind,
                new=tuple(zip(one.new_ids, one.new_names, strict=True)),
            )
            for one in self.ancestors
            if (one.dataset, one.vintage_from) == (dataset, vintage)
        }  # fmt: skip

    def called(self, name: str) -> list[Ancestor]:
        """The ancestors of this name, however it is spelt, the youngest first; of the level that it says."""
        found = self._by_name.get(_written(name), [])
        parted = without_wish(form(name))
        if found or parted is None:
            return found
        bare, wish = parted
        named = self._by_name.get(with_umlauts_written_out(bare), [])
        return [one for one in named if one.level in wish.levels]

    def beginning_with(self, text: str) -> list[Ancestor]:
        """The ancestors whose key or name begins with a text."""
        begin = _written(text)
        by_id = [one for key, ancestors in self._by_id.items() if key.startswith(text) for one in ancestors]
        by_name = [
            one for name, ancestors in self._by_name.items() if begin and name.startswith(begin)
            for one in ancestors
        ]  # fmt: skip
        return list(dict.fromkeys([*by_id, *by_name]))


def _written(name: str) -> str:
    return with_umlauts_written_out(form(name))


def _grouped(pairs: Iterable[tuple[str, Ancestor]]) -> dict[str, list[Ancestor]]:
    found: dict[str, list[Ancestor]] = {}
    for key, ancestor in pairs:
        found.setdefault(key, []).append(ancestor)
    return {
        key: sorted(these, key=lambda one: one.vintage_from, reverse=True) for key, these in found.items()
    }


def lineage_of(crosswalk: Crosswalk) -> Lineage:
    """The old units of a crosswalk whose key or name is not that of their main successor."""
    return Lineage(
        ancestors=tuple(_ancestor(crosswalk, one) for one in crosswalk.changes_of_all if _is_former(one))
    )


def _is_former(change: Change) -> bool:
    main = change.main
    return main is None or Kind.SPLIT in change.kinds or (main.id, main.name) != (change.id, change.name)


def _ancestor(crosswalk: Crosswalk, change: Change) -> Ancestor:
    successors = change.successors if Kind.SPLIT in change.kinds else change.successors[:1]
    return Ancestor(
        id=change.id, name=change.name, designation=change.designation, level=change.level, kind=change.kind,
        new_ids=tuple(one.id for one in successors), new_names=tuple(one.name for one in successors),
        shares=tuple(one.share for one in successors), dataset=crosswalk.old.dataset,
        vintage_from=crosswalk.old.vintage, vintage_to=crosswalk.new.vintage,
    )  # fmt: skip


def lineage_path(dataset: Path) -> Path:
    """Where the lineage of a dataset lies: in its folder, or beside its file."""
    return dataset / LINEAGE_FILE if dataset.is_dir() else dataset.with_name(f"{dataset.name}.{LINEAGE_FILE}")


def save_lineage(dataset: Path, lineage: Lineage) -> Path:
    """Keep a lineage beside the dataset at a path; what other old vintages left there stays.

    Raises
    ------
    DatasetError
        What lies there is no lineage.
    OSError
        The system refused.
    """
    path = lineage_path(dataset)
    replaced = {(one.dataset, one.vintage_from) for one in lineage.ancestors}
    kept = [one for one in read_lineage(dataset).ancestors if (one.dataset, one.vintage_from) not in replaced]
    rows = [one.to_dict() for one in (*kept, *lineage.ancestors)]
    draft = path.with_name(f".{path.name}.draft")
    pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), draft, compression="zstd")
    draft.replace(path)
    return path


def read_lineage(dataset: Path) -> Lineage:
    """Read the lineage beside the dataset at a path; an empty one where there is none.

    Raises
    ------
    DatasetError
        The file is no lineage.
    """
    path = lineage_path(dataset)
    try:
        content = path.read_bytes()
    except OSError:
        return Lineage()
    try:
        table = pq.ParquetFile(pa.BufferReader(content)).read()
        return Lineage(ancestors=tuple(_from_row(row) for row in table.select(_SCHEMA.names).to_pylist()))
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        message = Message(
            "“{path}” is no lineage. Delete it, and make it again with"
            " “geoplan data crosswalk OLD NEW --save”.",
            path=path,
        )
        raise DatasetError(message, value=str(path)) from error


def _from_row(row: dict[str, Any]) -> Ancestor:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Ancestor(**values | {"level": Level(row["level"])})
