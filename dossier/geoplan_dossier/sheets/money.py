"""What coordination costs, on which assumptions, and who bears how much."""

from decimal import Decimal

from geoplan.messages import Message
from geoplan.networks import ShareKey
from geoplan.networks.citations import reference_text
from geoplan.networks.cost_model import unit_text
from geoplan_dossier.cells import Cell, Column, Kind, Table
from geoplan_dossier.dossier import Dossier

COST_COLUMNS = (
    Column(key="item", label=Message("Item"), width=44),
    Column(key="low", label=Message("Lower value, €"), kind=Kind.CENTS, width=16),
    Column(key="high", label=Message("Upper value, €"), kind=Kind.CENTS, width=16),
)
ASSUMPTION_COLUMNS = (
    Column(key="label", label=Message("Assumption"), width=56),
    Column(key="value", label=Message("Value"), kind=Kind.PLAIN, width=12),
    Column(key="unit", label=Message("Unit"), width=10),
    Column(key="mark", label=Message("Evidence"), width=30),
    Column(key="changed", label=Message("Changed"), width=10),
    Column(key="source", label=Message("Source"), width=60),
    Column(key="note", label=Message("Note"), width=60),
    Column(key="key", label=Message("Name for --assume"), width=34),
)
SHARE_COLUMNS = (
    Column(key="number", label=Message("No."), kind=Kind.WHOLE, width=5),
    Column(key="name", label=Message("Member"), width=28),
    Column(key="population", label=Message("Inhabitants"), kind=Kind.WHOLE, width=12),
    Column(key="share", label=Message("Share, %"), kind=Kind.DECIMAL, width=11),
    Column(key="low", label=Message("Lower value, €"), kind=Kind.CENTS, width=16),
    Column(key="high", label=Message("Upper value, €"), kind=Kind.CENTS, width=16),
)
LEFT_COLUMNS = (
    Column(key="left_low", label=Message("After the grant, lower value, €"), kind=Kind.CENTS, width=18),
    Column(key="left_high", label=Message("After the grant, upper value, €"), kind=Kind.CENTS, width=18),
)
KEY_LABELS = {
    ShareKey.EQUAL: Message("in equal parts"),
    ShareKey.POPULATION: Message("by inhabitants"),
    ShareKey.USE: Message("by use"),
    ShareKey.MIXED: Message("half in equal parts, half by inhabitants"),
}


def costs(dossier: Dossier, lang: str) -> Table:
    """The cost over the years looked at, its parts, and the grant."""
    cost = dossier.network.cost
    rows: list[tuple[Cell, ...]] = [
        (Message("founding, once").text(lang), cost.setup.low, cost.setup.high),
        (Message("operation, per year").text(lang), cost.yearly.low, cost.yearly.high),
    ]
    if cost.external.high:
        said = Message("of which network manager and advisers, per year").text(lang)
        rows.append((said, cost.external.low, cost.external.high))
    total: tuple[Cell, ...] = (
        Message("coordination over {years:n0} years", years=years(dossier)).text(lang), cost.total.low,
        cost.total.high,
    )  # fmt: skip
    return Table(key="costs", title=Message("Cost"), columns=COST_COLUMNS, rows=tuple(rows), total=total)


def years(dossier: Dossier) -> float:
    """How many years the cost is that of."""
    return next(one.value for one in dossier.network.cost.assumptions if one.key == "years")


def grant(dossier: Dossier, lang: str) -> Table:
    """Eligible cost, grant, own share, and what is left of all cost; no row where there is no programme."""
    found, left = dossier.network.cost.to_dict(lang)["grant"], dossier.network.cost.after_grant
    rows: tuple[tuple[Cell, ...], ...] = ()
    if found is not None:
        items = {
            "eligible": Message("eligible cost"), "": Message("grant"),
            "own": Message("own share of the eligible cost"),
        }  # fmt: skip
        rows = tuple(
            (label.text(lang), found[f"{key}_low_eur".lstrip("_")], found[f"{key}_high_eur".lstrip("_")])
            for key, label in items.items()
        )
    total: tuple[Cell, ...] | None = None
    if rows and left is not None:
        total = (Message("left after the grant, of the total cost").text(lang), left.low, left.high)
    return Table(key="grant", title=Message("Grant"), columns=COST_COLUMNS, rows=rows, total=total)


def assumptions(dossier: Dossier, lang: str) -> Table:
    """Every number the cost rests on."""
    rows = tuple(
        (
            one.label.text(lang), one.value, unit_text(one.unit, lang),
            one.mark.meaning.text(lang), Message("yes" if one.changed else "no").text(lang),
            reference_text(one.statement.reference, lang),
            None if one.statement.note is None else one.statement.note.text(lang),
            one.key,
        )
        for one in dossier.network.cost.assumptions
    )  # fmt: skip
    return Table(key="assumptions", title=Message("Assumptions"), columns=ASSUMPTION_COLUMNS, rows=rows)


def shares(dossier: Dossier, lang: str) -> Table:
    """Who bears how much, before the grant and after it; the shares add up to the whole exactly."""
    cost = dossier.network.cost
    paid = [cost.shares_low, cost.shares_high, *([cost.left_low, cost.left_high] if cost.left_low else [])]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            member.number, member.title, member.inhabitants,
            _percent(cost.shares_high[member.unit.id], cost.total.high),
            *(_eur(amounts[member.unit.id]) for amounts in paid),
        )
        for member in dossier.members
    )  # fmt: skip
    total: tuple[Cell, ...] = (
        None, Message("Sum").text(lang), dossier.network.population, 100.0 if cost.total.high else None,
        *(_eur(sum(amounts.values())) for amounts in paid),
    )  # fmt: skip
    shown = (*SHARE_COLUMNS, *LEFT_COLUMNS)[: len(total)]
    return Table(key="shares", title=Message("Shares"), columns=shown, rows=rows, total=total)


def _percent(cents: int, total: Decimal) -> float | None:
    return float(cents / total) if total else None


def _eur(cents: int) -> Decimal:
    return Decimal(cents) / 100
