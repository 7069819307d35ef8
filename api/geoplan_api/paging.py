"""Where the next and the previous page of a list are: in the answer, and in ``Link`` (RFC 8288)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from starlette.datastructures import URL

Row = TypeVar("Row")
Links = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a list."""

    offset: int
    limit: int | None
    """``None``: all the rest."""

    def needed(self, most: int) -> int:
        """How many rows of the list have to be known: those of the page and one more, at most ``most``."""
        return most if self.limit is None else min(self.offset + self.limit + 1, most)

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of this page."""
        end = None if self.limit is None else self.offset + self.limit
        return list(rows[self.offset : end])

    def links(self, address: URL, known: int) -> Links:
        """Addresses of this page and of those beside it.

        Parameters
        ----------
        address
            Of this page.
        known
            How many rows the list has, as far as it is known.
        """
        links = {"self": str(address)}
        if self.limit is not None and known > self.offset + self.limit:
            links["next"] = str(address.include_query_params(offset=self.offset + self.limit))
        if self.offset:
            before = 0 if self.limit is None else max(self.offset - self.limit, 0)
            links["prev"] = str(address.include_query_params(offset=before))
        return links


def link_header(links: Links) -> dict[str, str]:
    """The header ``Link`` that says the same."""
    return {"link": ", ".join(f'<{address}>; rel="{name}"' for name, address in links.items())}
