"""A plan from JSON: complete, within bounds, and at one with itself."""

import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.networks.intentions import statable_facts
from geoplan.plans.decoding import decode
from geoplan.plans.model import Plan
from geoplan.rules.stated import check_facts
from geoplan.services import find_service

ID_PATTERN = r"[a-z0-9][a-z0-9-]{0,63}"
MOST_TITLE_CHARACTERS = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_MEETINGS = 1000
LONGEST_MEETING_MINUTES = 14 * 24 * 60
LINKS = ("http", "https")


def is_id(text: str) -> bool:
    """Whether ``text`` can be the id of a plan."""
    return re.fullmatch(ID_PATTERN, text) is not None


def new_id() -> str:
    """An id that no other plan has."""
    return secrets.token_hex(6)


def read_plan(given: object, *, plan_id: str | None = None) -> Plan:
    """Read a plan that somebody sends.

    Raises
    ------
    UnknownChoiceError, InvalidValueError
        As in :func:`read_kept_plan`; or a fact that no rule asks for, or that cannot have this value.
    """
    plan = read_kept_plan(given, plan_id=plan_id)
    check_facts(plan.facts, statable_facts())
    return plan


def read_kept_plan(given: object, *, plan_id: str | None = None) -> Plan:
    """Read a plan as it was kept: facts that rules asked for then, and today do not, keep nobody from it.

    Parameters
    ----------
    given
        As :meth:`Plan.to_dict` writes it; what is left out is empty.
    plan_id
        The id it has to have; one that is left out is added.

    Raises
    ------
    InvalidValueError
        A field is missing, unknown or out of its bounds.
    UnknownChoiceError
        An unknown state, role, kind or service.
    """
    filled: object = given
    if plan_id is not None and isinstance(given, Mapping):
        filled = {"id": plan_id, **given}
    plan = decode(Plan, filled)
    if plan_id is not None and plan.id != plan_id:
        message = Message(
            "The plan has the id “{value}”, not “{wanted}”.", value=plan.id[:80], wanted=plan_id
        )
        raise InvalidValueError(message, value=plan.id[:80], nearest=[plan_id])
    check_plan(plan)
    return plan


def changed(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """The plan with other values in the fields that ``changes`` names; errors as in :func:`read_plan`."""
    return read_plan({**plan.to_dict(), **changes}, plan_id=plan.id)


def check_plan(plan: Plan) -> None:
    """Make sure that a plan is at one with itself; errors as in :func:`read_plan`."""
    if not is_id(plan.id):
        reason = Message("small letters, digits and hyphens are expected, 64 at most")
        raise _wrong("id", plan.id[:80], reason)
    if len(plan.title) > MOST_TITLE_CHARACTERS or "\n" in plan.title:
        reason = Message(
            "one line of at most {max_length} characters is expected", max_length=MOST_TITLE_CHARACTERS
        )
        raise _wrong("title", plan.title[:80], reason)
    if plan.network.service is not None:
        find_service(plan.network.service)
    _check_distinct("network.members", plan.network.members)
    _check_distinct("finance.year", [str(one.year) for one in plan.finance])
    _check_years(plan)
    _check_indicators(plan)
    _check_meetings(plan)
    for place, document in enumerate(plan.documents):
        _check_link(f"documents[{place}].link", document.link)


def _check_distinct(field: str, values: Any) -> None:
    twice = next((value for place, value in enumerate(values) if value in values[:place]), None)
    if twice is not None:
        raise _wrong(field, twice[:80], Message("it stands there twice"))


def _check_years(plan: Plan) -> None:
    years = [one.year for one in plan.finance]
    years += [
        one.target_year for goal in plan.goals for one in goal.indicators if one.target_year is not None
    ]
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            reason = Message(
                "a year from {low} to {high} is expected", low=str(FIRST_YEAR), high=str(LAST_YEAR)
            )
            raise _wrong("year", str(year), reason)


def _check_indicators(plan: Plan) -> None:
    keys = [one.key for goal in plan.goals for one in goal.indicators]
    _check_distinct("goals.indicators.key", keys)
    for place, value in enumerate(plan.monitoring):
        if value.indicator not in keys:
            message = Message(
                "{field}: no goal has the indicator “{value}”.",
                field=f"monitoring[{place}].indicator", value=value.indicator[:80],
            )  # fmt: skip
            nearest = nearest_values(value.indicator, keys) or keys[:5]
            raise InvalidValueError(message, value=value.indicator[:80], nearest=nearest)


def _check_meetings(plan: Plan) -> None:
    for place, series in enumerate(plan.meetings):
        field = f"meetings[{place}]"
        if not FIRST_YEAR <= series.starts.year <= LAST_YEAR:
            reason = Message(
                "a year from {low} to {high} is expected", low=str(FIRST_YEAR), high=str(LAST_YEAR)
            )
            raise _wrong(f"{field}.starts", series.starts.isoformat(), reason)
        for name, value, most in (
            ("minutes", series.minutes, LONGEST_MEETING_MINUTES), ("count", series.count, MOST_MEETINGS),
        ):  # fmt: skip
            if not 1 <= value <= most:
                reason = Message("a number from 1 to {most} is expected", most=str(most))
                raise _wrong(f"{field}.{name}", str(value), reason)


def _check_link(field: str, link: str) -> None:
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in LINKS or not parts.netloc or any(char.isspace() for char in link):
        raise _wrong(field, link[:80], Message("an address with http:// or https:// is expected"))


def _wrong(field: str, value: str, reason: Message) -> InvalidValueError:
    message = Message("{field} = “{value}”: {reason}.", field=field, value=value, reason=reason)
    return InvalidValueError(message, value=value)
