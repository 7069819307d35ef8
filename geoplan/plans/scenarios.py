"""The network of a plan as a scenario that can be compared with others."""

from collections.abc import Sequence

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks import Intentions, Scenario
from geoplan.networks.comparison import MOST_NAME_CHARACTERS
from geoplan.networks.intentions import with_facts
from geoplan.plans.model import Plan


def scenario_of(plan: Plan, name: str) -> Scenario:
    """What a plan has set down of its network; as in the plan, nothing is assumed of what it leaves open.

    Raises
    ------
    InvalidValueError
        The plan names no members or no service, or states what no rule asks for any more.
    """
    service = plan.network.service
    if service is None or not plan.network.members:
        message = Message(
            "The plan {id} cannot be compared: it names no members or no service field.", id=plan.id
        )
        raise InvalidValueError(message, value=plan.id)
    return Scenario(
        name=name, members=plan.network.members, service=service,
        intentions=with_facts(Intentions(), plan.facts),
    )  # fmt: skip


def told_apart(plans: Sequence[Plan]) -> list[str]:
    """A name for each plan: its title, with its id where two have the same."""
    titles = [" ".join(plan.title.split())[:MOST_NAME_CHARACTERS] for plan in plans]
    return [
        title if titles.count(title) == 1 else f"{title[: MOST_NAME_CHARACTERS - 67]} ({plan.id})"
        for title, plan in zip(titles, plans, strict=True)
    ]
