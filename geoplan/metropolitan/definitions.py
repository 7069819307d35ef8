"""Which European metropolitan regions there are, and which county keys are their members."""

import datetime
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geoplan.errors import InvalidKeyError
from geoplan.evidence import LocalText, Source, Statement, Table, read_sources, read_toml
from geoplan.keys import COUNTY_DIGITS, parse_key
from geoplan.messages import Message

ID_PREFIX = "mr-"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetropolitanRegion:
    """A region as its members published it."""

    id: str
    name: LocalText
    part_of: str | None
    """The region this is a half of, where two bodies stand for one (Rhein-Ruhr)."""
    legal_form: LocalText
    cores: tuple[str, ...]
    """The member cities it is named for, the largest first."""
    members: tuple[str, ...]
    """County keys."""
    not_members: tuple[str, ...]
    """Counties that lie inside without being members."""
    wider: tuple[str, ...]
    """Counties of a wider circle that some publications count in."""
    wider_statement: Statement | None
    statement: Statement
    """Evidence for the list of members."""
    exceptions: Mapping[str, Statement]
    """Evidence for members where it differs from that of the list."""
    as_of: datetime.date

    def membership(self, key: str) -> Statement:
        """The evidence for one member."""
        return self.exceptions.get(key, self.statement)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The region as JSON, each member with its mark."""
        wider = None if self.wider_statement is None else self.wider_statement.to_dict(lang)
        return {
            "id": self.id, "name": self.name.text(lang), "part_of": self.part_of,
            "legal_form": self.legal_form.text(lang),
            "members": [{"id": key, **self.membership(key).to_dict(lang)} for key in self.members],
            "not_members": list(self.not_members),
            "wider": {"members": list(self.wider), "statement": wider},
            "statement": self.statement.to_dict(lang), "as_of": self.as_of.isoformat(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """County keys that differ between vintages: ``old`` keys became ``new``, which may be one of them."""

    new: str
    old: tuple[str, ...]
    since: datetime.date
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCatalogue:
    """All metropolitan regions, by id, and the changes of county keys they are read with."""

    regions: dict[str, MetropolitanRegion]
    key_changes: tuple[KeyChange, ...]

    def county_keys(self, key: str, known: Container[str]) -> tuple[str, ...]:
        """The keys by which a vintage that has ``known`` counties has the county ``key``.

        A county that was merged is found by its parts in older vintages and by the whole in newer ones;
        empty where the vintage has none of them.
        """
        parts = [
            part for change in self.key_changes if change.new == key for part in change.old if part in known
        ]
        if parts:
            return tuple(parts)
        if key in known:
            return (key,)
        return tuple(change.new for change in self.key_changes if key in change.old and change.new in known)


@cache
def load_regions() -> RegionCatalogue:
    """Return the catalogue of metropolitan regions.

    Raises
    ------
    DataError
        The catalogue is damaged; the message names the entry and the field.
    """
    return parse_regions(read_toml("geoplan.metropolitan", "regions.toml"))


def parse_regions(document: Table) -> RegionCatalogue:
    """Read the table of regions; errors as in :func:`load_regions`."""
    as_of, sources = document.day("as_of"), read_sources(document)
    catalogue = RegionCatalogue(
        regions={key: _region(key, table, sources, as_of) for key, table in document.named_tables("regions")},
        key_changes=tuple(_key_change(table, sources) for table in document.tables("key_changes")),
    )
    document.finish()
    return catalogue


def _region(
    key: str, table: Table, sources: Mapping[str, Source], as_of: datetime.date
) -> MetropolitanRegion:
    if not key.startswith(ID_PREFIX):
        table.fail("id", Message("the id of a region starts with {prefix}", prefix=ID_PREFIX))
    members = _county_keys(table, "members")
    wider = table.table("wider") if "wider" in table else None
    region = MetropolitanRegion(
        id=key,
        name=table.local_text("name"),
        part_of=table.optional_text("part_of"),
        legal_form=table.local_text("legal_form"),
        cores=table.known_texts("cores", members),
        members=members,
        not_members=_county_keys(table, "not_members") if "not_members" in table else (),
        wider=() if wider is None else _county_keys(wider, "members"),
        wider_statement=None if wider is None else wider.statement(sources),
        statement=table.statement(sources),
        exceptions=_exceptions(table, members, sources) if "exceptions" in table else {},
        as_of=as_of,
    )
    for read in (table, wider):
        if read is not None:
            read.finish()
    for field, keys in (("not_members", region.not_members), ("wider.members", region.wider)):
        for both in sorted(set(keys) & set(members)):
            table.fail(field, Message("“{value}” is a member", value=both))
    return region


def _exceptions(
    table: Table, members: tuple[str, ...], sources: Mapping[str, Source]
) -> dict[str, Statement]:
    statements = {}
    for key, exception in table.named_tables("exceptions"):
        if key not in members:
            table.fail(f"exceptions.{key}", Message("“{value}” is no member", value=key))
        statements[key] = exception.statement(sources)
        exception.finish()
    return statements


def _county_keys(table: Table, field: str) -> tuple[str, ...]:
    keys = table.distinct_texts(field)
    for place, key in enumerate(keys):
        _check_county_key(table, f"{field}[{place}]", key)
    return keys


def _check_county_key(table: Table, field: str, key: str) -> None:
    try:
        is_county = parse_key(key) == key and len(key) == COUNTY_DIGITS
    except InvalidKeyError:
        is_county = False
    if not is_county:
        table.fail(field, Message("“{value}” is not the key of a county", value=key))


def _key_change(table: Table, sources: Mapping[str, Source]) -> KeyChange:
    change = KeyChange(
        new=table.text("new"),
        old=_county_keys(table, "old"),
        since=table.day("since"),
        statement=table.statement(sources),
    )
    _check_county_key(table, "new", change.new)
    table.finish()
    return change
