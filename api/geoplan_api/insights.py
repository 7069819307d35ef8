"""What suggestions are answered with where more is asked for: stability, and whom to talk to together."""

from geoplan.atlas import Atlas
from geoplan.insight import Constellation, constellations, stabilities
from geoplan.suggestions import SuggestionList
from geoplan.suggestions.suggest import Asked, read_inquiry
from geoplan_api.answers import Answer


def suggestions_answer(answer: SuggestionList, lang: str, stable: dict[str, float] | None = None) -> Answer:
    """Suggestions as the contract writes them; ``stable`` adds the share of weightings to each."""
    said = answer.to_dict(lang)
    if stable is not None:
        for suggestion in said["suggestions"]:
            suggestion["stability"] = stable[suggestion["id"]]
    return said


def stability_of(atlas: Atlas, unit: str, asked: Asked) -> dict[str, float]:
    """By id: the share of 1,000 weightings that put a unit among the first five."""
    return stabilities(read_inquiry(atlas, unit, asked))


def constellations_of(atlas: Atlas, unit: str, asked: Asked) -> list[Constellation]:
    """Whom to talk to together."""
    return constellations(read_inquiry(atlas, unit, asked))
