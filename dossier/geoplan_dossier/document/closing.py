"""The last sections: how the score is computed, on which data, and where everything was read."""

from geoplan.criteria import CRITERIA
from geoplan.messages import Message, format_number
from geoplan.networks.citations import reference_text, source_titles
from geoplan_dossier.document.parts import Part, heading, paragraph
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets.sources import data_lines, references

HOW = Message(
    "For each pair of members and in both directions, each criterion is turned into a degree of fulfilment"
    " between 0 and 1. The score of a pair is the sum of weight times degree, the weights of the known"
    " criteria adding up to 1; what is unknown counts neither for nor against. The fit of a member is the"
    " mean of its pairs, the fit of the network the mean of its members."
)
HOW_SEEDS = Message("Half of it is the mean of those who asked for the network: {names}.")
HOW_WEIGHTS = Message(
    "The weights are planning defaults that the field of cooperation shapes; rules of law and funding never"
    " change the score."
)
WEIGHTS_CHANGED = Message("Weights that were changed for this dossier: {weights}.")
RECORD = Message(
    "Whoever wants to compute this dossier once more asks for it as JSON: it holds what was asked and found,"
    " and “geoplan verify” compares it field by field. Checksum of the results (SHA-256): {checksum}"
)


def closing_section(dossier: Dossier, lang: str, results_sha256: str) -> list[Part]:
    """How the score comes about, data and sources; at the very end how all of it can be verified."""
    seeds = ", ".join(member.title for member in dossier.members if member.seed)
    changed = ", ".join(
        f"{CRITERIA[key].label.text(lang)} {format_number(weight, 2, lang)}"
        for key, weight in dossier.request.weights.items()
    )
    said = [HOW, *([HOW_SEEDS.filled(names=seeds)] if seeds else []), HOW_WEIGHTS]
    said += [WEIGHTS_CHANGED.filled(weights=changed)] if changed else []
    facts = data_lines(dossier, lang)
    items = [
        {
            "number": f"[{number}]",
            "title": source_titles().get(source, ""),
            "source": reference_text(source, lang),
            "for": what,
        }
        for number, (source, what) in enumerate(references(dossier, lang), start=1)
    ]
    return [
        heading(Message("How the fit is computed").text(lang)),
        paragraph(" ".join(part.text(lang) for part in said)),
        heading(Message("Data").text(lang)),
        {"part": "facts", "rows": [list(fact) for fact in facts]},
        heading(Message("Sources").text(lang)),
        {"part": "references", "items": items},
        paragraph(RECORD.filled(checksum=results_sha256).text(lang), small=True),
    ]
