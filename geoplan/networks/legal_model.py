"""What the adviser knows of each legal form: depth, partners, statute, contract; read from legal.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geoplan.evidence import LocalText, Source, Statement, Table, read_sources, read_toml
from geoplan.messages import Message
from geoplan.rules import Depth
from geoplan.services import LegalForm, load_legal_forms

MOST_PARTNERS = 10_000
WEIGHTS = (
    "share_usual", "share_number", "usual_step", "usual_least", "usual_unlisted", "number_outside",
    "law_unverified", "law_not_read", "law_treaty_known", "law_treaty_open",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProfile:
    """One legal form as the adviser weighs it."""

    form: LegalForm
    depth: Mapping[Depth, float]
    """How well it carries each depth, 0 … 1."""
    partners_min: int
    partners_max: int
    only_usual: bool
    """Offered only where the service names it."""
    only_association: bool
    """Offered only where all members are in one association."""
    only_states: tuple[str, ...]
    """Offered only in these states; empty: everywhere."""
    statute: LocalText | None
    """``None``: the statute of the state."""
    reason: LocalText
    contents: tuple[LocalText, ...]
    """What the contract must settle."""
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalModel:
    """The forms and how they are weighed."""

    weights: Mapping[str, float]
    profiles: tuple[FormProfile, ...]


@cache
def load_legal_model() -> LegalModel:
    """Read legal.toml; a damaged file is a DataError."""
    return parse_legal_model(read_toml("geoplan.networks", "legal.toml"))


def parse_legal_model(document: Table) -> LegalModel:
    """Read the model from its document; errors as in :func:`load_legal_model`."""
    document.day("as_of")
    sources = read_sources(document)
    weights = document.table("weights")
    weights.statement(sources)
    model_weights = {key: weights.number(key, 0, 1) for key in WEIGHTS}
    weights.finish()
    contents = {}
    for key, table in document.named_tables("contents"):
        contents[key] = table.local_text("label")
        table.finish()
    contracts = {key: _contract(table, contents, sources) for key, table in document.named_tables("contract")}
    profiles = tuple(
        _profile(key, table, contracts, sources) for key, table in document.named_tables("forms")
    )
    document.finish()
    return LegalModel(weights=model_weights, profiles=profiles)


def _contract(
    table: Table, contents: Mapping[str, LocalText], sources: Mapping[str, Source]
) -> tuple[LocalText, ...]:
    listed = tuple(contents[key] for key in table.known_texts("contents", contents))
    table.statement(sources)
    table.finish()
    return listed


def _profile(
    key: str,
    table: Table,
    contracts: Mapping[str, tuple[LocalText, ...]],
    sources: Mapping[str, Source],
) -> FormProfile:
    forms = load_legal_forms()
    if key not in forms:
        table.fail("contract", Message("“{value}” is not known", value=key), key)
    depths = table.table("depth")
    profile = FormProfile(
        form=forms[key],
        depth={depth: depths.number(depth, 0, 1) for depth in Depth},
        partners_min=table.optional_whole_number("partners_min", 2, MOST_PARTNERS) or 1,
        partners_max=table.optional_whole_number("partners_max", 2, MOST_PARTNERS) or MOST_PARTNERS,
        only_usual=table.flag("only_usual") if "only_usual" in table else False,
        only_association=table.flag("only_association") if "only_association" in table else False,
        only_states=table.distinct_texts("only_states") if "only_states" in table else (),
        statute=table.local_text("statute") if "statute" in table else None,
        reason=table.local_text("reason"),
        contents=contracts[table.known_text("contract", contracts)],
        statement=table.statement(sources),
    )
    depths.finish()
    table.finish()
    return profile
