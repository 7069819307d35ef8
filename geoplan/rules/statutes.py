"""Which forms the law of each state offers, with whose approval, and which treaties join states."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from geoplan.evidence import LocalText, Source, Statement, Table, read_sources, read_toml
from geoplan.messages import Message

PACKAGE = "geoplan.rules.packs"
BOTH_KINDS = "public-law-agreement"
"""The agreement under public law, which is either of these."""
KINDS_OF_AGREEMENT = ("mandating-agreement", "delegating-agreement")


class Supervision(StrEnum):
    """What the supervisory authority has to be asked."""

    NONE = "none"
    NOTICE = "notice"
    APPROVAL = "approval"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Message:
        """What it means, for a reader."""
        return _SUPERVISION_LABELS[self]


_SUPERVISION_LABELS = {
    Supervision.NONE: Message("no supervision"),
    Supervision.NOTICE: Message("notice to the supervisory authority"),
    Supervision.APPROVAL: Message("approval by the supervisory authority"),
    Supervision.UNKNOWN: Message("approval or notice: to be settled with the supervisory authority"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormInLaw:
    """A form as the statute of a state has it."""

    form: str
    paragraph: str | None
    """``None`` where only the statute was read."""
    supervision: Supervision
    supervised_by: str | None
    """The paragraph that says so; ``None`` where it was not read."""
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """The statute of a state on inter-municipal cooperation."""

    state: str
    """Key of the state."""
    name: str
    read: str
    """Which version was read, and how far."""
    private_law_allowed: bool
    """Whether it was read that forms under private law stay open."""
    forms: Mapping[str, FormInLaw]
    statement: Statement
    as_of: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A treaty between states that opens forms across their border."""

    key: str
    label: LocalText
    states: frozenset[str]
    forms: tuple[str, ...]
    general: bool
    """For any municipalities, and not for one body only."""
    statement: Statement


@cache
def load_statutes() -> dict[str, Statute]:
    """The statutes by key of the state; a damaged file is a DataError."""
    return parse_statutes(read_toml(PACKAGE, "statutes.toml"))


@cache
def load_treaties() -> tuple[Treaty, ...]:
    """The treaties that are known; a damaged file is a DataError."""
    document = read_toml(PACKAGE, "treaties.toml")
    document.day("as_of")
    sources = read_sources(document)
    treaties = tuple(_treaty(key, table, sources) for key, table in document.named_tables("treaties"))
    document.finish()
    return treaties


def treaty_between(states: Collection[str], form: str | None = None) -> Treaty | None:
    """The general treaty that covers all of ``states`` (and the ``form``); ``None`` where none is known."""
    wanted = frozenset(states)
    names = {form, BOTH_KINDS} if form in KINDS_OF_AGREEMENT else {form}
    return next(
        (
            one
            for one in load_treaties()
            if one.general and wanted <= one.states and (form is None or names & set(one.forms))
        ),
        None,
    )


def parse_statutes(document: Table) -> dict[str, Statute]:
    """Read the register of statutes; errors as in :func:`load_statutes`."""
    as_of, sources = document.day("as_of"), read_sources(document)
    entries = document.named_tables("states")
    document.finish()
    return {state: _statute(state, table, sources, as_of) for state, table in sorted(entries)}


def _statute(state: str, table: Table, sources: Mapping[str, Source], as_of: datetime.date) -> Statute:
    listed = [_form(entry, sources) for entry in table.tables("forms")]
    statute = Statute(
        state=state, name=table.text("statute"), read=table.text("read"),
        private_law_allowed=table.known_text("private_law", ("allowed", "unknown")) == "allowed",
        forms={one.form: one for entry in listed for one in _both_kinds(entry)},
        statement=table.statement(sources), as_of=as_of,
    )  # fmt: skip
    table.finish()
    return statute


def _form(table: Table, sources: Mapping[str, Source]) -> FormInLaw:
    form = FormInLaw(
        form=table.text("form"), paragraph=table.optional_text("paragraph"),
        supervision=table.choice("supervision", Supervision),
        supervised_by=table.optional_text("supervised_by"), statement=table.statement(sources),
    )  # fmt: skip
    table.finish()
    return form


def _both_kinds(form: FormInLaw) -> list[FormInLaw]:
    if form.form != BOTH_KINDS:
        return [form]
    return [replace(form, form=kind) for kind in KINDS_OF_AGREEMENT]


def _treaty(key: str, table: Table, sources: Mapping[str, Source]) -> Treaty:
    treaty = Treaty(
        key=key, label=table.local_text("label"), states=frozenset(table.distinct_texts("states")),
        forms=table.distinct_texts("forms"), general=table.flag("general"),
        statement=table.statement(sources),
    )  # fmt: skip
    table.finish()
    return treaty
