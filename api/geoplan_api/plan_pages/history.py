"""The history of a plan as it is read: who changed what, when."""

from dataclasses import dataclass

from geoplan.messages import IsoMoment, Message
from geoplan.plans import StoredPlan
from geoplan_api.plan_pages import vocabulary
from geoplan_api.plan_pages.sections import SECTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A version in the history."""

    version: int
    at: str
    actor: str
    what: str


def history_told(versions: tuple[StoredPlan, ...], lang: str) -> list[Step]:
    """The versions, the newest first: who, when, what."""
    before: tuple[StoredPlan | None, ...] = (None, *versions[:-1])
    steps = [
        Step(
            version=one.version, at=IsoMoment(one.at).text(lang), actor=_actor(one.actor, lang),
            what=_what(one, last, lang),
        )
        for last, one in zip(before, versions, strict=True)
    ]  # fmt: skip
    return steps[::-1]


def _actor(name: str, lang: str) -> str:
    return Message("this desk").text(lang) if name == "desk" else name


def _what(one: StoredPlan, last: StoredPlan | None, lang: str) -> str:
    label = vocabulary.ACTIONS.get(one.action)
    done = one.action if label is None else label.filled(state=one.plan.state.label).text(lang)
    if last is None:
        return done
    old, new = last.plan.to_dict(), one.plan.to_dict()
    parts = [
        section.title.text(lang)
        for section in SECTIONS.values()
        if section.rows_of(old) != section.rows_of(new)
    ]
    return f"{done}: {', '.join(parts)}" if parts else done
