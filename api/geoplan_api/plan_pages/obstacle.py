"""Why nothing is computed of the network of a plan: for which value, what is kept, and what leads on."""

from dataclasses import dataclass

from geoplan.atlas import Atlas
from geoplan.errors import GeoplanError
from geoplan.messages import IsoDay, Message
from geoplan.plans import Plan
from geoplan.plans.answer import is_stale
from geoplan_api.dependencies import all_atlases
from geoplan_api.plan_pages.gate import Desk
from geoplan_api.plan_pages.told import members_told

WHAT = Message(
    "Fit, map, checks, cost and dossier cannot be computed: {reason} Everything that the plan holds is kept."
)
UNKNOWN = Message("The dataset in use, {here}, does not know {units}.")
UNKNOWN_ELSEWHERE = Message("The dataset in use, {here}, does not know {units}; the plan rests on {made}.")
DATASET = Message("{dataset} (territorial status {vintage})")
MIGRATE = Message("This brings the plan to the dataset in use; --dry-run shows beforehand what changes:")
INSTALL = Message("The dataset of the plan is newer and not there. This shows which can be had:")
OTHER_DATASET = Message("Computed with the dataset in use, {here}; the plan rests on {made}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What keeps a network from being computed."""

    text: str
    """In the reader's language."""
    address: str = ""
    """Where the plan is shown with the dataset that it was made with, if that can be asked for here."""
    command: tuple[str, str] | None = None
    """What a command would do, and the command."""
    section: str = ""
    """Key of the section in which it can be mended."""


def obstacle_of(plan: Plan, error: GeoplanError, desk: Desk) -> Obstacle:
    """The obstacle that ``error`` tells of, as whoever carries on the plan reads it."""
    unknown = [name for name, known in members_told(plan, desk.atlas) if not known]
    if not unknown:
        text = WHAT.filled(reason=error.text(desk.lang)).text(desk.lang)
        return Obstacle(text=text, section="facts" if error.value in plan.facts else "network")
    stale = is_stale(plan, desk.atlas.provenance)
    reason = (UNKNOWN_ELSEWHERE if stale else UNKNOWN).filled(
        **_datasets(plan, desk.atlas), units=", ".join(unknown)
    )
    text = WHAT.filled(reason=reason).text(desk.lang)
    if not stale:
        return Obstacle(text=text, section="network")
    made = plan.provenance
    held = all_atlases(desk.request).holding(made.dataset, made.vintage)
    return Obstacle(
        text=text, section="network", command=_command(plan, desk),
        address="" if held is None else desk.address(f"/{plan.id}", dataset=held),
    )  # fmt: skip


def other_dataset_told(plan: Plan, desk: Desk) -> str:
    """With what the network is computed, where the plan was made with something else; else empty."""
    if not is_stale(plan, desk.atlas.provenance):
        return ""
    return OTHER_DATASET.filled(**_datasets(plan, desk.atlas)).text(desk.lang)


def _datasets(plan: Plan, atlas: Atlas) -> dict[str, Message]:
    here, made = atlas.provenance, plan.provenance
    return {
        "here": DATASET.filled(dataset=here.dataset, vintage=IsoDay(here.vintage)),
        "made": DATASET.filled(dataset=made.dataset, vintage=IsoDay(made.vintage)),
    }


def _command(plan: Plan, desk: Desk) -> tuple[str, str]:
    """Vintages are ISO dates, and what became of units is known forwards only."""
    if (plan.provenance.vintage or "") > desk.atlas.provenance.vintage:
        return INSTALL.text(desk.lang), "geoplan data list"
    return MIGRATE.text(desk.lang), f"geoplan plan migrate {plan.id}"
