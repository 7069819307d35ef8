"""How a plan that is brought to another dataset looks in a terminal."""

from geoplan.messages import IsoDay, Message
from geoplan.plans.transfer import Transfer
from geoplan_api.cli.tables import UNKNOWN, Column, print_table, table_of

COLUMNS: list[Column] = [
    (Message("What"), "left"),
    (Message("Before"), "left"),
    (Message("Now"), "left"),
]
GROUPS = {
    "split": Message("divided – to be decided"),
    "gone": Message("gone – to be decided"),
    "merged": Message("merged"),
    "renamed": Message("other name or key"),
    "kept": Message("as before"),
}
NOWHERE = Message("in neither dataset – to be decided")


def print_transfer(change: Transfer, lang: str) -> None:
    """Print a line a unit, what is to be decided first."""
    rows = [[NOWHERE.text(lang), one, UNKNOWN] for one in change.unknown]
    for group, label in GROUPS.items():
        for step in getattr(change.units, group):
            now = ", ".join(f"{unit_id} {name}" for unit_id, name in step.new) or UNKNOWN
            rows.append([label.text(lang), f"{step.old_id} {step.old_name}", now])
    before, after = change.before.provenance, change.plan.provenance
    title = Message(
        "{title}: from {old} {old_vintage} to {new} {new_vintage}",
        title=change.plan.title, old=before.dataset, old_vintage=IsoDay(before.vintage),
        new=after.dataset, new_vintage=IsoDay(after.vintage),
    )  # fmt: skip
    members = Message("Members now: {members}", members=", ".join(change.plan.network.members) or UNKNOWN)
    notes = [members.text(lang)]
    if change.shared:
        said = Message("Several participants stand for one unit now: {units}", units=", ".join(change.shared))
        notes.append(said.text(lang))
    print_table(title.text(lang), table_of(COLUMNS, rows, lang), notes)
