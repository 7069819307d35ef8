"""How the rules stand for a planned cooperation on a day: met, missed or unclear."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from geoplan.evidence import Mark
from geoplan.messages import Message
from geoplan.rules.condition import Answer, Condition
from geoplan.rules.facts import UNKNOWN, Day, Fact, Facts, Value, is_sure, readable, weakest
from geoplan.rules.pack import Check, Rule, RulePack, RuleText, Status
from geoplan.rules.reading import load_packs
from geoplan.rules.stated import StatedText

UNTIL, SINCE = (
    Message("These rules held until {day}; what holds on {on} has to be looked up."),
    Message("These rules hold from {day} on; what holds on {on} has to be looked up."),
)
VALIDITY = Message("{pack}: in force?")


def evaluate(
    facts: Facts,
    on: datetime.date,
    *,
    packs: Iterable[RulePack] | None = None,
    country: str | None = "DE",
) -> list[Check]:
    """Ask all rules of ``packs`` (of all kept ones where ``None``).

    A rule that does not apply is left out. Nothing that rests on an unverified or conflicting constant or
    fact is ever met or missed. A pack that is not in force on ``on`` answers with one check that says so.
    """
    known = {**facts, "on": Fact(value=on)}
    asked = load_packs().values() if packs is None else packs
    checks: list[Check] = []
    for pack in asked:
        if pack.country == country and _applies(pack.applies, known, pack) is not False:
            checks += _pack_checks(pack, known, on)
    return checks


def _pack_checks(pack: RulePack, facts: Facts, on: datetime.date) -> list[Check]:
    if not pack.holds(on):
        return [_out_of_date(pack, on)]
    answers = ((rule, _applies(rule.applies, facts, pack)) for rule in pack.rules.values())
    return [_check(pack, rule, facts, applies) for rule, applies in answers if applies is not False]


def _applies(condition: Condition | None, facts: Facts, pack: RulePack) -> Answer:
    return True if condition is None else condition.answer(facts, pack.constants)


def _check(pack: RulePack, rule: Rule, facts: Facts, applies: Answer) -> Check:
    mark, stated = _mark(pack, rule, facts), _stated(pack, rule, facts)
    status = _status(pack, rule, facts, applies)
    likely = rule.likely_text if status == Status.UNCLEAR and _likely(pack, rule, facts) else None
    text = RuleText(texts=likely or rule.texts[status], values=_values(pack, facts))
    return Check(
        rule=f"{pack.key}.{rule.key}", status=status, stated=tuple(stated),
        text=StatedText(answer=text, stated=stated) if stated else text,
        source=rule.statement.reference, label=rule.label, kind=rule.kind,
        as_of=pack.as_of, pack=pack.key, mark=mark, note=rule.statement.note,
    )  # fmt: skip


def _status(pack: RulePack, rule: Rule, facts: Facts, applies: Answer) -> Status:
    met = rule.meets.answer(facts, pack.constants)
    if applies is None or met is None or not is_sure(rule.statement.mark):
        return Status.UNCLEAR
    return Status.MET if met else rule.otherwise


def _likely(pack: RulePack, rule: Rule, facts: Facts) -> bool:
    """Whether only evidence is lacking: the facts as they are, over all of their spread, suffice."""
    taken = {key: replace(fact, mark=Mark.DERIVED) for key, fact in facts.items()}
    return rule.likely is not None and rule.likely.answer(taken, pack.constants) is True


def _mark(pack: RulePack, rule: Rule, facts: Facts) -> Mark:
    """The weakest of what the answer rests on: the rule, its constants, and the facts that are known."""
    constants = (pack.constants[key].statement.mark for key in rule.meets.constants)
    known = (facts[key].mark for key in rule.meets.facts if key in facts and facts[key].value is not None)
    return weakest(rule.statement.mark, *constants, *known)


def _stated(pack: RulePack, rule: Rule, facts: Facts) -> dict[str, Value]:
    """What the answer rests on that was stated: what the rule asks for, and what made it apply."""
    conditions = (one for one in (rule.meets, rule.applies, pack.applies) if one is not None)
    asked = sorted(frozenset().union(*(one.facts for one in conditions)))
    found = {key: facts[key] for key in asked if key in facts and facts[key].stated}
    return {key: fact.value for key, fact in found.items() if fact.value is not None}


def _values(pack: RulePack, facts: Facts) -> Mapping[str, object]:
    values: dict[str, object] = {key: readable(fact.value) for key, fact in facts.items()}
    for key, constant in pack.constants.items():
        listed = isinstance(constant.value, tuple)
        values[key] = ", ".join(constant.value) if listed else readable(constant.value)  # type: ignore[arg-type]
    return _WithUnknown(values)


class _WithUnknown(dict[str, object]):
    """What is not known is said to be unknown."""

    def __missing__(self, key: str) -> object:
        return UNKNOWN


def _out_of_date(pack: RulePack, on: datetime.date) -> Check:
    over = pack.valid_until is not None and on > pack.valid_until
    day = pack.valid_until if over else pack.valid_from
    text = (UNTIL if over else SINCE).filled(day=readable(day), on=Day(on))
    return Check(
        rule=f"{pack.key}.validity", status=Status.UNCLEAR, text=text, source=pack.validity.reference,
        label=VALIDITY.filled(pack=pack.label), as_of=pack.as_of, pack=pack.key,
        mark=pack.validity.mark, note=pack.validity.note,
    )  # fmt: skip
