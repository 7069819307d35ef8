"""The group held against map, law and funding, with the forms it may take and what it costs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from geoplan.evidence import Mark
from geoplan.messages import Message
from geoplan.networks import Network, ShareKey
from geoplan.networks.citations import reference_text
from geoplan.networks.cost import NO_PROMISE
from geoplan.networks.cost_model import Assumption, unit_text
from geoplan.networks.cost_range import three_figures
from geoplan.networks.fundable import funding_answer
from geoplan.networks.grant import GrantStatus
from geoplan.networks.intentions import statable_facts
from geoplan.networks.legal import FormAdvice
from geoplan.rules import Check, Depth, Group, RuleKind, Status, group_of
from geoplan.rules.stated import facts_asked_by, facts_text
from geoplan_api import labels
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.intending import facts_of
from geoplan_api.planner.tray import in_order
from geoplan_api.written_numbers import number_entry

GROUPS = (
    (Group.MISSED, Message("Missed")),
    (Group.UNCLEAR, Message("Still open")),
    (Group.HINT, Message("Hints")),
    (Group.MET, Message("Met")),
)
KINDS = {
    RuleKind.REQUIREMENT: Message("requirement"),
    RuleKind.ADVICE: Message("advice"),
    RuleKind.HINT: Message("hint"),
}
FITS = (
    (0.7, Message("fits well")),
    (0.45, Message("fits")),
    (0.25, Message("possible")),
    (0.0, Message("fits poorly")),
)
"""From which fit on a legal form is said to fit how."""
KEYS = {
    ShareKey.EQUAL: Message("in equal parts"),
    ShareKey.POPULATION: Message("by inhabitants"),
    ShareKey.MIXED: Message("half equal, half by inhabitants"),
}
GRANTS = {
    GrantStatus.ESTIMATE: Message("estimate"),
    GrantStatus.COMPUTED: Message("computed by the confirmed rate"),
    GrantStatus.NOT_FUNDABLE: Message("no grant as it stands"),
    GrantStatus.UNCLEAR: Message("open: the rules are out of date"),
}
PAPERS = (
    ("pdf", "PDF"),
    ("xlsx", "Excel"),
    ("gpkg", "GeoPackage"),
    ("geojson", "GeoJSON"),
    ("csv", "CSV"),
    ("json", "JSON"),
)
FORMS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A check as the panel shows it."""

    check: Check
    kind: Message
    blocker: bool
    """Whether the network cannot be founded or funded so."""
    source: str
    """Short: the host of an address, or a title."""
    link: str | None
    day: str
    """When the rule was last compared with its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A legal form with its fit in words."""

    advice: FormAdvice
    fit: Message
    source: str
    link: str | None


def check_panel(context: PlannerContext) -> dict[str, Any]:
    """The checks grouped by how they stand, the forms, the cost, and what can be changed of it."""
    network, state = context.network, context.state
    values = {
        "network": network, "refusal": context.refusal, "depths": [(one, one.label) for one in Depth],
        "share_keys": KEYS, "key": ShareKey.EQUAL if network is None else network.cost.key,
        "sources": partial(short_source, lang=context.lang), "about": _about, "asked_depth": state.depth,
    }  # fmt: skip
    if network is None:
        return values
    lines = [check_line(one, context.lang) for one in in_order(network)]
    return values | {
        "groups": [
            (group, label, [one for one in lines if group_of(one.check) is group]) for group, label in GROUPS
        ],
        "funding": funding_answer(network, context.lang), "to_state": _to_state(network),
        "stated": "" if context.refusal else facts_text(facts_of(state), context.lang),
        "forms": [_form(one, context.lang) for one in network.legal_forms], "forms_shown": FORMS_SHOWN,
        "savings": NO_PROMISE.filled(
            low=network.cost.saving_low.value, high=network.cost.saving_high.value
        ),
        "cost": network.cost.to_dict(context.lang),
        "grant_status": None if network.cost.grant is None else GRANTS[network.cost.grant.status],
        "own_share": network.cost.own_share,
        "years": next(one.value for one in network.cost.assumptions if one.key == "years"),
        "changed": sum(one.changed for one in network.cost.assumptions),
        "usual": _usual_evidence(network.cost.assumptions), "unit_text": unit_text, "entry": number_entry,
        "papers": _papers(context, network),
    }  # fmt: skip


def _about(cents: int) -> Decimal:
    """A share in EUR, as roughly as the total: it is an estimate."""
    return three_figures(Decimal(cents) / 100)


def _to_state(network: Network) -> bool:
    """Whether an open check asks for what only the partners know, which a plan of theirs can state."""
    statable = frozenset(statable_facts())
    return any(
        facts_asked_by(check) & statable
        for check in network.checks if group_of(check) is Group.UNCLEAR
    )  # fmt: skip


def _usual_evidence(assumptions: Iterable[Assumption]) -> tuple[Mark, str]:
    """What most of the assumptions rest on: said once, and not at each of them."""
    found = Counter((one.statement.mark, one.statement.reference) for one in assumptions)
    return found.most_common(1)[0][0]


def check_line(check: Check, lang: str) -> CheckLine:
    """A check with its source in short."""
    source, link = short_source(check.source, lang)
    return CheckLine(
        check=check, kind=KINDS[check.kind], source=source, link=link,
        blocker=check.status == Status.MISSED and check.kind == RuleKind.REQUIREMENT,
        day="" if check.as_of is None else labels.day(check.as_of.isoformat(), lang),
    )  # fmt: skip


def short_source(source: str | None, lang: str) -> tuple[str, str | None]:
    """What a source is called in a line of the reader's language, and where it leads to."""
    if not source:
        return "", None
    parts = urlsplit(source)
    if parts.scheme in ("http", "https") and parts.hostname:
        return parts.hostname.removeprefix("www."), source
    return reference_text(source, lang), None


def _form(advice: FormAdvice, lang: str) -> FormLine:
    source, link = short_source(advice.source, lang)
    fit = next(words for least, words in FITS if advice.fit >= least)
    return FormLine(advice=advice, fit=fit, source=source, link=link)


def _papers(context: PlannerContext, network: Network) -> list[tuple[str, str]]:
    """The dossier in its formats: path below the root and what it is called."""
    state = context.state
    asked = {
        "members": ",".join(one.id for one in network.members), "service": network.service,
        "seeds": state.unit, "depth": "" if context.refusal else state.depth,
        "key": "" if context.refusal else state.key, "lang": context.lang, "dataset": state.dataset,
    }  # fmt: skip
    said = {key: value for key, value in asked.items() if value}
    return [
        (f"/api/v1/dossier?{urlencode(said | {'format': form}, safe=',')}", name) for form, name in PAPERS
    ]
