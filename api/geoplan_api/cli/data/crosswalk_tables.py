"""Changes between two vintages as tables that a planner reads."""

from collections.abc import Sequence

from geoplan.crosswalk import Change, Crosswalk, Kind, Migration
from geoplan.crosswalk.kinds import JOINED
from geoplan.crosswalk.migration import Step
from geoplan.messages import Message, format_number
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS
from geoplan_api.cli.tables import print_table, table_of
from geoplan_api.labels import LEVELS, data_line, day

KINDS = {
    Kind.UNCHANGED: Message("unchanged"),
    Kind.MERGED: Message("merged"),
    Kind.SPLIT: Message("divided"),
    Kind.BORDER_CHANGE: Message("border changed"),
    Kind.RENAMED: Message("renamed"),
    Kind.REKEYED: Message("new key"),
    Kind.GONE: Message("gone"),
}
COLUMNS = [
    (Message("Level"), "left"),
    (Message("Before"), "left"),
    (Message("After"), "left"),
    (Message("Change"), "left"),
]
MIGRATION_COLUMNS = COLUMNS[1:]
ARROW = "→"
NEW_SHOWN = 20
"""So many new units are named below the table; JSON has all."""
FROM_TOP = [*reversed(PARENT_LEVELS), *PLACE_LEVELS]


def print_changes(made: Crosswalk, changes: Sequence[Change], lang: str) -> None:
    """Print changes, from states down to municipalities."""
    in_order = sorted(changes, key=lambda change: (FROM_TOP.index(change.level), change.id))
    rows = [
        [
            LEVELS[change.level].text(lang),
            _before(change),
            _after(made, change, lang),
            _kinds(change.kind, lang),
        ]
        for change in in_order
    ]
    title = Message(
        "From {old} to {new}: {count:n0}",
        old=_vintage(made.old, lang), new=_vintage(made.new, lang), count=len(rows),
    )  # fmt: skip
    print_table(title.text(lang), table_of(COLUMNS, rows, lang), _notes(made, lang))


def print_migration(made: Crosswalk, migration: Migration, lang: str) -> None:
    """Print what became of a list of members, and the new list."""
    steps = [*migration.gone, *migration.split, *migration.merged, *migration.renamed, *migration.kept]
    rows = [[f"{step.old_name} {step.old_id}", _targets(step), _kinds(step.kind, lang)] for step in steps]
    title = Message(
        "Members from {old} to {new}: {before:n0} {arrow} {after:n0}",
        old=_vintage(made.old, lang), new=_vintage(made.new, lang),
        before=len(rows), arrow=ARROW, after=len(migration.members),
    )  # fmt: skip
    new_list = Message("New list: {ids}", ids=",".join(migration.members) or "–").text(lang)
    source = data_line(made.new.to_dict(), lang)
    print_table(title.text(lang), table_of(MIGRATION_COLUMNS, rows, lang), [new_list, source])


def _vintage(data: Provenance, lang: str) -> str:
    return f"{data.dataset} {day(data.vintage, lang)}"


def _before(change: Change) -> str:
    """The unit as it was: "Osterode am Harz, Landkreis 03156"."""
    named = change.designation.casefold() in change.name.casefold()
    return f"{change.name}{'' if named else f', {change.designation}'} {change.id}"


def _after(made: Crosswalk, change: Change, lang: str) -> str:
    """What it went into, and what it got where only its border changed."""
    if not change.successors:
        return "–"
    several = len(change.successors) > 1
    parts = [
        f"{one.id} {one.name}" + (f" ({_share(one.share, lang)})" if several else "")
        for one in change.successors
    ]
    got = [] if Kind.BORDER_CHANGE not in change.kinds else made.old_of(change.successors[0].id)
    gains = [
        Message("with {share} from {unit}", share=_share(share, lang), unit=old).text(lang)
        for old, share in got
        if old != change.id
    ]
    return f"{ARROW} {', '.join([*parts, *gains])}"


def _share(share: float, lang: str) -> str:
    return Message("{share:p1}", share=share).text(lang)


def _targets(step: Step) -> str:
    return f"{ARROW} " + ", ".join(f"{unit_id} {name}" for unit_id, name in step.new) if step.new else "–"


def _kinds(kind: str, lang: str) -> str:
    return ", ".join(KINDS[Kind(one)].text(lang) for one in kind.split(JOINED))


def _notes(made: Crosswalk, lang: str) -> list[str]:
    tolerance = Message(
        "Found from the geometry: pieces narrower than {width} m count as the same border, drawn twice.",
        width=format_number(2 * made.tolerance_m, 0, lang),
    )
    shown = [f"{one.id} {one.name}" for one in made.appeared[:NEW_SHOWN]]
    names = ", ".join([*shown, *["…"] * (len(made.appeared) > NEW_SHOWN)])
    new = [Message("New, without a predecessor: {units}", units=names).text(lang)] if names else []
    return [*new, tolerance.text(lang), data_line(made.new.to_dict(), lang)]
