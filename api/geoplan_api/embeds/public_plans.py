"""Which plans an embed may show: those that the operator has made public, and all of them at the desk."""

from fastapi import Request

from geoplan.errors import NotPermittedError
from geoplan.messages import Message
from geoplan.plans import Plan
from geoplan_api.dependencies import app_settings
from geoplan_api.desk import check_site
from geoplan_api.shared_store import shared_store


def readable_plan(request: Request, plan_id: str) -> tuple[Plan, bool]:
    """A plan, and whether anybody may see it.

    Raises
    ------
    NotPermittedError
        It is not public; said in the same words where there is none, so that nobody learns which there are.
    UnknownPlanError
        It is public and does not exist (any more).
    PlanStoreError
        The store cannot be opened.
    """
    public = plan_id in app_settings(request).public_plans
    if not public:
        _check_desk(request, plan_id)
    return shared_store(request).get().get(plan_id).plan, public


def _check_desk(request: Request, plan_id: str) -> None:
    if not request.app.state.desk:
        message = Message(
            "The plan “{value}” is not public. Whoever runs this server names public plans in"
            " GEOPLAN_PUBLIC_PLANS.",
            value=plan_id,
        )
        raise NotPermittedError(message, value=plan_id)
    check_site(request)
