"""Where everything in a dossier was read, under which licence, by which files."""

from geoplan.messages import Message
from geoplan.networks.citations import cited
from geoplan.provenance import source_name
from geoplan.services import find_service
from geoplan_dossier.cells import Column, Kind, Table, written
from geoplan_dossier.dossier import Dossier
from geoplan_maps.wording import day as iso_day

COLUMNS = (
    Column(key="what", label=Message("What"), width=40),
    Column(key="source", label=Message("Source"), width=90),
    Column(key="for", label=Message("For"), width=60),
)

ASSUMED = Message("assumptions of the cost")


def data_lines(dossier: Dossier, lang: str) -> list[tuple[str, str]]:
    """The data the dossier rests on, as label and value."""
    data = dossier.origin.data
    population = source_name(data["population_source"], lang)
    return [
        (Message("Boundaries").text(lang), f"{data['dataset']}, {data['publisher']}"),
        (Message("Territorial status").text(lang), iso_day(str(data["vintage"]), lang)),
        (Message("Licence").text(lang), str(data["licence"])),
        (Message("Source note").text(lang), f"{data['attribution']}, {data['attribution_url']}"),
        (Message("Inhabitants").text(lang), population or Message("unknown").text(lang)),
        (Message("Rules as of").text(lang), written(dossier.network.on, Kind.DAY, lang)),
        (Message("geoplan version").text(lang), dossier.origin.geoplan_version),
    ]


def references(dossier: Dossier, lang: str) -> list[tuple[str, str]]:
    """Each source of a statement once, with what was read in it."""
    network, service = dossier.network, find_service(dossier.network.service)
    found: dict[str, list[str]] = {}
    said = [(check.source, check.label.text(lang)) for check in network.checks]
    said += [(form.source, form.form.label(lang)) for form in network.legal_forms]
    said += [(one.statement.reference, ASSUMED.text(lang)) for one in network.cost.assumptions]
    said += [(service.source, service.label(lang))]
    if network.cost.grant is not None:
        said += [(network.cost.grant.source, Message("grant").text(lang))]
    said += [(item.factor.statement.reference, item.factor.label.text(lang)) for item in dossier.checklist]
    for source, what in said:
        if source is not None and what not in found.setdefault(source, []):
            found[source].append(what)
    return [(source, "; ".join(found[source])) for source in sorted(found, key=_places_last)]


def _places_last(source: str) -> tuple[bool, str]:
    return source.startswith("http"), source


def sources(dossier: Dossier, lang: str) -> Table:
    """Data, references and checksums."""
    rows = [(label, value, None) for label, value in data_lines(dossier, lang)]
    rule = Message("Law, funding, assumptions").text(lang)
    read = [(rule, cited(source, lang), what) for source, what in references(dossier, lang)]
    sums = [(f"sha256 {name}", value, None) for name, value in dossier.origin.files.items()]
    return Table(key="sources", title=Message("Sources"), columns=COLUMNS, rows=(*rows, *read, *sums))
