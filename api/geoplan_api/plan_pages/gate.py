"""Who gets to the pages of plans: whoever sits at the desk; on other servers they say how it is done."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request

from geoplan.atlas import Atlas
from geoplan.errors import NotPermittedError
from geoplan.messages import Message
from geoplan.plans import Actor, PlanStore
from geoplan_api.dependencies import AtlasDep, LanguageDep
from geoplan_api.desk import DESK, check_site
from geoplan_api.html import root_path
from geoplan_api.shared_store import shared_store

KEPT = ("lang", "theme", "dataset")
"""What the address of a page says about the reader; it goes along to the next one."""


class NoDeskError(NotPermittedError):
    """Plans are not kept here for those who come by a browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whoever sits at this machine, with the store and the data."""

    request: Request
    store: PlanStore
    actor: Actor
    atlas: Atlas
    lang: str

    def address(self, path: str, **said: str) -> str:
        """The address of a page under ``/plans``, in the language and the colours of this one."""
        query = self.request.query_params
        kept = {name: query.get(name) for name in KEPT if name not in said}
        asked = urlencode({name: value for name, value in {**said, **kept}.items() if value})
        return f"{root_path(self.request)}/plans{path}?{asked}".rstrip("?")


def at_desk(request: Request) -> None:
    """Make sure that it is the one person at this machine who asks.

    Raises
    ------
    NoDeskError
        The server is not the desk of one person.
    NotPermittedError
        The request comes from elsewhere.
    """
    if not request.app.state.desk:
        raise NoDeskError(Message("Plans are kept on a machine of your own, not on this server."))
    check_site(request)


def desk(
    request: Request, _allowed: Annotated[None, Depends(at_desk)], atlas: AtlasDep, lang: LanguageDep
) -> Desk:
    """The desk, for whoever may use it; a PlanStoreError where the store cannot be opened."""
    return Desk(request=request, store=shared_store(request).get(), actor=DESK, atlas=atlas, lang=lang)


DeskDep = Annotated[Desk, Depends(desk)]
