"""Which places are connected though no border on land joins them: the reviewed links of ``links.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from geoplan.evidence import LocalText, Mark, Source, Statement, Table, read_sources, read_toml


class LinkKind(StrEnum):
    """What joins the two places."""

    FERRY = "ferry"
    BRIDGE = "bridge"
    CAUSEWAY = "causeway"
    EXCLAVE = "exclave"
    """The way runs through another country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two places that count as neighbours."""

    one: str
    """AGS."""
    other: str
    kind: LinkKind
    label: LocalText
    statement: Statement

    @property
    def usable(self) -> bool:
        """Whether the link has been checked; one from memory joins nobody."""
        return self.statement.mark in (Mark.VERIFIED, Mark.DERIVED)


@cache
def load_links() -> tuple[Link, ...]:
    """The links, in the order of the file.

    Raises
    ------
    DataError
        The file is damaged; the message names the entry and the field.
    """
    return parse_links(read_toml("geoplan.networks", "links.toml"))


def parse_links(document: Table) -> tuple[Link, ...]:
    """Read a table of links; errors as in :func:`load_links`."""
    document.day("as_of")
    sources = read_sources(document)
    links = tuple(_link(table, sources) for table in document.tables("links"))
    document.finish()
    return links


def _link(table: Table, sources: Mapping[str, Source]) -> Link:
    one, other = table.text("one"), table.text("other")
    link = Link(
        one=one, other=other, kind=table.choice("kind", LinkKind),
        label=table.local_text("label"), statement=table.statement(sources),
    )  # fmt: skip
    table.finish()
    return link
