"""Long answers line by line, so that they are never whole in memory."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

NDJSON = "application/x-ndjson"
GEOJSON_SEQUENCE = "application/geo+json-seq"
RECORD_SEPARATOR = "\x1e"
"""What each text of a sequence begins with (RFC 8142, RFC 7464)."""

Row = dict[str, Any]


def collection_lines(features: Iterable[Row], members: Row) -> Iterator[str]:
    """A FeatureCollection, a feature a line; ``members`` stand before the features."""
    head = "".join(f"{_text(name)}:{_text(value)}," for name, value in members.items())
    yield f'{{"type":"FeatureCollection",{head}"features":['
    comma = "\n"
    for feature in features:
        yield f"{comma}{_text(feature)}"
        comma = ",\n"
    yield "\n]}\n"


def ndjson_lines(rows: Iterable[Row]) -> Iterator[str]:
    """A row a line."""
    return (f"{_text(row)}\n" for row in rows)


def sequence_lines(features: Iterable[Row]) -> Iterator[str]:
    """A GeoJSON text sequence (RFC 8142)."""
    return (f"{RECORD_SEPARATOR}{_text(feature)}\n" for feature in features)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def in_blocks(lines: Iterable[str], size: int) -> Iterator[bytes]:
    """``lines`` as blocks of about ``size`` characters: a packet a line would cost more than it carries."""
    block: list[str] = []
    length = 0
    for line in lines:
        block.append(line)
        length += len(line)
        if length >= size:
            yield "".join(block).encode()
            block, length = [], 0
    if block:
        yield "".join(block).encode()
