"""The source row of a canonical dataset: where it comes from, which licence it has, what its files hold."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.provenance import Provenance

SOURCE_FILE = "source.json"
FORMAT = "geoplan-boundaries-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file of a canonical dataset."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """The source row, as it stands beside the files."""

    provenance: Provenance
    licence_url: str
    retrieved: str
    """When the source was fetched, ISO date."""
    source: Mapping[str, str]
    """The archive that was read: package or address, version, ``sha256``."""
    population: Mapping[str, str]
    """Where the population figures come from: package, version, licence, attribution. Empty: no figures."""
    geometry: str
    """How the polygons differ from those of the source."""
    files: Mapping[str, FileRow]
    """By file name."""
    enrichment: Sequence[Mapping[str, Any]] = ()
    """Where figures that were joined to the boundaries come from: one row a source."""

    def to_json(self) -> str:
        """The file's text."""
        row = {
            "format": FORMAT,
            **asdict(self.provenance),
            "licence_url": self.licence_url,
            "retrieved": self.retrieved,
            "source": dict(self.source),
            "population": dict(self.population),
            "geometry": self.geometry,
            "files": {name: asdict(file) for name, file in self.files.items()},
        }
        if self.enrichment:
            row["enrichment"] = [dict(source) for source in self.enrichment]
        return json.dumps(row, ensure_ascii=False, indent=2) + "\n"


def read_source(folder: Path) -> SourceRow:
    """Read the source row of the dataset in ``folder``.

    Raises
    ------
    DatasetError
        It is missing, no JSON, of another format, or lacks a field.
    """
    path = folder / SOURCE_FILE
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _broken(path, Message("it does not exist")) from None
    except (OSError, ValueError, RecursionError) as error:
        raise _broken(path, Message("it is no JSON text")) from error
    if not isinstance(row, dict) or row.get("format") != FORMAT:
        raise _broken(path, Message("its format is not “{format}”", format=FORMAT))
    try:
        return _parsed(row)
    except KeyError as error:
        raise _broken(path, Message("the field “{field}” is missing", field=error.args[0])) from error
    except (TypeError, AttributeError, ValueError) as error:
        raise _broken(path, Message("its fields do not have the form expected")) from error


def _broken(path: Path, reason: Message) -> DatasetError:
    message = Message(
        "The source row “{path}” cannot be read: {reason}. Fetch the dataset again, or build it with"
        " “make data”.",
        path=path,
        reason=reason,
    )
    return DatasetError(message, value=str(path))


def _parsed(row: dict[str, Any]) -> SourceRow:
    fields = Provenance.__dataclass_fields__
    return SourceRow(
        provenance=Provenance(**{field: _text_or_none(row[field]) for field in fields}),
        licence_url=str(row["licence_url"]),
        retrieved=str(row["retrieved"]),
        source=dict(row["source"]),
        population=dict(row["population"]),
        geometry=str(row["geometry"]),
        files={
            name: FileRow(rows=int(file["rows"]), sha256=str(file["sha256"]))
            for name, file in row["files"].items()
        },
        enrichment=tuple(dict(source) for source in row.get("enrichment", ())),
    )


def _text_or_none(value: object) -> Any:
    return None if value is None else str(value)


def sha256(content: bytes) -> str:
    """The checksum as the source row writes it."""
    return hashlib.sha256(content).hexdigest()
