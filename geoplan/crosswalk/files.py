"""How a crosswalk lies in a file: Parquet with one row per link, or JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geoplan.crosswalk.crosswalk import Crosswalk
from geoplan.crosswalk.kinds import JOINED, Kind
from geoplan.crosswalk.values import Appearance, Change, Successor
from geoplan.errors import DatasetError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.units import Level

FORMAT = "geoplan-crosswalk-1"
_HEAD = b"geoplan"
_BROKEN = (KeyError, TypeError, AttributeError, ValueError, RecursionError, pa.ArrowException)
"""All that a file with other contents was seen to raise."""
_LINKS = pa.struct(
    [
        ("id", pa.string()), ("name", pa.string()), ("share", pa.float64()),
        ("population_share", pa.float64()), ("new_share", pa.float64()),
    ]
)  # fmt: skip
_COLUMNS = pa.schema(
    [
        ("id", pa.string()), ("name", pa.string()), ("designation", pa.string()), ("level", pa.string()),
        ("kind", pa.string()), ("new", pa.list_(_LINKS)), ("dropped", pa.float64()),
    ]
)  # fmt: skip


def write_crosswalk(path: Path, crosswalk: Crosswalk) -> None:
    """Write a crosswalk into a file; its ending (``.parquet``, ``.json``) says in which form.

    Raises
    ------
    UnknownChoiceError
        Another ending.
    OSError
        The system refused.
    """
    write = _of_ending(_WRITERS, path)
    draft = path.with_name(f".{path.name}.draft")
    try:
        write(draft, crosswalk)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_crosswalk(path: Path) -> Crosswalk:
    """Read a crosswalk that :func:`write_crosswalk` wrote.

    Raises
    ------
    UnknownChoiceError
        Another ending.
    DatasetError
        The file is missing or no crosswalk.
    """
    read = _of_ending(_READERS, path)
    try:
        head, rows = read(path)
        return _crosswalk(head, rows)
    except FileNotFoundError:
        message = Message("There is no file “{path}”.", path=path)
        raise DatasetError(message, value=str(path)) from None
    except (*_BROKEN, OSError) as error:
        message = Message(
            "“{path}” is no crosswalk. Make it again with “geoplan data crosswalk OLD NEW --out FILE”.",
            path=path,
        )
        raise DatasetError(message, value=str(path)) from error


def _of_ending(table: Mapping[str, Any], path: Path) -> Any:
    ending = path.suffix.lower()
    if ending not in table:
        message = Message("A crosswalk is kept in a file with another ending than “{value}”.", value=ending)
        raise UnknownChoiceError(message, value=str(path), nearest=sorted(table))
    return table[ending]


def _head(crosswalk: Crosswalk) -> dict[str, Any]:
    return {
        "format": FORMAT, **crosswalk.to_dict(),
        "appeared": [one.to_dict() for one in crosswalk.appeared],
    }  # fmt: skip


def _write_json(path: Path, crosswalk: Crosswalk) -> None:
    content = {**_head(crosswalk), "changes": [change.to_dict() for change in crosswalk.changes_of_all]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _read_json(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    content = json.loads(path.read_bytes())
    return content, content["changes"]


def _write_parquet(path: Path, crosswalk: Crosswalk) -> None:
    rows = [change.to_dict() for change in crosswalk.changes_of_all]
    head = json.dumps(_head(crosswalk), ensure_ascii=False)
    table = pa.Table.from_pylist(rows, schema=_COLUMNS.with_metadata({_HEAD: head.encode()}))
    pq.write_table(table, path, compression="zstd")


def _read_parquet(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    # Opened as bytes: Arrow's own reader takes a folder for a dataset of many files.
    table = pq.ParquetFile(pa.BufferReader(path.read_bytes())).read()
    return json.loads((table.schema.metadata or {})[_HEAD]), table.to_pylist()


_WRITERS: Mapping[str, Callable[[Path, Crosswalk], None]] = MappingProxyType(
    {".json": _write_json, ".parquet": _write_parquet}
)
_READERS: Mapping[str, Callable[[Path], tuple[dict[str, Any], list[dict[str, Any]]]]] = MappingProxyType(
    {".json": _read_json, ".parquet": _read_parquet}
)


ENDINGS = tuple(_WRITERS)
"""The endings of files that crosswalks are kept in."""


def _crosswalk(head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Crosswalk:
    if head["format"] != FORMAT:
        raise ValueError(head["format"])
    return Crosswalk(
        old=Provenance(**head["old"]), new=Provenance(**head["new"]), tolerance_m=float(head["tolerance_m"]),
        changes_of_all=tuple(_change(row) for row in rows),
        appeared=tuple(
            Appearance(id=str(one["id"]), name=str(one["name"]), level=Level(one["level"]))
            for one in head["appeared"]
        ),
    )  # fmt: skip


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        id=str(row["id"]), name=str(row["name"]), designation=str(row["designation"]),
        level=Level(row["level"]), kinds=tuple(Kind(kind) for kind in row["kind"].split(JOINED)),
        successors=tuple(Successor(**link) for link in row["new"]), dropped=float(row["dropped"]),
    )  # fmt: skip
