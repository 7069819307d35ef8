"""What the sources are called that rules, statutes, forms and assumptions rest on, by their addresses."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from geoplan.evidence import Source, read_sources, read_toml
from geoplan.messages import Message

FILES = (
    ("geoplan.networks", ("legal.toml", "cost.toml")),
    ("geoplan.services", ("services.toml",)),
)
PACKS = "geoplan.rules.packs"
OWN = {
    "geoplan: planerische Einschätzung": Message("geoplan: planning judgement"),
    "geoplan: planerische Einschätzung nach der Lage": Message("geoplan: planning judgement by location"),
    "geoplan: planerische Einschätzung (Annahme, im Planer zu ändern)": Message(
        "geoplan: planning judgement (a default that can be changed)"
    ),
    "geoplan: planerische Einschätzung je Aufgabenfeld": Message(
        "geoplan: planning judgement for each service field (a default that can be changed)"
    ),
    "geoplan: Einordnung des Projekts": Message("geoplan: classification by the project"),
    "geoplan: nicht an der Quelle geprüfte Angabe": Message("geoplan: not verified in the source"),
}
"""The judgements of this project, by the titles that the files of facts give them."""


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


def reference_text(reference: str, lang: str) -> str:
    """A reference in the reader's language: an address as it is, a judgement of this project by its name."""
    return OWN[reference].text(lang) if reference in OWN else reference


def cited(reference: str, lang: str) -> str:
    """A source as a reader finds it: title and address."""
    title = source_titles().get(reference)
    return reference_text(reference, lang) if title is None else f"{title}, {reference}"
