"""All that a store holds in one file, and back into an empty one: of one moment, checked before use."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, func, insert, select, text

from geoplan.boundaries.durable import sync_folder
from geoplan.errors import InvalidValueError, missing_file
from geoplan.messages import Message
from geoplan.plans.store import PlanStore, now
from geoplan.plans.tables import METADATA

FORMAT = "geoplan-backup"
FORMAT_VERSION = 1
MOST_BYTES = 2 * 2**30
"""Unpacked."""
PRIVATE = 0o600
"""A backup holds the plans, and the digests of the tokens."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was written or read: rows by table."""

    rows: Mapping[str, int]
    taken: str

    def to_dict(self) -> dict[str, Any]:
        """The counts as JSON."""
        return {"taken": self.taken, "rows": dict(self.rows)}


def back_up(store: PlanStore, path: Path) -> Backup:
    """Write everything in the store (plans, versions, audit trail, digests of tokens) to a file.

    All of it is read in one transaction, so that it is of one moment whoever writes meanwhile. The file is
    the same for SQLite and PostgreSQL: JSON, gzip, with a checksum.

    Raises
    ------
    OSError
        The file cannot be written.
    PlanStoreError
        The store cannot be read.
    """
    with store.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        layout = _layout(connection)
        tables = {table.name: _rows(connection, table) for table in METADATA.sorted_tables}
    content = json.dumps(tables, ensure_ascii=False, allow_nan=False)
    head = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "geoplan": version("geoplan"), "layout": layout,
        "taken": now(), "sha256": _digest(content),
    }  # fmt: skip
    _write(path, f"{json.dumps(head)}\n{content}")
    return _counted(tables, head)


def restore(store: PlanStore, path: Path) -> Backup:
    """Fill an empty store with what :func:`back_up` has written: all of it, or nothing.

    Raises
    ------
    MissingFileError
        There is no such file.
    InvalidValueError
        No backup, a damaged one, one of a newer geoplan, or the store is not empty.
    PlanStoreError
        The store cannot be written.
    """
    head, tables = _read(path)
    with store.writing() as connection:
        _check_layout(connection, head, path)
        _check_empty(connection, store)
        for table in METADATA.sorted_tables:
            if tables.get(table.name):
                connection.execute(insert(table), tables[table.name])
            _continue_numbers(connection, table)
    return _counted(tables, head)


def _rows(connection: Connection, table: Table) -> Rows:
    ordered = select(table).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(ordered).mappings()]


def _layout(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _write(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.touch(mode=PRIVATE)
        draft.write_bytes(gzip.compress(content.encode(), mtime=0))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _read(path: Path) -> tuple[dict[str, Any], dict[str, Rows]]:
    try:
        with gzip.open(path, "rb") as file:
            raw = file.read(MOST_BYTES + 1)
        first, _, content = raw.decode().partition("\n")
        head = json.loads(first)
        sound = len(raw) <= MOST_BYTES and head["format"] == FORMAT and head["sha256"] == _digest(content)
        tables = json.loads(content) if sound else None
    except FileNotFoundError as error:
        raise missing_file(path) from error
    except (OSError, EOFError, ValueError, KeyError, TypeError, RecursionError, zlib.error) as error:
        raise _no_backup(path) from error
    if not isinstance(tables, dict):
        raise _no_backup(path)
    return head, tables


def _no_backup(path: Path) -> InvalidValueError:
    message = Message("“{path}” is no backup of plans, or is damaged.", path=str(path))
    return InvalidValueError(message, value=str(path))


def _check_layout(connection: Connection, head: Mapping[str, Any], path: Path) -> None:
    if head.get("format_version") == FORMAT_VERSION and head.get("layout") == _layout(connection):
        return
    made_by = str(head.get("geoplan"))[:40]
    message = Message(
        "“{path}” was made by geoplan {value}, whose store is laid out in another way: restore it with that"
        " version, then upgrade.",
        path=str(path), value=made_by,
    )  # fmt: skip
    raise InvalidValueError(message, value=made_by)


def _check_empty(connection: Connection, store: PlanStore) -> None:
    for table in METADATA.sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            message = Message(
                "The store at {place} is not empty; a backup is restored into an empty one.",
                place=store.place,
            )
            raise InvalidValueError(message, value=store.place)


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL goes on counting from its own number, not from the largest that was put in."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    largest = func.max(column)
    connection.execute(select(func.setval(sequence, func.coalesce(largest, 1), largest.is_not(None))))


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _counted(tables: Mapping[str, Rows], head: Mapping[str, Any]) -> Backup:
    return Backup(rows={name: len(rows) for name, rows in tables.items()}, taken=str(head["taken"]))
