"""Which language a reader gets: as asked for, else as the browser prefers, else German."""

from collections.abc import Mapping

from fastapi import Request

from geoplan.messages import LANGUAGES


def language_of(request: Request) -> str:
    """The language of an answer: ``?lang=``, else ``Accept-Language``, else that of the settings."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return asked
    default: str = request.app.state.settings.lang
    return preferred(request.headers, default)


def preferred(headers: Mapping[str, str], default: str) -> str:
    """The spoken language that ``Accept-Language`` puts first; ``default`` where it names none."""
    wishes = [_wish(part) for part in headers.get("accept-language", "").split(",")]
    spoken = [(quality, lang) for lang, quality in wishes if lang in LANGUAGES and quality > 0]
    # max() keeps the first of equals, which is the order the browser sent them in.
    return max(spoken, key=lambda wish: wish[0])[1] if spoken else default


def _wish(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    name, _, number = parameter.strip().partition("=")
    quality = 1.0
    if name == "q":
        try:
            quality = float(number)
        except ValueError:
            quality = 0.0
    return tag.strip().lower().partition("-")[0], quality
