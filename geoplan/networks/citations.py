"""What the sources are called that rules, statutes, forms and assumptions rest on, by their addresses."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from geoplan.evidence import Source, read_sources, read_toml

FILES = (
    ("geoplan.networks", ("legal.toml", "cost.toml")),
    ("geoplan.services", ("services.toml",)),
)
PACKS = "geoplan.rules.packs"


@cache
def source_titles() -> Mapping[str, str]:
    """The title of each source that has an address; where files call it differently, that of the rules."""
    found: dict[str, str] = {}
    for source in _sources():
        if source.url is not None:
            found.setdefault(source.url, source.title)
    return found


def _sources() -> Iterator[Source]:
    packs = sorted(one.name for one in resources.files(PACKS).iterdir() if one.name.endswith(".toml"))
    for package, names in ((PACKS, tuple(packs)), *FILES):
        for name in names:
            yield from read_sources(read_toml(package, name)).values()


def cited(reference: str) -> str:
    """A source as a reader finds it: title and address."""
    title = source_titles().get(reference)
    return reference if title is None else f"{title}, {reference}"
