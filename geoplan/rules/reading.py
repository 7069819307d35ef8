"""Which rule packs there are: read strictly from TOML; an error names the file, the rule and the field."""

import string
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

from geoplan.errors import DataError
from geoplan.evidence import LocalText, Source, Table, read_sources, read_toml
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.rules.condition_reading import read_condition
from geoplan.rules.constants import Constant
from geoplan.rules.facts import FACTS
from geoplan.rules.pack import Rule, RuleKind, RulePack, Status

PACKAGE = "geoplan.rules.packs"
REGISTERS = ("statutes", "treaties")
"""Files beside the packs that hold no rules."""


@cache
def load_packs() -> dict[str, RulePack]:
    """Return all rule packs by key, in the order of their names.

    Raises
    ------
    DataError
        A pack is damaged; the message names the file, the entry and the field.
    """
    names = sorted(file.name for file in resources.files(PACKAGE).iterdir() if file.name.endswith(".toml"))
    keys = [name.removesuffix(".toml") for name in names]
    return {key: read_pack(key) for key in keys if key not in REGISTERS}


def read_pack(key: str) -> RulePack:
    """Read one pack; errors as in :func:`load_packs`."""
    name = f"{key}.toml"
    try:
        return parse_pack(key, read_toml(PACKAGE, name))
    except DataError as error:
        message = Message("{file}: {problem}", file=name, problem=error.message)
        raise DataError(message, value=error.value, nearest=error.nearest) from error


def parse_pack(key: str, document: Table) -> RulePack:
    """Read a pack from its document; errors as in :func:`load_packs`, without the file."""
    sources = read_sources(document)
    listed = document.named_tables("constants") if "constants" in document else []
    constants = {name: _constant(name, table, sources) for name, table in listed}
    validity = document.table("validity")
    pack = RulePack(
        key=key,
        label=document.local_text("label"),
        country=document.text("country"),
        as_of=document.day("as_of"),
        valid_from=validity.day("from") if "from" in validity else None,
        valid_until=validity.day("until") if "until" in validity else None,
        validity=validity.statement(sources),
        applies=read_condition(document.table("applies"), constants) if "applies" in document else None,
        constants=constants,
        rules={
            name: _rule(name, table, sources, constants) for name, table in document.named_tables("rules")
        },
    )
    validity.finish()
    document.finish()
    if pack.valid_from and pack.valid_until and pack.valid_from > pack.valid_until:
        validity.fail("until", Message("the last day lies before the first"), pack.valid_until)
    return pack


def _constant(key: str, table: Table, sources: Mapping[str, Source]) -> Constant:
    listed = "values" in table
    constant = Constant(
        key=key,
        value=table.distinct_texts("values") if listed else table.scalar("value"),
        label=table.local_text("label"),
        statement=table.statement(sources),
    )
    table.finish()
    if key in FACTS:
        table.fail("value", Message("“{value}” is the name of a fact too", value=key), key)
    return constant


def _rule(key: str, table: Table, sources: Mapping[str, Source], constants: Mapping[str, Constant]) -> Rule:
    texts = table.table("texts")
    otherwise = (
        Status(table.known_text("otherwise", [Status.MISSED, Status.UNCLEAR]))
        if ("otherwise" in table)
        else Status.MISSED
    )
    rule = Rule(
        key=key,
        label=table.local_text("label"),
        kind=table.choice("kind", RuleKind),
        applies=read_condition(table.table("applies"), constants) if "applies" in table else None,
        meets=read_condition(table.table("meets"), constants),
        otherwise=otherwise,
        texts={status: _text(texts, status, constants) for status in Status},
        statement=table.statement(sources),
        likely=read_condition(table.table("likely"), constants) if "likely" in table else None,
        likely_text=_text(texts, "likely", constants) if "likely" in texts else None,
    )
    texts.finish()
    table.finish()
    if (rule.likely is None) != (rule.likely_text is None):
        table.fail("likely", Message("a condition and its text go together"))
    return rule


def _text(texts: Table, status: str, constants: Collection[str]) -> LocalText:
    """The text of a status; each field in it must be a fact or a constant."""
    text = texts.local_text(status)
    for template in (text.de, text.en):
        try:
            fields = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        except ValueError as error:
            texts.fail(status, Message("not a template ({reason})", reason=str(error)), template)
        for name in fields:
            if name not in FACTS and name not in constants:
                known = [*FACTS, *constants]
                texts.fail(
                    status,
                    Message("“{value}” is neither a fact nor a constant", value=name),
                    name,
                    nearest=nearest_values(name, known),
                )
    return text
