"""Which files make up a site of a county: pages by language and service, map, scripts, notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import LANGUAGES, Message
from geoplan.services import find_service
from geoplan.units import AdministrativeUnit, Level
from geoplan_api.site_export.assets import asset_files, geometry_files
from geoplan_api.site_export.notes import note_files
from geoplan_api.site_export.pages import LanguageSite

Files = dict[str, bytes]
"""By path below the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRequest:
    """What is to be exported."""

    county: AdministrativeUnit
    services: tuple[str, ...]
    """None: one page a municipality for cooperation in general, and no white spots."""
    langs: tuple[str, ...]
    """The first one's pages lie at the top, the others in a folder of their own."""
    planner: str | None
    """Where the planner is found, without a slash at its end."""


def site_request(
    atlas: Atlas, county: str, *, services: Sequence[str], langs: Sequence[str], planner: str | None
) -> SiteRequest:
    """Read what is to be exported.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError
        No such unit or service.
    InvalidValueError
        The unit is no county.
    """
    unit = atlas.unit(county)
    if unit.level != Level.COUNTY:
        message = Message("{name} is no county; a site is made of one county.", name=unit.title)
        raise InvalidValueError(message, value=unit.id, nearest=[unit.county] if unit.county else [])
    keys = tuple(dict.fromkeys(find_service(one).key for one in services))
    return SiteRequest(
        county=unit, services=keys, langs=tuple(langs) or LANGUAGES[:1],
        planner=None if planner is None else planner.rstrip("/"),
    )  # fmt: skip


def export_site(atlas: Atlas, request: SiteRequest) -> Files:
    """The files of a site; the same request of the same data gives the same bytes.

    Errors as in :func:`geoplan.suggest` and :func:`geoplan.insight.white_spots`.
    """
    made: Files = {}
    for number, lang in enumerate(request.langs):
        folder = "" if number == 0 else f"{lang}/"
        others = tuple((one, _way(folder, request.langs, one)) for one in request.langs if one != lang)
        site = LanguageSite(
            atlas=atlas, county=request.county, services=request.services, lang=lang, folder=folder,
            planner=request.planner, others=others,
        )  # fmt: skip
        made |= dict(site.files())
    made |= dict(_shared(atlas, request))
    return dict(sorted(made.items()))


def _way(folder: str, langs: tuple[str, ...], other: str) -> str:
    """From the index in ``folder`` to that in another language."""
    up = "../" if folder else ""
    return f"{up}index.html" if other == langs[0] else f"{up}{other}/index.html"


def _shared(atlas: Atlas, request: SiteRequest) -> Iterator[tuple[str, bytes]]:
    yield from asset_files()
    yield from geometry_files(atlas, request.county.id)
    yield from note_files(
        atlas, county=request.county, services=request.services, langs=request.langs, planner=request.planner
    )
