"""Which legal form suits a network: ranked by fit, with reason, statute and what the contract must settle."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geoplan.evidence import LocalText, Mark
from geoplan.messages import Localised, Message
from geoplan.networks.legal_model import FormProfile, LegalModel, load_legal_model
from geoplan.rules import Depth
from geoplan.rules.facts import weakest
from geoplan.rules.statutes import (
    BOTH_KINDS,
    KINDS_OF_AGREEMENT,
    FormInLaw,
    Statute,
    Supervision,
    load_statutes,
    treaty_between,
)
from geoplan.services import LegalForm, Service
from geoplan.services.service import LegalFormKind

_STRICTEST = (Supervision.NONE, Supervision.NOTICE, Supervision.UNKNOWN, Supervision.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the adviser is asked about."""

    service: Service
    depth: Depth
    participants: int
    states: tuple[str, ...]
    """Keys of the states the members lie in."""
    states_adjacent: bool
    one_association: bool
    """Whether all members belong to one association of municipalities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAdvice:
    """A form that the network could take."""

    form: LegalForm
    fit: float
    """0 … 1."""
    reason: Localised
    statute: Localised
    supervision: Supervision | None
    """``None`` where none of public law is concerned."""
    contents: tuple[LocalText, ...]
    mark: Mark
    source: str

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The advice as the contract writes it."""
        supervision = self.supervision
        return {
            "form": self.form.key, "label": self.form.label(lang), "kind": self.form.kind.value,
            "fit": self.fit, "reason": self.reason.text(lang), "statute": self.statute.text(lang),
            "supervision": None if supervision is None else supervision.value,
            "contents": [point(lang) for point in self.contents],
            "mark": self.mark.value, "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Law:
    """What the states' law says of a form in a case."""

    factor: float
    statute: Localised
    supervision: Supervision | None
    mark: Mark
    source: str | None
    supervised_by: str | None = None
    """The paragraph on supervision, where it was read."""
    note: Message | None = None


def advise(case: Case, *, model: LegalModel | None = None) -> list[FormAdvice]:
    """The forms that can be offered, best fit first; a form that cannot carry the depth is left out."""
    kept = model or load_legal_model()
    advised = [_advice(case, profile, kept) for profile in kept.profiles if _possible(case, profile)]
    offered = [one for one in advised if one.fit > 0]
    return sorted(offered, key=lambda one: (-one.fit, one.form.key))


def _possible(case: Case, profile: FormProfile) -> bool:
    if profile.only_usual and _usual_place(case.service, profile.form.key) is None:
        return False
    if profile.only_association and not case.one_association:
        return False
    return not profile.only_states or set(case.states) <= set(profile.only_states)


def _usual_place(service: Service, form: str) -> int | None:
    """How far down the service lists the form: 0 is the most usual."""
    usual = [one.key for one in service.legal_forms]
    names = (form, BOTH_KINDS) if form in KINDS_OF_AGREEMENT else (form,)
    return min((usual.index(name) for name in names if name in usual), default=None)


def _advice(case: Case, profile: FormProfile, model: LegalModel) -> FormAdvice:
    law = _law(case, profile, model)
    weights = model.weights
    suits = weights["share_usual"] * _usual(case, profile, model) + weights["share_number"] * _number(
        case, profile, model
    )
    return FormAdvice(
        form=profile.form, fit=law.factor * profile.depth[case.depth] * suits,
        reason=_reason(case, profile, law), statute=law.statute, supervision=law.supervision,
        contents=profile.contents, mark=weakest(profile.statement.mark, law.mark),
        source=law.source or profile.statement.reference,
    )  # fmt: skip


def _usual(case: Case, profile: FormProfile, model: LegalModel) -> float:
    place = _usual_place(case.service, profile.form.key)
    if place is None:
        return model.weights["usual_unlisted"]
    return max(1 - model.weights["usual_step"] * place, model.weights["usual_least"])


def _number(case: Case, profile: FormProfile, model: LegalModel) -> float:
    inside = profile.partners_min <= case.participants <= profile.partners_max
    return 1.0 if inside else model.weights["number_outside"]


def _law(case: Case, profile: FormProfile, model: LegalModel) -> _Law:
    if profile.form.kind != LegalFormKind.PUBLIC_LAW or profile.statute is not None:
        return _outside_the_statutes(case, profile)
    if len(case.states) > 1 and not case.states_adjacent:
        return _Law(factor=0, statute=Message("–"), supervision=None, mark=Mark.VERIFIED, source=None)
    statutes = [load_statutes()[state] for state in case.states if state in load_statutes()]
    offered = [(statute, statute.forms.get(profile.form.key)) for statute in statutes]
    if not statutes or any(form is None for _, form in offered):
        return _Law(factor=0, statute=Message("–"), supervision=None, mark=Mark.VERIFIED, source=None)
    return _offered([(statute, form) for statute, form in offered if form is not None], case, model)


def _outside_the_statutes(case: Case, profile: FormProfile) -> _Law:
    """Informal and private-law forms, and those of federal law: no treaty, no statute of the state."""
    statute = profile.statute or Message("–")
    informal = profile.form.kind == LegalFormKind.INFORMAL
    public = profile.form.kind == LegalFormKind.PUBLIC_LAW
    apart = public and len(case.states) > 1 and not case.states_adjacent
    return _Law(
        factor=0 if apart else 1, statute=statute, mark=Mark.DERIVED, source=None,
        supervision=Supervision.NONE if informal else Supervision.UNKNOWN,
    )  # fmt: skip


def _offered(offered: Sequence[tuple[Statute, FormInLaw]], case: Case, model: LegalModel) -> _Law:
    """The form in the law of each state; the least sure and the strictest count."""
    named: list[Localised] = [_paragraph(statute, form) for statute, form in offered]
    mark = weakest(*(form.statement.mark for _, form in offered))
    strictest = max((form for _, form in offered), key=lambda form: _STRICTEST.index(form.supervision))
    factor = 1.0 if mark == Mark.VERIFIED else model.weights["law_unverified"]
    note = None
    if len(case.states) > 1:
        treaty = treaty_between(case.states, offered[0][1].form)
        factor *= model.weights["law_treaty_open" if treaty is None else "law_treaty_known"]
        note = (
            Message("needs a treaty between the states; the law of the seat holds")
            if treaty is None
            else Message("possible under the {treaty}; the law of the seat holds", treaty=treaty.label)
        )
        named += [] if treaty is None else [treaty.label]
    return _Law(
        factor=factor, statute=_joined(named, Message("{one} · {other}")), mark=mark, note=note,
        supervision=strictest.supervision, supervised_by=strictest.supervised_by,
        source=offered[0][1].statement.reference,
    )  # fmt: skip


def _reason(case: Case, profile: FormProfile, law: _Law) -> Message:
    parts: list[Localised] = [profile.reason]
    if _usual_place(case.service, profile.form.key) is not None:
        parts.append(Message("usual for {service}", service=case.service.label))
    if not profile.partners_min <= case.participants <= profile.partners_max:
        parts.append(Message("unusual for {count} partners", count=case.participants))
    if profile.form.kind == LegalFormKind.PUBLIC_LAW and law.supervision is not None:
        parts.append(_supervision(law.supervision, law.supervised_by))
    if law.note is not None:
        parts.append(law.note)
    if law.mark == Mark.UNVERIFIED:
        parts.append(Message("statute not verified"))
    return _joined(parts, Message("{one}; {other}"))


def _supervision(supervision: Supervision, paragraph: str | None) -> Message:
    if paragraph is None:
        return supervision.label
    return Message("{supervision} ({paragraph})", supervision=supervision.label, paragraph=paragraph)


def _paragraph(statute: Statute, form: FormInLaw) -> Message:
    if form.paragraph is None:
        return Message("{statute}", statute=statute.name)
    return Message("{statute}, {paragraph}", statute=statute.name, paragraph=form.paragraph)


def _joined(parts: Sequence[Localised], between: Message) -> Message:
    said = Message("{part}", part=parts[0])
    for part in parts[1:]:
        said = between.filled(one=said, other=part)
    return said
