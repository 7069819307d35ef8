"""The adjacency of more polygons than memory holds: the relational plan in DuckDB, spilling to disk."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geoplan.adjacency.build import DEFAULT_TOLERANCE_M, Adjacency
from geoplan.adjacency.rows import SegmentRows, segment_rows
from geoplan.adjacency.strips import MARGIN_TOLERANCES, Suspects, node_strip
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

LEAST_MEMORY = 15 * 10**8
_RESERVE = 9 * 10**8
"""For Python with its libraries, a batch of polygons and what comes out (measured with a million units)."""
_DATABASE_SHARE, _STRIP_SHARE = 0.6, 0.25
"""Of the rest, for DuckDB, which takes a little more than it is told, and for a strip."""
_BYTES_PER_SUSPECT = 1500
"""What noding takes for a segment, with its boxes and the tree over them (measured)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What an engine may take of one machine."""

    memory_bytes: int
    folder: Path | None = None
    """Where rows lie that memory does not hold; a temporary folder by default."""
    threads: int | None = None
    """How many DuckDB runs at once; as many as there are cores by default."""
    rows_at_a_time: int | None = None
    """Segments that are noded at a time; as many as the memory takes by default."""

    def share(self, share: float) -> int:
        """Bytes of what is left beside the reserve."""
        return int(share * (self.memory_bytes - _RESERVE))

    @property
    def strip_rows(self) -> int:
        """How many segments are noded at a time."""
        return self.rows_at_a_time or int(self.share(_STRIP_SHARE) / _BYTES_PER_SUSPECT)


def stream_adjacency(
    batches: Iterable[NDArray[np.object_]], budget: Budget, *, tolerance_m: float = DEFAULT_TOLERANCE_M
) -> Adjacency:
    """Find what :func:`build_adjacency` finds, of polygons that come a batch at a time.

    Parameters
    ----------
    batches
        Arrays of polygons and multipolygons in one metric CRS; units are numbered through all batches.
    budget
        Memory of the whole process: one batch, and the pairs that come out, have to fit into it.

    Raises
    ------
    InvalidValueError
        As in :func:`build_adjacency`, or a budget below 1.5 GB.
    ModuleNotFoundError
        DuckDB is not installed (the extra ``scale``).
    """
    if budget.memory_bytes < LEAST_MEMORY:
        message = Message(
            "The memory has to be at least {least} MB, not {value}.",
            least=LEAST_MEMORY // 10**6, value=budget.memory_bytes // 10**6,
        )  # fmt: skip
        raise InvalidValueError(message, value=budget.memory_bytes)
    with _database(budget) as database:
        count = _load(database, batches, tolerance_m)
        for statement in _MATCH:
            database.execute(statement)
        _node(database, budget.strip_rows, tolerance_m)
        for statement in _GROUP:
            database.execute(statement)
        borders = database.execute("SELECT a, b, metres FROM borders ORDER BY a, b").fetchnumpy()
        touching = database.execute("SELECT a, b FROM touching ORDER BY a, b").fetchnumpy()
    return Adjacency(
        count=count, pairs=_pairs(borders), border_m=borders["metres"].astype(np.float64),
        point_pairs=_pairs(touching),
    )  # fmt: skip


@contextmanager
def _database(budget: Budget) -> Iterator[Any]:
    import duckdb  # noqa: PLC0415 - an extra, and 50 MB that no other answer needs

    with TemporaryDirectory(prefix="geoplan-", dir=budget.folder) as folder:
        database = duckdb.connect(str(Path(folder) / "segments.duckdb"))
        try:
            database.execute(f"SET memory_limit = '{budget.share(_DATABASE_SHARE) // 2**20}MiB'")
            database.execute(f"SET temp_directory = '{folder}'")
            database.execute("SET preserve_insertion_order = false")
            if budget.threads is not None:
                database.execute(f"SET threads = {budget.threads}")
            yield database
        finally:
            database.close()


def _load(database: Any, batches: Iterable[NDArray[np.object_]], tolerance_m: float) -> int:
    """Put the segments of all units into the database; return how many units there are."""
    database.execute(_SEGMENTS)
    count = row = 0
    for geometries in batches:
        rows, taken = segment_rows(geometries, tolerance_m, first_unit=count, first_row=row)
        _insert(database, "segments", rows.columns())
        count, row = count + len(geometries), row + taken
    return count


def _insert(database: Any, table: str, columns: dict[str, NDArray[Any]]) -> None:
    database.register("incoming", pa.table({name: pa.array(column) for name, column in columns.items()}))
    database.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    database.unregister("incoming")


def _node(database: Any, strip_rows: int, tolerance_m: float) -> None:
    """Node the suspects strip by strip."""
    for edges in _strips(database, strip_rows):
        suspects, own = _suspects(database, edges, MARGIN_TOLERANCES * tolerance_m)
        found = node_strip(suspects, own, tolerance_m)
        pieces = found.pieces
        _insert(
            database, "pieces", {"unit": pieces.unit, "key": pieces.key, "metres": pieces.length_m}
        )  # fmt: skip
        _insert(database, "contacts", {"unit": found.contact_unit, "key": found.contact_key})
        _insert(database, "renames", {"old": found.old_key, "new": found.new_key})


def _strips(database: Any, strip_rows: int) -> list[tuple[float, float]]:
    """West and east of the strips: each owns about as many suspects."""
    edges = database.execute(
        """SELECT min(west) AS west FROM (SELECT west, (row_number() OVER (ORDER BY west) - 1) // ? AS strip
            FROM suspects) GROUP BY strip""",
        [strip_rows],
    ).fetchnumpy()["west"]
    inner = np.unique(edges)[1:].tolist()
    return list(zip([-np.inf, *inner], [*inner, np.inf], strict=True)) if len(edges) else []


def _suspects(
    database: Any, edges: tuple[float, float], margin_m: float
) -> tuple[Suspects, NDArray[np.bool_]]:
    """The suspects that a strip owns or that may touch those, and which are its own."""
    west, east = edges
    (reach,) = database.execute(
        "SELECT max(east) FROM suspects WHERE west >= ? AND west < ?", [west, east]
    ).fetchone()
    found = database.execute(
        "SELECT * FROM suspects WHERE east >= ? AND west <= ?", [west - margin_m, (reach or east) + margin_m]
    ).fetchnumpy()
    columns = {name: np.asarray(found[name]) for name in SegmentRows.__dataclass_fields__}
    own = (found["west"] >= west) & (found["west"] < east)
    return Suspects(rows=SegmentRows(**columns), partner=np.asarray(found["partner"], np.int32)), np.asarray(
        own
    )


def _pairs(columns: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
    return np.column_stack([np.asarray(columns[name], np.int64) for name in ("a", "b")])


_SEGMENTS = """CREATE TABLE segments (
    "row" BIGINT, unit INTEGER, key UBIGINT, start_key UBIGINT, end_key UBIGINT,
    x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE, "left" BOOLEAN, holed BOOLEAN)"""

_MATCH = (
    # Two segments lie on one another alone; they overlap where both units are on the same side.
    """CREATE TABLE matches AS SELECT key, min(unit) AS a, max(unit) AS b,
        arg_min(sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)), unit) AS metres,
        count(*) = 2 AND NOT (min(start_key) = max(start_key) AND min("left") = max("left")) AS alone
        FROM segments GROUP BY key""",
    """CREATE TABLE suspects AS
        SELECT s.*, least(s.x0, s.x1) AS west, greatest(s.x0, s.x1) AS east, -1 AS partner FROM segments s
            WHERE key IN (SELECT key FROM matches WHERE NOT alone)
        UNION ALL
        SELECT s.*, least(s.x0, s.x1), greatest(s.x0, s.x1), m.a + m.b - s.unit FROM segments s
            JOIN matches m USING (key) WHERE s.holed AND m.alone""",
    "CREATE TABLE pieces (unit INTEGER, key UBIGINT, metres DOUBLE)",
    "CREATE TABLE contacts (unit INTEGER, key UBIGINT)",
    "CREATE TABLE renames (old UBIGINT, new UBIGINT)",
)
"""From segments to those with a partner and those that the completion looks at."""

_GROUP = (
    """CREATE TABLE borders AS SELECT a, b, sum(metres) AS metres FROM (
        SELECT a, b, metres FROM matches WHERE alone AND a < b
        UNION ALL
        SELECT p.unit, q.unit, p.metres
            FROM (SELECT unit, key, min(metres) AS metres FROM pieces GROUP BY unit, key) p
            JOIN (SELECT DISTINCT unit, key FROM pieces) q ON p.key = q.key AND p.unit < q.unit
    ) GROUP BY a, b""",
    "DROP TABLE matches",
    """CREATE VIEW places AS SELECT s.unit, coalesce(r.new, s.start_key) AS key FROM segments s
            LEFT JOIN (SELECT old, min(new) AS new FROM renames GROUP BY old) r ON s.start_key = r.old
        UNION ALL SELECT unit, key FROM contacts""",
    """CREATE TABLE at_places AS SELECT key, min(unit) AS a, max(unit) AS b, count(*) AS n FROM places
        GROUP BY key HAVING min(unit) < max(unit)""",
    """CREATE TABLE crowd AS SELECT DISTINCT unit, key FROM places
        WHERE key IN (SELECT key FROM at_places WHERE n > 2)""",
    """CREATE TABLE touching AS SELECT a, b FROM (
        SELECT a, b FROM at_places WHERE n = 2
        UNION SELECT p.unit, q.unit FROM crowd p JOIN crowd q ON p.key = q.key AND p.unit < q.unit
    ) met WHERE NOT EXISTS (FROM borders WHERE borders.a = met.a AND borders.b = met.b)""",
)
"""From matched segments and pieces to borders, and from places to units that touch in points.

Of what strips say of a key the smallest new one is right, as in ``steps.renames_of``.
"""
